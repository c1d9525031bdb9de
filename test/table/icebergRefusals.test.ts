// Iceberg tables that cannot be shown, or must not be, and why: damaged, incomplete, or of what is not read.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemKinds, TableProblem } from '../../shared/table/tableProblem';
import type { Table } from '../../shared/table/table';
import { openLocal } from '../../shared/tableReader/localFiles';
import { tableProblemOf } from '../support/tableProblemOf';
import { avroBytes } from './avroBytes';
import { icebergTables, part, plainMetadata, writeIceberg, type WrittenTable } from './icebergFolder';
import { randomNumbers } from './randomNumbers';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-iceberg-refusals-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

let made = 0;

/** Writes the table into a folder `made` of its own. */
function written(table: WrittenTable): string {
  return writeIceberg(join(scratch, String(made++), 'made'), table);
}

async function open(path: string): Promise<Table> {
  return (await openLocal(path, { bytesRead: 0, requests: 0 })).table;
}

async function rowsOf(table: WrittenTable): Promise<unknown> {
  const opened = await open(written(table));
  return (await opened.rows(0, opened.rowCount)).rows;
}

const schema = (...fields: readonly unknown[]): WrittenTable => ({
  metadata: { schemas: [{ 'schema-id': 0, type: 'struct', fields }] },
});
const whole = [
  [1, 'old'],
  [2, 'old'],
];

describe('tables that are shown', () => {
  it.each<readonly [string, WrittenTable, unknown]>([
    ['as they are', {}, whole],
    [
      'of Hadoop’s other names for S3',
      { files: [{ path: 's3a://lake/db/made/data/a.parquet' }], folder: { 'data/a.parquet': part } },
      whole,
    ],
    [
      'written with three slashes or one',
      { location: 'file:///x/made', files: [{ path: 'file:/x/made/data/a.parquet' }], folder: { 'data/a.parquet': part } },
      whole,
    ],
    ['whose location ends with a slash', { metadata: { location: 's3://lake/db/made/' } }, whole],
    ['with packed manifests', { manifest: { codec: 'deflate' } }, whole],
    [
      'with equality deletes that are older than all rows',
      {
        files: [
          { path: 'data/a.parquet', sequence: 3 },
          { path: 'd', content: 2, sequence: 3 },
        ],
      },
      whole,
    ],
    [
      'without a codec in their name, and packed',
      {
        folder: {
          'metadata/v1.metadata.json': undefined,
          'metadata/v1.gz.metadata.json': gzipSync(JSON.stringify(plainMetadata('s3://lake/db/made'))),
        },
      },
      whole,
    ],
    [
      'of one schema, as the first tables were',
      { metadata: { 'format-version': 1, schemas: undefined, schema: { type: 'struct', fields: [{ id: 2, name: 'w', type: 'string' }] } } },
      [['old'], ['old']],
    ],
    [
      'whose snapshot lists its manifests itself',
      { metadata: { 'format-version': 1, snapshots: [{ 'snapshot-id': 77, manifests: ['s3://lake/db/made/metadata/m0.avro'] }] } },
      whole,
    ],
    ['with no rows yet, and no snapshot', { metadata: { 'current-snapshot-id': -1 } }, []],
    [
      'with columns that no file has',
      schema({ id: 9, name: 'new', type: 'uuid' }, { id: 1, name: 'id', type: 'long' }, { id: 10, name: 'nil', type: 'unknown' }),
      [
        [null, 1, null],
        [null, 2, null],
      ],
    ],
  ])('%s', async (_, table, rows) => {
    expect(await rowsOf(table)).toEqual(rows);
  });
});

describe('tables that are refused', () => {
  it('tell rows that are deleted by values, which must not be shown', async () => {
    const problem = await tableProblemOf(open(join(icebergTables, 'equality')));
    expect(problem).toEqual({
      kind: 'unsupported',
      message:
        'equality is an Iceberg table whose current snapshot deletes rows by their values: 1 row of values in the equality delete file ' +
        'file:///tmp/sparkform-iceberg-tables/db/equality/data/equality-deletes.parquet. Which rows these are is not told here, and deleted rows ' +
        'must not be shown as if they were current. Read it with spark.read.format("iceberg"), or rewrite its data files first ' +
        '(CALL system.rewrite_data_files)',
    });
    const two = { files: [{ path: 'data/a.parquet' }, ...[3, 4].map((rows) => ({ path: `d${rows}`, content: 2, rows, sequence: 2 }))] };
    expect((await tableProblemOf(open(written(two)))).message).toMatch(
      /by their values: 7 rows of values in 2 equality delete files, the first of them s3:\/\/lake\/db\/made\/d3\. /,
    );
  });

  it('name files that are not of parquet', async () => {
    const { kind, message } = await tableProblemOf(open(join(icebergTables, 'orc')));
    expect(kind).toBe('unsupported');
    expect(message).toMatch(
      /^file:\S+\/orc\/data\/\S+\.orc is a file of the format ORC, expected parquet: no other files of Iceberg tables are shown$/,
    );
  });

  it('have no dated runs', async () => {
    const opening = openLocal(join(icebergTables, 'copied'), { bytesRead: 0, requests: 0 }, { run: { name: 'x' } });
    expect(await tableProblemOf(opening)).toEqual({ kind: 'missing', message: 'copied is an Iceberg table; it holds no run "x"' });
  });

  const cases: readonly (readonly [string, WrittenTable, string, string])[] = [
    [
      'a later version of the format',
      { metadata: { 'format-version': 4 } },
      'unsupported',
      "metadata/v1.metadata.json is of version 4 of Iceberg's format, expected 1, 2 or 3",
    ],
    [
      'metadata that is no JSON',
      { folder: { 'metadata/v1.metadata.json': '{"format-version": 2,' } },
      'malformed',
      'metadata/v1.metadata.json is damaged: ',
    ],
    [
      'metadata that is a list',
      { folder: { 'metadata/v1.metadata.json': '[]' } },
      'malformed',
      'metadata/v1.metadata.json is damaged: expected a JSON object, found []',
    ],
    [
      'a hint that leads nowhere',
      { folder: { 'metadata/version-hint.text': '7' } },
      'missing',
      'made lacks the metadata that its metadata/version-hint.text names: "7"',
    ],
    [
      'a schema that is not there',
      { metadata: { 'current-schema-id': 3 } },
      'malformed',
      'metadata/v1.metadata.json is damaged: expected the schema that it calls current, found 3',
    ],
    [
      'a snapshot that is not there',
      { metadata: { 'current-snapshot-id': 78 } },
      'malformed',
      'metadata/v1.metadata.json is damaged: expected the snapshot that it calls current, found "78"',
    ],
    [
      'no list of manifests',
      { folder: { 'metadata/snap.avro': undefined } },
      'missing',
      'metadata/snap.avro is missing in made, whose current snapshot needs it',
    ],
    [
      'no manifest',
      { folder: { 'metadata/m0.avro': undefined } },
      'missing',
      'metadata/m0.avro is missing in made, whose current snapshot needs it',
    ],
    [
      'no data file',
      { folder: { 'data/a.parquet': undefined } },
      'missing',
      'data/a.parquet is missing in made, whose current snapshot needs it',
    ],
    [
      'a data file elsewhere',
      { files: [{ path: 's3://other/a.parquet' }] },
      'unsupported',
      'made is an Iceberg table with a file outside of its folder, s3://other/a.parquet; files are read below s3://lake/db/made/',
    ],
    [
      'a data file in a folder that is merely called alike',
      { files: [{ path: 's3://lake/db/made2/a.parquet' }] },
      'unsupported',
      'made is an Iceberg table with a file outside of its folder, s3://lake/db/made2/a.parquet',
    ],
    [
      'a manifest that is no Avro',
      { folder: { 'metadata/m0.avro': 'PAR1 and more' } },
      'malformed',
      'metadata/m0.avro is damaged: avro invalid magic bytes',
    ],
    [
      'a manifest of other records',
      {
        folder: {
          'metadata/m0.avro': avroBytes({ type: 'record', name: 'x', fields: [{ name: 'status', type: 'int' }] }, [{ status: 1 }]),
        },
      },
      'malformed',
      'metadata/m0.avro is damaged: expected data_file, found nothing',
    ],
    [
      'a codec that nobody knows',
      { manifest: { codec: 'xz' } },
      'unsupported',
      'metadata/m0.avro is packed by the codec "xz", expected null, deflate, snappy or zstandard',
    ],
    [
      'a block that claims more records than fit',
      { manifest: { records: 2 ** 40 } },
      'malformed',
      'metadata/m0.avro is damaged: a block claims 1099511627776 records in ',
    ],
    [
      'a block that claims to be longer than the file',
      { manifest: { blockBytes: 2 ** 40 } },
      'malformed',
      'metadata/m0.avro is damaged: a block of 1099511627776 bytes stands at ',
    ],
    [
      'an encrypted data file',
      { files: [{ path: 'data/a.parquet', key: Uint8Array.of(1) }] },
      'encrypted',
      's3://lake/db/made/data/a.parquet is encrypted, as metadata/m0.avro says: it cannot be read without its key',
    ],
    [
      'an encrypted snapshot',
      { metadata: { snapshots: [{ 'snapshot-id': 77, 'key-id': 'k1', 'manifest-list': 'x' }] } },
      'encrypted',
      'metadata/v1.metadata.json says that snapshot 77 is encrypted: it cannot be read without the key "k1"',
    ],
    [
      'another number of rows than counted',
      { files: [{ path: 'data/a.parquet', rows: 5 }] },
      'malformed',
      's3://lake/db/made/data/a.parquet is damaged: its number of rows is 2, expected 5 by its manifest',
    ],
    [
      'more deleted rows than can be kept',
      { files: [{ path: 'data/a.parquet' }, { path: 'd.parquet', content: 1, rows: 20_000_000 }] },
      'too-large',
      'made is an Iceberg table whose current snapshot marks 20,000,000 rows as deleted by their positions; up to 10,000,000 are left out while reading. Rewrite its data files first (CALL system.rewrite_data_files)',
    ],
    [
      'a file of deleted rows that is none',
      { files: [{ path: 'data/a.parquet' }, { path: 'data/d.parquet', content: 1 }] },
      'malformed',
      's3://lake/db/made/data/d.parquet is damaged: as a file of deleted positions it must have a column "file_path"',
    ],
    [
      'a type that has no cells',
      schema({ id: 1, name: 'shape', type: 'variant' }),
      'unsupported',
      'metadata/v1.metadata.json gives column "shape" the type "variant", which cannot be shown',
    ],
    [
      'a type that does not fit',
      schema({ id: 1, name: 'number', type: 'date' }),
      'schema-mismatch',
      's3://lake/db/made/data/a.parquet has int in column "id", the table has date in "number"',
    ],
    [
      'a default that is none',
      schema({ id: 9, name: 'x', type: 'boolean', 'initial-default': 'yes' }),
      'unsupported',
      'metadata/v1.metadata.json gives column "x" the default "yes", which cannot be shown',
    ],
    [
      'files without ids or a mapping',
      {
        folder: { 'data/a.parquet': readFileSync(join(icebergTables, '..', 'parts.parquet', 'part-00000.parquet')) },
        files: [{ path: 'data/a.parquet', rows: 3 }],
      },
      'schema-mismatch',
      's3://lake/db/made/data/a.parquet has no field ids, and the table has no name mapping (schema.name-mapping.default): which of its columns is which cannot be told',
    ],
    [
      'packed metadata without end',
      { folder: { 'metadata/v1.metadata.json': undefined, 'metadata/v1.gz.metadata.json': gzipSync(Buffer.alloc(80_000_000)) } },
      'too-large',
      'metadata/v1.gz.metadata.json is too large: unpacked it has more than 67108864 bytes',
    ],
    [
      'packed manifests without end',
      {
        folder: {
          'metadata/m0.avro': avroBytes(
            { type: 'record', name: 'x', fields: [{ name: 'b', type: 'bytes' }] },
            [{ b: Buffer.alloc(20_000_000) }],
            { codec: 'deflate' },
          ),
        },
      },
      'too-large',
      'metadata/m0.avro is too large: unpacked it has more than 16777216 bytes',
    ],
    [
      'a schema of Avro whose lists have no end',
      {
        folder: {
          'metadata/m0.avro': avroBytes({ type: 'record', name: 'x', fields: [{ name: 'b', type: { type: 'array', items: 'null' } }] }, []),
        },
      },
      'malformed',
      'metadata/m0.avro is damaged: its Avro schema has a list of items without bytes',
    ],
    [
      'a schema of Avro of very long values',
      {
        folder: {
          'metadata/m0.avro': avroBytes(
            { type: 'record', name: 'x', fields: [{ name: 'b', type: { type: 'fixed', name: 'f', size: 1e9 } }] },
            [],
          ),
        },
      },
      'unsupported',
      'metadata/m0.avro has fixed bytes of the length 1000000000, at most 4096 are read',
    ],
  ];
  it.each(cases)('tell what is wrong: %s', async (_, table, kind, message) => {
    const found = await tableProblemOf(rowsOf(table));
    expect({ ...found, message: found.message.slice(0, message.length) }).toEqual({ kind, message });
  });
});

describe('damaged metadata', () => {
  const rounds = Math.ceil(Number(process.env['SPARKFORM_MUTATIONS'] ?? 300) / 3);
  const random = randomNumbers(Number(process.env['SPARKFORM_SEED'] ?? 1));

  it.each(['marked', 'vectors', 'partitioned'])('gives rows or a reason, whatever the bytes: %s', async (name) => {
    const folder = join(scratch, `damaged-${name}`);
    cpSync(join(icebergTables, name), folder, { recursive: true });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(avro|json|puffin)$|-deletes\.parquet$/.test(path),
    );
    for (let round = 0; round < rounds; round++) {
      const path = join(folder, files[random(files.length)] ?? '');
      const bytes = readFileSync(path);
      const damaged = Uint8Array.from(bytes);
      for (let change = 0; change <= random(4); change++) damaged[random(damaged.length)] = random(256);
      writeFileSync(path, random(8) === 0 ? damaged.subarray(0, random(damaged.length)) : damaged);
      try {
        const table = await open(folder);
        await table.rows(0, 50);
      } catch (error) {
        if (!(error instanceof TableProblem)) throw error;
        expect(problemKinds).toContain(error.kind);
        expect(error.message.length).toBeGreaterThan(20);
      }
      writeFileSync(path, bytes);
    }
    expect((await open(folder)).rowCount).toBeGreaterThan(0);
  });
});
