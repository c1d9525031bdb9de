// One parquet file, read by ourselves and by DuckDB.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { openParquet } from '../../../shared/table/parquetTable';
import { checkParts } from '../boundsHold';
import { recordedSource } from '../byteSources';
import { randomNumbers } from '../randomNumbers';
import { plainTable, type PlainTable } from './plainTable';

/** What we read of the file equals what DuckDB reads, all at once and in windows, and no row is beyond its bounds. */
export async function checkAgainstDuckDb(path: string, theirs: PlainTable, exceptions: Exceptions = {}): Promise<void> {
  const bytes = Uint8Array.from(readFileSync(path));
  const open = () => openParquet(recordedSource(bytes, basename(path)));
  const table = await open();
  const { rows } = await table.rows(0, table.rowCount);
  expectSame(plainTable(table, rows), theirs, exceptions);
  const random = randomNumbers(5);
  for (let round = 0; round < 3; round++) {
    const start = random(table.rowCount + 1);
    const end = start + random(150);
    expect((await (await open()).rows(start, end)).rows).toEqual(rows.slice(start, end));
  }
  await checkParts(table, rows);
}

/** The columns that are known to differ, each with the reason. They must differ. */
export type Exceptions = Readonly<Record<string, string>>;

export function expectSame(own: PlainTable, theirs: PlainTable, exceptions: Exceptions = {}): void {
  expect(own.columns).toEqual(theirs.columns);
  expect(own.rows.length).toBe(theirs.rows.length);
  for (const [column, name] of own.columns.entries()) {
    const [ours, judged] = [own, theirs].map(({ rows }) => rows.map((row) => row[column]));
    const reason = Object.hasOwn(exceptions, name) ? exceptions[name] : undefined;
    if (reason === undefined) expect(ours, `column "${name}"`).toEqual(judged);
    else expect(ours, `column "${name}" should differ: ${reason}`).not.toEqual(judged);
  }
  expect(own.columns).toEqual(expect.arrayContaining(Object.keys(exceptions)));
}
