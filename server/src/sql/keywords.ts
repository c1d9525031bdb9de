// Which words of Spark SQL are keywords at their place. Spark reserves almost none (the default mode of its grammar,
// SqlBaseParser.g4): a word is a keyword or a name by what stands around it.

import type { Token } from './tokens';

type Tokens = readonly Token[];

/** Not accepted as the alias of a table without quotes (the rule strictNonReserved). */
export const JOIN_WORDS: ReadonlySet<string> = new Set(
  'ANTI CROSS EXCEPT FULL INNER INTERSECT JOIN LATERAL LEFT NATURAL ON RIGHT SEMI MINUS UNION USING'.split(' '),
);

const SET_OPERATORS: ReadonlySet<string> = new Set(['UNION', 'EXCEPT', 'MINUS', 'INTERSECT']);
const AFTER_SET_OPERATOR: ReadonlySet<string> = new Set('SELECT ALL DISTINCT ( VALUES TABLE FROM WITH MAP REDUCE'.split(' '));

/** Words that nobody uses as a column without quotes; anything but an operand that follows proves it, too. */
const SELDOM_NAMES: ReadonlySet<string> = new Set(
  (
    'AND OR IN IS LIKE ILIKE RLIKE REGEXP BETWEEN AS ON USING WHEN THEN ELSE FROM WHERE GROUP HAVING ORDER BY LIMIT UNION ' +
    'INTERSECT EXCEPT MINUS SELECT JOIN INNER CROSS NATURAL SEMI ANTI LATERAL END ASC DESC DISTINCT NULLS OVER'
  ).split(' '),
);

/** Of those: what is a name where an operand is expected only when what follows proves it; the others are unless they begin a clause. */
const NEVER_OPERANDS: ReadonlySet<string> = new Set(
  'AND OR IN IS BETWEEN AS ON USING WHEN THEN ELSE FROM WHERE HAVING BY UNION INTERSECT EXCEPT MINUS SELECT JOIN DISTINCT'.split(' '),
);

/** Of those: what no person means as a name when nothing shows it. */
export const SOFT_RESERVED: ReadonlySet<string> = new Set('AND OR THEN WHEN FROM WHERE BY UNION SELECT JOIN ON'.split(' '));

/** Words that join two operands; each is one only where an operand follows. */
const INFIX_WORDS: ReadonlySet<string> = new Set('AND OR IN IS LIKE ILIKE RLIKE REGEXP BETWEEN DIV NOT'.split(' '));

const OPERAND_OPERATORS: ReadonlySet<string> = new Set(['(', '-', '+', '~', '*', '?', ':', '!']);

/** Signs that follow a name and nothing else. */
const PROVING_SIGNS: ReadonlySet<string> = new Set('. , ) ] [ = == <=> <> != < <= > >= + - * / % | & ^ || -> => :: ;'.split(' '));
/** What follows a name and nothing else, the words included. */
const PROVES_NAME: ReadonlySet<string> = new Set([
  ...PROVING_SIGNS,
  ...'AS IS IN LIKE ILIKE RLIKE BETWEEN AND OR ASC DESC NULLS THEN WHEN ELSE END'.split(' '),
]);
/** What follows FROM, WHERE or SELECT as keywords, though it could follow a name as well. */
const BEGINS_CLAUSE: ReadonlySet<string> = new Set(['*', '-', '+', ')', ';', 'AS']);
const COMPARES: ReadonlySet<string> = new Set('. = == <=> <> != < <= > >='.split(' '));
const BEFORE_BY: ReadonlySet<string> = new Set(['GROUP', 'ORDER', 'SORT', 'CLUSTER', 'DISTRIBUTE']);
const LIMIT_WORDS: ReadonlySet<string> = new Set(['LIMIT', 'OFFSET', 'WINDOW']);
const AFTER_NOT: ReadonlySet<string> = new Set(['IN', 'LIKE', 'ILIKE', 'RLIKE', 'REGEXP', 'BETWEEN']);

/** What may follow a select list or a relation, as far as it is worth guessing that it was meant. */
export const CLAUSES: readonly string[] = [
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'UNION',
  'LATERAL',
  'WINDOW',
  'INTERSECT',
  'EXCEPT',
];
export const RELATION_WORDS: readonly string[] = [...CLAUSES.slice(1), 'JOIN'];

export function keyAt(tokens: Tokens, index: number): string {
  return tokens[index]?.key ?? '';
}

function kindAt(tokens: Tokens, index: number): Token['kind'] {
  return tokens[index]?.kind ?? 'end';
}

/** A keyword that nobody uses as a name without quotes, in upper case. */
export function isSeldomName(key: string): boolean {
  return SELDOM_NAMES.has(key);
}

/** A keyword whose second word is BY. */
export function isBeforeBy(key: string): boolean {
  return BEFORE_BY.has(key);
}

/** A word, a name in quotes or a template. */
export function isNameToken(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quotedName' || token?.kind === 'template';
}

/** Whether the word at `index` begins a clause behind a complete select list, relation or condition. */
export function isClauseAt(tokens: Tokens, index: number): boolean {
  const key = keyAt(tokens, index);
  const next = keyAt(tokens, index + 1);
  switch (key) {
    case 'FROM':
    case 'WHERE':
      // In `WHERE end > 1` it is the second word that is the name.
      return !PROVES_NAME.has(next) || BEGINS_CLAUSE.has(next) || COMPARES.has(keyAt(tokens, index + 2));
    case 'SELECT':
      return !PROVING_SIGNS.has(next) || BEGINS_CLAUSE.has(next);
    case 'HAVING':
      return !PROVES_NAME.has(next) && kindAt(tokens, index + 1) !== 'end';
    case 'GROUP':
    case 'ORDER':
    case 'SORT':
    case 'CLUSTER':
    case 'DISTRIBUTE':
      return next === 'BY';
    case 'LIMIT':
    case 'OFFSET':
      return isPlainOperandAt(tokens, index + 1);
    case 'WINDOW':
      return isNameToken(tokens[index + 1]) && keyAt(tokens, index + 2) === 'AS';
    case 'UNION':
    case 'EXCEPT':
    case 'MINUS':
    case 'INTERSECT':
      return AFTER_SET_OPERATOR.has(next) || kindAt(tokens, index + 1) === 'template';
    case 'LATERAL':
      return next === 'VIEW';
    case 'PIVOT':
    case 'TABLESAMPLE':
      return next === '(';
    case 'UNPIVOT':
      return next === '(' || next === 'INCLUDE' || next === 'EXCLUDE';
    case 'MAP':
    case 'REDUCE':
      // Behind a comma or an operator it is a function: nothing far ahead needs to be looked at.
      return (kindAt(tokens, index - 1) !== 'operator' || keyAt(tokens, index - 1) === ')') && isTransformAt(tokens, index);
    case '|>':
      return true;
    default:
      return false;
  }
}

/** `MAP a, b USING 'script'`, which looks like a name or a function until USING. */
function isTransformAt(tokens: Tokens, index: number): boolean {
  let depth = 0;
  for (let i = index + 1; i < tokens.length; i++) {
    const key = keyAt(tokens, i);
    if (key === '(') depth++;
    else if (key === ')' && --depth < 0) return false;
    else if (depth === 0 && key === 'USING') return kindAt(tokens, i + 1) === 'string';
    else if (depth === 0 && (key === 'SELECT' || key === ';' || (key === 'FROM' && keyAt(tokens, i - 1) !== 'DISTINCT'))) return false;
  }
  return false;
}

/** The same, but of words only those that are no keywords elsewhere. */
function isPlainOperandAt(tokens: Tokens, index: number): boolean {
  const key = keyAt(tokens, index);
  if (kindAt(tokens, index) === 'word') return !SELDOM_NAMES.has(key) && !LIMIT_WORDS.has(key);
  return isOperandAt(tokens, index);
}

/** Whether an operand can begin at `index`: a value, a name, a sign or a parenthesis. */
export function isOperandAt(tokens: Tokens, index: number): boolean {
  const token = tokens[index];
  if (token === undefined) return false;
  switch (token.kind) {
    case 'string':
    case 'number':
    case 'quotedName':
    case 'template':
      return true;
    case 'operator':
      return OPERAND_OPERATORS.has(token.key);
    case 'word':
      return isColumnNameAt(tokens, index);
    default:
      return false;
  }
}

/** Whether the word at `index`, where an operand is expected, can be one. */
export function isColumnNameAt(tokens: Tokens, index: number): boolean {
  const key = keyAt(tokens, index);
  return NEVER_OPERANDS.has(key) ? isProvenName(tokens, index) : !isClauseAt(tokens, index);
}

/** Whether what follows the keyword at `index` shows that it is meant as a name. */
export function isProvenName(tokens: Tokens, index: number): boolean {
  const next = index + 1;
  const key = keyAt(tokens, next);
  return PROVES_NAME.has(key) || kindAt(tokens, next) === 'end' || isClauseAt(tokens, next);
}

/** Whether the word at `index` joins the operand before it to one that follows. */
export function isInfixAt(tokens: Tokens, index: number): boolean {
  const key = keyAt(tokens, index);
  if (key === 'NOT') return AFTER_NOT.has(keyAt(tokens, index + 1));
  return INFIX_WORDS.has(key) && isOperandAt(tokens, index + 1);
}

/** Whether the token at `index`, behind an expression, is its alias. */
export function isColumnAliasAt(tokens: Tokens, index: number): boolean {
  const token = tokens[index];
  if (token === undefined || !isNameToken(token)) return false;
  return token.kind !== 'word' || (!isClauseAt(tokens, index) && !isInfixAt(tokens, index) && token.key !== 'AS');
}

/** Whether the token at `index`, behind a relation, is its alias. */
export function isTableAliasAt(tokens: Tokens, index: number): boolean {
  const token = tokens[index];
  if (token === undefined || !isNameToken(token)) return false;
  if (token.kind !== 'word') return true;
  const next = keyAt(tokens, index + 1);
  if (token.key === 'INSERT') return next !== 'INTO' && next !== 'OVERWRITE';
  return !(JOIN_WORDS.has(token.key) || isClauseAt(tokens, index) || token.key === 'AS');
}

export function isSetOperator(key: string): boolean {
  return SET_OPERATORS.has(key);
}

/** Whether a query begins at `index`. */
export function isQueryAt(tokens: Tokens, index: number): boolean {
  const next = tokens[index + 1];
  switch (keyAt(tokens, index)) {
    case 'SELECT':
      return !PROVING_SIGNS.has(next?.key ?? '') || next?.key === '*' || isSign(next);
    case 'WITH':
      return isNameToken(next);
    case 'FROM':
      return isNameToken(next) || next?.key === '(';
    case 'VALUES':
      return isOperandAt(tokens, index + 1) && !(next?.key === '(' && keyAt(tokens, index + 2) === ')');
    case 'TABLE':
      return isNameToken(next) && next?.key !== 'AS';
    case 'MAP':
    case 'REDUCE':
      return isTransformAt(tokens, index);
    default:
      return false;
  }
}

function isSign(token: Token | undefined): boolean {
  return token?.key === '-' || token?.key === '+';
}

/** First words of statements that are no queries. */
export const COMMANDS: ReadonlySet<string> = new Set(
  (
    'ADD ALTER ANALYZE BEGIN CACHE CALL CLEAR COMMENT COMMIT CREATE DECLARE DELETE DESC DESCRIBE DFS DROP EXECUTE EXPLAIN EXPORT GRANT IMPORT INSERT ' +
    'LIST LOAD LOCK MERGE MSCK REFRESH REPAIR REPLACE RESET REVOKE ROLLBACK SET SHOW START TRUNCATE UNCACHE UNLOCK UNSET UPDATE USE'
  ).split(' '),
);
/** Of those: what may follow WITH and its queries, or FROM and its tables. */
export const COMMANDS_ON_QUERIES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** The one of `candidates` that `word` is a slip of: letters exchanged, left out, added or wrong. Both are in upper case. */
export function closestKeyword(word: string, candidates: readonly string[]): string | undefined {
  if (word.length < 3) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const limit = candidate.length <= 4 ? 1 : 2;
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word, candidate);
    if (distance > 0 && distance <= limit && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and exchanges of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) distance = Math.min(distance, (before[j - 2] ?? 0) + 1);
      row.push(distance);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
