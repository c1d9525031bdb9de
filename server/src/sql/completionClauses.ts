// What may follow the parts of a query: clauses in their order, joins and what else follows a relation, operators between queries.

import { fresh, type Clause, type Frame, hidden, type Move, phrase, type Phrase, phrases } from './completionFrames';

const QUERY_MOVES = {
  select: { clause: 'select', ...fresh, first: true },
  with: { clause: 'with', expects: 'newName', then: 'cteAs' },
  from: { clause: 'from', expects: 'relation', fromFirst: true, join: false },
  values: { clause: 'values', ...fresh },
  table: { clause: 'body', expects: 'tableName' },
} as const satisfies Record<string, Move>;

export const PLAIN_QUERY: readonly Phrase[] = [
  phrase('SELECT', QUERY_MOVES.select),
  phrase('FROM', QUERY_MOVES.from),
  phrase('VALUES', QUERY_MOVES.values),
  phrase('TABLE', QUERY_MOVES.table),
];
export const QUERY: readonly Phrase[] = [
  phrase('SELECT', QUERY_MOVES.select),
  phrase('WITH', QUERY_MOVES.with),
  ...PLAIN_QUERY.filter(({ words }) => words[0] !== 'SELECT'),
];
export const SET_QUERY: readonly Phrase[] = [
  phrase('SELECT', QUERY_MOVES.select),
  phrase('ALL', { expects: 'plainQuery' }),
  phrase('DISTINCT', { expects: 'plainQuery' }),
  ...PLAIN_QUERY.filter(({ words }) => words[0] !== 'SELECT'),
];

export const RELATION: readonly Phrase[] = [
  phrase('LATERAL', { expects: 'lateral' }),
  phrase('VALUES', { clause: 'fromValues', ...fresh }),
];

/** A frame of parentheses that turns out to hold a query. */
export function turnedInto(query: readonly Phrase[]): readonly Phrase[] {
  return query.map(({ words, move }) => ({ words, move: { ...move, kind: 'query', canBeQuery: false }, hidden: false }));
}

const joined: Move = { clause: 'from', expects: 'relation', join: true };
const unconditional: Move = { clause: 'from', expects: 'relation', join: false };
const JOINS: readonly Phrase[] = [
  ...phrases(['JOIN', 'LEFT JOIN', 'INNER JOIN', 'RIGHT JOIN', 'FULL OUTER JOIN', 'LEFT SEMI JOIN', 'LEFT ANTI JOIN'], joined),
  phrase('CROSS JOIN', unconditional),
  ...['LEFT OUTER JOIN', 'RIGHT OUTER JOIN', 'FULL JOIN', 'SEMI JOIN', 'ANTI JOIN'].map((words) => hidden(words, joined)),
  ...['NATURAL JOIN', 'NATURAL LEFT JOIN', 'NATURAL INNER JOIN'].map((words) => hidden(words, unconditional)),
  ...['NATURAL RIGHT JOIN', 'NATURAL FULL JOIN', 'NATURAL FULL OUTER JOIN', 'NATURAL LEFT OUTER JOIN', 'NATURAL RIGHT OUTER JOIN'].map(
    (words) => hidden(words, unconditional),
  ),
];
const CONDITION: readonly Phrase[] = [
  phrase('ON', { clause: 'on', ...fresh, join: false }),
  phrase('USING', { expects: 'open', opens: 'columns', then: 'joinEnd', join: false }),
];
/** A cross join may have a condition, too, though then it is none. */
const HIDDEN_CONDITION: readonly Phrase[] = CONDITION.map((one) => ({ ...one, hidden: true }));
const AS_RELATION = phrase('AS', { clause: 'from', expects: 'newName', then: 'aliasedRelation' });
/** In the place of a name: the relation has none, or is sampled or transposed already. */
const UNNAMED = '';
const SAMPLED = 'TABLESAMPLE';
const TRANSPOSED = 'UNPIVOT';
const SAMPLE = phrase('TABLESAMPLE', { expects: 'open', opens: 'sample', then: 'afterRelation', called: SAMPLED });
const REPEATABLE = phrase('REPEATABLE', { expects: 'open', opens: 'names', then: 'afterRelation', called: SAMPLED });
const travel: Move = { clause: 'from', ...fresh, inner: true };
const TRAVEL: readonly Phrase[] = [
  ...phrases(['TIMESTAMP AS OF', 'VERSION AS OF'], travel),
  ...[
    'FOR TIMESTAMP AS OF',
    'FOR VERSION AS OF',
    'FOR SYSTEM_TIME AS OF',
    'FOR SYSTEM_VERSION AS OF',
    'SYSTEM_TIME AS OF',
    'SYSTEM_VERSION AS OF',
  ].map((words) => hidden(words, travel)),
];
const pivoted: Move = { expects: 'open', opens: 'pivot', then: 'joinEnd', join: false };
const unpivoted: Move = { expects: 'open', opens: 'unpivot', then: 'afterRelation', join: false, called: TRANSPOSED };
const PIVOTS: readonly Phrase[] = [
  phrase('PIVOT', pivoted),
  phrase('UNPIVOT', unpivoted),
  ...phrases(['UNPIVOT INCLUDE NULLS', 'UNPIVOT EXCLUDE NULLS'], unpivoted),
];

/** What follows a relation, its alias, or the condition of a join. */
export function relationEnd(frame: Frame): readonly Phrase[] {
  const { expects, clause } = frame;
  const named = expects === 'aliasedRelation' || expects === 'joinEnd' || clause === 'on';
  if (clause === 'body') return clausesAfter(frame);
  return [
    ...(frame.join && named ? CONDITION : []),
    ...(clause === 'from' ? HIDDEN_CONDITION : []),
    ...(named ? [] : [AS_RELATION]),
    ...(frame.join && !named ? CONDITION : []),
    ...JOINS,
    ...clausesAfter(frame),
    ...((frame.opensWithQuery || clause === 'fromValues') && frame.kind === 'relationGroup' ? turnedInto(SET_OPERATIONS) : []),
    ...PIVOTS,
    ...(named || clause === 'fromValues' ? [] : behindTable(frame)),
  ];
}

function behindTable({ called, expects }: Frame): readonly Phrase[] {
  if (called === TRANSPOSED) return [];
  if (called === SAMPLED) return [REPEATABLE];
  return called === UNNAMED || expects === 'operator' ? [SAMPLE] : [SAMPLE, ...TRAVEL];
}

const setMove: Move = { clause: 'none', expects: 'setQuery', fromFirst: false, join: false };
export const SET_OPERATIONS: readonly Phrase[] = [
  phrase('UNION ALL', { ...setMove, expects: 'plainQuery' }),
  ...phrases(['UNION', 'INTERSECT', 'EXCEPT'], setMove),
  hidden('MINUS', setMove),
];

const clause = (words: string, name: Clause): readonly [Clause, Phrase] => [name, phrase(words, { clause: name, ...fresh })];
const CLAUSES: readonly (readonly [Clause, Phrase])[] = [
  ['from', phrase('FROM', { clause: 'from', expects: 'relation', join: false })],
  clause('WHERE', 'where'),
  clause('GROUP BY', 'groupBy'),
  clause('HAVING', 'having'),
  clause('ORDER BY', 'orderBy'),
  clause('LIMIT', 'limit'),
  ['lateralView', phrase('LATERAL VIEW', { clause: 'lateralView', expects: 'generator' })],
  ['window', phrase('WINDOW', { clause: 'window', expects: 'newName', then: 'windowAs' })],
  clause('CLUSTER BY', 'clusterBy'),
  clause('DISTRIBUTE BY', 'distributeBy'),
  clause('SORT BY', 'sortBy'),
  clause('OFFSET', 'offset'),
];
const SELECT_CLAUSES: readonly Clause[] = ['from', 'lateralView', 'where', 'groupBy', 'having', 'window'];
/** What may still follow each clause. */
const AFTER: Partial<Record<Clause, readonly Clause[]>> = {
  select: ['from', 'where', 'groupBy', 'having', 'window'],
  from: SELECT_CLAUSES.slice(1),
  fromValues: SELECT_CLAUSES.slice(1),
  on: SELECT_CLAUSES.slice(1),
  lateralView: SELECT_CLAUSES.slice(1),
  where: SELECT_CLAUSES.slice(3),
  groupBy: SELECT_CLAUSES.slice(4),
  having: SELECT_CLAUSES.slice(5),
  window: [],
  body: [],
  values: [],
};
const ANY_TAIL: readonly Clause[] = ['orderBy', 'limit', 'clusterBy', 'distributeBy', 'sortBy', 'offset'];
const TAIL_AFTER: Partial<Record<Clause, readonly Clause[]>> = {
  orderBy: ['limit', 'window', 'offset'],
  clusterBy: ['limit', 'window', 'offset'],
  distributeBy: ['sortBy', 'limit', 'window', 'offset'],
  sortBy: ['limit', 'window', 'offset'],
  limit: ['offset'],
  offset: [],
};

const LATERAL_VIEW_ALONE = hidden('LATERAL VIEW', { clause: 'lateralView', expects: 'generator' });
const SELECT_AGAIN = phrase('SELECT', QUERY_MOVES.select);

/** The clauses that may follow the present one, and the operators between queries. */
export function clausesAfter(frame: Frame): readonly Phrase[] {
  if (frame.kind !== 'query' || frame.piped) return [];
  const tail = TAIL_AFTER[frame.clause];
  const next = tail ?? [...(AFTER[frame.clause] ?? []), ...ANY_TAIL];
  const found = CLAUSES.filter(([name]) => next.includes(name) && !(frame.fromFirst && name === 'from')).map(([, one]) => one);
  // It reads the rows of a FROM; without one it is rare.
  if (frame.clause === 'select') found.push(LATERAL_VIEW_ALONE);
  if (frame.fromFirst && tail === undefined) {
    if (frame.clause === 'from' || frame.clause === 'on' || frame.clause === 'lateralView' || frame.clause === 'fromValues') {
      return [SELECT_AGAIN, ...found.filter(({ words }) => words[0] === 'LATERAL')];
    }
    return [...found, ...SET_OPERATIONS, hidden('SELECT', QUERY_MOVES.select)];
  }
  return tail === undefined ? [...found, ...SET_OPERATIONS] : found;
}
