// The Python syntax tree the rest of the core works on. It is ours, plain and immutable, so that nothing beyond this
// folder depends on the parser library. Broken code is normal: what could not be understood is an `invalid` node that
// still holds the parts that could.

import type { Span } from '../text/span';

interface Node {
  readonly span: Span;
}

export interface Identifier extends Node {
  readonly kind: 'name';
  readonly name: string;
}

export interface NumberLiteral extends Node {
  readonly kind: 'number';
  readonly text: string;
}

/** `True`, `False`, `None`, `...` */
export interface ConstantLiteral extends Node {
  readonly kind: 'constant';
  readonly value: true | false | null | 'ellipsis';
}

/** One string token without replacement fields. `content` is the span between the quotes; escapes are not decoded. */
export interface StringLiteral extends Node {
  readonly kind: 'string';
  /** Lower case, e.g. '', 'r', 'b', 'rb', 'u'. */
  readonly prefix: string;
  readonly quote: '"' | "'" | '"""' | "'''";
  readonly content: Span;
}

/** An f-string token. `text` parts are spans of raw text (escapes and doubled braces not decoded). */
export interface FormattedString extends Node {
  readonly kind: 'formattedString';
  readonly prefix: string;
  readonly quote: '"' | "'" | '"""' | "'''";
  readonly content: Span;
  readonly parts: readonly FormattedPart[];
}

export type FormattedPart =
  | { readonly kind: 'text'; readonly span: Span }
  | {
      readonly kind: 'replacement';
      /** From `{` to `}` inclusive. */
      readonly span: Span;
      readonly expression: Expression;
      readonly conversion?: string;
      readonly format?: Span;
      /** `{x=}` */
      readonly debug?: boolean;
    };

/** Adjacent string tokens: `"a" "b"`. */
export interface ConcatenatedString extends Node {
  readonly kind: 'concatenatedString';
  readonly parts: readonly (StringLiteral | FormattedString)[];
}

export interface Attribute extends Node {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}

export interface Argument extends Node {
  /** positional `x`, keyword `k=x`, `*x`, `**x` */
  readonly kind: 'positional' | 'keyword' | 'star' | 'doubleStar';
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly value: Expression;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** From `(` to `)`; a call with a generator expression as its only argument has that expression as argument. */
  readonly argumentsSpan: Span;
}

export interface Subscript extends Node {
  readonly kind: 'subscript';
  readonly object: Expression;
  readonly index: readonly Expression[];
}

export interface Slice extends Node {
  readonly kind: 'slice';
  readonly parts: readonly Expression[];
}

export interface Sequence extends Node {
  readonly kind: 'tuple' | 'list' | 'set';
  readonly items: readonly Expression[];
}

export interface DictEntry {
  /** Undefined for `**value`. */
  readonly key?: Expression;
  readonly value: Expression;
}

export interface Dict extends Node {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
}

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}

/** Arithmetic and `and`/`or`. */
export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly operands: readonly Expression[];
  /** One fewer than operands; `is not` and `not in` with a single space. */
  readonly operators: readonly string[];
}

export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Lambda extends Node {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  /** One element, or key and value of a dict comprehension. */
  readonly elements: readonly Expression[];
  readonly clauses: readonly ComprehensionClause[];
}

export type ComprehensionClause =
  | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression; readonly async: boolean }
  | { readonly kind: 'if'; readonly test: Expression };

/** `name := value` */
export interface NamedExpression extends Node {
  readonly kind: 'named';
  readonly target: Expression;
  readonly value: Expression;
}

export interface Starred extends Node {
  /** `*x` in a display or a target. */
  readonly kind: 'starred';
  readonly value: Expression;
}

export interface Await extends Node {
  readonly kind: 'await';
  readonly value: Expression;
}

export interface Yield extends Node {
  readonly kind: 'yield';
  readonly value?: Expression;
}

/** A parenthesised expression keeps its parentheses, so that fixes and spans are exact. */
export interface Parenthesized extends Node {
  readonly kind: 'parenthesized';
  readonly expression: Expression;
}

/** Anything that does not parse as an expression; `parts` are the expressions found inside. */
export interface InvalidExpression extends Node {
  readonly kind: 'invalid';
  readonly parts: readonly Expression[];
}

export type Expression =
  | Identifier
  | NumberLiteral
  | ConstantLiteral
  | StringLiteral
  | FormattedString
  | ConcatenatedString
  | Attribute
  | Call
  | Subscript
  | Slice
  | Sequence
  | Dict
  | Unary
  | Binary
  | Comparison
  | Conditional
  | Lambda
  | Comprehension
  | NamedExpression
  | Starred
  | Await
  | Yield
  | Parenthesized
  | InvalidExpression;

export interface Parameter extends Node {
  readonly kind: 'positionalOnly' | 'positional' | 'keywordOnly' | 'varArgs' | 'kwArgs';
  readonly name: string;
  readonly nameSpan: Span;
  readonly annotation?: Expression;
  readonly default?: Expression;
}

export interface Decorator extends Node {
  /** The span begins at `@`. */
  readonly expression: Expression;
}

export interface FunctionDefinition extends Node {
  readonly kind: 'function';
  readonly name: string;
  readonly nameSpan: Span;
  readonly async: boolean;
  readonly decorators: readonly Decorator[];
  readonly parameters: readonly Parameter[];
  readonly returns?: Expression;
  readonly body: readonly Statement[];
  /** From `def` (or `async`) to the end of the body, decorators not included; `span` includes them. */
  readonly definitionSpan: Span;
  /** From the first character of the first statement of the body to the end of the last. */
  readonly bodySpan: Span;
}

export interface ClassDefinition extends Node {
  readonly kind: 'class';
  readonly name: string;
  readonly nameSpan: Span;
  readonly decorators: readonly Decorator[];
  readonly arguments: readonly Argument[];
  readonly body: readonly Statement[];
}

export interface ReturnStatement extends Node {
  readonly kind: 'return';
  readonly value?: Expression;
}

export interface AssignStatement extends Node {
  readonly kind: 'assign';
  /** `a = b = value` has two targets; an annotated declaration without value has no `value`. */
  readonly targets: readonly Expression[];
  readonly annotation?: Expression;
  readonly value?: Expression;
}

export interface AugmentedAssignStatement extends Node {
  readonly kind: 'augmentedAssign';
  readonly target: Expression;
  /** Without the `=`: `+`, `%`, … */
  readonly operator: string;
  readonly value: Expression;
}

export interface ExpressionStatement extends Node {
  readonly kind: 'expression';
  readonly expression: Expression;
}

export interface ImportedName extends Node {
  /** Dotted for `import a.b`; `*` for a star import. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly alias?: string;
  readonly aliasSpan?: Span;
}

export interface ImportStatement extends Node {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
}

export interface ImportFromStatement extends Node {
  readonly kind: 'importFrom';
  /** Without leading dots; '' for `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  readonly names: readonly ImportedName[];
}

export interface IfStatement extends Node {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: readonly Statement[];
  /** An `elif` is one nested `if` statement. */
  readonly otherwise: readonly Statement[];
}

export interface ForStatement extends Node {
  readonly kind: 'for';
  readonly async: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface WhileStatement extends Node {
  readonly kind: 'while';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface ExceptHandler extends Node {
  readonly type?: Expression;
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly body: readonly Statement[];
}

export interface TryStatement extends Node {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}

export interface WithStatement extends Node {
  readonly kind: 'with';
  readonly async: boolean;
  readonly items: readonly { readonly context: Expression; readonly target?: Expression }[];
  readonly body: readonly Statement[];
}

export interface MatchStatement extends Node {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly {
    /** Names the pattern binds. */
    readonly captures: readonly Identifier[];
    /** Names and attributes the pattern reads. */
    readonly reads: readonly Expression[];
    readonly guard?: Expression;
    readonly body: readonly Statement[];
  }[];
}

/** `global a, b` and `nonlocal a` */
export interface ScopeStatement extends Node {
  readonly kind: 'global' | 'nonlocal';
  readonly names: readonly Identifier[];
}

export interface DeleteStatement extends Node {
  readonly kind: 'delete';
  readonly targets: readonly Expression[];
}

/** `raise`, `assert`: statements that only read expressions. */
export interface ReadingStatement extends Node {
  readonly kind: 'raise' | 'assert';
  readonly expressions: readonly Expression[];
}

/** `pass`, `break`, `continue` */
export interface SimpleStatement extends Node {
  readonly kind: 'pass' | 'break' | 'continue';
}

/** What did not parse; `expressions` and `statements` are what could be saved of it. */
export interface InvalidStatement extends Node {
  readonly kind: 'invalidStatement';
  readonly expressions: readonly Expression[];
  readonly statements: readonly Statement[];
}

export type Statement =
  | FunctionDefinition
  | ClassDefinition
  | ReturnStatement
  | AssignStatement
  | AugmentedAssignStatement
  | ExpressionStatement
  | ImportStatement
  | ImportFromStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | TryStatement
  | WithStatement
  | MatchStatement
  | ScopeStatement
  | DeleteStatement
  | ReadingStatement
  | SimpleStatement
  | InvalidStatement;

/** Something that Python itself would refuse, at the token a person would point at. */
export interface PythonProblem extends Node {
  readonly message: string;
  /** A sure repair, if there is one. */
  readonly fix?: { readonly title: string; readonly edits: readonly { readonly span: Span; readonly newText: string }[] };
}

export interface Comment extends Node {
  /** With its `#`. */
  readonly text: string;
}

export interface Module {
  readonly uri: string;
  readonly text: string;
  readonly body: readonly Statement[];
  readonly problems: readonly PythonProblem[];
  readonly comments: readonly Comment[];
}
