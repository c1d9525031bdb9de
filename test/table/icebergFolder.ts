// Small Iceberg tables as a test wants them, with what no writer at hand writes. Their data is that of test/tables/iceberg/overwritten.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { avroBytes, type WrittenAvro, type WrittenSchema } from './avroBytes';

export const icebergTables = join(import.meta.dirname, '..', 'tables', 'iceberg');

const overwritten = join(icebergTables, 'overwritten', 'data');
/** Files of `id int, word string` with field ids 1 and 2. */
const parts = readdirSync(overwritten)
  .sort()
  .map((name) => readFileSync(join(overwritten, name)));
export const partRows = 2;
/** The file of two rows that was written first: `1, old` and `2, old`. */
export const part = parts.find((bytes) => bytes.includes('old')) ?? Buffer.alloc(0);

/** A file in a manifest; fields that are left out are those of a data file of two rows. */
export interface WrittenFile {
  readonly path: string;
  readonly content?: number;
  readonly format?: string;
  readonly rows?: number;
  readonly sequence?: number;
  readonly key?: Uint8Array;
}

export interface WrittenTable {
  readonly files?: readonly WrittenFile[];
  readonly location?: string;
  /** Fields of the metadata that are other ones, or left out where undefined. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly manifest?: WrittenAvro;
  /** Files of the folder that are other ones, or left out where undefined. */
  readonly folder?: Readonly<Record<string, Uint8Array | string | undefined>>;
}

const manifestList: WrittenSchema = {
  type: 'record',
  name: 'manifest_file',
  fields: [
    { name: 'manifest_path', type: 'string' },
    { name: 'manifest_length', type: 'long' },
    { name: 'partition_spec_id', type: 'int' },
    { name: 'content', type: 'int' },
    { name: 'sequence_number', type: 'long' },
    { name: 'key_metadata', type: ['null', 'bytes'] },
  ],
};

const manifest: WrittenSchema = {
  type: 'record',
  name: 'manifest_entry',
  fields: [
    { name: 'status', type: 'int' },
    { name: 'sequence_number', type: ['null', 'long'] },
    {
      name: 'data_file',
      type: {
        type: 'record',
        name: 'r2',
        fields: [
          { name: 'content', type: 'int' },
          { name: 'file_path', type: 'string' },
          { name: 'file_format', type: 'string' },
          { name: 'partition', type: { type: 'record', name: 'r102', fields: [] } },
          { name: 'record_count', type: 'long' },
          { name: 'file_size_in_bytes', type: 'long' },
          { name: 'key_metadata', type: ['null', 'bytes'] },
        ],
      },
    },
  ],
};

/** Writes the table into a folder, with one manifest. */
export function writeIceberg(target: string, table: WrittenTable): string {
  const { files = [{ path: 'data/a.parquet' }], location = 's3://lake/db/made', metadata = {}, folder = {} } = table;
  const entries = files.map(({ path, content = 0, format = 'PARQUET', rows = partRows, sequence, key }) => ({
    status: 1,
    sequence_number: sequence === undefined ? [0] : [1, sequence],
    data_file: {
      content,
      file_path: /^[a-z0-9]+:\//.test(path) ? path : `${location}/${path}`,
      file_format: format,
      partition: {},
      record_count: rows,
      file_size_in_bytes: part.length,
      key_metadata: key ? [1, key] : [0],
    },
  }));
  const list = {
    manifest_path: `${location}/metadata/m0.avro`,
    manifest_length: 1,
    partition_spec_id: 0,
    content: 0,
    sequence_number: 1,
    key_metadata: [0],
  };
  const made: Readonly<Record<string, Uint8Array | string | undefined>> = {
    'metadata/v1.metadata.json': JSON.stringify({ ...plainMetadata(location), ...metadata }),
    'metadata/version-hint.text': '1',
    'metadata/snap.avro': avroBytes(manifestList, [list]),
    'metadata/m0.avro': avroBytes(manifest, entries, table.manifest),
    ...Object.fromEntries(files.filter(({ path }) => !path.includes(':/')).map(({ path }) => [path, part])),
    ...folder,
  };
  for (const [path, content] of Object.entries(made)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
  return target;
}

/** Of a table with one snapshot. */
export function plainMetadata(location: string): Readonly<Record<string, unknown>> {
  return {
    'format-version': 2,
    location,
    'current-schema-id': 0,
    schemas: [
      {
        type: 'struct',
        'schema-id': 0,
        fields: [
          { id: 1, name: 'id', required: false, type: 'int' },
          { id: 2, name: 'word', required: false, type: 'string' },
        ],
      },
    ],
    'partition-specs': [{ 'spec-id': 0, fields: [] }],
    'current-snapshot-id': 77,
    snapshots: [{ 'snapshot-id': 77, 'timestamp-ms': 1_700_000_000_000, 'manifest-list': `${location}/metadata/snap.avro` }],
  };
}
