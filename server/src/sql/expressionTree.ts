// The nodes of expressions and types.

import type { Span } from '../text/span';
import type { TableReference } from './relationTree';
import type { Missing, Name, Query, SelectItem, SortItem, WindowReference, WindowSpecification } from './syntaxTree';

export type Expression =
  | Column
  | Star
  | Literal
  | Interval
  | Parameter
  | Unary
  | Binary
  | Predicate
  | Between
  | InList
  | InQuery
  | Exists
  | QueryExpression
  | Parenthesized
  | Row
  | Call
  | Cast
  | Case
  | Lambda
  | Field
  | Subscript
  | NamedArgument
  | TableArgument
  | SelectItem
  | Missing;

/** `a`, `t.a`, `t.s.field`: which part is which only the names in scope can tell. */
export interface Column {
  readonly kind: 'column';
  readonly span: Span;
  readonly parts: readonly Name[];
}

export interface Star {
  readonly kind: 'star';
  readonly span: Span;
  readonly qualifier: readonly Name[];
  readonly except: readonly Column[];
}

export interface Literal {
  readonly kind: 'literal';
  readonly span: Span;
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'typed';
  /** Of a typed literal: `DATE`, `TIMESTAMP`, `X` … */
  readonly typeName?: string;
}

export interface Interval {
  readonly kind: 'interval';
  readonly span: Span;
}

/** `?` or `:name` */
export interface Parameter {
  readonly kind: 'parameter';
  readonly span: Span;
  readonly name: Name | undefined;
}

export interface Unary {
  readonly kind: 'unary';
  readonly span: Span;
  readonly operator: string;
  readonly operand: Expression;
}

export interface Binary {
  readonly kind: 'binary';
  readonly span: Span;
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

/** LIKE, ILIKE, RLIKE (with their quantified forms) and IS …; `operands` holds what stands behind the words. */
export interface Predicate {
  readonly kind: 'predicate';
  readonly span: Span;
  /** `LIKE`, `LIKE ANY`, `IS NULL`, `IS DISTINCT FROM` … without NOT */
  readonly name: string;
  readonly negated: boolean;
  readonly value: Expression;
  readonly operands: readonly Expression[];
}

export interface Between {
  readonly kind: 'between';
  readonly span: Span;
  readonly negated: boolean;
  readonly value: Expression;
  readonly low: Expression;
  readonly high: Expression;
}

export interface InList {
  readonly kind: 'inList';
  readonly span: Span;
  readonly negated: boolean;
  readonly value: Expression;
  readonly items: readonly Expression[];
}

export interface InQuery {
  readonly kind: 'inQuery';
  readonly span: Span;
  readonly negated: boolean;
  readonly value: Expression;
  readonly query: Query;
}

export interface Exists {
  readonly kind: 'exists';
  readonly span: Span;
  readonly query: Query;
}

export interface QueryExpression {
  readonly kind: 'queryExpression';
  readonly span: Span;
  readonly query: Query;
}

export interface Parenthesized {
  readonly kind: 'parenthesized';
  readonly span: Span;
  readonly expression: Expression;
}

/** `(a, b AS c)` */
export interface Row {
  readonly kind: 'row';
  readonly span: Span;
  readonly items: readonly Expression[];
}

export interface Call {
  readonly kind: 'call';
  readonly span: Span;
  readonly name: readonly Name[];
  /** From behind the opening parenthesis to before the closing one. */
  readonly argumentSpan: Span;
  readonly distinct: boolean;
  readonly args: readonly Expression[];
  readonly withinGroup: readonly SortItem[];
  readonly filter: Expression | undefined;
  readonly over: WindowReference | WindowSpecification | undefined;
}

export interface Cast {
  readonly kind: 'cast';
  readonly span: Span;
  readonly expression: Expression;
  readonly type: DataType;
}

export interface DataType {
  readonly kind: 'dataType';
  readonly span: Span;
  /** In lower case, without parameters: `array`, `decimal`, `interval day to second`. */
  readonly name: string;
  readonly parameters: readonly number[];
  readonly elements: readonly DataType[];
  /** The names of the fields of a struct, one for each of `elements`. */
  readonly fields: readonly Name[];
}

export interface Case {
  readonly kind: 'case';
  readonly span: Span;
  readonly operand: Expression | undefined;
  readonly branches: readonly CaseBranch[];
  readonly otherwise: Expression | undefined;
}

export interface CaseBranch {
  readonly kind: 'caseBranch';
  readonly span: Span;
  readonly when: Expression;
  readonly then: Expression;
}

export interface Lambda {
  readonly kind: 'lambda';
  readonly span: Span;
  readonly parameters: readonly Name[];
  readonly body: Expression;
}

/** A field of anything but a name: `f(x).a`, `a[0].b`. */
export interface Field {
  readonly kind: 'field';
  readonly span: Span;
  readonly base: Expression;
  readonly field: Name;
}

export interface Subscript {
  readonly kind: 'subscript';
  readonly span: Span;
  readonly base: Expression;
  readonly index: Expression;
}

/** `name => value` */
export interface NamedArgument {
  readonly kind: 'namedArgument';
  readonly span: Span;
  readonly name: Name;
  readonly value: Expression;
}

/** `TABLE t`, `TABLE (SELECT …) PARTITION BY …` as an argument of a table function. */
export interface TableArgument {
  readonly kind: 'tableArgument';
  readonly span: Span;
  readonly input: Query | TableReference | Missing;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
}
