// The expressions of the syntax tree; see `ast.ts`.

import type { Span } from '../text/span';

/** Whatever stands somewhere. */
export interface Node {
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
      /** The expressions of the fields in the format: `width` in `{value:>{width}}`. */
      readonly formatFields?: readonly Expression[];
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
