// PIVOT and UNPIVOT, which follow a relation and make another one of it.

import type { Cursor } from './cursor';
import { isColumnAliasAt, isTableAliasAt, keyAt } from './keywords';
import { parseColumn } from './primaries';
import type { Column } from './expressionTree';
import type { Pivot, Relation, Unpivot, UnpivotSet } from './relationTree';
import type { Name, SelectItem } from './syntaxTree';

/** `PIVOT (sum(a) AS x FOR (b, c) IN ((1, 2) AS d, …))`; it takes no alias */
export function parsePivot(p: Cursor, input: Relation): Pivot {
  const { start } = input.span;
  p.advance();
  const open = p.at;
  p.advance();
  const aggregates = p.list(() => parseAliased(p, 'FOR'), 'FOR');
  const columns = p.expect('FOR', ' and the column of the pivot') ? parseColumns(p) : [];
  const values: SelectItem[] = [];
  if (p.expect('IN', ' and the values of the pivot in parentheses')) {
    const list = p.at;
    if (p.expect('(')) {
      values.push(...p.list(() => parseAliased(p)));
      p.close(list);
    }
  }
  p.close(open);
  return { kind: 'pivot', input, aggregates, columns, values, span: p.span(start) };
}

/** An expression and its alias, which `notAlias` is not. */
function parseAliased(p: Cursor, notAlias?: string): SelectItem {
  const { start } = p;
  const expression = p.grammar.expression(p);
  const alias = p.alias((tokens, index) => keyAt(tokens, index) !== notAlias && isColumnAliasAt(tokens, index));
  return { kind: 'selectItem', expression, alias, aliases: [], span: p.span(start) };
}

/** One column, or several in parentheses. */
function parseColumns(p: Cursor): Column[] {
  if (!p.is('(')) return [parseColumn(p)];
  const open = p.at;
  p.advance();
  const columns = p.list(() => parseColumn(p));
  p.close(open);
  return columns;
}

/** `UNPIVOT INCLUDE NULLS (value FOR name IN (a, b AS c))`, or with several value columns in parentheses. */
export function parseUnpivot(p: Cursor, input: Relation): Unpivot {
  const { start } = input.span;
  p.advance();
  if (p.is('INCLUDE') || p.is('EXCLUDE')) {
    p.advance();
    p.expect('NULLS');
  }
  const open = p.at;
  let valueColumns: readonly Name[] = [];
  let nameColumn: Name | undefined;
  const sets: UnpivotSet[] = [];
  if (p.expect('(')) {
    const several = p.is('(');
    valueColumns = several
      ? p.nameList('the name of a column')
      : [p.expectName('the name of a column')].filter((name) => name !== undefined);
    if (p.expect('FOR', ' and the column for the names')) nameColumn = p.expectName('the name of a column');
    if (!p.isLost() && p.expect('IN', ' and the columns in parentheses')) {
      const list = p.at;
      if (p.expect('(')) {
        sets.push(...p.list(() => parseSet(p, several)));
        p.close(list);
      }
    }
    p.close(open);
  }
  const alias = p.alias(isTableAliasAt);
  return { kind: 'unpivot', input, valueColumns, nameColumn, sets, alias, span: p.span(start) };
}

function parseSet(p: Cursor, several: boolean): UnpivotSet {
  const { start } = p;
  if (several && !p.is('(')) p.fail('columns in parentheses, as many as there are values');
  const columns = several ? parseColumns(p) : [parseColumn(p)];
  const alias = p.alias(isColumnAliasAt);
  return { kind: 'unpivotSet', columns, alias, span: p.span(start) };
}
