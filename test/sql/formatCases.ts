// The cases of test/sql/format/*.md: a heading, then the query before and, behind it, the query after formatting.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FormatCase {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

export function readFormatCases(): readonly FormatCase[] {
  const folder = join(import.meta.dirname, 'format');
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split(/^## /m)
        .slice(1)
        .map((section) => {
          const [before, after, ...more] = [...section.matchAll(/^```sql\n([^]*?)\n```$/gm)].map(([, text = '']) => text);
          const title = section.slice(0, section.indexOf('\n'));
          if (before === undefined || after === undefined || more.length > 0) throw new Error(`${name}: "${title}" needs two queries`);
          return { title: `${name.replace('.md', '')}: ${title}`, before, after };
        }),
    );
}
