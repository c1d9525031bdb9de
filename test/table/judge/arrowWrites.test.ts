// What Apache Arrow's writer in Rust makes of tables that DuckDB wrote and reads: every encoding that the format has (some of which
// DuckDB refuses), many pages, and the index of pages.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Compression, Encoding, readParquet, WriterPropertiesBuilder, WriterVersion, writeParquet } from 'parquet-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFooter } from '../../../shared/table/parquetFooter';
import { recordedSource } from '../byteSources';
import { checkAgainstDuckDb, type Exceptions } from './comparedWithDuckDb';
import { DuckDb } from './duckDb';
import { duckDbColumns, selectRows } from './duckDbColumns';

let duckDb: DuckDb;
let folder: string;
beforeAll(async () => {
  duckDb = await DuckDb.open();
  folder = mkdtempSync(join(tmpdir(), 'sparkform-arrow-'));
  await duckDb.run("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
  await duckDb.run(`CREATE TABLE all_rows AS ${selectRows(1500, true)}`);
});
afterAll(() => {
  duckDb.close();
  rmSync(folder, { recursive: true });
});

const wholes = duckDbColumns
  .filter(({ type }) => /^(tinyint|smallint|int|bigint|date|time|timestamp.*)$/.test(type))
  .map(({ name }) => name);
const texts = duckDbColumns.filter(({ name, type }) => type === 'string' && name !== 'uuid').map(({ name }) => name);
const fixed = ['single', 'double', 'uuid', 'decimal_9', 'decimal_38', 'span', ...wholes];

interface Rewriting {
  /** That of the encoding, where there is one. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Dictionaries without. */
  readonly encoding?: Encoding;
  readonly version: WriterVersion;
  readonly codec: Compression;
}

const { V1, V2 } = WriterVersion;
const rewritings: readonly Rewriting[] = [
  { name: 'DELTA_BINARY_PACKED', columns: wholes, encoding: Encoding.DELTA_BINARY_PACKED, version: V2, codec: Compression.SNAPPY },
  { name: 'DELTA_LENGTH_BYTE_ARRAY', columns: texts, encoding: Encoding.DELTA_LENGTH_BYTE_ARRAY, version: V2, codec: Compression.ZSTD },
  { name: 'DELTA_BYTE_ARRAY', columns: texts, encoding: Encoding.DELTA_BYTE_ARRAY, version: V1, codec: Compression.GZIP },
  { name: 'BYTE_STREAM_SPLIT', columns: fixed, encoding: Encoding.BYTE_STREAM_SPLIT, version: V2, codec: Compression.LZ4_RAW },
  { name: 'RLE', columns: ['flag'], encoding: Encoding.RLE, version: V2, codec: Compression.UNCOMPRESSED },
  { name: 'PLAIN', columns: duckDbColumns.map(({ name }) => name), encoding: Encoding.PLAIN, version: V1, codec: Compression.BROTLI },
  { name: 'dictionaries', columns: duckDbColumns.map(({ name }) => name), version: V2, codec: Compression.SNAPPY },
];

/** What the writer itself does not keep. */
const lost: Exceptions = {
  uuid: 'Arrow writes UUIDs as sixteen bytes that nothing calls a UUID',
  span: 'Arrow drops the months of intervals',
};

describe('files that Arrow wrote', () => {
  it.each(rewritings)('are read alike: $name', async ({ name, columns, encoding, version, codec }) => {
    const source = join(folder, `${name}-source.parquet`);
    await duckDb.run(`COPY (SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM all_rows) TO '${source}' (FORMAT parquet)`);
    const builder = new WriterPropertiesBuilder()
      .setWriterVersion(version)
      .setCompression(codec)
      .setMaxRowGroupSize(1000)
      .setDataPageSizeLimit(1000)
      .setWriteBatchSize(100)
      .setDictionaryEnabled(encoding === undefined);
    const properties = (encoding === undefined ? builder : builder.setEncoding(encoding)).build();
    const written = writeParquet(readParquet(readFileSync(source)), properties);
    const { description, rowGroups } = await loadFooter(recordedSource(written));
    expect(rowGroups.map(({ rowCount }) => rowCount)).toEqual([1000, 500]);
    const chunks = rowGroups.flatMap((group) => description.leaves.flatMap(({ leaf }) => group.chunk(leaf) ?? []));
    expect(chunks.map(({ offsetIndex }) => offsetIndex)).not.toContain(undefined);
    const wanted = encoding === undefined ? 'RLE_DICTIONARY' : name;
    expect(chunks.filter(({ encodings }) => encodings.some((used) => used === wanted)).length).toBeGreaterThanOrEqual(columns.length);
    const path = join(folder, `${name}.parquet`);
    writeFileSync(path, written);
    const exceptions = Object.fromEntries(Object.entries(lost).filter(([column]) => columns.includes(column)));
    await checkAgainstDuckDb(path, await duckDb.read(source), exceptions);
  });
});
