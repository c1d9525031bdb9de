// What DuckDB writes: all its types in its codecs and in both versions of its pages, in several row groups.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openParquet } from '../../../shared/table/parquetTable';
import { typeName } from '../../../shared/table/table';
import { recordedSource } from '../byteSources';
import { checkAgainstDuckDb } from './comparedWithDuckDb';
import { DuckDb } from './duckDb';
import { duckDbColumns, selectRows } from './duckDbColumns';

let duckDb: DuckDb;
let folder: string;
beforeAll(async () => {
  duckDb = await DuckDb.open();
  folder = mkdtempSync(join(tmpdir(), 'sparkform-duckdb-'));
  await duckDb.run("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
  await duckDb.run(`CREATE TABLE full_rows AS ${selectRows(2300, false)}`);
  await duckDb.run(`CREATE TABLE rows_with_nulls AS ${selectRows(2300, true)}`);
});
afterAll(() => {
  duckDb.close();
  rmSync(folder, { recursive: true });
});

async function written(name: string, rows: 'full_rows' | 'rows_with_nulls', options: string): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  await duckDb.run(`COPY ${rows} TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048, ${options})`);
  return path;
}

describe('files that DuckDB wrote', () => {
  it.each([
    ['snappy, V1', 'rows_with_nulls', 'COMPRESSION snappy, PARQUET_VERSION V1'],
    ['zstd, V2', 'rows_with_nulls', 'COMPRESSION zstd, PARQUET_VERSION V2'],
    ['gzip, V1', 'full_rows', 'COMPRESSION gzip, PARQUET_VERSION V1'],
    ['brotli, V2', 'full_rows', 'COMPRESSION brotli, PARQUET_VERSION V2'],
    ['lz4_raw, V1', 'rows_with_nulls', 'COMPRESSION lz4_raw, PARQUET_VERSION V1'],
    ['uncompressed, V2', 'full_rows', 'COMPRESSION uncompressed, PARQUET_VERSION V2'],
    ['no dictionaries, V2', 'rows_with_nulls', 'COMPRESSION snappy, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1'],
    [
      'dictionaries of everything, V2',
      'full_rows',
      'COMPRESSION snappy, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 100000, WRITE_BLOOM_FILTER true',
    ],
  ] as const)('are read alike: %s', async (name, rows, options) => {
    const path = await written(name, rows, options);
    await checkAgainstDuckDb(path, await duckDb.read(path));
  });

  it('have the types that Spark would give them', async () => {
    const bytes = Uint8Array.from(readFileSync(await written('types', 'full_rows', 'COMPRESSION snappy')));
    const table = await openParquet(recordedSource(bytes));
    const types = Object.fromEntries(table.columns.map(({ name, type }) => [name, typeName(type)]));
    expect(types).toEqual(Object.fromEntries(duckDbColumns.map(({ name, type }) => [name, type])));
  });
});
