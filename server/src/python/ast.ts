// The Python syntax tree the rest of the core works on. It is ours, plain and immutable, so that nothing beyond this
// folder depends on the parser library. Broken code is normal: what could not be understood is an `invalid` node that
// still holds the parts that could.

import type { Span } from '../text/span';
import type { Argument, Expression, Identifier, Node, Parameter } from './expressions';

export type * from './expressions';

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
  /** The names between the brackets of `def f[T](…)`. */
  readonly typeParameters?: readonly string[];
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
  /** The names between the brackets of `class C[T]`. */
  readonly typeParameters?: readonly string[];
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
