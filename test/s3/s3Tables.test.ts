// Tables in S3 are those on the disk, for as few requests as there can be.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ObjectStore, S3Settings } from '../../shared/s3/objectStore';
import { openS3Store } from '../../shared/s3/s3Store';
import type { ReadCost } from '../../shared/table/byteSource';
import type { OpenFolderOptions } from '../../shared/table/folderTable';
import { openLocal, type OpenedLocation } from '../../shared/tableReader/localFiles';
import { openS3 } from '../../shared/tableReader/s3Tables';
import { temporaryFolder } from '../support/cli';
import type { S3Server } from '../support/s3Server';
import { useS3Server } from '../support/useS3Server';
import { tableProblemOf } from '../support/tableProblemOf';

const tables = join(import.meta.dirname, '..', 'tables');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');
const csv = 'code,city\nABQ,Albuquerque\nBOS,Boston\n';
const scalars = 'scalars-snappy.parquet';

let server: S3Server;
let scratch: string;
useS3Server(async (started) => {
  server = started;
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-s3-tables-'));
  const part = readFileSync(join(tables, 'parts.parquet', 'part-00000.parquet'));
  for (const name of readdirSync(tables)) if (name.endsWith('.parquet')) await server.upload(join(tables, name), `tables/${name}`);
  await server.upload(flights, 'flights/part-0.parquet');
  await server.put('csv/airports.csv', csv);
  for (const run of ['2024-05-06-07-08-09-123456', '2024-05-07-07-08-09-123456'])
    for (const name of ['part-0.parquet', '_SUCCESS']) await server.put(`runs/v1/${run}/${name}`, name === '_SUCCESS' ? '' : part);
  await server.put('runs/v10/part-0.parquet', readFileSync(join(tables, scalars)));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function store(settings: S3Settings = { cacheBytes: 0 }): ObjectStore {
  return openS3Store(settings, { env: server.env, patience: { attempts: 3, pause: 1, busyPause: 1 } });
}

async function open(
  location: string,
  from = store(),
  options: OpenFolderOptions = {},
): Promise<OpenedLocation & { readonly cost: ReadCost }> {
  const cost: ReadCost = { requests: 0, bytesRead: 0 };
  return { ...(await openS3(location, from, cost, options)), cost };
}

const nothing = (): ReadCost => ({ requests: 0, bytesRead: 0 });

describe('a table in S3', () => {
  it('has the rows, columns and origin of the same files on the disk', async () => {
    for (const name of readdirSync(tables).filter((file) => file.endsWith('.parquet'))) {
      const here = (await openLocal(join(tables, name), nothing())).table;
      const { table: there } = await open(`s3a://lake/tables/${name}`);
      expect(there.columns, name).toEqual(here.columns);
      expect(there.origin, name).toEqual(here.origin);
      expect(await there.rows(0, here.rowCount), name).toEqual(await here.rows(0, here.rowCount));
    }
  }, 60_000);

  it('is opened by one request where it is an object, and the count costs nothing more', async () => {
    const { table, cost } = await open('s3://lake/flights/part-0.parquet');
    expect(table.rowCount).toBe(3_000_000);
    expect(cost).toEqual({ requests: 1, bytesRead: 65_536 });
    expect(server.gateway.requests.map(({ headers }) => headers.range)).toEqual(['bytes=-65536']);
    const { rows } = await table.rows(1_500_000, 1_500_001, [3]);
    const here = (await openLocal(flights, nothing())).table;
    expect(rows).toEqual((await here.rows(1_500_000, 1_500_001, [3])).rows);
    expect(cost.requests).toBe(server.gateway.requests.length);
    expect(cost.bytesRead).toBe(server.gateway.bytes);
    expect(server.gateway.requests.slice(1).every(({ headers }) => headers['if-match'] !== undefined)).toBe(true);
  });

  it('may be a CSV object', async () => {
    const { table, cost } = await open('s3://lake/csv/airports.csv');
    expect(await table.rows(0, 10)).toEqual({
      start: 0,
      rows: [
        ['ABQ', 'Albuquerque'],
        ['BOS', 'Boston'],
      ],
    });
    expect(cost).toEqual({ requests: 1, bytesRead: csv.length });
    const folder = await open('s3://lake/csv');
    expect(folder.table.rowCount).toBe(2);
    expect(folder.cost.requests).toBe(2);
  });

  it('may be a folder, whose name is exact', async () => {
    const { table } = await open('s3://lake/runs/v1');
    expect(table.origin).toMatchObject({
      kind: 'folder',
      files: 1,
      success: true,
      runs: [
        { name: '2024-05-07-07-08-09-123456', files: 1, shown: true },
        { name: '2024-05-06-07-08-09-123456', files: 1, shown: false },
      ],
    });
    expect(server.gateway.requests[0]?.query['prefix']).toBe('runs/v1/');
    const all = (await open('s3://lake/runs/v1/', store(), { run: 'all' })).table;
    expect(all.rowCount).toBe(2 * table.rowCount);
    expect((await open('s3://lake/runs/v10')).table.origin.files).toBe(1);
  });

  it('is looked for in both forms before it counts as missing', async () => {
    expect(await tableProblemOf(open('s3://lake/runs/v'))).toEqual({
      kind: 'missing',
      message: 's3://lake/runs/v does not exist: there is no such object, and none below it',
    });
    expect(await tableProblemOf(open('s3://lake/runs/v.parquet'))).toEqual({
      kind: 'missing',
      message: 's3://lake/runs/v.parquet does not exist',
    });
    expect(await tableProblemOf(open('s3://lake/runs/v/'))).toEqual({
      kind: 'missing',
      message: 's3://lake/runs/v/ does not exist: there is no object below it',
    });
    expect(await tableProblemOf(open('s3://nowhere-at-all/v1'))).toEqual({
      kind: 'missing',
      message: 's3://nowhere-at-all/v1/ cannot be listed: there is no bucket "nowhere-at-all"',
    });
    await server.put('bare', readFileSync(join(tables, scalars)));
    expect((await open('s3://lake/bare')).table.origin.kind).toBe('file');
  });

  it('is found without leave to list where it is an object, and without leave to read nowhere', async () => {
    const denial = { kind: 'error', status: 403, code: 'AccessDenied', message: 'Access Denied' } as const;
    server.gateway.fault = ({ operation }) => (operation === 'list' ? denial : undefined);
    expect((await open(`s3://lake/tables/${scalars}`)).table.rowCount).toBeGreaterThan(0);
    expect((await open('s3://lake/bare')).table.origin.kind).toBe('file');
    expect((await tableProblemOf(open('s3://lake/runs/v1'))).message).toContain('s3://lake/runs/v1/ may not be listed');
    server.gateway.fault = ({ operation }) => (operation === 'read' ? denial : undefined);
    expect((await tableProblemOf(open(`s3://lake/tables/${scalars}`))).message).toContain(`s3://lake/tables/${scalars} may not be read`);
    expect((await tableProblemOf(open('s3://lake/runs/v1'))).message).toContain('/part-0.parquet may not be read');
  });

  it('is refused where it was replaced, or taken away, while it was shown', async () => {
    await server.upload(flights, 'changing/part-0.parquet');
    const { table, fingerprint } = await open('s3://lake/changing');
    await server.put('changing/part-0.parquet', readFileSync(join(tables, scalars)));
    expect(await tableProblemOf(table.rows(0, 10))).toEqual({
      kind: 'changed',
      message: 's3://lake/changing/part-0.parquet was changed while it was shown',
    });
    expect((await open('s3://lake/changing')).fingerprint).not.toBe(fingerprint);
    const again = (await open('s3://lake/changing/part-0.parquet')).table;
    await server.delete('changing/part-0.parquet');
    expect(await again.rows(0, 1)).toMatchObject({ start: 0 });
    const large = (await open('s3://lake/flights')).table;
    await server.delete('flights/part-0.parquet');
    expect(await tableProblemOf(large.rows(0, 1))).toEqual({ kind: 'missing', message: 's3://lake/flights/part-0.parquet does not exist' });
    await server.upload(flights, 'flights/part-0.parquet');
  });

  it('says where in it reading is not allowed any more', async () => {
    const { table, cost } = await open('s3://lake/flights');
    server.gateway.fault = () => ({
      kind: 'error',
      status: 403,
      code: 'AccessDenied',
      message:
        'User: arn:aws:iam::1:user/u is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::lake/flights/part-0.parquet"',
    });
    expect((await tableProblemOf(table.rows(0, 100))).message).toMatch(
      /^s3:\/\/lake\/flights\/part-0\.parquet may not be read by the keys .* S3 says: User: /,
    );
    // Others were asked for at the same time.
    await expect.poll(() => server.gateway.requests.length).toBe(cost.requests);
  });

  it('is opened no further by whoever gives up', async () => {
    const controller = new AbortController();
    server.gateway.onRequest = ({ operation }) => {
      if (operation === 'read') controller.abort(new Error('given up'));
    };
    const opening = open('s3://lake/tables/parts.parquet/', store(), { signal: controller.signal });
    await expect(opening).rejects.toThrow('given up');
    expect(server.gateway.reads).toHaveLength(1);
  });
});

describe('a folder of a thousand parts', () => {
  it('is counted by a request for each part and those of the listing, sixty-four at a time', async () => {
    const part = readFileSync(join(tables, scalars));
    const rows = (await openLocal(join(tables, scalars), nothing())).table.rowCount;
    for (let index = 0; index < 1000; index++) await server.put(`many/part-${String(index).padStart(5, '0')}.snappy.parquet`, part);
    await server.put('many/_SUCCESS', '');
    server.gateway.forget();
    let told = 0;
    server.gateway.latency = 1;
    const { table, cost } = await open('s3://lake/many', store(), { onProgress: ({ partsOpened }) => (told = partsOpened) });
    expect(table.rowCount).toBe(1000 * rows);
    expect(told).toBe(1000);
    expect(cost.requests).toBe(1002);
    expect(cost.requests).toBe(server.gateway.requests.length);
    expect(cost.bytesRead).toBe(server.gateway.bytes);
    expect(cost.bytesRead).toBeLessThan(10e6);
    expect(server.gateway.mostAtOnce).toBeLessThanOrEqual(64);
    expect(server.gateway.mostAtOnce).toBeGreaterThan(32);
  }, 120_000);
});

describe('what was read before', () => {
  const kept = (name: string, cacheBytes = 100e6): S3Settings => ({ cacheFolder: join(scratch, name), cacheBytes });

  it('is not read again: a folder costs its listing, an object a question', async () => {
    const settings = kept('again');
    for (const location of ['s3://lake/runs/v1', `s3://lake/tables/${scalars}`, 's3://lake/csv/airports.csv']) {
      const first = await open(location, store(settings));
      const rows = await first.table.rows(0, 50);
      server.gateway.forget();
      const second = await open(location, store(settings));
      expect(await second.table.rows(0, 50)).toEqual(rows);
      expect(server.gateway.requests).toHaveLength(1);
      expect(second.cost.requests).toBe(1);
      expect(server.gateway.reads.every(({ headers }) => headers['if-none-match'] !== undefined)).toBe(true);
      expect(server.gateway.reads.length === 0 || server.gateway.bytes === 0).toBe(true);
    }
  });

  it('is of the state that the object is in', async () => {
    const settings = kept('states');
    await server.put('state.csv', 'a\nold\n');
    expect((await (await open('s3://lake/state.csv', store(settings))).table.rows(0, 1)).rows).toEqual([['old']]);
    await server.put('state.csv', 'a\nnew\n');
    expect((await (await open('s3://lake/state.csv', store(settings))).table.rows(0, 1)).rows).toEqual([['new']]);
    await server.put('state.csv', 'a\nold\n');
    expect((await (await open('s3://lake/state.csv', store(settings))).table.rows(0, 1)).rows).toEqual([['old']]);
  });

  it('only saves time: damaged files, and folders that cannot be written, change nothing', async () => {
    const settings = kept('damaged');
    const rows = await (await open(`s3://lake/tables/${scalars}`, store(settings))).table.rows(0, 50);
    const files = readdirSync(join(scratch, 'damaged'));
    expect(files.length).toBeGreaterThan(1);
    for (const [index, name] of files.entries()) {
      const file = join(scratch, 'damaged', name);
      const content = readFileSync(file);
      if (index % 2 === 0) content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
      writeFileSync(file, index % 2 === 0 ? content : content.subarray(0, 10));
    }
    expect(await (await open(`s3://lake/tables/${scalars}`, store(settings))).table.rows(0, 50)).toEqual(rows);
    writeFileSync(join(scratch, 'file'), '');
    const nowhere = store({ cacheFolder: join(scratch, 'file', 'cache'), cacheBytes: 1e6 });
    expect(await (await open(`s3://lake/tables/${scalars}`, nowhere)).table.rows(0, 50)).toEqual(rows);
  });

  it('takes no more room than it may, and lets go of what was used longest ago', async () => {
    const folder = join(scratch, 'bounded');
    const small = kept('bounded', 50_000);
    const size = (): number => readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
    await server.put('first.csv', `a\n${'x'.repeat(9000)}\n`);
    for (let index = 0; index < 12; index++) {
      await server.put(`bound-${index}.csv`, `a\n${String(index).repeat(9000)}\n`);
      await open(`s3://lake/bound-${index}.csv`, store(small));
      expect(size()).toBeLessThanOrEqual(50_000);
    }
    server.gateway.forget();
    await open('s3://lake/bound-11.csv', store(small));
    expect(server.gateway.bytes).toBe(0);
    await open('s3://lake/bound-0.csv', store(small));
    expect(server.gateway.bytes).toBeGreaterThan(9000);
    server.gateway.forget();
    await open('s3://lake/bound-11.csv', store({ cacheFolder: folder, cacheBytes: 0 }));
    expect(server.gateway.bytes).toBeGreaterThan(9000);
  });
});

it('is asked for nothing, and the user once, where there are no credentials', async () => {
  const folder = temporaryFolder({ config: '[profile p]\ncredential_process = sh -c \'echo once >> "$CALLS"; exit 1\'\n', calls: '' });
  try {
    const calls = join(folder.path, 'calls');
    const env = { ...server.env, AWS_CONFIG_FILE: join(folder.path, 'config'), CALLS: calls };
    const nobody = openS3Store({ profile: 'p', cacheBytes: 0 }, { env });
    expect(await tableProblemOf(open('s3://lake/runs/v1', nobody))).toEqual({
      kind: 'no-credentials',
      message: 'the profile "p" (credential_process): sh failed',
    });
    expect(readFileSync(calls, 'utf8')).toBe('once\n');
    expect(server.gateway.requests).toEqual([]);
  } finally {
    folder.dispose();
  }
});
