// Offset and column indexes only save reading: whatever stands in them, every row is read as it is, or the bytes of the
// rows themselves are at fault. The mutations are the same in every run; SPARKFORM_MUTATIONS asks for more of them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFooter } from '../../shared/table/parquetFooter';
import { openParquet } from '../../shared/table/parquetTable';
import { recordedSource } from './byteSources';
import { randomNumbers } from './randomNumbers';

const mutations = Number(process.env['SPARKFORM_MUTATIONS'] ?? 150);

describe('damaged indexes', () => {
  it('change no row', async () => {
    const file = Uint8Array.from(readFileSync(join(import.meta.dirname, '..', 'tables', 'pages.parquet')));
    const { rows } = await (await openParquet(recordedSource(file))).rows(0, 3000);
    const {
      description: { leaves },
      rowGroups,
    } = await loadFooter(recordedSource(file));
    const indexes = rowGroups.flatMap((group) =>
      leaves.flatMap(({ leaf }) => [group.chunk(leaf)?.offsetIndex, group.chunk(leaf)?.columnIndex]),
    );
    const places = indexes.flatMap((range) => (range ? Array.from({ length: range.end - range.start }, (_, at) => range.start + at) : []));
    expect(places.length).toBeGreaterThan(leaves.length * 20);
    const random = randomNumbers(5);
    for (let round = 0; round < mutations; round++) {
      const bytes = Uint8Array.from(file);
      for (let flips = 1 + random(3); flips > 0; flips--) bytes[places[random(places.length)] ?? 0] = random(256);
      const table = await openParquet(recordedSource(bytes));
      const columns = [...table.columns.keys()];
      const parts = (await Promise.all(table.chunks(columns).map((chunk) => table.narrow(chunk, columns)))).flat();
      expect(parts.map(({ start }) => start)).toEqual([0, ...parts.slice(0, -1).map(({ end }) => end)]);
      expect(parts.at(-1)?.end).toBe(3000);
      for (let window = 0; window < 4; window++) {
        const start = random(3000);
        const end = start + 1 + random(300);
        expect((await table.rows(start, end)).rows).toEqual(rows.slice(start, end));
      }
    }
  });
});
