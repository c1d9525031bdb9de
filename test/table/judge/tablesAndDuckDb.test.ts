// Every file of test/tables as DuckDB reads it: a judge that shares nothing with Spark. Where the two rightly differ we are with
// Spark, which corpus.test.ts compares with; a difference that is listed here and is gone fails.

import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAgainstDuckDb, type Exceptions } from './comparedWithDuckDb';
import { DuckDb } from './duckDb';

const folder = join(import.meta.dirname, '..', '..', 'tables');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'))
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

const spans = 'DuckDB reads the numbers that Spark stores its intervals as';
const nanos = 'DuckDB cuts nanoseconds of instants and of the clock to microseconds';
const julian = 'DuckDB counts in the Gregorian calendar what Spark wrote in the Julian';
const numbers = 'DuckDB reads decimals of more than 38 digits as doubles';
const wrappers = 'DuckDB takes the only field of a repeated group as the element, whatever the name of the group';

/** Columns that differ, by the file. */
const differences: Readonly<Record<string, Exceptions>> = {
  ...Object.fromEntries(
    ['gzip', 'lz4raw', 'snappy', 'uncompressed', 'v2', 'zstd'].map((name) => [
      `scalars-${name}.parquet`,
      { a_day_interval: spans, a_month_interval: spans },
    ]),
  ),
  'query/values.parquet': { months: spans, span: spans },
  'foreign-decimals.parquet': { e: numbers, g: numbers },
  'foreign-lists.parquet': { tuples: wrappers, deep: wrappers },
  'nested-legacy-format.parquet': { deep_map: wrappers },
  'foreign-times.parquet': { t_nanos: nanos, nanos, old_nanos: nanos },
  'names.parquet': { s: 'its library for JavaScript loses the fields of structs that are called __proto__' },
  'moments-julian.parquet': { d: julian, t: julian },
  'timestamps-int96-julian.parquet': { t: julian },
};

/** Files that DuckDB refuses, with its words. */
const refusals: Readonly<Record<string, string>> = {
  'foreign-bytes.parquet': 'Unsupported converted type (20)',
  'foreign-keys.parquet': 'MAP_KEY_VALUE requires two children',
  'foreign-maps.parquet': 'MAP_KEY_VALUE requires two children',
  'scalars-lz4.parquet': 'Unsupported compression codec "LZ4"',
};

/** Files of which DuckDB changes names: what it makes of them. */
const renamed: Readonly<Record<string, readonly string[]>> = {
  // It tells no two names apart by their case.
  'foreign-names.parquet': ['a', 'A_1'],
};

let duckDb: DuckDb;
beforeAll(async () => {
  duckDb = await DuckDb.open();
});
afterAll(() => {
  duckDb.close();
});

describe('DuckDB', () => {
  const compared = files.filter((file) => !(file in refusals) && !(file in renamed));

  it.each(compared)('reads the same of %s', async (file) => {
    const path = join(folder, file);
    await checkAgainstDuckDb(path, await duckDb.read(path), differences[file]);
  });

  it.each(Object.entries(refusals))('refuses %s, which Spark reads', async (file, words) => {
    await expect(duckDb.read(join(folder, file))).rejects.toThrow(words);
  });

  it.each(Object.entries(renamed))('renames columns of %s', async (file, names) => {
    expect((await duckDb.read(join(folder, file))).columns).toEqual(names);
  });

  it('has no listed difference in a file that is not there', () => {
    expect(files).toEqual(expect.arrayContaining([differences, refusals, renamed].flatMap((list) => Object.keys(list))));
  });
});
