// Folders as one table, without Spark: which files belong to it, what its parts tell of rows and columns, and what is read.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder, type FolderEntry, type OpenFolderOptions, type OpenProgress } from '../../shared/table/folderTable';
import { originWarnings } from '../../shared/table/originWarnings';
import { runTime } from '../../shared/table/runFolders';
import type { Table } from '../../shared/table/table';
import { openLocal } from '../../shared/tableReader/localFiles';
import { tableProblemOf } from '../support/tableProblemOf';

const tables = join(import.meta.dirname, '..', 'tables');
/** Three rows: `id` 0 to 2 and `amount`. */
const part = readFileSync(join(tables, 'parts.parquet', 'part-00000.parquet'));
const secondPart = readFileSync(join(tables, 'parts.parquet', 'part-00001.parquet'));
const emptyPart = readFileSync(join(tables, 'empty-folder.parquet', 'part-00000.parquet'));
const older = '2024-05-06-07-08-09-123456';
const newer = '2024-05-06-17-00-00-000001';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-folders-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function write(folder: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  for (const [path, content] of Object.entries(files)) {
    const target = join(scratch, folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return join(scratch, folder);
}

async function open(path: string, options?: OpenFolderOptions): Promise<Table> {
  return (await openLocal(path, { bytesRead: 0, requests: 0 }, options)).table;
}

describe('dated runs', () => {
  const runs = {
    [`${older}/_SUCCESS`]: '',
    [`${older}/part-00000.parquet`]: part,
    [`${newer}/part-00000.parquet`]: secondPart,
  };

  it('are told by the names of their folders, of all versions', () => {
    expect(runTime(older)).toBe('2024-05-06T07:08:09.123456');
    expect(runTime('2022-08-19 17:37:36.546384')).toBe('2022-08-19T17:37:36.546384');
    expect(runTime('2024-13-06-07-08-09-123456')).toBeUndefined();
    expect(runTime('2024-05-06')).toBeUndefined();
  });

  it('open as the newest one, and list the others', async () => {
    const table = await open(write('runs/v1', runs));
    expect((await table.rows(0, 10, [0])).rows.flat()).toEqual([3, 4, 5]);
    expect(table.origin).toMatchObject({
      files: 1,
      success: false,
      ignored: [],
      runs: [
        { name: newer, time: '2024-05-06T17:00:00.000001', files: 1, shown: true },
        { name: older, time: '2024-05-06T07:08:09.123456', files: 1, shown: false },
      ],
    });
    expect(originWarnings(table.origin)).toEqual([
      'There is no _SUCCESS marker: the job that wrote this folder may not have finished.',
      `This is the newest of 2 runs (${newer}). Whatever reads this definition in Featureform reads the rows of all of them together.`,
    ]);
  });

  it('open as another one, or as the union that consumers read', async () => {
    const folder = write('runs/v1', runs);
    const old = await open(folder, { run: { name: older } });
    expect((await old.rows(0, 10, [0])).rows.flat()).toEqual([0, 1, 2]);
    expect(originWarnings(old.origin)).toEqual([
      `This is one of 2 runs (${older}). Whatever reads this definition in Featureform reads the rows of all of them together.`,
    ]);
    const all = await open(folder, { run: 'all' });
    expect((await all.rows(0, 10, [0])).rows.flat()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(originWarnings(all.origin)[1]).toBe(
      'All 2 runs are shown as one table, as whatever reads this definition in Featureform sees them; rows of older runs stay among them.',
    );
    expect(await tableProblemOf(open(folder, { run: { name: 'x' } }))).toEqual({
      kind: 'missing',
      message: `v1 holds no run "x"; it has "${newer}", "${older}"`,
    });
    expect(await tableProblemOf(open(join(tables, 'parts.parquet'), { run: { name: 'x' } }))).toEqual({
      kind: 'missing',
      message: 'parts.parquet holds no run "x"; it is no folder of dated runs',
    });
  });

  it('of another variant whose name begins alike stay out', async () => {
    write('alike/v10', { [`${newer}/part-00000.parquet`]: secondPart });
    const table = await open(write('alike/v1', { [`${older}/part-00000.parquet`]: part }));
    expect(table.rowCount).toBe(3);
    expect(table.origin.runs?.map(({ name }) => name)).toEqual([older]);
  });

  it('that have not written anything yet are told, not shown', async () => {
    const folder = write('waiting', { [`${older}/_SUCCESS`]: '', [`${older}/p.parquet`]: part, [`${newer}/_temporary/0/x.parquet`]: part });
    const table = await open(folder);
    expect(table.rowCount).toBe(3);
    expect(originWarnings(table.origin)).toEqual([`The newest run, ${newer}, has not written any file yet.`]);
  });

  it('leave files beside them out, and say so', async () => {
    const folder = write('beside', { [`${older}/_SUCCESS`]: '', [`${older}/p.parquet`]: part, 'loose.parquet': part });
    const table = await open(folder);
    expect(table.rowCount).toBe(3);
    expect(originWarnings(table.origin)).toEqual(['Not part of the table: loose.parquet.']);
  });
});

describe('a folder', () => {
  it('ignores what object stores put in the place of folders', async () => {
    const found: Record<string, Uint8Array> = {
      '': new Uint8Array(),
      'dt=1/': new Uint8Array(),
      'dt=1_$folder$': new Uint8Array(),
      'dt=1/a': part,
    };
    const table = await openFolder({
      name: 'v1',
      list: () => Promise.resolve(Object.entries(found).map(([path, { length: size }]): FolderEntry => ({ path, size }))),
      open: ({ path, size }) => ({
        name: path,
        size,
        read: (start, end) => Promise.resolve(found[path]?.subarray(start, end) ?? new Uint8Array()),
      }),
    });
    expect(table).toMatchObject({ rowCount: 3, origin: { ignored: [], files: 1 } });
    expect((await table.rows(1, 2)).rows).toEqual([[1, '1.5', 1]]);
  });

  it('is shown in chunks with what is known of each column', async () => {
    const folder = write('chunks', {
      'dt=2024-01-02/a.parquet': part,
      'dt=2024-01-03/a.parquet': emptyPart,
      'dt=__HIVE_DEFAULT_PARTITION__/a.parquet': secondPart,
    });
    rmSync(join(folder, 'dt=2024-01-03'), { recursive: true });
    const table = await open(folder);
    const chunks = table.chunks([2]);
    expect(chunks.map(({ start, end, statistics }) => [start, end, statistics.get(2)])).toEqual([
      [0, 3, { nulls: 0, min: '2024-01-02', max: '2024-01-02' }],
      [3, 6, { nulls: 3, min: undefined, max: undefined }],
    ]);
    const [, second] = chunks;
    if (!second) throw new Error('there are two');
    expect(await table.narrow(second, [2])).toEqual([second]);
  });

  it('of a thousand parts costs about one small read a part', async () => {
    const count = 1000;
    const reads: { path: string; bytes: number }[] = [];
    let [waiting, most] = [0, 0];
    const progress: number[] = [];
    const estimates = new Set<number | undefined>();
    const table = await openFolder(
      {
        name: 'wide',
        list: () =>
          Promise.resolve(
            Array.from({ length: count }, (_, index) => ({ path: `part-${String(index).padStart(5, '0')}`, size: padded.length })),
          ),
        open: ({ path, size }) => ({
          name: path,
          size,
          read: async (start, end) => {
            reads.push({ path, bytes: end - start });
            most = Math.max(most, ++waiting);
            await Promise.resolve();
            waiting -= 1;
            return padded.subarray(start, end);
          },
        }),
      },
      {
        onProgress: ({ partsOpened, estimatedRows }) => {
          progress.push(partsOpened);
          estimates.add(estimatedRows);
        },
      },
    );
    expect(table.rowCount).toBe(3 * count);
    expect(reads.length).toBe(count);
    expect(reads.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(65_536 + count * (1.5 * footerBytes + 1024));
    expect(most).toBe(64);
    expect(progress).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    // All parts are alike: the first one tells it.
    expect([...estimates]).toEqual([3 * count]);
    reads.length = 0;
    expect((await table.rows(2997, 3000, [0])).rows.flat()).toEqual([0, 1, 2]);
    expect(new Set(reads.map(({ path }) => path))).toEqual(new Set(['part-00999']));
    reads.length = 0;
    expect((await table.rows(1499, 1502, [0])).rows.flat()).toEqual([2, 0, 1]);
    expect(new Set(reads.map(({ path }) => path))).toEqual(new Set(['part-00499', 'part-00500']));
  });

  it('are each read by what their own footer says, however much they have in common', async () => {
    // One schema and the same moments; one was written in the calendar of old days, which nothing but a note in its footer tells.
    const names = ['moments', 'moments-julian', 'moments', 'moments-julian'];
    const files = names.map((name) => readFileSync(join(tables, `${name}.parquet`)));
    const folder = write('calendars', Object.fromEntries(files.map((file, index) => [`part-${index}.parquet`, file])));
    const own = await Promise.all(names.map((name) => open(join(tables, `${name}.parquet`))));
    const rows = await Promise.all(own.map(async (table) => (await table.rows(0, table.rowCount)).rows));
    expect(rows[0]).toEqual(rows[1]);
    const table = await open(folder);
    expect(table.columns).toEqual(own[0]?.columns);
    expect((await table.rows(0, table.rowCount)).rows).toEqual(rows.flat());
    const columns = [...table.columns.keys()];
    expect(table.chunks(columns).map(({ statistics }) => statistics)).toEqual(
      own.flatMap((one) => one.chunks(columns).map(({ statistics }) => statistics)),
    );
  });

  it('are refused when their footers would take too much memory, with the reason', async () => {
    const folder = write('heavy', Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`part-${index}.parquet`, part])));
    const { heldBytes = 0 } = await open(join(folder, 'part-0.parquet'));
    expect(heldBytes).toBeGreaterThan(100);
    expect(await open(folder, { heldBytes: 10 * heldBytes })).toMatchObject({ rowCount: 30, heldBytes: 10 * heldBytes });
    const problem = await tableProblemOf(open(folder, { heldBytes: 5 * heldBytes }));
    expect(problem).toEqual({
      kind: 'too-large',
      message: `heavy has too many parts: the footers of 6 of its 10 parts take ${6 * heldBytes} bytes of memory, expected at most ${5 * heldBytes}`,
    });
  });

  it('of CSV tell how much of them was read through', async () => {
    const text = `a,b\n${'some,text\n'.repeat(150_000)}`;
    const told: OpenProgress[] = [];
    const folder = write('read', { 'part-0.csv': text, 'part-1.csv': 'a,b\n1,2\n' });
    const table = await open(folder, { onProgress: (progress) => told.push(progress) });
    expect(table.rowCount).toBe(150_001);
    const all = text.length + 8;
    expect(new Set(told.map(({ parts, bytes }) => `${parts}: ${bytes?.all ?? 0}`))).toEqual(new Set([`2: ${all}`]));
    expect(told.map(({ bytes }) => bytes?.read ?? 0)).toEqual(told.map(({ bytes }) => bytes?.read ?? 0).toSorted((x, y) => x - y));
    expect(told.length).toBeGreaterThan(4);
    expect(told.at(-1)).toEqual({ partsOpened: 2, parts: 2, bytes: { read: all, all } });
    const file = { told: 0, read: 0 };
    await open(join(folder, 'part-0.csv'), {
      onProgress: ({ bytes }) => {
        file.told += 1;
        file.read = bytes?.read ?? 0;
      },
    });
    expect(file).toEqual({ told: 3, read: text.length });
  });

  it('stops opening parts when it is told to', async () => {
    const stop = new AbortController();
    let opened = 0;
    const source = {
      name: 'stopped',
      list: () => Promise.resolve(Array.from({ length: 300 }, (_, index) => ({ path: `part-${index}`, size: part.length }))),
      open: ({ path }: FolderEntry) => ({
        name: path,
        size: part.length,
        read: (start: number, end: number) => Promise.resolve(part.subarray(start, end)),
      }),
    };
    const onProgress = (): void => {
      opened += 1;
      if (opened === 5) stop.abort(new Error('enough'));
    };
    await expect(openFolder(source, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    // Those that were under way are opened.
    expect(opened).toBeLessThan(70);
  });
});

/** The part with more data than footers are guessed by, as real parts have: its footer knows nothing of what lies before. */
const footerBytes = new DataView(part.buffer, part.byteOffset).getUint32(part.length - 8, true) + 8;
const padded = Buffer.concat([
  part.subarray(0, part.length - footerBytes),
  Buffer.alloc(200_000),
  part.subarray(part.length - footerBytes),
]);

describe('tables of other formats', () => {
  it('are refused where their files hold rows that were deleted', async () => {
    const delta = write('orders', {
      '_delta_log/00000000000000000010.checkpoint.parquet': part,
      '_delta_log/00000000000000000010.json': '{}',
      '_delta_log/00000000000000000011.json': '{}',
      '_delta_log/00000000000000000012.json': '{}',
      'part-00000.snappy.parquet': part,
    });
    expect(await tableProblemOf(open(delta))).toEqual({
      kind: 'unsupported',
      message:
        'orders is a Delta table, which cannot be shown: its folder also keeps parquet files whose rows were deleted or replaced, and only its ' +
        'metadata tells which rows are current. That would take the checkpoint 00000000000000000010 and the commits ' +
        '00000000000000000011.json to 00000000000000000012.json of _delta_log. Read it with spark.read.format("delta") and write the result ' +
        'as parquet, or open one of its parquet files by itself',
    });
    const iceberg = write('lake', {
      'trips/metadata/00002-5f3c.metadata.json': '{}',
      'trips/metadata/00010-77aa.metadata.json': '{}',
      'trips/data/00000-0.parquet': part,
    });
    expect((await tableProblemOf(open(iceberg))).message).toBe(
      'trips in lake is an Iceberg table, whose files are not all current: open that folder by itself',
    );
    const hudi = write('rides', { '.hoodie/hoodie.properties': '', 'a.parquet': part });
    expect((await tableProblemOf(open(hudi))).message).toMatch(/^rides is a Hudi table, .* That would take the timeline in \.hoodie\. /);
  });

  it('are named where a file is called parquet and is something else', async () => {
    const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
      ['orc', 'ORC\n\u0003\u0000 and more', 'orc.parquet is not a parquet file: it is an ORC file'],
      ['avro', 'Obj\u0001 and more bytes', 'avro.parquet is not a parquet file: it is an Avro file'],
      ['json', '{"id": 1}\n{"id": 2}\n', 'json.parquet is not a parquet file: it is JSON text'],
      ['list', '\ufeff [ {"id": 1} ]', 'list.parquet is not a parquet file: it is JSON text'],
      ['short', '{"a":1}', 'short.parquet is not a parquet file: it is JSON text'],
      [
        'cut',
        part.subarray(0, -20),
        'cut.parquet is not a whole parquet file: it begins like one, but its end is missing, as an interrupted write leaves it',
      ],
      [
        'gzip',
        Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        'gzip.parquet is not a parquet file: it is compressed with gzip',
      ],
    ];
    for (const [name, content, message] of cases) {
      const folder = write('files', { [`${name}.parquet`]: content });
      expect(await tableProblemOf(open(join(folder, `${name}.parquet`)))).toEqual({ kind: 'not-parquet', message });
    }
    const parts = write('json-parts', { 'part-00000.json': '{"id": 1}\n{"id": 2}\n' });
    expect((await tableProblemOf(open(parts))).message).toBe('part-00000.json is not a parquet file: it is JSON text');
    const csv = write('files', { 'real.csv': part });
    expect(await tableProblemOf(open(join(csv, 'real.csv')))).toEqual({
      kind: 'unsupported',
      message: 'real.csv is not a CSV file: it is a parquet file',
    });
  });
});

describe('CSV', () => {
  it('of any length is read where the rows stand', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `${index},"row ${index}"${index % 7 === 0 ? '\r\n' : '\n\n'}`);
    const file = join(write('long', { 'rows.csv': `id,name\n${lines.join('')}` }), 'rows.csv');
    const cost = { bytesRead: 0, requests: 0 };
    const { table } = await openLocal(file, cost);
    expect(table.rowCount).toBe(60_000);
    const opened = { ...cost };
    expect((await table.rows(31_234, 31_236)).rows).toEqual([
      ['31234', 'row 31234'],
      ['31235', 'row 31235'],
    ]);
    expect(cost.bytesRead - opened.bytesRead).toBeLessThan(140_000);
    expect((await table.rows(59_999, 70_000, [1])).rows).toEqual([['row 59999']]);
    const chunks = table.chunks([0]);
    expect(chunks[0]?.start).toBe(0);
    expect(chunks.at(-1)?.end).toBe(60_000);
    expect(chunks.slice(1).every(({ start }, index) => start === chunks[index]?.end)).toBe(true);
  });

  it('in a folder is one table; a header that differs is told', async () => {
    const folder = write('loads', { 'a.csv': 'id,name\n1,a\n2,b\n', 'b.csv': 'id,nome\n3,c\n', 'notes.txt': 'x' });
    const table = await open(folder);
    expect((await table.rows(1, 3)).rows).toEqual([
      ['2', 'b'],
      ['3', 'c'],
    ]);
    expect(originWarnings(table.origin)).toEqual([
      'There is no _SUCCESS marker: the job that wrote this folder may not have finished.',
      'The header of b.csv is not that of a.csv: Spark goes by the places of the columns, and names them as a.csv does.',
      'Not part of the table: notes.txt.',
    ]);
  });
});
