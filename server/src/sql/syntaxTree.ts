// The tree of a Spark SQL query. Every node knows its span; with the tokens and comments of the text nothing is lost. What was
// expected and is missing is a `missing` node of an empty span, so that a broken text has a tree as well.

import type { Span } from '../text/span';
import type { CaseBranch, DataType, Expression } from './expressionTree';
import type { From, LateralView, Relation, Sample, TableAlias, UnpivotSet } from './relationTree';
import type { SqlError } from './syntaxErrors';
import type { Template } from './templates';
import type { Comment, Token } from './tokens';

export interface SqlTree {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly statement: Statement;
  /** In the order of the text. */
  readonly errors: readonly SqlError[];
  /** Constructs that Spark 3.5 does not know, but a later version does. */
  readonly newer: readonly NewerConstruct[];
}

export interface NewerConstruct {
  readonly span: Span;
  /** The first version that takes it, as in `4.0`. */
  readonly since: string;
  /** In words: `a cast by "::"`. */
  readonly what: string;
}

export type Statement = Query | Command | Missing;

/** A statement that is no query; its text is not read any further than its name. */
export interface Command {
  readonly kind: 'command';
  readonly span: Span;
  /** `INSERT`, `CREATE` … */
  readonly name: string;
}

export interface Missing {
  readonly kind: 'missing';
  readonly span: Span;
}

export interface Name {
  readonly kind: 'name';
  readonly span: Span;
  /** Without quotes; empty where a template stands for the name. */
  readonly text: string;
  readonly quoted: boolean;
  readonly template?: Template;
}

export interface Query {
  readonly kind: 'query';
  readonly span: Span;
  readonly with: With | undefined;
  readonly body: QueryBody;
  readonly tail: QueryTail;
}

/** What orders and limits the rows of a query. */
export interface QueryTail {
  readonly kind: 'queryTail';
  readonly span: Span;
  readonly orderBy: OrderClause | undefined;
  readonly clusterBy: ExpressionClause | undefined;
  readonly distributeBy: ExpressionClause | undefined;
  readonly sortBy: OrderClause | undefined;
  readonly windows: WindowClause | undefined;
  readonly limit: ExpressionClause | undefined;
  readonly offset: ExpressionClause | undefined;
}

export interface With {
  readonly kind: 'with';
  readonly span: Span;
  readonly recursive: boolean;
  readonly ctes: readonly Cte[];
}

export interface Cte {
  readonly kind: 'cte';
  readonly span: Span;
  readonly name: Name;
  readonly columns: readonly Name[];
  readonly query: Query | Missing;
}

export type QueryBody = Select | SetOperation | InlineTable | TableQuery | ParenthesizedQuery | FromQuery | PipedQuery | Missing;

export interface SetOperation {
  readonly kind: 'setOperation';
  readonly span: Span;
  readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT';
  readonly operatorSpan: Span;
  readonly all: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
}

export interface InlineTable {
  readonly kind: 'inlineTable';
  readonly span: Span;
  readonly rows: readonly Expression[];
  readonly alias: TableAlias | undefined;
}

/** `TABLE t` */
export interface TableQuery {
  readonly kind: 'tableQuery';
  readonly span: Span;
  readonly name: readonly Name[];
}

export interface ParenthesizedQuery {
  readonly kind: 'parenthesizedQuery';
  readonly span: Span;
  readonly query: Query;
}

/** `FROM t SELECT … SELECT …` */
export interface FromQuery {
  readonly kind: 'fromQuery';
  readonly span: Span;
  readonly from: From;
  readonly branches: readonly FromBranch[];
}

export interface FromBranch {
  readonly kind: 'fromBranch';
  readonly span: Span;
  readonly select: Select;
  readonly tail: QueryTail;
}

/** `query |> operator` of Spark 4. */
export interface PipedQuery {
  readonly kind: 'pipedQuery';
  readonly span: Span;
  readonly input: QueryBody;
  readonly operator: PipeOperator;
}

export interface PipeOperator {
  readonly kind: 'pipeOperator';
  readonly span: Span;
  readonly name: string;
  readonly parts: readonly SqlNode[];
}

export interface Select {
  readonly kind: 'select';
  readonly span: Span;
  readonly hints: readonly Hint[];
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  /** Instead of items: `TRANSFORM (…) USING '…'`, `MAP`, `REDUCE`. */
  readonly transform: Transform | undefined;
  readonly from: From | undefined;
  readonly lateralViews: readonly LateralView[];
  readonly where: ExpressionClause | undefined;
  readonly groupBy: GroupBy | undefined;
  readonly having: ExpressionClause | undefined;
  readonly windows: WindowClause | undefined;
}

export interface Hint {
  readonly kind: 'hint';
  readonly span: Span;
  readonly name: Name;
  readonly parameters: readonly Expression[];
}

export interface SelectItem {
  readonly kind: 'selectItem';
  readonly span: Span;
  readonly expression: Expression;
  readonly alias: Name | undefined;
  /** Several, in parentheses, for a generator function. */
  readonly aliases: readonly Name[];
}

export interface Transform {
  readonly kind: 'transform';
  readonly span: Span;
  readonly inputs: readonly Expression[];
  readonly columns: readonly Name[];
}

/** A keyword (or two) and the expressions behind it: WHERE, HAVING, LIMIT, DISTRIBUTE BY … */
export interface ExpressionClause {
  readonly kind: 'clause';
  readonly span: Span;
  /** `WHERE`, `DISTRIBUTE BY` */
  readonly keyword: string;
  readonly expressions: readonly Expression[];
}

export interface OrderClause {
  readonly kind: 'orderClause';
  readonly span: Span;
  readonly keyword: 'ORDER BY' | 'SORT BY';
  readonly items: readonly SortItem[];
}

export interface SortItem {
  readonly kind: 'sortItem';
  readonly span: Span;
  readonly expression: Expression;
}

export interface GroupBy {
  readonly kind: 'groupBy';
  readonly span: Span;
  readonly items: readonly GroupItem[];
}

export type GroupItem = Expression | GroupingSets;

/** GROUPING SETS, CUBE and ROLLUP. */
export interface GroupingSets {
  readonly kind: 'groupingSets';
  readonly span: Span;
  readonly name: 'GROUPING SETS' | 'CUBE' | 'ROLLUP';
  readonly sets: readonly GroupItem[];
}

export interface WindowClause {
  readonly kind: 'windowClause';
  readonly span: Span;
  readonly windows: readonly NamedWindow[];
}

export interface NamedWindow {
  readonly kind: 'namedWindow';
  readonly span: Span;
  readonly name: Name;
  readonly window: WindowReference | WindowSpecification | Missing;
}

export interface WindowReference {
  readonly kind: 'windowReference';
  readonly span: Span;
  readonly name: Name;
}

export interface WindowSpecification {
  readonly kind: 'windowSpecification';
  readonly span: Span;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly frame: WindowFrame | undefined;
}

export interface WindowFrame {
  readonly kind: 'windowFrame';
  readonly span: Span;
  /** The expressions of its bounds, where they have any. */
  readonly bounds: readonly Expression[];
}

export type SqlNode =
  | Statement
  | Name
  | QueryTail
  | With
  | Cte
  | QueryBody
  | FromBranch
  | PipeOperator
  | Hint
  | Transform
  | ExpressionClause
  | OrderClause
  | SortItem
  | GroupBy
  | GroupingSets
  | WindowClause
  | NamedWindow
  | WindowReference
  | WindowSpecification
  | WindowFrame
  | From
  | Relation
  | TableAlias
  | Sample
  | UnpivotSet
  | LateralView
  | Expression
  | DataType
  | CaseBranch;
