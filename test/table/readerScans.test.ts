// What takes long in the reading process as it is shipped: queries and profiles, beside quick questions, cancelled, and killed.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Predicate, TableQuery } from '../../shared/table/query/tableQuery';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';
import { deferred } from '../support/deferred';
import { tableProblemOf } from '../support/tableProblemOf';

const parts = join(import.meta.dirname, '..', 'tables', 'parts.parquet');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');

let scratch: string;
let client: TableReaderClient;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-scans-'));
  client = new TableReaderClient({ script: builtFile('tableReader.js') });
});
afterAll(() => {
  client.dispose();
  rmSync(scratch, { recursive: true });
});

const over = (value: number): Predicate => ({ kind: 'compare', column: 0, operator: '>', value: String(value) });
const rowsOver = (value: number): TableQuery => ({ where: over(value), sort: [] });
/** Passes through all rows of the flights: no statistics exclude any. */
const longQuery: TableQuery = { where: { kind: 'contains', column: undefined, text: 'zz' }, sort: [] };

describe('a query', () => {
  it('is a table of the rows that passed, in its order', async () => {
    const table = await client.open(parts);
    const found = await table.query({ where: over(3), sort: [{ column: 0, descending: true }] });
    expect(found.rowCount).toBe(6);
    expect((await found.rows(0, 100)).rows).toEqual([
      [9, '13.5'],
      [8, '12.0'],
      [7, '10.5'],
      [6, '9.0'],
      [5, '7.5'],
      [4, '6.0'],
    ]);
    expect(await found.texts(1, 3, [1], 2)).toEqual({
      start: 1,
      rows: [[{ text: '12', omitted: true }], [{ text: '10', omitted: true }]],
      numbers: [8, 7],
    });
    expect(await found.document(5, 1)).toBe('6.0');
    expect((await found.rows(6, 7)).rows).toEqual([]);
    expect(await tableProblemOf(found.document(6, 1))).toEqual({ kind: 'out-of-range', message: 'there is no row 7' });
  });

  it('is found again when others were asked for since', async () => {
    const table = await client.open(parts);
    const first = await table.query(rowsOver(7));
    for (const value of [1, 2, 3, 4, 5]) await table.query(rowsOver(value));
    expect((await first.rows(0, 10, [0])).rows).toEqual([[8], [9]]);
    expect((await first.texts(0, 1, [0], 10)).numbers).toEqual([8]);
  });

  it('is refused when it does not fit the table', async () => {
    const table = await client.open(parts);
    expect(await tableProblemOf(table.query({ where: { kind: 'compare', column: 0, operator: '=', value: 'x' }, sort: [] }))).toEqual({
      kind: 'wrong-query',
      message: '"x" is no bigint; column "id" holds whole numbers, as 42',
    });
    expect(await tableProblemOf(table.profile(9, undefined))).toEqual({
      kind: 'out-of-range',
      message: 'the table has 2 columns, column 9 was asked for',
    });
  });
});

describe('a profile', () => {
  it('is that of every value, or of the rows of a query', async () => {
    const table = await client.open(parts);
    expect(await table.profile(0, undefined)).toMatchObject({
      rows: 10,
      nulls: 0,
      min: 0,
      max: 9,
      distinct: { count: 10, exact: true },
      source: 'values',
    });
    expect(await table.profile(0, rowsOver(6))).toMatchObject({ rows: 3, min: 7, max: 9 });
    expect(await table.footerProfile(0)).toMatchObject({ rows: 10, source: 'footer' });
  });
});

describe('a scan', () => {
  it('lets quick questions pass, tells how far it came, and ends with the reason of the signal', async () => {
    const table = await client.open(flights);
    const controller = new AbortController();
    const progressed = deferred();
    let told = 0;
    let ended = false;
    const scan = table.query(longQuery, {
      signal: controller.signal,
      onProgress: ({ rowsToScan, rowsScanned, rowsFound }) => {
        told += 1;
        expect([rowsToScan, rowsFound]).toEqual([3_000_000, 0]);
        expect(rowsScanned).toBeLessThanOrEqual(rowsToScan);
        progressed.resolve();
      },
    });
    scan.catch(() => (ended = true));
    await progressed.promise;
    expect((await table.rows(0, 1, [3])).rows).toEqual([['LAS']]);
    expect(ended).toBe(false);
    const reason = new Error('the user looked away');
    controller.abort(reason);
    await expect(scan).rejects.toBe(reason);
    const toldBefore = told;
    // The lane is free again as soon as the process has let go of it.
    expect((await (await client.open(parts)).profile(0, undefined)).rows).toBe(10);
    expect(told).toBe(toldBefore);
  });

  it('that waits is dropped without the process hearing of it', async () => {
    const table = await client.open(flights);
    const running = new AbortController();
    const waiting = new AbortController();
    const scan = table.query(longQuery, { signal: running.signal });
    const second = table.profile(0, undefined, { signal: waiting.signal });
    waiting.abort('no longer');
    await expect(second).rejects.toBe('no longer');
    await expect(table.profile(0, undefined, { signal: waiting.signal })).rejects.toBe('no longer');
    await expect(table.rows(0, 1, [0], { signal: waiting.signal })).rejects.toBe('no longer');
    await expect(client.open(flights, { signal: waiting.signal })).rejects.toBe('no longer');
    running.abort('neither');
    await expect(scan).rejects.toBe('neither');
  });

  it('whose process is killed is refused; the next one works, and queries are found again', async () => {
    const pidFile = join(scratch, 'pid');
    const script = join(scratch, 'tellsItsPid.cjs');
    writeFileSync(
      script,
      `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); require(${JSON.stringify(builtFile('tableReader.js'))});`,
    );
    const own = new TableReaderClient({ script });
    try {
      const small = await (await own.open(parts)).query(rowsOver(7));
      const table = await own.open(flights);
      const problem = await tableProblemOf(
        table.query(longQuery, {
          onProgress: () => {
            process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
          },
        }),
      );
      expect(problem).toEqual({
        kind: 'crashed',
        message: `reading ${flights} stopped the table reader: it ended by SIGKILL; the file may be damaged`,
      });
      expect((await small.rows(0, 10, [0])).rows).toEqual([[8], [9]]);
      expect((await table.rows(0, 1, [3])).rows).toEqual([['LAS']]);
    } finally {
      own.dispose();
    }
  });
});

describe('a process that only pretends', () => {
  /** Answers as the body of a function of `kind`, `id` and `life` (the first process has 1) says; sends what that returns. */
  function pretender(name: string, body: string): TableReaderClient {
    const script = join(scratch, `${name}.cjs`);
    const lives = JSON.stringify(join(scratch, `${name}.lives`));
    writeFileSync(
      script,
      `const fs = require('node:fs');
      fs.appendFileSync(${lives}, 'x');
      const life = fs.readFileSync(${lives}, 'utf8').length;
      const cost = { bytesRead: 0, requests: 0 };
      const done = (id, result) => ({ id, cost, outcome: 'done', result });
      let scanning;
      process.on('disconnect', () => process.exit(0));
      process.on('message', ({ id, request }) => {
        const { kind } = request;
        if (kind === 'open') process.send(done(id, { fingerprint: '', columns: [], rowCount: 9, origin: {} }));
        else for (const message of (() => { ${body} })()) process.send(message);
      });`,
    );
    return new TableReaderClient({ script });
  }

  it('is not ended as long as it gives signs of life', async () => {
    const own = pretender(
      'lively',
      `if (kind === 'profile') return [{ progressOf: (scanning = id) }];
      return [{ progressOf: scanning }, done(id, { rows: 1 })];`,
    );
    try {
      const table = await own.open('a table');
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const scan = tableProblemOf(table.profile(0, undefined));
      for (let round = 0; round < 3; round++) {
        expect(await table.footerProfile(0)).toEqual({ rows: 1 });
        vi.advanceTimersByTime(9_999);
      }
      expect(await table.footerProfile(0)).toEqual({ rows: 1 });
      vi.advanceTimersByTime(10_000);
      expect(await scan).toEqual({ kind: 'no-answer', message: 'a table could not be read within 10 s; it may be damaged' });
    } finally {
      vi.useRealTimers();
      own.dispose();
    }
  });

  it('and dies over two questions is asked each by itself', async () => {
    const own = pretender(
      'mortal',
      `if (kind === 'rows') process.abort();
      return kind === 'query' && life < 3 ? [] : [done(id, { rowCount: life })];`,
    );
    try {
      const table = await own.open('a table');
      const query = table.query(rowsOver(1));
      const rows = tableProblemOf(table.rows(0, 1));
      expect(await rows).toEqual({
        kind: 'crashed',
        message: 'reading a table stopped the table reader: it ended by SIGABRT; the file may be damaged',
      });
      expect((await query).rowCount).toBe(3);
    } finally {
      own.dispose();
    }
  });
});
