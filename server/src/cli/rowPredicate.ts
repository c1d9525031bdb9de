// A condition in Spark SQL as a predicate over the columns of one table; what cannot be asked of it is refused, with the place.

import type { ComparisonOperator, Predicate } from '../../../shared/table/query/tableQuery';
import type { Binary, Expression, Predicate as PredicateNode } from '../sql/expressionTree';
import { readColumn, readText, readValue, RefusedExpression, unwrapped, type ExpressionText } from './rowExpression';

const possible =
  'possible are =, <>, <, <=, >, >= and <=> between a column and a value, IN, BETWEEN, LIKE, ILIKE and IS NULL, joined by AND, OR and NOT';

export function readPredicate(source: ExpressionText, expression: Expression): Predicate {
  const inner = unwrapped(expression);
  switch (inner.kind) {
    case 'binary':
      if (inner.operator === 'AND' || inner.operator === 'OR') {
        const kind = inner.operator === 'AND' ? 'and' : 'or';
        return { kind, parts: chainOf(inner).map((part) => readPredicate(source, part)) };
      }
      return readComparison(source, inner);
    case 'unary':
      if (inner.operator === 'NOT' || inner.operator === '!') return { kind: 'not', part: readPredicate(source, inner.operand) };
      break;
    case 'between': {
      const column = readColumn(source, inner.value);
      const low = readValue(source, inner.low, column);
      const high = readValue(source, inner.high, column);
      const parts: Predicate[] = [
        { kind: 'compare', column, operator: '>=', value: low },
        { kind: 'compare', column, operator: '<=', value: high },
      ];
      return negatedIf(inner.negated, { kind: 'and', parts });
    }
    case 'inList': {
      const column = readColumn(source, inner.value);
      return negatedIf(inner.negated, { kind: 'in', column, values: inner.items.map((item) => readValue(source, item, column)) });
    }
    case 'predicate':
      return readWordPredicate(source, inner);
    case 'column': {
      const column = readColumn(source, inner);
      const type = source.columns[column]?.type;
      if (type?.kind === 'scalar' && type.family === 'boolean') return { kind: 'compare', column, operator: '=', value: 'true' };
      throw new RefusedExpression(inner.span, `a condition is expected here, and only a boolean column is one by itself; ${possible}`);
    }
    default:
  }
  throw new RefusedExpression(inner.span, `this is not known here; ${possible}`);
}

/** The operands of a chain of the same word, which is as deep as it is long. */
function chainOf(chain: Binary): readonly Expression[] {
  const operands: Expression[] = [];
  let left: Expression = chain;
  while (left.kind === 'binary' && left.operator === chain.operator) {
    operands.push(left.right);
    left = left.left;
  }
  operands.push(left);
  return operands.reverse();
}

const operators: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '==': '=',
  '<=>': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '!>': '<=',
  '<=': '<=',
  '>': '>',
  '!<': '>=',
  '>=': '>=',
};

/** The operator when its operands change places. */
const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function readComparison(source: ExpressionText, { operator: written, operatorSpan, left, right }: Binary): Predicate {
  const operator = Object.hasOwn(operators, written) ? operators[written] : undefined;
  if (!operator) throw new RefusedExpression(operatorSpan, `"${written}" is not known here; ${possible}`);
  const turned = unwrapped(left).kind !== 'column';
  if (turned && unwrapped(right).kind !== 'column') throw noColumn(unwrapped(left), unwrapped(right));
  const [name, literal] = turned ? [right, left] : [left, right];
  const column = readColumn(source, name);
  const value = unwrapped(literal);
  if (value.kind === 'column') {
    readColumn(source, value, '; a text stands in quotation marks');
    throw new RefusedExpression(value.span, 'two columns cannot be compared with each other, only a column with a value');
  }
  const isSafe = written === '<=>';
  if (isSafe && value.kind === 'literal' && value.type === 'null') return { kind: 'null', column };
  const comparison: Predicate = {
    kind: 'compare',
    column,
    operator: turned ? mirrored[operator] : operator,
    value: readValue(source, literal, column),
  };
  return isSafe ? certain(column, comparison) : comparison;
}

function noColumn(left: Expression, right: Expression): RefusedExpression {
  const isValue = ({ kind }: Expression): boolean => kind === 'literal' || kind === 'unary' || kind === 'interval';
  if (isValue(left) && isValue(right)) return new RefusedExpression(left.span, `one side must be a column; ${possible}`);
  return new RefusedExpression(
    (isValue(left) ? right : left).span,
    `only a column by itself is possible here, without functions and calculations`,
  );
}

/** LIKE, ILIKE and IS. */
function readWordPredicate(source: ExpressionText, node: PredicateNode): Predicate {
  const [name = '', quantifier] = node.name.split(' ');
  if (name === 'LIKE' || name === 'ILIKE') {
    const column = readColumn(source, node.value);
    const likes = node.operands.map((operand): Predicate => {
      const pattern = withBackslash(readText(source, operand), escapeOf(source, node));
      return negatedIf(node.negated, { kind: 'like', column, pattern, ignoreCase: name === 'ILIKE' });
    });
    const [only] = likes;
    if (only && likes.length === 1) return only;
    return { kind: quantifier === 'ALL' ? 'and' : 'or', parts: likes };
  }
  if (node.name === 'IS NULL') return negatedIf(node.negated, { kind: 'null', column: readColumn(source, node.value) });
  if (node.name === 'IS TRUE' || node.name === 'IS FALSE') {
    const column = readColumn(source, node.value);
    const type = source.columns[column]?.type;
    if (type?.kind !== 'scalar' || type.family !== 'boolean')
      throw new RefusedExpression(node.span, `only a boolean column is true or false`);
    const value = node.name === 'IS TRUE' ? 'true' : 'false';
    return negatedIf(node.negated, certain(column, { kind: 'compare', column, operator: '=', value }));
  }
  throw new RefusedExpression(node.span, `"${node.name}" is not known here; ${possible}`);
}

/** False rather than unknown where the column is null. */
function certain(column: number, comparison: Predicate): Predicate {
  return { kind: 'and', parts: [comparison, { kind: 'not', part: { kind: 'null', column } }] };
}

function negatedIf(negated: boolean, part: Predicate): Predicate {
  return negated ? { kind: 'not', part } : part;
}

/** The character behind ESCAPE; the tree keeps none. */
function escapeOf({ text }: ExpressionText, { span, operands }: PredicateNode): string {
  const behind = text.slice(operands.at(-1)?.span.end ?? span.end, span.end);
  const quoted = /\bESCAPE\s*(['"])([^]*)\1\s*$/i.exec(behind)?.[2];
  return quoted === undefined ? '\\' : quoted === '\\\\' ? '\\' : quoted;
}

/** The same pattern with a backslash as the character that takes the next one as it is. */
function withBackslash(pattern: string, escape: string): string {
  if (escape === '\\') return pattern;
  let written = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') written += '\\\\';
    else if (character === escape && at + 1 < pattern.length) written += `\\${pattern.charAt(++at)}`;
    else written += character;
  }
  return written;
}
