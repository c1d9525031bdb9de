// Which words of a query are keywords, and how they are spelled. Names, functions, types and literals stay as they are written.

import type { SqlTree } from '../syntaxTree';
import { tokenIndexAt } from '../tokens';
import { nodesOf } from '../walk';

export type KeywordCase = 'upper' | 'lower' | 'preserve';

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'ALL AND ANTI ANY AS ASC BETWEEN BOTH BUCKET BY CASE CAST CLUSTER COLLECTION CROSS CUBE CURRENT DAY DAYS DEFINED DELIMITED DESC ' +
    'DISTINCT DISTRIBUTE DIV ELSE END ESCAPE ESCAPED EXCEPT EXCLUDE EXISTS FALSE FIELDS FILTER FIRST FOLLOWING FOR FORMAT FROM FULL ' +
    'FUNCTION GROUP GROUPING HAVING HOUR HOURS IGNORE ILIKE IN INCLUDE INNER INTERSECT INTERVAL IS ITEMS JOIN KEYS LAST LATERAL ' +
    'LEADING LEFT LIKE LIMIT LINES MAP MICROSECOND MICROSECONDS MILLISECOND MILLISECONDS MINUS MINUTE MINUTES MONTH MONTHS NATURAL ' +
    'NOT NULL NULLS OF OFFSET ON OR ORDER OUT OUTER OVER PARTITION PERCENT PIVOT PRECEDING RANGE RECORDREADER RECORDWRITER RECURSIVE ' +
    'REDUCE REGEXP REPEATABLE RESPECT RIGHT RLIKE ROLLUP ROW ROWS SECOND SECONDS SELECT SEMI SERDE SERDEPROPERTIES SETS SIMILAR SOME ' +
    'SORT SYSTEM_TIME SYSTEM_VERSION TABLE TABLESAMPLE TERMINATED THEN TIMESTAMP TO TRAILING TRANSFORM TRUE TRY_CAST UNBOUNDED UNION ' +
    'UNKNOWN UNPIVOT USING VALUES VERSION VIEW WEEK WEEKS WHEN WHERE WINDOW WITH WITHIN YEAR YEARS'
  ).split(' '),
);

/** For each token of a query, whether its case may be changed. */
export function findKeywords(tree: SqlTree): readonly boolean[] {
  const fixed = new Set<number>();
  for (const { kind, span } of nodesOf(tree.statement)) {
    if (kind !== 'name' && kind !== 'dataType' && kind !== 'literal') continue;
    // A name is one token, the others are a few.
    for (let start = tokenIndexAt(tree.tokens, span.start); ; start++) {
      const token = tree.tokens[start];
      if (token === undefined || token.kind === 'end' || token.span.start >= span.end) break;
      fixed.add(start);
    }
  }
  return tree.tokens.map(({ kind, key }, index) => kind === 'word' && !fixed.has(index) && KEYWORDS.has(key));
}

export function spell(word: string, style: KeywordCase): string {
  if (style === 'preserve') return word;
  return style === 'upper' ? word.toUpperCase() : word.toLowerCase();
}
