// The nodes of what stands behind FROM.

import type { Span } from '../text/span';
import type { Call, Column, Expression } from './expressionTree';
import type { InlineTable, Missing, Name, Query, SelectItem } from './syntaxTree';

export interface From {
  readonly kind: 'from';
  readonly span: Span;
  readonly relations: readonly Relation[];
  readonly lateralViews: readonly LateralView[];
}

export type Relation =
  TableReference | SubqueryRelation | TableFunction | InlineTable | Join | ParenthesizedRelation | Pivot | Unpivot | Missing;

export interface TableAlias {
  readonly kind: 'tableAlias';
  readonly span: Span;
  readonly name: Name;
  readonly columns: readonly Name[];
}

export interface TableReference {
  readonly kind: 'table';
  readonly span: Span;
  /** The parts of the name; a template is one part. */
  readonly name: readonly Name[];
  readonly timeTravel: Expression | undefined;
  readonly sample: Sample | undefined;
  readonly alias: TableAlias | undefined;
}

export interface SubqueryRelation {
  readonly kind: 'subqueryRelation';
  readonly span: Span;
  readonly lateral: boolean;
  readonly query: Query;
  readonly sample: Sample | undefined;
  readonly alias: TableAlias | undefined;
}

export interface TableFunction {
  readonly kind: 'tableFunction';
  readonly span: Span;
  readonly lateral: boolean;
  readonly call: Call;
  readonly sample: Sample | undefined;
  readonly alias: TableAlias | undefined;
}

export interface ParenthesizedRelation {
  readonly kind: 'parenthesizedRelation';
  readonly span: Span;
  readonly relation: Relation;
  readonly sample: Sample | undefined;
  readonly alias: TableAlias | undefined;
}

export type JoinType = 'INNER' | 'CROSS' | 'LEFT' | 'RIGHT' | 'FULL' | 'SEMI' | 'ANTI';

export interface Join {
  readonly kind: 'join';
  readonly span: Span;
  readonly type: JoinType;
  readonly natural: boolean;
  readonly left: Relation;
  readonly right: Relation;
  readonly on: Expression | undefined;
  readonly using: readonly Name[];
}

export interface Sample {
  readonly kind: 'sample';
  readonly span: Span;
}

export interface Pivot {
  readonly kind: 'pivot';
  readonly span: Span;
  readonly input: Relation;
  readonly aggregates: readonly SelectItem[];
  readonly columns: readonly Column[];
  readonly values: readonly SelectItem[];
}

export interface Unpivot {
  readonly kind: 'unpivot';
  readonly span: Span;
  readonly input: Relation;
  readonly valueColumns: readonly Name[];
  readonly nameColumn: Name | undefined;
  /** One column each, or several in parentheses. */
  readonly sets: readonly UnpivotSet[];
  readonly alias: Name | undefined;
}

export interface UnpivotSet {
  readonly kind: 'unpivotSet';
  readonly span: Span;
  readonly columns: readonly Column[];
  readonly alias: Name | undefined;
}

export interface LateralView {
  readonly kind: 'lateralView';
  readonly span: Span;
  readonly outer: boolean;
  readonly call: Call;
  readonly table: Name | undefined;
  readonly columns: readonly Name[];
}
