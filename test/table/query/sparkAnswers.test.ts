// The same questions to the same table: what Spark answered when it wrote test/tables/query is what is answered here.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openLocal } from '../../../shared/tableReader/localFiles';
import { profileColumn } from '../../../shared/table/query/profileColumn';
import { runQuery } from '../../../shared/table/query/runQuery';
import type { RowSelection } from '../../../shared/table/query/rowSelection';
import type { Predicate, TableQuery } from '../../../shared/table/query/tableQuery';
import type { Cell, Table } from '../../../shared/table/table';

interface Answers {
  readonly filters: readonly { readonly where: Predicate; readonly rows: string }[];
  readonly profiles: Readonly<Record<string, ProfileAnswer>>;
  readonly sorts: readonly (TableQuery & { readonly rows: readonly number[] })[];
}

/** Bounds as Spark's text of them; the counts of the ten most frequent values. */
interface ProfileAnswer {
  readonly nulls: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly counts: readonly number[];
}

const folder = join(import.meta.dirname, '..', '..', 'tables', 'query');
const answers = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as Answers;
let table: Table;

beforeAll(async () => {
  ({ table } = await openLocal(join(folder, 'values.parquet'), { bytesRead: 0, requests: 0 }));
});

describe('as Spark answers', () => {
  it('filters keep the same rows', async () => {
    const wrong: unknown[] = [];
    for (const { where, rows } of answers.filters) {
      const found = listRows(await runQuery(table, { where, sort: [] }, {}));
      const expected = rowsOfBits(rows);
      if (found.join() !== expected.join()) wrong.push({ where, found, expected });
    }
    expect(wrong).toEqual([]);
    expect(answers.filters.length).toBe(400);
  });

  it('sorts give the same order', async () => {
    const wrong: unknown[] = [];
    for (const { where, sort, rows } of answers.sorts) {
      const found = listRows(await runQuery(table, { where, sort }, {}));
      if (found.join() !== rows.join()) wrong.push({ where, sort, found, rows });
    }
    expect(wrong).toEqual([]);
    expect(answers.sorts.length).toBe(90);
  });

  it('profiles count the same', async () => {
    for (const [column, { name, type }] of table.columns.entries()) {
      const answer = answers.profiles[name];
      if (type.kind !== 'scalar' || !answer) continue;
      const profile = await profileColumn(table, column, undefined, {});
      const { nulls, min, max, distinct, frequent, histogram } = profile;
      const text = (cell: Cell | undefined) => (cell === undefined || cell === null ? null : sparkText(type.name, String(cell)));
      expect({ name, nulls, distinct, min: text(min), max: text(max), counts: frequent.map(({ count }) => count) }).toEqual({
        name,
        nulls: answer.nulls,
        distinct: { count: answer.distinct, exact: true },
        min: answer.min && sparkText(type.name, answer.min),
        max: answer.max && sparkText(type.name, answer.max),
        counts: answer.counts,
      });
      if (histogram.length > 0 && type.name !== 'float' && type.name !== 'double') {
        expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(table.rowCount - (nulls ?? 0));
      }
      expect(histogram.length > 0).toBe(name !== 'nothing' && (type.family === 'number' || type.family === 'time'));
      expect(histogram.length).toBeLessThanOrEqual(22);
    }
  });
});

/** Numbers and moments are the same whichever of the two ways they are written. */
function sparkText(type: string, text: string): string {
  if (type === 'float' || type === 'double') return String(Number(text) + 0);
  return type.startsWith('timestamp') ? text.replace('T', ' ').replace('Z', '') : text;
}

function listRows({ count, row }: RowSelection): readonly number[] {
  return Array.from({ length: count }, (_, position) => row(position));
}

/** A hexadecimal digit tells of four rows, the first one in its highest bit. */
function rowsOfBits(digits: string): readonly number[] {
  return Array.from(digits).flatMap((digit, index) =>
    [0, 1, 2, 3].flatMap((bit) => (parseInt(digit, 16) & (8 >> bit) ? [index * 4 + bit] : [])),
  );
}
