// Tables in S3 through the reading process as it is shipped.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { S3Settings } from '../../shared/s3/objectStore';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';
import type { S3Server } from '../support/s3Server';
import { useS3Server } from '../support/useS3Server';
import { tableProblemOf } from '../support/tableProblemOf';

const tables = join(import.meta.dirname, '..', 'tables');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');

let server: S3Server;
const clients: TableReaderClient[] = [];
useS3Server(async (started) => {
  server = started;
  await server.upload(flights, 'flights.parquet');
  await server.upload(join(tables, 'parts.parquet'), 'parts');
});
beforeEach(() => {
  // The process has the variables of this one.
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const client of clients.splice(0)) client.dispose();
});

function newClient(s3: S3Settings = {}, timeout?: number): TableReaderClient {
  const client = new TableReaderClient({
    script: builtFile('tableReader.js'),
    s3: { cacheBytes: 0, ...s3 },
    ...(timeout === undefined ? {} : { timeout }),
  });
  clients.push(client);
  return client;
}

it('opens, reads, filters and compares', async () => {
  const client = newClient();
  const [there, here] = [await client.open('s3://lake/flights.parquet'), await client.open(flights)];
  expect(there).toMatchObject({ columns: here.columns, rowCount: 3_000_000, cost: { requests: 1, bytesRead: 65_536 } });
  expect(await there.rows(2_999_998, 3_000_000)).toEqual(await here.rows(2_999_998, 3_000_000));
  expect(there.cost).toEqual({ requests: server.gateway.requests.length, bytesRead: server.gateway.bytes });
  const parts = await client.open('s3://lake/parts');
  const local = await client.open(join(tables, 'parts.parquet'));
  const found = await parts.query({ where: undefined, sort: [{ column: 0, descending: true }] });
  expect((await found.rows(0, 1, [0])).rows).toEqual([(await local.rows(local.rowCount - 1, local.rowCount, [0])).rows[0]]);
  expect(await parts.compare(local, ['id'])).toMatchObject({ rows: { removed: { count: 0 }, added: { count: 0 }, changed: { count: 0 } } });
});

it('says what is wrong with a location, or with what S3 answers', async () => {
  const client = newClient();
  expect(await tableProblemOf(client.open('s3://lake/flights'))).toEqual({
    kind: 'missing',
    message: 's3://lake/flights does not exist: there is no such object, and none below it',
  });
  expect(await tableProblemOf(client.open('s3://x'))).toMatchObject({ kind: 'wrong-location' });
  expect(await tableProblemOf(client.open('gs://lake/flights'))).toEqual({
    kind: 'unsupported',
    message: 'gs://lake/flights is neither a local file or folder nor in S3',
  });
  server.gateway.fault = () => ({ kind: 'error', status: 403, code: 'AccessDenied', message: 'Access Denied' });
  expect(await tableProblemOf(client.open('s3://lake/flights.parquet'))).toMatchObject({
    kind: 'denied',
    message: expect.stringContaining('s3://lake/flights.parquet may not be read by the keys in AWS_ACCESS_KEY_ID') as string,
  });
});

it('is not ended while it waits for S3, however slow', async () => {
  const client = newClient({}, 5000);
  // Longer than the process may be silent; what it hears then is that it goes on.
  server.gateway.latency = 6500;
  const table = await client.open('s3://lake/flights.parquet');
  expect(table.rowCount).toBe(3_000_000);
  expect(server.gateway.requests).toHaveLength(1);
});

it('tells how many parts were opened, and ends its requests when nobody waits any more', async () => {
  for (let index = 0; index < 40; index++)
    await server.put(`slow/part-${index}.parquet`, readFileSync(join(tables, 'parts.parquet', 'part-00000.parquet')));
  const client = newClient();
  server.gateway.forget();
  server.gateway.latency = 150;
  const told: (readonly [number, number])[] = [];
  const controller = new AbortController();
  const opening = client.open('s3://lake/slow', {
    signal: controller.signal,
    onProgress: ({ partsOpened, parts }) => {
      told.push([partsOpened, parts]);
      controller.abort(new Error('given up'));
    },
  });
  await expect(opening).rejects.toThrow('given up');
  expect(told).toHaveLength(1);
  expect(told[0]?.[1]).toBe(40);
  // Another table opens, by a process that has let go of the first.
  server.gateway.latency = 0;
  expect((await client.open('s3://lake/parts')).origin.files).toBe(3);
  expect(server.gateway.reads.filter(({ key }) => key.startsWith('slow/')).length).toBeLessThan(40);
});

it('reaches S3 by other settings as soon as it is told, with tables that stay open', async () => {
  const client = newClient({ endpoint: 'http://127.0.0.1:1', region: 'eu-west-1' });
  expect(await tableProblemOf(client.open('s3://lake/parts'))).toMatchObject({ kind: 'unreachable' });
  client.useS3({ cacheBytes: 0, endpoint: server.endpoint });
  const table = await client.open('s3://lake/parts');
  const rows = await table.rows(0, 5);
  client.useS3({ cacheBytes: 0, endpoint: server.endpoint, requesterPays: true });
  server.gateway.forget();
  expect(await table.rows(0, 5)).toEqual(rows);
  expect(server.gateway.requests.every(({ headers }) => headers['x-amz-request-payer'] === 'requester')).toBe(true);
  await server.put('parts/part-00009.parquet', readFileSync(join(tables, 'parts.parquet', 'part-00000.parquet')));
  client.useS3({ cacheBytes: 0, endpoint: server.endpoint });
  expect(await tableProblemOf(table.rows(0, 5))).toEqual({ kind: 'changed', message: 's3://lake/parts was changed while it was shown' });
  await server.delete('parts/part-00009.parquet');
});
