// Iceberg tables that Spark wrote (test/tables/iceberg): the current snapshot as Spark reads it, for no more reading than it takes.

import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder, type FolderEntry, type FolderSource } from '../../shared/table/folderTable';
import { originWarnings } from '../../shared/table/originWarnings';
import { cellOrder } from '../../shared/table/query/cellOrder';
import { footerProfile } from '../../shared/table/query/profileColumn';
import { typeName, type Table, type TableChunk } from '../../shared/table/table';
import { openLocal } from '../../shared/tableReader/localFiles';
import { icebergTables } from './icebergFolder';
import { plainValue, sparkValue, type Truth, type TruthValue } from './sparkTruth';

interface SnapshotTruth extends Truth {
  readonly snapshot: { readonly id: string; readonly time: string } | null;
  readonly files: number;
}

const refused = ['equality', 'orc'];
const names = readdirSync(icebergTables)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .filter((name) => !refused.includes(name));

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-iceberg-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function open(path: string): Promise<Table> {
  return (await openLocal(path, { bytesRead: 0, requests: 0 })).table;
}

function openTable(name: string): Promise<Table> {
  return open(join(icebergTables, name));
}

function truthOf(name: string): SnapshotTruth {
  return JSON.parse(readFileSync(join(icebergTables, `${name}.json`), 'utf8')) as SnapshotTruth;
}

/** Spark reads files in the order of their sizes. */
function inOrder(rows: readonly (readonly TruthValue[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

describe('the current snapshot', () => {
  it.each(names)('has the rows and columns that Spark reads: %s', async (name) => {
    const truth = truthOf(name);
    const table = await openTable(name);
    expect(table.columns.map((column) => ({ name: column.name, type: typeName(column.type) }))).toEqual(truth.columns);
    expect(table.rowCount).toBe(truth.rowCount);
    expect(table.origin).toMatchObject({ kind: 'folder', files: truth.files, success: undefined, ignored: [] });
    expect(table.origin.snapshot).toMatchObject({ id: truth.snapshot?.id, time: truth.snapshot?.time });
    const { rows } = await table.rows(0, table.rowCount);
    const shown = rows.map((row) => row.map((cell, index) => sparkValue(table.columns[index]?.type, cell)));
    expect(inOrder(shown)).toEqual(
      inOrder(truth.rows.map((row) => row.map((value, index) => plainValue(table.columns[index]?.type, value)))),
    );
    // Some rows, and each column alone, are the same as all at once.
    const step = Math.max(1, Math.floor(table.rowCount / 50));
    for (let start = 0; start < table.rowCount; start += step) {
      expect((await table.rows(start, start + 2)).rows).toEqual(rows.slice(start, start + 2));
    }
    for (const index of table.columns.keys()) {
      expect((await table.rows(0, table.rowCount, [index])).rows.map(([cell]) => cell)).toEqual(rows.map((row) => row[index]));
    }
  });

  it.each(names)('has statistics that no row contradicts: %s', async (name) => {
    const table = await openTable(name);
    const columns = [...table.columns.keys()];
    const check = async (chunk: TableChunk): Promise<void> => {
      const { rows } = await table.rows(chunk.start, chunk.end);
      expect(rows).toHaveLength(chunk.end - chunk.start);
      for (const [column, { nulls, min, max }] of chunk.statistics) {
        const type = table.columns[column]?.type;
        const order = type && cellOrder(type);
        const values = rows.map((row) => row[column] ?? null);
        if (nulls !== undefined) expect(values.filter((value) => value === null)).toHaveLength(nulls);
        for (const value of values) {
          if (!order || value === null || value === 'NaN') continue;
          if (min !== undefined) expect(order(min, value)).toBeLessThanOrEqual(0);
          if (max !== undefined) expect(order(value, max)).toBeLessThanOrEqual(0);
        }
      }
    };
    let next = 0;
    for (const chunk of table.chunks(columns)) {
      expect(chunk.start).toBe(next);
      next = chunk.end;
      await check(chunk);
      let part = chunk.start;
      for (const narrower of await table.narrow(chunk, columns)) {
        expect(narrower.start).toBe(part);
        part = narrower.end;
        await check(narrower);
      }
      expect(part).toBe(chunk.end);
    }
    expect(next).toBe(table.rowCount);
  });

  it('has its rows in the order in which they were committed', async () => {
    expect((await (await openTable('appended')).rows(0, 3, [1])).rows).toEqual([[1], [null], [-1]]);
    expect((await (await openTable('catalogued')).rows(0, 3)).rows).toEqual([
      [2, 'b'],
      [3, 'c'],
    ]);
  });

  it('tells which one it is, and what of its files is left out', async () => {
    const warnings = async (name: string): Promise<readonly string[]> => originWarnings((await openTable(name)).origin);
    const at = (name: string): string => `snapshot ${truthOf(name).snapshot?.id ?? ''} of ${truthOf(name).snapshot?.time ?? ''}`;
    expect(await warnings('appended')).toEqual([`Iceberg table, ${at('appended')} by metadata/v3.metadata.json.`]);
    expect(await warnings('nothing')).toEqual(['Iceberg table without a snapshot yet, by metadata/v1.metadata.json.']);
    expect(await warnings('marked')).toEqual([
      `Iceberg table, ${at('marked')} by metadata/v6.metadata.json. 17 rows of its files marked as deleted are left out.`,
    ]);
    const file = readdirSync(join(icebergTables, 'catalogued', 'metadata')).find((name) => name.startsWith('00006-')) ?? '';
    expect(await warnings('catalogued')).toEqual([
      `Iceberg table, ${at('catalogued')} by metadata/${file}, the newest file of metadata here; its catalog may call another one current.`,
    ]);
  });

  it('tells no bounds of columns where rows are deleted, unless all values are read', async () => {
    expect(footerProfile(await openTable('marked'), 0)).toMatchObject({ min: undefined, max: undefined, nulls: 0 });
    expect(footerProfile(await openTable('copied'), 0)).toMatchObject({ min: 1, max: 6 });
  });
});

describe('deletion vectors', () => {
  /** What a snapshot of the table must have, oldest first: the statements of write.py. */
  const ids = Array.from({ length: 12_000 }, (_, id) => id);
  const states: readonly (readonly number[])[] = [
    ids,
    ids.filter((id) => id % 5 === 4),
    ids.filter((id) => id % 5 === 4 && (id < 1000 || id >= 11_000)),
  ];

  it.each(states.map((state, index) => [index + 1, state] as const))('are those of the snapshot: %i', async (snapshot, state) => {
    const folder = join(scratch, `vectors-${snapshot}`);
    cpSync(join(icebergTables, 'vectors'), folder, { recursive: true });
    const path = join(folder, 'metadata', 'v5.metadata.json');
    // Ids have more digits than numbers of JavaScript hold.
    const text = readFileSync(path, 'utf8');
    const id = /"snapshot-id":(\d+)/.exec(text.split('"sequence-number":')[snapshot] ?? '')?.[1] ?? '';
    writeFileSync(path, text.replace(/"current-snapshot-id":\d+/, `"current-snapshot-id":${id}`));
    const table = await open(folder);
    expect(table.origin.snapshot).toMatchObject({ id, deletedRows: ids.length - state.length });
    expect((await table.rows(0, table.rowCount, [0])).rows.flat()).toEqual(state);
    expect((await table.rows(100, 103, [0])).rows.flat()).toEqual(state.slice(100, 103));
  });
});

describe('the current metadata', () => {
  it('is what the hint names, or what was committed since', async () => {
    const folder = join(scratch, 'hinted');
    cpSync(join(icebergTables, 'appended'), folder, { recursive: true });
    writeFileSync(join(folder, 'metadata', 'version-hint.text'), '2\n');
    expect((await open(folder)).origin.snapshot).toMatchObject({ metadata: 'metadata/v3.metadata.json', isNamed: true });
    renameSync(join(folder, 'metadata', 'v3.metadata.json'), join(folder, 'metadata', 'v4.metadata.json'));
    expect((await open(folder)).rowCount).toBe(2);
  });

  it('is the newest one without a hint, and of two with one number the one that was written last', async () => {
    const folder = join(scratch, 'unhinted');
    cpSync(join(icebergTables, 'appended'), folder, { recursive: true });
    rmSync(join(folder, 'metadata', 'version-hint.text'));
    const [older, newer] = [2, 3].map((version) => join(folder, 'metadata', `v${version}.metadata.json`)) as [string, string];
    renameSync(older, join(folder, 'metadata', '00010-a.metadata.json'));
    expect((await open(folder)).rowCount).toBe(2);
    renameSync(newer, join(folder, 'metadata', '00010-0.metadata.json'));
    expect((await open(folder)).origin.snapshot).toMatchObject({ metadata: 'metadata/00010-0.metadata.json', isNamed: false });
    expect((await open(folder)).rowCount).toBe(3);
  });
});

describe('reading', () => {
  it('reads of the files only what is asked for', async () => {
    const root = join(icebergTables, 'marked');
    const read: string[] = [];
    const source: FolderSource = {
      name: 'marked',
      list: () =>
        Promise.resolve(
          readdirSync(root, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry): FolderEntry => {
              const path = join(entry.parentPath, entry.name);
              return { path: path.slice(root.length + 1), size: readFileSync(path).length };
            }),
        ),
      open: ({ path, size }) => ({
        name: path,
        size,
        read: (start, end) => {
          read.push(path);
          return Promise.resolve(Uint8Array.from(readFileSync(join(root, path)).subarray(start, end)));
        },
      }),
    };
    const progress: unknown[] = [];
    const table = await openFolder(source, { onProgress: (told) => progress.push(told) });
    expect(progress.at(-1)).toEqual({ partsOpened: 5, parts: 5, estimatedRows: 103 });
    // The hint, the metadata, the list of manifests and five of seven manifests: what is not of the current snapshot is not read.
    const files = new Set(read);
    expect([...files].filter((path) => path.startsWith('metadata/')).length).toBe(8);
    expect([...files].filter((path) => path.endsWith('-deletes.parquet')).length).toBe(3);
    read.length = 0;
    expect((await table.rows(0, 2, [0])).rows).toEqual([[1], [2]]);
    expect(new Set(read).size).toBe(1);
  });
});
