// What completion knows of the part of a query in front of a cursor: for each bracket, query and CASE that is still open, where in it
// the text stands.

/** What is open: brackets by what they hold, and CASE, which END closes. */
export type FrameKind =
  | 'query'
  /** An operand or a list in parentheses, which may turn out to be a query. */
  | 'group'
  | 'relationGroup'
  | 'call'
  | 'case'
  /** New names, or anything else of which nothing is known. */
  | 'names'
  | 'columns'
  | 'window'
  | 'filter'
  | 'withinGroup'
  | 'hints'
  | 'hintArguments'
  | 'typeArguments'
  | 'sample'
  | 'pivot'
  | 'pivotValues'
  | 'unpivot'
  | 'unpivotColumns'
  | 'subscript';

/** Which part of a query, a CASE, a window or a pivot. */
export type Clause =
  | 'none'
  | 'with'
  | 'select'
  | 'from'
  | 'fromValues'
  | 'on'
  | 'lateralView'
  | 'where'
  | 'groupBy'
  | 'having'
  | 'window'
  | 'values'
  /** A whole query without clauses of its own: one in parentheses, `TABLE t`. */
  | 'body'
  | 'orderBy'
  | 'clusterBy'
  | 'distributeBy'
  | 'sortBy'
  | 'limit'
  | 'offset'
  | 'pipe'
  | 'aggregate'
  | 'case'
  | 'when'
  | 'then'
  | 'else'
  | 'partitionBy'
  | 'frameOnly'
  | 'frameLow'
  | 'frameHigh'
  | 'pivotColumns';

/** What the next token is taken for. */
export type Expects =
  | 'query'
  /** A query without WITH. */
  | 'plainQuery'
  /** Behind UNION and the like. */
  | 'setQuery'
  | 'cteAs'
  | 'cteEnd'
  | 'operand'
  /** Behind an operand. */
  | 'operator'
  /** Behind the alias of an item. */
  | 'aliased'
  | 'relation'
  | 'lateral'
  | 'afterRelation'
  | 'aliasedRelation'
  | 'joinEnd'
  | 'generator'
  | 'viewName'
  | 'viewAs'
  /** A part is complete: another clause may follow. */
  | 'clauseEnd'
  | 'tableName'
  | 'columnName'
  | 'newName'
  /** Nothing but a parenthesis, which opens a frame of the kind `opens`. */
  | 'open'
  | 'windowAs'
  | 'windowSpec'
  | 'windowStart'
  | 'bound'
  | 'boundAnd'
  | 'over'
  | 'filterStart'
  | 'withinStart'
  | 'unit'
  /** Behind `DAY TO` in an interval. */
  | 'lastUnit'
  | 'type'
  | 'typed'
  | 'castType'
  | 'fieldType'
  | 'hint'
  | 'hintEnd'
  | 'relationName'
  | 'pipe'
  | 'unpivotFor'
  | 'nothing';

export interface Frame {
  kind: FrameKind;
  clause: Clause;
  expects: Expects;
  /** Behind a new name, or behind what `opens` names. */
  then: Expects;
  opens: FrameKind;
  /** What the last operand was; behind ASC and DESC it is `sorted`, behind NULLS FIRST `ordered`, behind IGNORE NULLS `nullsRule`. */
  last: 'value' | 'name' | 'call' | 'star' | 'interval' | 'type' | 'sorted' | 'ordered' | 'nullsRule';
  /** Of a call the name of the function, in capital letters. */
  name: string;
  /** The last name that stands here, in capital letters. */
  called: string;
  /** Nothing stands in front, so that DISTINCT may, or a query begin. */
  first: boolean;
  canBeQuery: boolean;
  /** The first thing inside is a query in parentheses. */
  opensWithQuery: boolean;
  /** BETWEEN waits for its AND. */
  between: boolean;
  /** The condition has an IS, IN, LIKE or BETWEEN, of which there can be one. */
  predicated: boolean;
  /** Behind a comparison or a predicate: the condition may be complete. */
  compared: boolean;
  /** An operand of an operator: no NOT and no EXISTS. */
  inner: boolean;
  like: boolean;
  /** A join waits for its condition. */
  join: boolean;
  /** How many of the words that separate its parts a call, or what reads like one, has. */
  separated: number;
  /** FROM came before SELECT. */
  fromFirst: boolean;
  piped: boolean;
}

export type Move = Partial<Frame> & { readonly push?: Partial<Frame>; readonly pop?: true };

/** Words that may stand at a place, and where the text stands behind them. */
export interface Phrase {
  readonly words: readonly string[];
  readonly move: Move;
  /** Understood, but not offered: there is a more usual way to write it. */
  readonly hidden: boolean;
}

export function newFrame(given: Partial<Frame>): Frame {
  return {
    kind: 'query',
    clause: 'none',
    expects: 'query',
    then: 'nothing',
    opens: 'names',
    last: 'value',
    name: '',
    called: '',
    first: true,
    canBeQuery: false,
    opensWithQuery: false,
    between: false,
    predicated: false,
    compared: false,
    inner: false,
    like: false,
    join: false,
    separated: 0,
    fromFirst: false,
    piped: false,
    ...given,
  };
}

/** The beginning of an expression. */
export const fresh: Partial<Frame> = {
  expects: 'operand',
  between: false,
  predicated: false,
  compared: false,
  inner: false,
  like: false,
  last: 'value',
};

export function phrase(words: string, move: Move): Phrase {
  return { words: words.split(' '), move, hidden: false };
}

export function hidden(words: string, move: Move): Phrase {
  return { words: words.split(' '), move, hidden: true };
}

/** Several phrases that lead to the same place. */
export function phrases(words: readonly string[], move: Move): readonly Phrase[] {
  return words.map((one) => phrase(one, move));
}
