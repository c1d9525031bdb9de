// Parts with different columns, and the union of dated runs, judged by the local Spark: its schema with `mergeSchema`, its
// rows, and that it refuses what is refused here.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeName } from '../../shared/table/table';
import { TableProblem } from '../../shared/table/tableProblem';
import { openLocal } from '../../shared/tableReader/localFiles';
import { sparkReads, type SparkRequest, type Truth } from './sparkReads';

interface Case {
  readonly queries: readonly string[];
  /** The sentence behind "is not one table:" where the parts do not fit together. */
  readonly refused?: string;
}

const differ = (name: string, first: string, second: string): string =>
  `column "${name}" is ${first} in part-00000.parquet and ${second} in part-00001.parquet, and Spark does not merge these types`;

const cases: readonly Case[] = [
  { queries: ['SELECT 1 a, 2 b', 'SELECT 3 b, 4 c, 5 a'] },
  { queries: ['SELECT 1 c', 'SELECT 3 b', 'SELECT 2 a, 3 b'] },
  { queries: ['SELECT 1 a, 2 B', 'SELECT 3 A, 4 b, 5 d'] },
  { queries: ["SELECT named_struct('x',1,'y',2) s", "SELECT named_struct('z',1,'x',2) s"] },
  { queries: ["SELECT array(named_struct('x',1)) s", "SELECT array(named_struct('y',1), null) s"] },
  { queries: ["SELECT map('k',named_struct('x',1)) s", "SELECT map('l',named_struct('y',1)) s"] },
  { queries: ['SELECT CAST(1.5 AS DECIMAL(5,2)) x', 'SELECT CAST(-2.25 AS DECIMAL(9,2)) x, 1 y'] },
  { queries: ['SELECT array(CAST(1.5 AS DECIMAL(5,2))) s', 'SELECT array(CAST(1.5 AS DECIMAL(7,2))) s'] },
  {
    queries: [
      "SELECT INTERVAL '-1' DAY x, 1 y",
      "SELECT INTERVAL '02:03' HOUR TO MINUTE x",
      "SELECT INTERVAL '-3:04.5' MINUTE TO SECOND x",
    ],
  },
  { queries: ["SELECT INTERVAL '-7' YEAR x, 1 y", "SELECT INTERVAL '17' MONTH x", "SELECT INTERVAL '1-5' YEAR TO MONTH x"] },
  { queries: ["SELECT INTERVAL '7' YEAR x", "SELECT INTERVAL '1' DAY x"], refused: differ('x', 'interval year', 'interval day') },
  { queries: ['SELECT 1 x', 'SELECT 1L x'], refused: differ('x', 'int', 'bigint') },
  { queries: ['SELECT CAST(1 AS TINYINT) x', 'SELECT CAST(1 AS SMALLINT) x'], refused: differ('x', 'tinyint', 'smallint') },
  { queries: ['SELECT CAST(1 AS FLOAT) x', 'SELECT 1D x'], refused: differ('x', 'float', 'double') },
  { queries: ['SELECT 1 x', "SELECT '1' x"], refused: differ('x', 'int', 'string') },
  { queries: ["SELECT DATE'2024-01-01' x", 'SELECT TIMESTAMP_NTZ"2024-01-01 00:00:00" x'], refused: differ('x', 'date', 'timestamp_ntz') },
  { queries: ['SELECT 1.5 x', 'SELECT 1.25 x'], refused: differ('x', 'decimal(2,1)', 'decimal(3,2)') },
  { queries: ["SELECT named_struct('x',1) s", "SELECT named_struct('x',1L) s"], refused: differ('s.x', 'int', 'bigint') },
  { queries: ["SELECT map('k',1) s", 'SELECT map(1,1) s'], refused: differ('s.key', 'string', 'int') },
  {
    queries: ["SELECT array(named_struct('x',1)) s", "SELECT array(named_struct('x','')) s"],
    refused: differ('s.element.x', 'int', 'string'),
  },
  { queries: ['SELECT array(1) s', 'SELECT 1 s'], refused: differ('s', 'array<int>', 'int') },
  {
    queries: ["SELECT named_struct('x',1) s", "SELECT named_struct('y',1) s", "SELECT named_struct('y','') s"],
    refused: 'column "s.y" is int in part-00001.parquet and string in part-00002.parquet, and Spark does not merge these types',
  },
  {
    queries: ["SELECT named_struct('x',1) s", "SELECT named_struct('X',1) s"],
    refused: 'column "s" has fields that differ only in the case of "x", in part-00000.parquet and part-00001.parquet',
  },
];

const tables = join(import.meta.dirname, '..', 'tables');

let scratch: string;
let truths: readonly Truth[];
let union: Truth | undefined;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-merged-'));
  const runs = join(scratch, 'runs');
  for (const [index, name] of ['2024-05-06-07-08-09-123456', '2024-05-06-17-00-00-000001', '2024-05-07-00-00-00-000000'].entries()) {
    mkdirSync(join(runs, name), { recursive: true });
    cpSync(join(tables, 'parts.parquet', `part-0000${index}.parquet`), join(runs, name, 'part-00000.parquet'));
  }
  const options = { mergeSchema: 'true' };
  const requests: SparkRequest[] = cases.map(({ queries }, index) => ({
    format: 'sql',
    queries,
    path: join(scratch, String(index)),
    options,
  }));
  requests.push({ format: 'parquet', path: runs, options: { recursiveFileLookup: 'true' } });
  truths = await sparkReads(requests);
  union = truths.at(-1);
}, 300_000);
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('parts with different columns', () => {
  it.each(cases.map(({ queries, refused }, index) => [queries.join(' + '), index, refused] as const))('%s', async (_, index, refused) => {
    const truth = truths[index];
    if (refused !== undefined) {
      expect(truth?.error).toBeDefined();
      const problem = await openLocal(join(scratch, String(index)), { bytesRead: 0, requests: 0 }).catch((error: unknown) => error);
      expect(problem).toEqual(new TableProblem('schema-mismatch', `${index} is not one table: ${refused}`));
      return;
    }
    const { table } = await openLocal(join(scratch, String(index)), { bytesRead: 0, requests: 0 });
    expect(table.columns.map(({ name, type }) => ({ name, type: typeName(type) }))).toEqual(truth?.columns);
    const shown = (await table.rows(0, table.rowCount)).rows.map((row) => JSON.stringify(row));
    expect(shown).toMatchObject(truth?.rows.map((row) => JSON.stringify(row.map(cellOf))) ?? []);
    expect(table.origin.differing).toMatchObject({ first: 'part-00000.parquet' });
    const [chunk] = table.chunks([...table.columns.keys()]);
    // Columns that the first part lacks are known to be null there.
    const lacking = [...table.columns.keys()].filter((column) => truth?.rows[0]?.[column] === null);
    for (const column of lacking) expect(chunk?.statistics.get(column)).toEqual({ nulls: 1, min: undefined, max: undefined });
  });
});

/** What Spark writes as text and by name, as cells are: the values here are small numbers, decimals and nested ones. */
function cellOf(value: Truth['rows'][number][number]): unknown {
  if (value === null) return null;
  if (typeof value === 'string') return /^-?\d+$/.test(value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(cellOf);
  const entry = value as { readonly [name: string]: Truth['rows'][number][number] };
  const { key, value: item } = entry;
  return key === undefined ? Object.values(entry).map(cellOf) : [key, cellOf(item ?? null)];
}

describe('dated runs', () => {
  it('taken together are what Featureform has Spark read', async () => {
    const { table } = await openLocal(join(scratch, 'runs'), { bytesRead: 0, requests: 0 }, { run: 'all' });
    expect(table.columns.map(({ name, type }) => ({ name, type: typeName(type) }))).toEqual(union?.columns);
    expect((await table.rows(0, table.rowCount)).rows.map((row) => row.map(String))).toEqual(union?.rows);
    expect(table.rowCount).toBe(10);
  });
});
