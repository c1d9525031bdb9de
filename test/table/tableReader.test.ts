// The reading process as it is shipped, through its client.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { typeName } from '../../shared/table/table';
import { builtFile } from '../support/builtFile';
import { tableProblemOf } from '../support/tableProblemOf';

const tables = join(import.meta.dirname, '..', 'tables');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');

let scratch: string;
let client: TableReaderClient;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-tables-'));
  client = new TableReaderClient({ script: builtFile('tableReader.js') });
});
afterAll(() => {
  client.dispose();
  rmSync(scratch, { recursive: true });
});

describe('three million flights', () => {
  it('opens by the footer alone', async () => {
    const table = await client.open(flights);
    expect(table.rowCount).toBe(3_000_000);
    expect(table.columns.map(({ name, type }) => `${name}: ${typeName(type)}`)).toEqual([
      'date: timestamp_ntz',
      'delay: bigint',
      'distance: bigint',
      'origin: string',
      'destination: string',
    ]);
    expect(table.cost).toEqual({ bytesRead: 65_536, requests: 1 });
  });

  it('reads any range of rows, across row groups, and only the columns asked for', async () => {
    const table = await client.open(flights);
    expect((await table.rows(0, 2)).rows).toEqual([
      ['2001-01-01T00:01:00', 33, 2176, 'LAS', 'PHL'],
      ['2001-01-01T00:01:00', 19, 215, 'ATL', 'SAV'],
    ]);
    expect(await table.rows(2_999_999, 3_000_010, [4, 0])).toEqual({ start: 2_999_999, rows: [['CVG', '2001-07-01T00:00:00']] });
    const before = { ...table.cost };
    // The groups of this file have 122,880 rows or so: a window of 250,000 crosses at least one border.
    const window = await table.rows(1_400_000, 1_650_000, [3]);
    expect(window.rows).toHaveLength(250_000);
    expect(window.rows[100_000]).toEqual((await table.rows(1_500_000, 1_500_001, [3])).rows[0]);
    expect(table.cost.bytesRead - before.bytesRead).toBeLessThan(13_493_022 / 5);
    expect((await table.rows(3_000_000, 3_000_010)).rows).toEqual([]);
  });
});

describe('the client', () => {
  it('gives text for a grid, cut to a limit, and one value whole', async () => {
    const table = await client.open(join(tables, 'nested.parquet'));
    const { rows } = await table.texts(0, 3, undefined, 20);
    expect(rows).toEqual([
      [
        '0',
        '[0, 1]',
        { text: '{"__proto__" → 0, "b', omitted: true },
        '{x: 0, y: "s0"}',
        '[[0, null], []]',
        { text: '[{k: 0, tags: ["a", ', omitted: true },
        { text: '{1 → [{d: 1.50}], 2 ', omitted: true },
        { text: '{in: {m: {"p" → {q: ', omitted: true },
      ],
      ['1', null, null, null, null, '[]', null, null],
      ['2', '[]', '{}', '{x: null, y: null}', '[null, []]', null, '{1 → null}', '{in: null}'],
    ]);
    expect(await table.document(0, 2)).toBe('{\n  "__proto__": 0,\n  "b": 2\n}');
    expect(await table.document(1, 2)).toBe('null');
  });

  it('says what is not a parquet file', async () => {
    const text = join(scratch, 'notes.parquet');
    writeFileSync(text, 'a,b\n1,2\n3,4\n5,6\n');
    expect(await tableProblemOf(client.open(text))).toEqual({
      kind: 'not-parquet',
      message: 'notes.parquet is not a parquet file: expected "PAR1" at the end, found 35 2c 36 0a',
    });
    const tiny = join(scratch, 'tiny.parquet');
    writeFileSync(tiny, 'PAR1');
    expect(await tableProblemOf(client.open(tiny))).toEqual({
      kind: 'not-parquet',
      message: 'tiny.parquet is not a parquet file: it has 4 bytes, the smallest has 12',
    });
    const encrypted = join(scratch, 'encrypted.parquet');
    writeFileSync(encrypted, 'PARE 12345 PARE');
    expect(await tableProblemOf(client.open(encrypted))).toEqual({
      kind: 'encrypted',
      message: 'encrypted.parquet is an encrypted parquet file: its footer cannot be read without the key',
    });
    const absent = join(scratch, 'absent.parquet');
    expect(await tableProblemOf(client.open(absent))).toEqual({ kind: 'missing', message: `${absent} does not exist` });
    expect(await tableProblemOf(client.open('gs://bucket/key'))).toEqual({
      kind: 'unsupported',
      message: 'gs://bucket/key is neither a local file or folder nor in S3',
    });
    // Of a folder the first part speaks.
    expect(await tableProblemOf(client.open(scratch))).toMatchObject({ kind: 'encrypted' });
  });

  it('refuses a table that was written anew since it was opened', async () => {
    const file = join(scratch, 'changing.parquet');
    cpSync(join(tables, 'parts.parquet', 'part-00000.parquet'), file);
    const table = await client.open(file);
    cpSync(join(tables, 'names.parquet'), file);
    expect(await tableProblemOf(table.rows(0, 1))).toEqual({ kind: 'changed', message: 'changing.parquet was changed while it was shown' });
    expect((await client.open(file)).columns).toHaveLength(6);
  });

  it('answers the next request after its process had to be killed', async () => {
    const impatient = new TableReaderClient({ script: builtFile('tableReader.js'), timeout: 1 });
    try {
      expect(await tableProblemOf(impatient.open(flights))).toEqual({
        kind: 'no-answer',
        message: `${flights} could not be read within 0.001 s; it may be damaged`,
      });
      expect((await tableProblemOf(impatient.open(flights))).kind).toBe('no-answer');
    } finally {
      impatient.dispose();
    }
  });

  it('reads on after the process died', async () => {
    const crashing = join(scratch, 'crash-once.cjs');
    const died = join(scratch, 'died');
    const script = JSON.stringify(builtFile('tableReader.js'));
    // The product's own reader, which the first request for rows kills.
    writeFileSync(
      crashing,
      `process.on('message', (question) => {
        if (question.request.kind === 'rows' && !require('node:fs').existsSync(${JSON.stringify(died)})) {
          require('node:fs').writeFileSync(${JSON.stringify(died)}, '');
          process.abort();
        }
      });
      require(${script});`,
    );
    const own = new TableReaderClient({ script: crashing });
    try {
      const path = join(tables, 'parts.parquet');
      const table = await own.open(path);
      const [first, second] = await Promise.all([tableProblemOf(table.rows(0, 1)), table.rows(0, 1)]);
      expect(first).toEqual({
        kind: 'crashed',
        message: `reading ${path} stopped the table reader: it ended by SIGABRT; the file may be damaged`,
      });
      expect(second.rows).toEqual([[0, '0.0']]);
    } finally {
      own.dispose();
    }
  });

  it('refuses what is asked after the end', async () => {
    const own = new TableReaderClient({ script: builtFile('tableReader.js') });
    const waiting = tableProblemOf(own.open(flights));
    own.dispose();
    expect(await waiting).toEqual({ kind: 'no-answer', message: 'the table reader was closed' });
    expect(await tableProblemOf(own.open(flights))).toEqual({ kind: 'no-answer', message: 'the table reader was closed' });
  });
});

describe('folders', () => {
  it('are one table in the order of their parts', async () => {
    const table = await client.open(join(tables, 'parts.parquet'));
    expect(table.origin).toMatchObject({ kind: 'folder', files: 3, success: true, ignored: [], codecs: ['SNAPPY'] });
    expect((await table.rows(0, 100, [0])).rows.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await table.rows(2, 4, [1, 0])).rows).toEqual([
      ['3.0', 2],
      ['4.5', 3],
    ]);
  });

  it('show columns even without rows, and know whether the job finished', async () => {
    const folder = join(scratch, 'unfinished');
    cpSync(join(tables, 'empty-folder.parquet'), folder, { recursive: true });
    rmSync(join(folder, '_SUCCESS'));
    writeFileSync(join(folder, '_started_123'), '');
    writeFileSync(join(folder, '.part-00000.parquet.crc'), 'crc');
    writeFileSync(join(folder, 'README.md'), 'a stranger');
    const table = await client.open(folder);
    expect(table.columns.map(({ name, type }) => `${name} ${typeName(type)}`)).toEqual(['id bigint', 'amount decimal(10,2)']);
    expect(table).toMatchObject({ rowCount: 0, origin: { success: false, files: 1, ignored: ['README.md'] } });
  });

  it('are refused, with the reason, when their parts do not fit together', async () => {
    const folder = join(scratch, 'mixed');
    cpSync(join(tables, 'empty-folder.parquet'), folder, { recursive: true });
    writeFileSync(join(folder, 'part-00001.parquet'), readFileSync(join(tables, 'empty.parquet')));
    expect((await client.open(folder)).columns.map(({ name }) => name)).toEqual(['id', 'amount', 'name']);
    writeFileSync(join(folder, 'part-00002.parquet'), readFileSync(join(tables, 'parts.parquet', 'part-00001.parquet')));
    expect(await tableProblemOf(client.open(folder))).toEqual({
      kind: 'schema-mismatch',
      message:
        'mixed is not one table: column "amount" is decimal(10,2) in part-00000.parquet and decimal(23,1) in part-00002.parquet, and Spark does not merge these types',
    });
    const uneven = join(scratch, 'uneven');
    cpSync(join(tables, 'partitioned.parquet', 'dt=2024-01-01'), join(uneven, 'dt=2024-01-01'), { recursive: true });
    cpSync(join(tables, 'empty.parquet'), join(uneven, 'part-00009.parquet'));
    expect(await tableProblemOf(client.open(uneven))).toEqual({
      kind: 'schema-mismatch',
      message:
        'uneven is not one table: its partition columns are dt, label, n in dt=2024-01-01/label=a%2Fb/n=1/part-00000.parquet and none in part-00009.parquet',
    });
    const empty = join(scratch, 'no-parts');
    cpSync(join(tables, 'parts.parquet', '_SUCCESS'), join(empty, '_SUCCESS'));
    expect(await tableProblemOf(client.open(empty))).toEqual({ kind: 'missing', message: 'no-parts holds no parquet or CSV files' });
  });

  it('append partition columns, which may also be read alone', async () => {
    const table = await client.open(join(tables, 'partitioned.parquet'));
    expect(table.columns.map(({ name, partition }) => [name, partition])).toEqual([
      ['id', false],
      ['dt', true],
      ['label', true],
      ['n', true],
    ]);
    expect((await table.rows(0, 3, [2])).rows).toEqual([['a/b'], [null], ['c d']]);
  });
});
