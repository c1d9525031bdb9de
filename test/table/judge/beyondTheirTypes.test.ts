// Numbers that the type of their column has no room for, which some writers leave in files: of what is stored, the last bits count.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openParquet } from '../../../shared/table/parquetTable';
import { recordedSource } from '../byteSources';
import { editFooter, structsOf } from '../editedFooter';
import { checkAgainstDuckDb } from './comparedWithDuckDb';
import { DuckDb } from './duckDb';

/** The format's numbers of them. */
const convertedTypes = { TIME_MILLIS: 7, UINT_8: 11, UINT_16: 12, INT_8: 15, INT_16: 16 } as const;

it('are cut as DuckDB cuts them, and nothing is pruned by their bounds', async () => {
  const duckDb = await DuckDb.open();
  const folder = mkdtempSync(join(tmpdir(), 'sparkform-beyond-'));
  try {
    const path = join(folder, 'beyond.parquet');
    // Of times, those of the day before.
    const values = Object.keys(convertedTypes).map((name) => {
      const range = name === 'TIME_MILLIS' ? 86_399_999 : 2_147_483_647;
      return `((hash(i) % ${2 * range})::BIGINT - ${range})::INTEGER AS ${name}, (i % 100)::INTEGER AS within_${name}`;
    });
    await duckDb.run(`COPY (SELECT ${values.join(', ')} FROM range(0, 300) rows(i)) TO '${path}' (FORMAT parquet)`);
    const edited = editFooter(Uint8Array.from(readFileSync(path)), (footer) => {
      for (const column of structsOf(footer.field_2).slice(1)) {
        const name = Buffer.from(column.field_4 as Uint8Array).toString();
        column.field_6 = convertedTypes[name.replace('within_', '') as keyof typeof convertedTypes];
      }
    });
    writeFileSync(path, edited);
    await checkAgainstDuckDb(path, await duckDb.read(path));
    const table = await openParquet(recordedSource(edited));
    const [chunk] = table.chunks([...table.columns.keys()]);
    for (const [index, { name }] of table.columns.entries()) {
      const { min, max } = chunk?.statistics.get(index) ?? {};
      const expected = !name.startsWith('within_')
        ? [undefined, undefined]
        : name.endsWith('MILLIS')
          ? ['00:00:00', '00:00:00.099']
          : [0, 99];
      expect([name, min, max]).toEqual([name, ...expected]);
    }
  } finally {
    duckDb.close();
    rmSync(folder, { recursive: true });
  }
});
