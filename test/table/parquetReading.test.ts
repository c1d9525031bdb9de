// What reading asks of a source: pages found without an index, beginnings of pages, and an end in the middle.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../shared/table/byteSource';
import { openParquet } from '../../shared/table/parquetTable';
import { recordedSource } from './byteSources';
import { editFooter, removeIndexes } from './editedFooter';

/** Three million flights, a page for each of eleven row groups: date, delay, distance, origin, destination. */
const flights = Uint8Array.from(
  readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet')),
);
const pages = Uint8Array.from(readFileSync(join(import.meta.dirname, '..', 'tables', 'pages.parquet')));

describe('an abort', () => {
  it('ends reading before it begins, and between requests, with its own reason', async () => {
    const source = recordedSource(flights);
    const table = await openParquet(source);
    const reason = new Error('scrolled on');
    const opened = source.reads.length;
    await expect(table.rows(0, 10, undefined, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(source.reads.length).toBe(opened);

    const stop = new AbortController();
    const stopping: ByteSource = {
      name: source.name,
      size: source.size,
      read: (start, end) => {
        if (end < source.size) stop.abort(reason);
        return source.read(start, end);
      },
    };
    const stopped = await openParquet(stopping);
    const before = source.reads.length;
    // Row groups come one after the other: nothing is asked for the second.
    await expect(stopped.rows(0, 3_000_000, [0], { signal: stop.signal })).rejects.toBe(reason);
    expect(source.reads.length).toBe(before + 1);
    await expect(stopped.narrow({ start: 0, end: 10, statistics: new Map() }, [0], { signal: stop.signal })).rejects.toBe(reason);
    // Without the signal, the same table goes on.
    expect((await stopped.rows(0, 1)).rows).toHaveLength(1);
  });
});

describe('pages', () => {
  it('are kept, however long they are', async () => {
    const source = recordedSource(flights);
    const table = await openParquet(source);
    const { rows } = await table.rows(1_210_000, 1_210_020);
    const before = source.reads.length;
    expect((await table.rows(1_210_005, 1_210_015)).rows).toEqual(rows.slice(5, 15));
    expect(source.reads.length).toBe(before);
  });
});

describe('a file without an index', () => {
  it('gives the rows of one whose index was taken away', async () => {
    const bare = editFooter(pages, removeIndexes);
    const [table, indexed] = [await openParquet(recordedSource(bare)), await openParquet(recordedSource(pages))];
    for (const [start, end] of [
      [0, 5],
      [199, 201],
      [2700, 2701],
      [1000, 2000],
    ] as const) {
      expect((await table.rows(start, end)).rows).toEqual((await indexed.rows(start, end)).rows);
    }
  });
});
