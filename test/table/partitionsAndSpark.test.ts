// The types and values of partition columns, judged by the local Spark: many columns in one folder, since each of them is
// told by its own values. SPARKFORM_SEED asks for other combinations.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeName, type Cell, type ColumnType } from '../../shared/table/table';
import { openLocal } from '../../shared/tableReader/localFiles';
import { randomNumbers } from './randomNumbers';
import { sparkReads, type Truth, type TruthValue } from './sparkReads';

const nothing = '__HIVE_DEFAULT_PARTITION__';
const kinds: readonly (readonly string[])[] = [
  ['1', '02', '+5', '-5', '-0', '00', '2147483647', '-2147483648', '00000000000000000000000007', '1_000'],
  ['2147483648', '-2147483649', '9223372036854775807', '-9223372036854775808', '009223372036854775807'],
  ['9223372036854775808', '99999999999999999999', '-99999999999999999999', '12345678901234567890123456789012345678'],
  ['123456789012345678901234567890123456789', '1e38', '1e40', '1e37', '1e5', '1E2', '1e+5', '1.5e3', '1.0e1', '0e5', '1.', '-2e2', '+7.e1'],
  ['1.0', '.5', '-0.0', '2.5', '1e-5', '1.5d', '1.5F', '1d', '1f', ' 1', '1 ', '\t2.5', 'NaN', 'Infinity', '-Infinity', '+NaN', '1.5e-3'],
  ['2024-02-29', '2023-02-29', '0001-01-01', '9999-12-31', '-2024-01-01', '0000-01-01', '1500-02-29', '1500-02-28', '2024-1-5', '2024-01'],
  [
    '2024-01-01 10%3A00%3A00',
    '2024-01-01 23%3A59%3A59.5',
    '2024-01-01 00%3A00%3A00.0',
    '2024-01-01 10%3A00%3A00.12',
    '-0005-01-01 10%3A00%3A00',
  ],
  ['2024-01-01 24%3A00%3A00', '2024-01-01T10%3A00%3A00', '2024-01-01 10%3A00', '2024-01-01 10%3A00%3A00Z', '2024-01-01 ', '+2024-01-01'],
  [
    'a',
    'a%2Fb',
    '%31',
    '1%30',
    '%c3%a4',
    'a%',
    'a%2',
    'a%zz',
    'ä世',
    'true',
    'null',
    '%2E5',
    '2024%2D01%2D01',
    '1L',
    '1,5',
    '--1',
    '+',
    '1e',
    '.',
    'e5',
  ],
  [nothing],
];

/** The values of one column in three parts; each a case of its own, whatever stands beside it. */
function cases(): readonly (readonly string[])[] {
  const random = randomNumbers(Number(process.env['SPARKFORM_SEED'] ?? 1));
  const one = (kind: readonly string[] | undefined): string => kind?.[random(kind.length)] ?? nothing;
  const mixed = Array.from({ length: 120 }, () => [0, 1, 2].map(() => one(kinds[random(kinds.length)])));
  const near = Array.from({ length: 60 }, () => {
    const first = random(kinds.length);
    return [one(kinds[first]), one(kinds[(first + 1) % kinds.length]), one(kinds[random(4)])];
  });
  return [...kinds.flat().map((value) => [value, value, value]), ...mixed, ...near];
}

const columnsPerFolder = 20;

let scratch: string;
let truths: readonly Truth[];
const folders: (readonly (readonly string[])[])[] = [];
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-partitions-'));
  const all = cases();
  for (let at = 0; at < all.length; at += columnsPerFolder) folders.push(all.slice(at, at + columnsPerFolder));
  const part = join(
    import.meta.dirname,
    '..',
    'tables',
    'partitioned.parquet',
    'dt=2024-01-01',
    'label=a%2Fb',
    'n=1',
    'part-00000.parquet',
  );
  for (const [index, columns] of folders.entries()) {
    for (const row of [0, 1, 2]) {
      const names = columns.map((values, column) => `p${column}=${values[row] ?? ''}`);
      const target = join(scratch, String(index), ...names, `part-${row}.parquet`);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(part, target);
    }
  }
  truths = await sparkReads(folders.map((_, index) => ({ format: 'parquet', path: join(scratch, String(index)) })));
}, 300_000);
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('partition columns and Spark', () => {
  it('agree on types and values', async () => {
    const [own, spark]: [unknown[], unknown[]] = [[], []];
    for (const [index, columns] of folders.entries()) {
      const truth = truths[index];
      if (!truth || truth.error !== undefined) throw new Error(truth?.error ?? 'no answer');
      const { table } = await openLocal(join(scratch, String(index)), { bytesRead: 0, requests: 0 });
      const { rows } = await table.rows(0, table.rowCount);
      // The first column is the file's own.
      for (const [column, values] of columns.entries()) {
        const type = table.columns[column + 1]?.type;
        own.push([values, type && typeName(type), rows.map((row) => shown(row[column + 1], type)).toSorted()]);
        spark.push([values, truth.columns[column + 1]?.type, truth.rows.map((row) => sparkText(row[column + 1], type)).toSorted()]);
      }
    }
    expect(own).toEqual(spark);
    expect(own.length).toBeGreaterThan(250);
  });
});

function shown(cell: Cell | undefined, type: ColumnType | undefined): string {
  return type && typeName(type) === 'timestamp' ? String(cell).replace('T', ' ') : String(cell);
}

/** Doubles are compared as numbers: Spark writes `1.0E-5`. */
function sparkText(value: TruthValue | undefined, type: ColumnType | undefined): string {
  if (typeof value !== 'string') return 'null';
  return type && typeName(type) === 'double' && value !== '-0.0' ? String(Number(value)) : value;
}
