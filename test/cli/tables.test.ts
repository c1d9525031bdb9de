// The commands that look at tables, as a user runs them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtFile } from '../support/builtFile';
import { sparkform } from '../support/cli';

const tables = join(import.meta.dirname, '..', 'tables');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sparkform-tables-'));
  cpSync(tables, folder, { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

describe('preview', () => {
  it('says what to know before the rows are trusted', () => {
    for (const run of ['2024-05-05-10-00-00-000001', '2024-05-06-17-00-00-000001']) {
      cpSync(join(tables, 'parts.parquet', 'part-00000.parquet'), join(folder, 'v1', run, 'part-00000.parquet'));
    }
    const { code, out, err } = sparkform(['preview', 'v1', '--limit', '1'], folder);
    expect({ code, last: out.trimEnd().split('\n').at(-1), err }).toEqual({
      code: 0,
      last: '3 rows (1 shown), 2 columns',
      err: lines(
        'There is no _SUCCESS marker: the job that wrote this folder may not have finished.',
        'This is the newest of 2 runs (2024-05-06-17-00-00-000001). Whatever reads this definition in Featureform reads the rows of all of them together.',
      ),
    });
  });

  it('shows the current snapshot of an Iceberg table, and says which one it is', () => {
    const { code, out, err } = sparkform(
      ['preview', 'iceberg/copied', '--where', 'id <> 4', '--order-by', 'id', '--format', 'csv'],
      folder,
    );
    expect({ code, out: out.split('\r\n') }).toEqual({ code: 0, out: ['id,word', '1,a', '3,c', '5,e', '6,F', ''] });
    expect(err).toMatch(/^Iceberg table, snapshot \d+ of \S+Z by metadata\/v5\.metadata\.json\.\n$/);
    const stats = sparkform(['stats', 'iceberg/marked', '--columns', 'id', '--format', 'json'], folder);
    expect(JSON.parse(stats.out)).toMatchObject({ totalRows: 86, columns: [{ nulls: 0, min: 1, max: 1000 }] });
    const same = sparkform(['diff', 'iceberg/copied', 'iceberg/copied', '--key', 'id'], folder);
    expect({ code: same.code, err: same.err }).toEqual({ code: 0, err: '' });
  });

  it('shows the run that was asked for, or all of them', () => {
    const [older, newer] = ['2024-05-05-10-00-00-000001', '2024-05-06-17-00-00-000001'] as const;
    cpSync(join(tables, 'parts.parquet', 'part-00000.parquet'), join(folder, 'v2', older, 'part-00000.parquet'));
    cpSync(join(tables, 'parts.parquet', 'part-00001.parquet'), join(folder, 'v2', newer, 'part-00000.parquet'));
    const ids = (...run: readonly string[]) => {
      const { code, out, err } = sparkform(['preview', 'v2', '--columns', 'id', '--format', 'csv', ...run], folder);
      return { code, ids: out.split('\r\n').slice(1, -1).join(' '), run: err.trimEnd().split('\n').at(-1) };
    };
    const read = 'Whatever reads this definition in Featureform reads the rows of all of them together.';
    expect(ids('--run', older)).toEqual({ code: 0, ids: '0 1 2', run: `This is one of 2 runs (${older}). ${read}` });
    expect(ids('--run', 'newest')).toEqual({ code: 0, ids: '3 4 5', run: `This is the newest of 2 runs (${newer}). ${read}` });
    expect(ids('--run', 'all')).toMatchObject({ code: 0, ids: '0 1 2 3 4 5' });
    expect(sparkform(['preview', 'v2', '--run', '2024'], folder)).toEqual({
      code: 2,
      out: '',
      err: lines(`sparkform: preview: v2 holds no run "2024"; it has "${newer}", "${older}"`),
    });
    const stats = sparkform(['stats', 'v2', '--run', older, '--columns', 'id', '--format', 'json'], folder);
    expect(JSON.parse(stats.out)).toMatchObject({ totalRows: 3, columns: [{ min: 0, max: 2 }] });
    const diff = sparkform(['diff', 'v2', 'v2', '--run', `${older},newest`, '--key', 'id'], folder);
    expect({ code: diff.code, out: diff.out.split('\n').slice(0, 4) }).toEqual({
      code: 1,
      out: [
        `v2 (run ${older}) → v2 (run newest)`,
        'statistics of id: min 0 → 3, max 2 → 5',
        'statistics of amount: min 0.0 → 4.5, max 3.0 → 7.5',
        'rows by id: 3 removed, 3 added, 0 changed, 0 unchanged',
      ],
    });
    const same = sparkform(['diff', 'v2', 'v2', '--run', older, '--format', 'json'], folder);
    expect(same.code).toBe(0);
    expect(JSON.parse(same.out)).toMatchObject({ before: 'v2', after: 'v2', runs: { before: older, after: older } });
    expect(sparkform(['diff', 'v2', 'v2', '--run', 'a,b,c'], folder)).toEqual({
      code: 2,
      out: '',
      err: lines('sparkform: diff: --run must be the name of one run, "all" or "newest", or two of these with a comma, not "a,b,c"'),
    });
  });

  it('shows the rows that pass a condition, in an order', () => {
    expect(
      sparkform(
        ['preview', 'parts.parquet', '--where', 'amount BETWEEN 3 AND 10 AND id <> 4', '--order-by', 'ID desc', '--limit', '2'],
        folder,
      ),
    ).toEqual({
      code: 0,
      out: lines(
        '    id         amount',
        'bigint  decimal(23,1)',
        '──────  ─────────────',
        '     6            9.0',
        '     5            7.5',
        '',
        '4 of 10 rows (2 shown), 2 columns',
      ),
      err: '',
    });
    const json = sparkform(['preview', 'parts.parquet', '--where', "amount = '13.5'", '--columns', 'id', '--format', 'json'], folder);
    expect(JSON.parse(json.out)).toMatchObject({
      columns: [{ name: 'id', type: 'bigint' }],
      rows: [{ id: 9 }],
      totalRows: 10,
      rowsFound: 1,
    });
    const sorted = sparkform(['preview', 'parts.parquet', '--order-by', 'amount DESC', '--offset', '8', '--format', 'csv'], folder);
    expect(sorted.out).toBe('id,amount\r\n1,1.5\r\n0,0.0\r\n');
  });

  it('says what is wrong with a condition, and where', () => {
    expect(sparkform(['preview', 'parts.parquet', '--where', 'id > 1 AND amont < 2'], folder)).toEqual({
      code: 2,
      out: '',
      err: lines(
        'sparkform: preview: --where: there is no column "amont"; there is "id", "amount"',
        '  id > 1 AND amont < 2',
        '             ^',
      ),
    });
    expect(sparkform(['preview', 'nested.parquet', '--order-by', 'a_map'], folder)).toEqual({
      code: 2,
      out: '',
      err: lines('sparkform: preview: column "a_map" cannot be sorted: it is map<string,bigint>, and maps have no order'),
    });
  });
});

describe('stats', () => {
  it('shows what columns hold', () => {
    expect(sparkform(['stats', 'scalars-snappy.parquet', '--columns', 'a_boolean,a_tinyint,a_timestamp,a_string'], folder)).toEqual({
      code: 0,
      out: lines(
        'column       type          nulls  distinct  min                          max                          values',
        '───────────  ─────────  ────────  ────────  ───────────────────────────  ───────────────────────────  ────────────────',
        'a_boolean    boolean    1 (20 %)         2  false                        true                         true 60 %',
        'a_tinyint    tinyint    1 (20 %)         4  -2                           1                            ████',
        'a_timestamp  timestamp  1 (20 %)         4  2024-02-29T23:59:59.123456Z  2024-03-01T00:00:02.123456Z  █    █    █    █',
        'a_string     string     1 (20 %)         4  text 0 ä世😀                 text 3 ä世😀',
        '',
        '5 rows',
      ),
      err: '',
    });
  });

  it('is about the rows that pass a condition', () => {
    const { code, out, err } = sparkform(
      ['stats', 'parts.parquet', '--where', 'id < 3', '--columns', 'amount', '--format', 'json'],
      folder,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      target: 'parts.parquet',
      totalRows: 10,
      rowsFound: 3,
      columns: [{ name: 'amount', type: 'decimal(23,1)', nulls: 0, min: '0.0', max: '3.0', distinct: { count: 3, exact: true } }],
    });
  });

  it('tells on a terminal how far it came, and ends by Ctrl-C', async () => {
    const terminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
    const child = spawn('python3', ['-c', terminal, process.execPath, builtFile('cli.js'), 'stats', flights]);
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!seen.includes('%') && (seen + text).includes('%')) child.stdin.write('\u0003');
      seen += text;
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(seen).toMatch(/date \(1 of 5\): \d+ %/);
    expect(seen.endsWith('\r\u001B[Kstats: cancelled\r\n')).toBe(true);
    expect(code).toBe(1);
  }, 60_000);
});

describe('diff', () => {
  it('exits with 0 when nothing differs', () => {
    expect(sparkform(['diff', 'parts.parquet', join(tables, 'parts.parquet')], folder)).toEqual({
      code: 0,
      out: lines(
        `parts.parquet → ${join(tables, 'parts.parquet')}`,
        'no difference in columns, row counts and statistics; rows were not compared: --key says what tells them apart',
      ),
      err: '',
    });
    expect(sparkform(['diff', 'scalars-snappy.parquet', 'scalars-zstd.parquet', '--key', 'a_tinyint'], folder)).toEqual({
      code: 0,
      out: lines(
        'scalars-snappy.parquet → scalars-zstd.parquet',
        'rows by a_tinyint: 0 removed, 0 added, 0 changed, 5 unchanged',
        'no difference in columns and rows',
      ),
      err: '',
    });
  });

  it('exits with 1 when something does, and says what', () => {
    expect(sparkform(['diff', 'parts.parquet/part-00000.parquet', 'parts.parquet/part-00001.parquet', '--key', 'id'], folder)).toEqual({
      code: 1,
      out: lines(
        'parts.parquet/part-00000.parquet → parts.parquet/part-00001.parquet',
        'statistics of id: min 0 → 3, max 2 → 5',
        'statistics of amount: min 0.0 → 4.5, max 3.0 → 7.5',
        'rows by id: 3 removed, 3 added, 0 changed, 0 unchanged',
        '  - id=0',
        '  - id=1',
        '  - id=2',
        '  + id=3',
        '  + id=4',
        '  + id=5',
      ),
      err: '',
    });
    const json = sparkform(['diff', 'nulls.parquet', 'empty.parquet', '--format', 'json'], folder);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      before: 'nulls.parquet',
      after: 'empty.parquet',
      different: true,
      addedColumns: [
        { name: 'id', type: 'bigint' },
        { name: 'name', type: 'string' },
      ],
      removedColumns: [
        { name: 'i', type: 'int' },
        { name: 's', type: 'string' },
        { name: 'l', type: 'array<string>' },
      ],
      rowCounts: { before: 50, after: 0 },
    });
  });

  it('exits with 2 when it cannot tell', () => {
    expect(sparkform(['diff', 'nulls.parquet', 'nulls.parquet', '--key', 's'], folder)).toEqual({
      code: 2,
      out: lines(
        'nulls.parquet → nulls.parquet',
        'rows by s: 0 removed, 0 added, 0 changed, 0 unchanged',
        '  not compared, before: 50 rows that share 1 key, as s=NULL',
        '  not compared, after: 50 rows that share 1 key, as s=NULL',
      ),
      err: lines('diff: the key s does not tell all rows apart: those that share one were not compared'),
    });
    expect(sparkform(['diff', 'parts.parquet', 'nulls.parquet', '--key', 'id'], folder)).toEqual({
      code: 2,
      out: '',
      err: lines('sparkform: diff: "nulls.parquet" has no column "id"; it has "i", "s", "l"'),
    });
    expect(sparkform(['diff', 'parts.parquet'], folder).err).toBe('sparkform: diff: one of the two TARGETs is missing\n');
    expect(sparkform(['diff', 'parts.parquet', 'absent.parquet'], folder)).toEqual({
      code: 2,
      out: '',
      err: lines('sparkform: diff: "absent.parquet" does not exist'),
    });
  });
});
