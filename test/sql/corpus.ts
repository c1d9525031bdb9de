// The project's own Spark SQL: test/sql/corpus/*.sql holds what Spark 3.5 parses as a query, corpus/rejected what it rejects,
// corpus/newer what only later versions parse, and corpus/commands statements that are no queries. A text ends with a semicolon at the end of a line, which is no part of it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusText {
  readonly file: string;
  readonly text: string;
}

export type CorpusFolder = '' | 'rejected' | 'newer' | 'commands';

export function readCorpus(folder: CorpusFolder): readonly CorpusText[] {
  const path = join(import.meta.dirname, 'corpus', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .flatMap((name) =>
      readFileSync(join(path, name), 'utf8')
        .split(/;\n/)
        .slice(0, -1)
        .map((text) => ({ file: join(folder, name), text })),
    );
}
