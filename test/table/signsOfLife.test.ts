// A single answer that takes long is not taken for a hang: the reader tells that it goes on with each read and each step of
// decoding, and how far an opening came.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenResult, ReaderAnswer, ReaderProgress, ReaderRequest } from '../../shared/tableReader/messages';
import { ReaderService } from '../../shared/tableReader/readerService';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';

const tables = join(import.meta.dirname, '..', 'tables');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');
const lines = 500_000;

let scratch: string;
let csv: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-life-'));
  csv = join(scratch, 'long.csv');
  writeFileSync(csv, `a,b\n${'some,text\n'.repeat(lines)}`);
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** A service that tells everything at once. */
function service(): {
  readonly told: ReaderProgress[];
  readonly ask: (request: ReaderRequest) => Promise<ReaderAnswer>;
  readonly cancel: () => void;
} {
  const told: ReaderProgress[] = [];
  const own = new ReaderService((message) => told.push(message), {}, 0);
  let id = 0;
  return {
    told,
    ask: (request) => own.answer({ id: ++id, request }),
    cancel: () => {
      own.cancel(id);
    },
  };
}

function opened(answer: ReaderAnswer): OpenResult {
  if (answer.outcome !== 'done') throw new Error(`not opened: ${JSON.stringify(answer)}`);
  return answer.result as OpenResult;
}

describe('an answer that takes long', () => {
  it('tells while a CSV file is read through how far it came', async () => {
    const { told, ask } = service();
    expect(opened(await ask({ kind: 'open', location: csv })).rowCount).toBe(lines);
    expect(told.every(({ progressOf }) => progressOf === 1)).toBe(true);
    const all = 4 + 10 * lines;
    const read = told.flatMap(({ opening }) => opening?.bytes?.read ?? []);
    expect(read).toEqual([1, 2, 3, 4].map((count) => count * 2 ** 20).concat(all, all));
    // Each read is a sign by itself.
    expect(told.length - read.length).toBeGreaterThanOrEqual(read.length);
  });

  it('tells with each page that is decoded, and each column', async () => {
    const { told, ask } = service();
    const location = flights;
    const { fingerprint } = opened(await ask({ kind: 'open', location }));
    told.length = 0;
    const rows = { location, fingerprint, query: undefined, mayScan: true } as const;
    expect((await ask({ kind: 'rows', ...rows, start: 100_000, end: 400_000, columns: [0, 1] })).outcome).toBe('done');
    // More than one row group, of each a read, a page or more of either column, and both columns put in their rows.
    expect(told.length).toBeGreaterThan(5);
    expect(new Set(told.map((message) => JSON.stringify(message)))).toEqual(new Set(['{"progressOf":2}']));
  });

  it('tells of a folder how many of its files are open', async () => {
    const { told, ask } = service();
    await ask({ kind: 'open', location: join(tables, 'parts.parquet') });
    const openings = told.flatMap(({ opening }) => opening ?? []);
    expect(openings.map(({ partsOpened }) => partsOpened)).toEqual([1, 2, 3]);
    // The first part is opened alone, and the last leaves nothing to estimate.
    expect(openings[0]).toEqual({ partsOpened: 1, parts: 3, estimatedRows: 9 });
    expect(openings[2]).toEqual({ partsOpened: 3, parts: 3, estimatedRows: 10 });
  });

  it('ends when it is not wanted any more', async () => {
    const { told, ask, cancel } = service();
    const answer = ask({ kind: 'open', location: csv });
    cancel();
    expect(await answer).toMatchObject({ outcome: 'failed' });
    expect(told.flatMap(({ opening }) => opening ?? []).length).toBeLessThan(3);
  });
});

describe('the reading process', () => {
  it('is told by its client to stop opening, and opens the next table', async () => {
    const client = new TableReaderClient({ script: builtFile('tableReader.js') });
    try {
      const stop = new AbortController();
      const opening = client.open(csv, { signal: stop.signal });
      stop.abort(new Error('enough'));
      await expect(opening).rejects.toThrow('enough');
      expect((await client.open(csv)).rowCount).toBe(lines);
    } finally {
      client.dispose();
    }
  });
});
