// Iceberg tables in S3: those on the disk, and files that lie elsewhere in the same store.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openS3Store } from '../../shared/s3/s3Store';
import type { Table } from '../../shared/table/table';
import { openLocal } from '../../shared/tableReader/localFiles';
import { openS3 } from '../../shared/tableReader/s3Tables';
import type { S3Server } from '../support/s3Server';
import { tableProblemOf } from '../support/tableProblemOf';
import { useS3Server } from '../support/useS3Server';
import { icebergTables, part, writeIceberg } from '../table/icebergFolder';

const tables = ['appended', 'evolved', 'marked', 'vectors', 'catalogued'];

let server: S3Server;
let scratch: string;
useS3Server(async (started) => {
  server = started;
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-s3-iceberg-'));
  for (const name of tables) await server.upload(join(icebergTables, name), `lake/${name}`);
  const files = [{ path: 's3://lake/elsewhere/a.parquet' }, { path: 's3a://lake/lake/made/data/b.parquet' }];
  const made = writeIceberg(join(scratch, 'made'), { location: 's3://lake/lake/made', files, folder: { 'data/b.parquet': part } });
  await server.upload(made, 'lake/made');
  await server.put('elsewhere/a.parquet', part);
  const gone = writeIceberg(join(scratch, 'gone'), { files: [{ path: 's3://lake/elsewhere/gone.parquet' }] });
  await server.upload(gone, 'lake/gone');
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function open(location: string): Promise<Table> {
  const store = openS3Store({ cacheBytes: 0 }, { env: server.env, patience: { attempts: 3, pause: 1, busyPause: 1 } });
  return (await openS3(location, store, { requests: 0, bytesRead: 0 })).table;
}

describe('an Iceberg table in S3', () => {
  it.each(tables)('is that on the disk: %s', async (name) => {
    const here = (await openLocal(join(icebergTables, name), { requests: 0, bytesRead: 0 })).table;
    const there = await open(`s3://lake/lake/${name}`);
    expect(there).toMatchObject({ columns: here.columns, rowCount: here.rowCount, origin: here.origin });
    expect(await there.rows(0, there.rowCount)).toEqual(await here.rows(0, here.rowCount));
  });

  it('is read by few requests', async () => {
    await open('s3://lake/lake/appended');
    // The listing, the hint, the metadata, the list of manifests, two manifests, and the footers of two data files.
    expect(server.gateway.requests.length).toBe(8);
  });

  it('may have files elsewhere in S3', async () => {
    const table = await open('s3://lake/lake/made/');
    expect((await table.rows(0, 9)).rows).toEqual(
      [...Array<unknown[][]>(2)].flatMap(() => [
        [1, 'old'],
        [2, 'old'],
      ]),
    );
    expect(await tableProblemOf(open('s3://lake/lake/gone'))).toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('s3://lake/elsewhere/gone.parquet') as string,
    });
  });
});
