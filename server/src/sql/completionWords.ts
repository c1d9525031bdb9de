// Spark reserves almost no words: whether a word in front of a cursor is the keyword that may stand there, or a name.

import { isUnit } from './completionExpressions';
import type { Frame } from './completionFrames';
import { isClauseAt, isInfixAt, isNameToken, isOperandAt, isProvenName, isQueryAt } from './keywords';
import type { Token } from './tokens';

/** Whether a phrase that may be a name as well is followed by what keywords are followed by. */
export function isKeyword(tokens: readonly Token[], at: number, words: readonly string[], frame: Frame): boolean {
  const { expects } = frame;
  const [word = ''] = words;
  const next = at + words.length;
  const after = tokens[next];
  if (after === undefined || words.length > 1) return true;
  if (expects === 'query' || expects === 'plainQuery' || expects === 'setQuery' || expects === 'cteEnd') return true;
  if (expects === 'operand' || expects === 'relation') return isOperandWord(tokens, at, word, frame);
  switch (word) {
    case 'WINDOW':
      return isNameToken(after) && (tokens[next + 1]?.key ?? 'AS') === 'AS';
    case 'FROM':
    case 'WHERE':
    case 'HAVING':
    case 'LIMIT':
    case 'OFFSET':
    case 'UNION':
    case 'INTERSECT':
    case 'EXCEPT':
    case 'MINUS':
    case 'PIVOT':
    case 'UNPIVOT':
      return frame.kind !== 'query' || isClauseAt(tokens, at);
    case 'IN':
      return frame.name === 'POSITION' || after.key === '(';
    case 'AND':
    case 'OR':
      return expects === 'boundAnd' || isInfixAt(tokens, at) || after.key === 'NOT';
    case 'LIKE':
    case 'ILIKE':
    case 'RLIKE':
    case 'REGEXP':
    case 'BETWEEN':
    case 'DIV':
      return isInfixAt(tokens, at);
    case 'OVER':
      return after.key === '(' || isNameToken(after);
    case 'FILTER':
    case 'USING':
    case 'TABLESAMPLE':
      return after.key === '(';
    default:
      return true;
  }
}

/** The same for the beginning of an operand or of a relation. */
function isOperandWord(tokens: readonly Token[], at: number, word: string, frame: Frame): boolean {
  const next = at + 1;
  const after = tokens[next] as Token;
  const operand = isOperandAt(tokens, next);
  switch (word) {
    case 'CASE':
      return operand || after.key === 'WHEN';
    case 'NOT':
      return operand;
    case 'INTERVAL':
      if (after.key !== '-' && after.key !== '+') return after.kind === 'string' || after.kind === 'number';
      return isUnit(tokens[next + 2]?.key ?? 'DAY');
    case 'NULL':
    case 'TRUE':
    case 'FALSE':
      return after.key !== '.' && after.key !== '(' && after.key !== '->';
    case 'DISTINCT':
    case 'ALL':
      return operand || after.key === '*' || !isProvenName(tokens, at);
    case 'EXISTS':
    case 'ANY':
    case 'SOME':
      return after.key === '(';
    case 'SELECT':
    case 'WITH':
    case 'FROM':
    case 'VALUES':
    case 'TABLE':
      return word === 'FROM' || (frame.kind === 'call' ? after.key === '(' : isQueryAt(tokens, at));
    case 'LATERAL':
      return after.key === '(' || isNameToken(after);
    default:
      return after.key !== ',' && after.key !== '.';
  }
}
