// What may stand in an expression or behind it, by the brackets and the clause that it is in.

import { clausesAfter, QUERY, relationEnd, SET_OPERATIONS, turnedInto } from './completionClauses';
import { fresh, type Expects, type Frame, hidden, type Move, phrase, type Phrase, phrases } from './completionFrames';
import { functionTypes } from './functions/functionTypes';
import { sqlFunction } from './functions/functionTable';

const frameMove = { clause: 'frameOnly', expects: 'bound' } as const;
const frameLow = { clause: 'frameLow', expects: 'bound' } as const;
export const FRAMES: readonly Phrase[] = [
  phrase('ROWS BETWEEN', frameLow),
  phrase('RANGE BETWEEN', frameLow),
  hidden('ROWS', frameMove),
  hidden('RANGE', frameMove),
];
/** The words for the edges of a frame. */
export function boundsOf({ clause }: Frame): readonly Phrase[] {
  return clause === 'frameHigh' ? HIGH_BOUND : clause === 'frameLow' ? LOW_BOUND : ONLY_BOUND;
}

const INTERVAL: Move = { expects: 'operand', last: 'interval' };
const LOW_BOUND = boundPhrases('UNBOUNDED PRECEDING', 'boundAnd');
const HIGH_BOUND = boundPhrases('UNBOUNDED FOLLOWING', 'nothing');
const ONLY_BOUND = boundPhrases('UNBOUNDED PRECEDING', 'nothing');

function boundPhrases(unbounded: string, expects: Expects): readonly Phrase[] {
  const other = unbounded.endsWith('FOLLOWING') ? 'UNBOUNDED PRECEDING' : 'UNBOUNDED FOLLOWING';
  return [...phrases(['CURRENT ROW', unbounded], { expects }), hidden(other, { expects }), phrase('INTERVAL', INTERVAL)];
}

const MONTH_UNITS = ['YEAR', 'MONTH'];
const DAY_UNITS = 'WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND'.split(' ');
const SMALLER_UNITS: Readonly<Record<string, readonly string[]>> = {
  YEAR: ['MONTH'],
  DAY: ['HOUR', 'MINUTE', 'SECOND'],
  HOUR: ['MINUTE', 'SECOND'],
  MINUTE: ['SECOND'],
};
const unitMove = (unit: string): Move => ({ expects: 'operator', last: 'interval', called: unit });
const unitPhrases = (units: readonly string[]): readonly Phrase[] => [
  ...units.map((unit) => phrase(unit, unitMove(unit))),
  ...units.map((unit) => hidden(`${unit}S`, unitMove(unit))),
];
const UNITS: readonly Phrase[] = unitPhrases([...MONTH_UNITS, ...DAY_UNITS]);
const UNITS_OF_MONTHS = unitPhrases(MONTH_UNITS);
const UNITS_OF_DAYS = unitPhrases(DAY_UNITS);

export function isUnit(word: string): boolean {
  return [...MONTH_UNITS, ...DAY_UNITS].includes(word.replace(/S$/, ''));
}

/** The units behind TO. */
export function intervalTo(unit: string): readonly Phrase[] {
  return phrases(SMALLER_UNITS[unit] ?? [], { expects: 'operator', last: 'value' });
}

/** An interval is one of months or one of days and seconds. */
export function unitsAfter(unit: string): readonly Phrase[] {
  return MONTH_UNITS.includes(unit) ? UNITS_OF_MONTHS : DAY_UNITS.includes(unit) ? UNITS_OF_DAYS : UNITS;
}

/** In the place of a name: which side TRIM trims. */
const TRIMMED = 'BOTH';

/** The fields of EXTRACT, and the units of DATEADD. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  EXTRACT: 'YEAR QUARTER MONTH WEEK DAY DAYOFWEEK DOY HOUR MINUTE SECOND'.split(' '),
  ...Object.fromEntries(
    ['DATEADD', 'DATE_ADD', 'TIMESTAMPADD', 'DATEDIFF', 'DATE_DIFF', 'TIMESTAMPDIFF', 'TIMEDIFF'].map((name) => [
      name,
      'YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND'.split(' '),
    ]),
  ),
};
/** The words between the arguments of some functions. */
const SEPARATORS: Readonly<Record<string, readonly string[]>> = {
  EXTRACT: ['FROM'],
  TRIM: ['FROM'],
  SUBSTR: ['FROM', 'FOR'],
  SUBSTRING: ['FROM', 'FOR'],
  OVERLAY: ['PLACING', 'FROM', 'FOR'],
  POSITION: ['IN'],
};

const logic: readonly Phrase[] = phrases(['AND', 'OR'], { ...fresh });
const predicate: Move = { expects: 'operator', predicated: true, compared: true, last: 'value' };
const compares: Move = { expects: 'operand', predicated: true, compared: true, inner: true };
const PREDICATES: readonly Phrase[] = [
  ...phrases(['IS NULL', 'IS NOT NULL'], predicate),
  ...phrases(['IN', 'NOT IN'], { expects: 'open', opens: 'group', then: 'operator', predicated: true, compared: true }),
  ...phrases(['BETWEEN', 'NOT BETWEEN'], { ...compares, between: true }),
  ...phrases(['LIKE', 'NOT LIKE', 'ILIKE', 'NOT ILIKE'], { ...compares, like: true }),
  ...phrases(['RLIKE', 'NOT RLIKE'], compares),
  ...phrases(['IS DISTINCT FROM', 'IS NOT DISTINCT FROM'], compares),
  ...phrases(['IS TRUE', 'IS NOT TRUE', 'IS FALSE', 'IS NOT FALSE'], predicate),
  ...['IS UNKNOWN', 'IS NOT UNKNOWN'].map((words) => hidden(words, predicate)),
  ...['REGEXP', 'NOT REGEXP'].map((words) => hidden(words, compares)),
];
const DIV = hidden('DIV', { expects: 'operand', inner: true });

const literal: Move = { expects: 'operator', last: 'value' };
const VALUES: readonly Phrase[] = [
  phrase('CASE', { expects: 'operator', last: 'value', push: { kind: 'case', clause: 'case', ...fresh } }),
  phrase('NULL', literal),
  phrase('TRUE', literal),
  phrase('FALSE', literal),
  phrase('INTERVAL', INTERVAL),
];
const CONDITIONS: readonly Phrase[] = [
  phrase('NOT', {}),
  phrase('EXISTS', { expects: 'open', opens: 'group', then: 'operator', last: 'value', predicated: true, compared: true }),
];
const WHEN = phrase('WHEN', { clause: 'when', ...fresh });
const THEN = phrase('THEN', { clause: 'then', ...fresh });
const ELSE = phrase('ELSE', { clause: 'else', ...fresh });
const END = phrase('END', { pop: true });
const DISTINCT = phrase('DISTINCT', {});
const ALL = hidden('ALL', {});

export function operandPhrases(frame: Frame): readonly Phrase[] {
  const { kind, clause, first, name } = frame;
  const found: Phrase[] = [];
  if (kind === 'case' && clause === 'case') found.push(WHEN);
  if (first && (kind === 'call' || clause === 'select')) found.push(DISTINCT, ALL);
  if (kind === 'call') {
    if (first) found.push(...phrases(FIELDS[name] ?? [], { expects: 'operator', last: 'name' }));
    if (first && name === 'TRIM') found.push(...phrases(['BOTH', 'LEADING', 'TRAILING'], { called: TRIMMED }));
    found.push(hidden('TABLE', { expects: 'relation' }));
    if (name === 'TRIM' && frame.separated === 0)
      found.push((frame.called === TRIMMED ? phrase : hidden)('FROM', { ...fresh, separated: 1 }));
    if (isExtracted(frame)) return found.filter((one) => one !== DISTINCT && one !== ALL);
  }
  // What stands behind TIMESTAMP AS OF is in no clause of its own.
  if (clause === 'from') return [];
  if (clause === 'limit') return [phrase('ALL', { expects: 'clauseEnd' })];
  if (clause === 'offset' || kind === 'hintArguments') return found;
  if (kind === 'sample') return first ? [phrase('BUCKET', { separated: 1 })] : [];
  if (clause === 'groupBy' && !frame.inner) {
    found.push(...phrases(['GROUPING SETS', 'CUBE', 'ROLLUP'], { expects: 'open', opens: 'group', then: 'clauseEnd' }));
  }
  if (frame.canBeQuery && first) found.push(...turnedInto(QUERY));
  if (frame.like && frame.expects === 'operand' && frame.inner) {
    found.push(...phrases(['ANY', 'ALL', 'SOME'], { expects: 'open', opens: 'group', then: 'operator', like: false }));
  }
  if (!frame.inner && kind !== 'subscript') found.push(...CONDITIONS);
  return [...found, ...VALUES];
}

export function operatorPhrases(frame: Frame): readonly Phrase[] {
  if (isExtracted(frame)) return SEPARATED_EXTRACT;
  if (frame.between) return [phrase('AND', { expects: 'operand', between: false, inner: true })];
  const own = [...behindCall(frame), ...behindOperand(frame)];
  if (frame.last === 'star') return own.filter(({ words }) => words[0] !== 'AS');
  if (frame.last === 'sorted' || frame.last === 'ordered') return own;
  const isBound = frame.clause === 'frameOnly' || frame.clause === 'frameLow' || frame.clause === 'frameHigh';
  const isValue = isBound || ['subscript', 'hintArguments', 'sample', 'pivotValues', 'unpivotColumns'].includes(frame.kind);
  if (isValue || frame.clause === 'from' || frame.clause === 'limit' || frame.clause === 'offset' || frame.clause === 'pivotColumns')
    return own;
  if (frame.like) own.push(phrase('ESCAPE', { expects: 'operand', like: false, inner: true }));
  if (frame.last === 'interval') own.push(hidden('TO', { expects: 'lastUnit' }));
  const predicates = frame.predicated ? [DIV] : [...PREDICATES, DIV];
  const conditional = ['where', 'having', 'on', 'when'].includes(frame.clause);
  if (!conditional) return [...own, ...logic, ...predicates];
  if (!frame.compared) return [...predicates, ...logic, ...own];
  return frame.clause === 'when' ? [...own, ...logic, ...predicates] : [...logic, ...own, ...predicates];
}

function behindCall({ last, called: name }: Frame): readonly Phrase[] {
  const over = { expects: 'over', last: 'value' } as const;
  if (last === 'nullsRule') return [phrase('OVER', over)];
  if (last !== 'call') return [];
  const entry = sqlFunction(name);
  const kind = entry === undefined ? 'scalar' : functionTypes(entry)?.kind;
  const found: Phrase[] = [];
  const windowed = kind === 'aggregate' || kind === 'window';
  const filter = { expects: 'open', opens: 'filter', then: 'operator', last: 'call' } as const;
  const within = { expects: 'open', opens: 'withinGroup', then: 'operator', last: 'call' } as const;
  found.push(
    windowed ? phrase('OVER', over) : hidden('OVER', over),
    kind === 'aggregate' ? phrase('FILTER', filter) : hidden('FILTER', filter),
  );
  found.push(/^PERCENTILE_(?:CONT|DISC)$/.test(name) ? phrase('WITHIN GROUP', within) : hidden('WITHIN GROUP', within));
  const skips = /^(?:FIRST|LAST|FIRST_VALUE|LAST_VALUE|ANY_VALUE|LEAD|LAG|NTH_VALUE)$/.test(name);
  for (const words of ['IGNORE NULLS', 'RESPECT NULLS'])
    found.push(skips ? phrase(words, { last: 'nullsRule' }) : hidden(words, { last: 'nullsRule' }));
  return found;
}

/** What belongs to the place of an operand, not to the operand. */
function behindOperand(frame: Frame): readonly Phrase[] {
  switch (frame.kind) {
    case 'query':
      return behindItem(frame);
    case 'call':
      return behindArgument(frame);
    case 'case':
      return frame.clause === 'case' ? [WHEN] : frame.clause === 'when' ? [THEN] : frame.clause === 'then' ? [WHEN, ELSE, END] : [END];
    case 'window':
    case 'withinGroup':
      return behindWindowPart(frame);
    case 'sample':
      return frame.separated === 1 ? [phrase('OUT OF', { expects: 'operand', separated: 2 })] : frame.separated === 2 ? [] : SAMPLE_SIZES;
    case 'pivot':
      return frame.clause === 'pivotColumns' ? PIVOT_IN : [phrase('AS', { expects: 'newName', then: 'aliased' }), PIVOT_FOR];
    case 'relationGroup':
      return relationEnd(frame);
    case 'group':
      return [...(frame.opensWithQuery ? turnedInto(SET_OPERATIONS) : []), hidden('AS', { expects: 'newName', then: 'nothing' })];
    case 'pivotValues':
    case 'unpivotColumns':
      return [phrase('AS', { expects: 'newName', then: 'nothing' })];
    default:
      return [];
  }
}

const UNPIVOT_PARTS: readonly Phrase[] = [
  phrase('FOR', { expects: 'newName', then: 'unpivotFor', separated: 1 }),
  phrase('IN', { expects: 'open', opens: 'unpivotColumns', then: 'nothing', separated: 2 }),
];
/** What comes next between the parentheses of UNPIVOT. */
export function unpivotPart({ separated }: Frame): readonly Phrase[] {
  return UNPIVOT_PARTS.slice(separated, separated + 1);
}

const SAMPLE_SIZES = phrases(['ROWS', 'PERCENT'], { expects: 'nothing' });
const PIVOT_FOR = phrase('FOR', { clause: 'pivotColumns', ...fresh, inner: true });
const PIVOT_IN: readonly Phrase[] = [phrase('IN', { expects: 'open', opens: 'pivotValues', then: 'nothing' })];

function behindItem(frame: Frame): readonly Phrase[] {
  const clauses = clausesAfter(frame);
  switch (frame.clause) {
    case 'select':
      return [phrase('AS', { expects: 'newName', then: 'aliased' }), ...clauses];
    case 'values':
      return [phrase('AS', { clause: 'body', expects: 'newName', then: 'aliasedRelation' }), ...clauses];
    case 'aggregate':
      return [phrase('AS', { expects: 'newName', then: 'aliased' }), phrase('GROUP BY', { ...fresh })];
    case 'from':
    case 'fromValues':
    case 'on':
      return relationEnd(frame);
    case 'groupBy':
      return [
        ...phrases(['WITH ROLLUP', 'WITH CUBE'], { expects: 'clauseEnd' }),
        hidden('GROUPING SETS', { expects: 'open', opens: 'group', then: 'clauseEnd' }),
        ...clauses,
      ];
    case 'orderBy':
    case 'sortBy':
      return [...sortPhrases(frame), ...clauses];
    default:
      return clauses;
  }
}

/** What EXTRACT takes out of a time is one of a few words. */
export function isExtracted({ kind, name, separated }: Frame): boolean {
  return kind === 'call' && name === 'EXTRACT' && separated === 0;
}

const SEPARATED_EXTRACT: readonly Phrase[] = [phrase('FROM', { ...fresh, separated: 1 })];

function behindArgument({ name, first, separated }: Frame): readonly Phrase[] {
  const words = SEPARATORS[name];
  if (name === 'CAST' || name === 'TRY_CAST') return [phrase('AS', { expects: 'type' })];
  if (name === 'STRUCT') return [phrase('AS', { expects: 'newName', then: 'nothing' })];
  if (words !== undefined) {
    return words
      .slice(separated)
      .map((word, index) => phrase(word, { ...fresh, separated: separated + index + 1, inner: name === 'POSITION' }));
  }
  return !first && /^(?:FIRST|LAST|ANY_VALUE)$/.test(name) ? [phrase('IGNORE NULLS', { expects: 'nothing' })] : [];
}

function behindWindowPart(frame: Frame): readonly Phrase[] {
  switch (frame.clause) {
    case 'partitionBy':
      return [phrase('ORDER BY', { clause: 'orderBy', ...fresh }), hidden('SORT BY', { clause: 'orderBy', ...fresh }), ...FRAMES];
    case 'orderBy':
      return frame.kind === 'window' ? [...sortPhrases(frame), ...FRAMES] : sortPhrases(frame);
    case 'frameOnly':
    case 'frameHigh':
      return phrases(['PRECEDING', 'FOLLOWING'], { expects: 'nothing' });
    default:
      return phrases(['PRECEDING', 'FOLLOWING'], { expects: 'boundAnd' });
  }
}

function sortPhrases({ last }: Frame): readonly Phrase[] {
  const nulls = last === 'ordered' ? [] : phrases(['NULLS FIRST', 'NULLS LAST'], { last: 'ordered' });
  return last === 'sorted' || last === 'ordered' ? nulls : [...phrases(['DESC', 'ASC'], { last: 'sorted' }), ...nulls];
}

/** What follows an alias. */
export function aliasedPhrases(frame: Frame): readonly Phrase[] {
  if (frame.kind === 'pivot') return [PIVOT_FOR];
  if (frame.clause === 'aggregate') return [phrase('GROUP BY', { ...fresh })];
  return clausesAfter(frame);
}
