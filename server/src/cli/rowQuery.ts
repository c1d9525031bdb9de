// What `--where` and `--order-by` say: Spark SQL, read by the parser of queries and turned into what the table reader takes.

import type { Column } from '../../../shared/table/table';
import type { Predicate, SortKey } from '../../../shared/table/query/tableQuery';
import type { Span } from '../text/span';
import { parseSql } from '../sql/parser';
import type { Query, Select, SqlTree } from '../sql/syntaxTree';
import { UsageError } from './io';
import { readColumn, RefusedExpression, type ExpressionText } from './rowExpression';
import { readPredicate } from './rowPredicate';

/** @param option how messages call it: `preview: --where`. Throws `UsageError`. */
export function parseWhere(option: string, text: string, columns: readonly Column[]): Predicate {
  return reading(option, text, 'SELECT * FROM t WHERE ', (parsed, select, query) => {
    const condition = select?.where?.expressions[0];
    if (!condition) throw new RefusedExpression({ start: parsed.prefix, end: parsed.sql.length }, 'a condition is expected');
    const { statement } = parsed.tree;
    const after = endOf(parsed, condition.span.end);
    if (after || statement !== query)
      throw new RefusedExpression(after ?? statement.span, 'the condition ends here: what follows is not part of it');
    return readPredicate({ text: parsed.sql, columns }, condition);
  });
}

/** Throws `UsageError`. */
export function parseOrderBy(option: string, text: string, columns: readonly Column[]): SortKey[] {
  return reading(option, text, 'SELECT * FROM t ORDER BY ', (parsed, _, query) => {
    const order = query?.tail.orderBy;
    const after = order && endOf(parsed, order.span.end);
    if (!order || after)
      throw new RefusedExpression(after ?? { start: parsed.prefix, end: parsed.sql.length }, 'columns are expected, each with ASC or DESC');
    const source: ExpressionText = { text: parsed.sql, columns };
    return order.items.map(({ expression, span }) => {
      const column = readColumn(source, expression);
      const words = parsed.sql.slice(expression.span.end, span.end).trim().toUpperCase().split(/\s+/);
      const descending = words[0] === 'DESC';
      if (words.includes('NULLS') && words.includes('LAST') !== descending) {
        const where = descending ? 'last in descending' : 'first in ascending';
        const start = parsed.sql.slice(0, span.end).toUpperCase().lastIndexOf('NULLS');
        throw new RefusedExpression({ start, end: span.end }, `nulls come ${where} order`);
      }
      return { column, descending };
    });
  });
}

interface Parsed {
  readonly sql: string;
  /** Where the text of the option begins in `sql`. */
  readonly prefix: number;
  readonly tree: SqlTree;
}

function reading<T>(
  option: string,
  text: string,
  before: string,
  read: (parsed: Parsed, select: Select | undefined, query: Query | undefined) => T,
): T {
  const sql = before + text;
  const tree = parseSql(sql);
  const { statement, errors, newer } = tree;
  try {
    if (text.trim() === '') throw new RefusedExpression({ start: before.length, end: before.length }, 'it is empty');
    const [error] = errors;
    if (error) throw new RefusedExpression(error.span, error.message);
    const [construct] = newer;
    if (construct) throw new RefusedExpression(construct.span, `${construct.what} is not known here`);
    const query = statement.kind === 'query' ? statement : undefined;
    return read({ sql, prefix: before.length, tree }, query?.body.kind === 'select' ? query.body : undefined, query);
  } catch (error) {
    if (!(error instanceof RefusedExpression)) throw error;
    throw new UsageError(`${option}: ${error.message}${pointedAt(text, error.span, before.length)}`);
  }
}

/** What stands behind an offset, if anything does. */
function endOf({ tree, sql }: Parsed, offset: number): Span | undefined {
  const next = tree.tokens.find(({ kind, span }) => kind !== 'end' && span.start >= offset);
  return next && { start: next.span.start, end: sql.length };
}

/** The line of the text, and under it a caret at the place. */
function pointedAt(text: string, { start }: Span, before: number): string {
  const at = Math.max(0, Math.min(start - before, text.length));
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  if (line.trim() === '') return '';
  return `\n  ${line}\n  ${' '.repeat(at - lineStart)}^`;
}
