// Every table in test/tables is read and compared with what the Spark that wrote it reads back or, where Spark refuses what
// another program wrote, with what that program was given. To report a table that shows wrongly, drop `x.parquet` and
// `x.json` there.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLocal } from '../../shared/tableReader/localFiles';
import { typeName } from '../../shared/table/table';
import { plainValue, sparkValue, type Truth } from './sparkTruth';

const folder = join(import.meta.dirname, '..', 'tables');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

describe('tables that Spark and others wrote', () => {
  it.each(names)('%s', async (name) => {
    const truth = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Truth;
    const { table } = await openLocal(join(folder, `${name}.parquet`), { bytesRead: 0, requests: 0 });
    expect(table.columns.map((column) => ({ name: column.name, type: typeName(column.type) }))).toEqual(truth.columns);
    expect(table.rowCount).toBe(truth.rowCount);
    if (truth.rows.length === 0 && truth.rowCount > 0) return;
    const { rows } = await table.rows(0, table.rowCount);
    const shown = rows.map((row) => row.map((cell, index) => sparkValue(table.columns[index]?.type, cell)));
    expect(shown).toEqual(truth.rows.map((row) => row.map((value, index) => plainValue(table.columns[index]?.type, value))));
    // Each row alone and each column alone is the same as all at once.
    for (const [index, row] of rows.entries()) {
      expect((await table.rows(index, index + 1)).rows).toEqual([row]);
    }
    for (const index of table.columns.keys()) {
      expect((await table.rows(0, table.rowCount, [index])).rows.map(([cell]) => cell)).toEqual(rows.map((row) => row[index]));
    }
  });
});
