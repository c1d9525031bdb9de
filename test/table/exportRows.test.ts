// Exports by the reading process as it is shipped: complete files, or none.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TableProblem } from '../../shared/table/tableProblem';
import { TableReaderClient, type OpenedTable } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';

const tables = join(import.meta.dirname, '..', 'tables');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');

let scratch: string;
let client: TableReaderClient;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-exports-'));
  client = new TableReaderClient({ script: builtFile('tableReader.js') });
});
afterAll(() => {
  client.dispose();
  rmSync(scratch, { recursive: true });
});

async function exported(name: string, format: 'csv' | 'jsonl'): Promise<string> {
  const table = await client.open(join(tables, name));
  const path = join(scratch, `${name}.${format}`);
  const { rows, bytes } = await table.exportRows({ path, format, columns: [...table.columns.keys()], query: undefined });
  const written = readFileSync(path);
  expect({ rows, bytes }).toEqual({ rows: table.rowCount, bytes: written.length });
  return written.toString();
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => 'it succeeded',
    (reason: unknown) => reason,
  );
  return error instanceof TableProblem ? `${error.kind}: ${error.message}` : String(error);
}

function emptyFolder(name: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  return folder;
}

const allFlights = (path: string) => ({ path, format: 'csv', columns: [0, 1, 2, 3, 4], query: undefined }) as const;

describe('an export', () => {
  it('has every row of a folder', async () => {
    const rows = Array.from({ length: 10 }, (_, id) => `${id},${(id * 1.5).toFixed(1)}\n`);
    expect(await exported('parts.parquet', 'csv')).toBe(`id,amount\n${rows.join('')}`);
  });

  it('keeps every type exactly', async () => {
    expect((await exported('scalars-snappy.parquet', 'csv')).split('\n').slice(0, 2)).toEqual([
      'a_boolean,a_tinyint,a_smallint,an_int,a_bigint,a_float,a_double,a_small_decimal,a_decimal,a_wide_decimal,a_string,a_binary,a_date,a_timestamp,a_timestamp_ntz,a_day_interval,a_month_interval',
      "false,-2,0,0,9223372036854775807,0.0,0.0,0.00,75873.79,-12345678901234567890123456789.01234568,text 0 ä世😀,627974657330,2024-02-28,2024-02-29T23:59:59.123456Z,1969-12-31T23:59:59.000001,INTERVAL '0 02:03:04.000005' DAY TO SECOND,INTERVAL '0-5' YEAR TO MONTH",
    ]);
    expect((await exported('scalars-snappy.parquet', 'jsonl')).split('\n').slice(3)).toEqual([
      '{"a_boolean":true,"a_tinyint":1,"a_smallint":-900,"an_int":300000021,"a_bigint":9223372036854775804,"a_float":0.3,"a_double":0.3,"a_small_decimal":3.75,"a_decimal":75876.79,"a_wide_decimal":-12345678901234567890123456786.01234568,"a_string":"text 3 ä世😀","a_binary":"Ynl0ZXMz","a_date":"2024-03-02","a_timestamp":"2024-03-01T00:00:02.123456Z","a_timestamp_ntz":"1970-01-01T00:00:02.000001","a_day_interval":"INTERVAL \'3 02:03:04.000005\' DAY TO SECOND","a_month_interval":"INTERVAL \'3-5\' YEAR TO MONTH"}',
      '{}',
      '',
    ]);
    expect((await exported('nested.parquet', 'jsonl')).split('\n')[0]).toBe(
      '{"id":0,"a_list":[0,1],"a_map":{"__proto__":0,"b":2},"a_struct":{"x":0,"y":"s0"},"lists_of_lists":[[0,null],[]],"structs":[{"k":0,"tags":["a",null]},null,{}],"deep_map":{"1":[{"d":1.50}],"2":null},"deep_struct":{"in":{"m":{"p":{"q":0}}}}}',
    );
  });

  it('has the rows and the order of a query, and the columns in the order asked for', async () => {
    const table = await client.open(join(tables, 'parts.parquet'));
    const path = join(scratch, 'found.jsonl');
    const query = { where: { kind: 'compare', column: 0, operator: '>=', value: '8' }, sort: [{ column: 0, descending: true }] } as const;
    expect(await table.exportRows({ path, format: 'jsonl', columns: [1, 0], query })).toEqual({ rows: 2, bytes: 46 });
    expect(readFileSync(path, 'utf8')).toBe('{"amount":13.5,"id":9}\n{"amount":12.0,"id":8}\n');
    await table.exportRows({ path, format: 'csv', columns: [0], query });
    expect(readFileSync(path, 'utf8')).toBe('id\n9\n8\n');
  });

  it('is parquet of the same types, packed', async () => {
    const table = await client.open(flights);
    const path = join(scratch, 'late.parquet');
    const query = { where: { kind: 'compare', column: 1, operator: '>', value: '900' }, sort: [{ column: 1, descending: true }] } as const;
    const { rows, bytes } = await table.exportRows({ path, format: 'parquet', columns: [1, 3, 0], query });
    expect(bytes).toBe(readFileSync(path).length);
    const again = await client.open(path);
    expect(again.origin).toMatchObject({ codecs: ['GZIP'], writer: 'sparkform version 1' });
    expect(again.columns).toEqual([1, 3, 0].map((index) => table.columns[index]));
    const found = await table.query(query);
    expect([rows, again.rowCount]).toEqual([found.rowCount, found.rowCount]);
    expect((await again.rows(0, 100)).rows).toEqual((await found.rows(0, 100, [1, 3, 0])).rows);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const folder = emptyFolder('cancelled');
    const table = await client.open(flights);
    const controller = new AbortController();
    const progress = {
      signal: controller.signal,
      onProgress: () => {
        controller.abort('enough');
      },
    };
    await expect(table.exportRows(allFlights(join(folder, 'flights.csv')), progress)).rejects.toBe('enough');
    // The process turns to the next long question when it has cleared up after this one.
    await (await client.open(join(tables, 'parts.parquet'))).profile(0, undefined);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing behind when the process is killed, and the file of before as it was', async () => {
    const folder = emptyFolder('killed');
    const path = join(folder, 'flights.csv');
    writeFileSync(path, 'of before');
    const script = join(scratch, 'tellsItsPid.cjs');
    const pidFile = join(scratch, 'pid');
    writeFileSync(
      script,
      `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); require(${JSON.stringify(builtFile('tableReader.js'))});`,
    );
    const own = new TableReaderClient({ script });
    try {
      const table = await own.open(flights);
      let during: readonly string[] = [];
      const problem = messageOf(
        table.exportRows(allFlights(path), {
          onProgress: () => {
            during = readdirSync(folder);
            process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
          },
        }),
      );
      expect(await problem).toBe(`crashed: reading ${flights} stopped the table reader: it ended by SIGKILL; the file may be damaged`);
      expect(during).toEqual([expect.stringMatching(/^\.flights\.csv\.\d+-\d+\.part$/), 'flights.csv']);
      expect(readdirSync(folder)).toEqual(['flights.csv']);
      expect(readFileSync(path, 'utf8')).toBe('of before');
    } finally {
      own.dispose();
    }
  });

  it('says where it cannot write', async () => {
    const location = join(tables, 'names.parquet');
    const table: OpenedTable = await client.open(location);
    const to = (path: string) => messageOf(table.exportRows({ path, format: 'csv', columns: [0], query: undefined }));
    const absent = join(scratch, 'absent', 'x.csv');
    expect(await to(absent)).toBe(`not-written: ${absent} cannot be written: there is no such folder`);
    const folder = emptyFolder('folder.csv');
    expect(await to(folder)).toBe(`not-written: ${folder} cannot be written: it is a folder`);
    expect(await to(location)).toBe(`not-written: ${location} cannot be written: it is the table itself`);
    expect(readdirSync(scratch).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
