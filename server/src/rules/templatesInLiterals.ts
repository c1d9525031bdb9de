// Templates of a query that stand in a comment or in a string literal of its SQL.

import type { Resource } from '../definitions/resources';
import { scanLiterals, type SqlLiteral } from '../sql/literals';
import type { Template } from '../sql/templates';
import { SYMBOL } from '../text/mappedText';
import { encloses } from '../text/span';

/** Each with what it stands in, in text order. */
export function templatesInLiterals({ sql, provider }: Resource): ReadonlyMap<Template, SqlLiteral['kind']> {
  const found = new Map<Template, SqlLiteral['kind']>();
  if (sql === undefined || sql.scan.templates.length === 0) return found;
  const { value } = sql.text;
  // A part that only the run time knows may open or close a quote: what follows it is anyone's guess.
  const known = value.indexOf(SYMBOL);
  const onSpark = provider?.class === undefined || provider.class === 'OfflineSparkProvider';
  const literals = scanLiterals(known < 0 ? value : value.slice(0, known), { doubleQuoted: onSpark ? 'string' : 'name' });
  let next = 0;
  for (const template of sql.scan.templates) {
    // Both are in the order of the text.
    while ((literals[next]?.span.end ?? Infinity) < template.span.end) next++;
    const literal = literals[next];
    if (literal !== undefined && encloses(literal.span, template.span)) found.set(template, literal.kind);
  }
  return found;
}
