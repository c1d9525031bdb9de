import { describe, expect, it } from 'vitest';
import { footerProfile, profileColumn } from '../../../shared/table/query/profileColumn';
import { runQuery } from '../../../shared/table/query/runQuery';
import type { Cell } from '../../../shared/table/table';
import { memoryTable } from '../../support/memoryTable';

async function barsOf(type: string, values: readonly Cell[]): Promise<readonly string[]> {
  const { histogram } = await profileColumn(
    memoryTable(
      { value: type },
      values.map((value) => [value]),
    ),
    0,
    undefined,
    {},
  );
  return histogram.map(({ from, to, count }) => `${from} ${to}: ${count}`);
}

describe('a profile from the footer', () => {
  it('adds up what the chunks tell', () => {
    const cells = [['b'], [null], ['a'], ['c'], [null], [null]];
    const known = memoryTable({ word: 'string' }, cells, { chunkRows: 2 });
    expect(footerProfile(known, 0)).toEqual({
      rows: 6,
      nulls: 3,
      min: 'a',
      max: 'c',
      distinct: undefined,
      histogram: [],
      frequent: [],
      source: 'footer',
    });
    const { nulls, min, max } = footerProfile(memoryTable({ word: 'string' }, cells, { withoutStatistics: true }), 0);
    expect({ nulls, min, max }).toEqual({ nulls: undefined, min: undefined, max: undefined });
    expect(footerProfile(memoryTable({ word: 'string' }, []), 0)).toMatchObject({ rows: 0, nulls: 0, min: undefined });
  });
});

describe('a profile from the values', () => {
  it('is of the selected rows', async () => {
    const table = memoryTable({ id: 'int' }, [[3], [null], [1], [3], [20]]);
    const query = { where: { kind: 'compare', column: 0, operator: '<', value: '10' }, sort: [{ column: 0, descending: true }] } as const;
    expect(await profileColumn(table, 0, await runQuery(table, query, {}), {})).toEqual({
      rows: 3,
      nulls: 0,
      min: 1,
      max: 3,
      distinct: { count: 2, exact: true },
      histogram: [
        { from: '1', to: '2', count: 1 },
        { from: '2', to: '3', count: 0 },
        { from: '3', to: '4', count: 2 },
      ],
      frequent: [
        { text: '3', count: 2 },
        { text: '1', count: 1 },
      ],
      source: 'values',
    });
  });

  it('has bars with readable bounds', async () => {
    expect(await barsOf('decimal(10,2)', ['-0.07', '0.00', '0.11'])).toEqual([
      '-0.07 -0.06: 1',
      '-0.06 -0.05: 0',
      '-0.05 -0.04: 0',
      '-0.04 -0.03: 0',
      '-0.03 -0.02: 0',
      '-0.02 -0.01: 0',
      '-0.01 0.00: 0',
      '0.00 0.01: 1',
      ...Array.from({ length: 10 }, (_, at) => `0.${String(at + 1).padStart(2, '0')} 0.${String(at + 2).padStart(2, '0')}: 0`),
      '0.11 0.12: 1',
    ]);
    expect((await barsOf('bigint', ['-9223372036854775808', '9223372036854775807'])).at(-1)).toBe(
      '9000000000000000000 10000000000000000000: 1',
    );
    expect(await barsOf('double', [0, 1, 'NaN', 'Infinity', 0.3])).toHaveLength(20);
    expect((await barsOf('double', [0, 1, 0.3])).slice(5, 7)).toEqual(['0.25 0.3: 0', '0.3 0.35: 1']);
    expect(await barsOf('double', [7])).toEqual(['7 7: 1']);
    expect((await barsOf('double', [-1.7976931348623157e308, 1.7976931348623157e308])).length).toBeLessThan(22);
    expect((await barsOf('date', ['2024-01-30', '2024-02-02']))[0]).toBe('2024-01-30 2024-01-31: 1');
    expect((await barsOf('date', ['2023-01-30', '2024-02-02']))[0]).toBe('2023-01-01 2023-02-01: 1');
    expect((await barsOf('timestamp', ['2024-01-30T10:00:07Z', '2024-01-30T10:16:00Z']))[0]).toBe(
      '2024-01-30T10:00:00Z 2024-01-30T10:01:00Z: 1',
    );
    expect((await barsOf('timestamp_ntz', ['1890-01-30T10:00:07', '2024-01-30T10:16:00'])).at(-1)).toBe(
      '2020-01-01T00:00:00 2030-01-01T00:00:00: 1',
    );
    expect(await barsOf('interval year to month', ["INTERVAL '0-11' YEAR TO MONTH", "INTERVAL '1-1' YEAR TO MONTH"])).toEqual([
      "INTERVAL '0-11' YEAR TO MONTH INTERVAL '1-0' YEAR TO MONTH: 1",
      "INTERVAL '1-0' YEAR TO MONTH INTERVAL '1-1' YEAR TO MONTH: 0",
      "INTERVAL '1-1' YEAR TO MONTH INTERVAL '1-2' YEAR TO MONTH: 1",
    ]);
    expect(await barsOf('string', ['a', 'b'])).toEqual([]);
  });

  it('estimates how many values there are, and still counts frequent ones exactly', async () => {
    const rows = Array.from({ length: 240_000 }, (_, row) => [row % 3 === 0 ? `often ${row % 7}` : `once ${row}`, row]);
    const table = memoryTable({ text: 'string', id: 'int' }, rows);
    const profile = await profileColumn(table, 0, undefined, {});
    expect(profile.distinct?.exact).toBe(false);
    expect(Math.abs((profile.distinct?.count ?? 0) / 160_007 - 1)).toBeLessThan(0.03);
    const often = Array.from({ length: 7 }, (_, at) => ({
      text: `often ${at}`,
      count: rows.filter(([text]) => text === `often ${at}`).length,
    }));
    expect(profile.frequent.slice(0, 7)).toEqual(often.toSorted((a, b) => b.count - a.count));
    const { histogram, min, max } = await profileColumn(table, 1, undefined, {});
    expect([min, max, histogram.length]).toEqual([0, 239_999, 12]);
    expect(histogram.every(({ count }) => count === 20_000)).toBe(true);
  });

  it('stops with the reason of its signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(profileColumn(memoryTable({ id: 'int' }, [[1]]), 0, undefined, { signal })).rejects.toThrow('enough');
  });
});
