// Iceberg tables that Spark wrote (test/tables/iceberg): the current snapshot as Spark reads it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLocal } from '../../shared/tableReader/localFiles';
import { typeName, type Table } from '../../shared/table/table';
import { plainValue, sparkValue, type Truth, type TruthValue } from './sparkTruth';

interface SnapshotTruth extends Truth {
  readonly snapshot: { readonly id: string; readonly time: string } | null;
  readonly files: number;
}

const folder = join(import.meta.dirname, '..', 'tables', 'iceberg');
const refused = ['equality', 'orc'];
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

async function open(path: string): Promise<Table> {
  return (await openLocal(path, { bytesRead: 0, requests: 0 })).table;
}

describe('current snapshots', () => {
  it.each(names.filter((name) => !refused.includes(name)))('%s', async (name) => {
    const truth = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as SnapshotTruth;
    const table = await open(join(folder, name));
    expect(table.columns.map((column) => ({ name: column.name, type: typeName(column.type) }))).toEqual(truth.columns);
    expect(table.rowCount).toBe(truth.rowCount);
    expect(table.origin).toMatchObject({ files: truth.files, success: undefined, ignored: [] });
    expect(table.origin.snapshot).toMatchObject({ id: truth.snapshot?.id, time: truth.snapshot?.time });
    const { rows } = await table.rows(0, table.rowCount);
    const shown = rows.map((row) => row.map((cell, index) => sparkValue(table.columns[index]?.type, cell)));
    expect(inOrder(shown)).toEqual(
      inOrder(truth.rows.map((row) => row.map((value, index) => plainValue(table.columns[index]?.type, value)))),
    );
    // Some rows and each column alone are the same as all at once.
    const step = Math.max(1, Math.floor(table.rowCount / 50));
    for (let start = 0; start < table.rowCount; start += step) {
      expect((await table.rows(start, start + 2)).rows).toEqual(rows.slice(start, start + 2));
    }
    for (const index of table.columns.keys()) {
      expect((await table.rows(0, table.rowCount, [index])).rows.map(([cell]) => cell)).toEqual(rows.map((row) => row[index]));
    }
  });
});

/** Spark reads files in the order of their sizes. */
function inOrder(rows: readonly (readonly TruthValue[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
