// Tables in S3 over the wire, beside local files with the same latency: what the protocol, its signatures and the process add.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countReads, type ByteSource, type ReadCost } from '../../shared/table/byteSource';
import { openFolder } from '../../shared/table/folderTable';
import { openParquet } from '../../shared/table/parquetTable';
import { TableReaderClient, type OpenedTable } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';
import { S3Server } from '../support/s3Server';
import { rounded, type Row } from './table';

const repository = join(import.meta.dirname, '..', '..');
const flights = join(repository, 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');
const part = join(repository, 'test', 'tables', 'scalars-snappy.parquet');
const partCount = 1000;
const latency = 30;

type Rows = Pick<OpenedTable, 'rows' | 'rowCount'>;

interface Measured {
  readonly ms: number;
  readonly cost: Readonly<ReadCost>;
}

/** Starts a server of its own. */
export async function measureS3(): Promise<readonly Row[]> {
  const server = await S3Server.start();
  const cacheFolder = mkdtempSync(join(tmpdir(), 'sparkform-s3-bench-'));
  const variables = { ...process.env };
  Object.assign(process.env, server.env);
  try {
    await server.upload(flights, 'flights.parquet');
    const bytes = readFileSync(part);
    for (let index = 0; index < partCount; index++) await server.put(`many/part-${String(index).padStart(5, '0')}.parquet`, bytes);
    await server.put('many/_SUCCESS', '');
    server.gateway.replays = true;
    const rows: Row[] = [];
    for (const [work, name, read] of works) {
      const peer = await best(3, async (cost) =>
        read(name === 'many' ? await openParts(cost) : await openParquet(countReads(delayed(flights), cost))),
      );
      // The first round teaches the gateway what the server says.
      await throughProcess(server, name, read, undefined);
      const own = await throughProcess(server, name, read, undefined);
      rows.push(row(work, own, peer));
    }
    await throughProcess(server, 'many', () => Promise.resolve(), cacheFolder);
    const kept = await throughProcess(server, 'many', () => Promise.resolve(), cacheFolder);
    rows.push({ ...row('the same, kept on the disk', kept, kept), 'ms, local': '', 'requests, local': '' });
    return rows;
  } finally {
    process.env = variables;
    await server.dispose();
    rmSync(cacheFolder, { recursive: true });
  }
}

const works: readonly (readonly [string, string, (table: Rows) => Promise<unknown>])[] = [
  ['schema and count', 'flights.parquet', () => Promise.resolve()],
  ['first 100 rows', 'flights.parquet', (table) => table.rows(0, 100)],
  ['row 1,500,000, 100 rows', 'flights.parquet', (table) => table.rows(1_500_000, 1_500_100)],
  [`count of a folder of ${partCount.toLocaleString('en-US')} parts`, 'many', () => Promise.resolve()],
];

/** The process is up before the time is taken; the best of three. */
async function throughProcess(
  server: S3Server,
  name: string,
  read: (table: Rows) => Promise<unknown>,
  cacheFolder: string | undefined,
): Promise<Measured> {
  const s3 = cacheFolder === undefined ? { cacheBytes: 0 } : { cacheFolder };
  const client = new TableReaderClient({ script: builtFile('tableReader.js'), s3 });
  try {
    await client.open(part);
    server.gateway.latency = latency;
    return await best(3, async (cost) => {
      const table = await client.open(`s3://lake/${name}`);
      await read(table);
      Object.assign(cost, table.cost);
    });
  } finally {
    server.gateway.latency = 0;
    client.dispose();
  }
}

async function best(rounds: number, work: (cost: ReadCost) => Promise<unknown>): Promise<Measured> {
  let ms = Infinity;
  let cost: ReadCost = { requests: 0, bytesRead: 0 };
  for (let round = 0; round < rounds; round++) {
    cost = { requests: 0, bytesRead: 0 };
    const began = performance.now();
    await work(cost);
    ms = Math.min(ms, performance.now() - began);
  }
  return { ms, cost };
}

function delayed(path: string): ByteSource {
  const bytes = readFileSync(path);
  return {
    name: 'flights.parquet',
    size: bytes.length,
    async read(start, end) {
      await new Promise((resolve) => setTimeout(resolve, latency));
      return new Uint8Array(bytes.subarray(start, end));
    },
  };
}

function openParts(cost: ReadCost): ReturnType<typeof openFolder> {
  const source = delayed(part);
  const entries = Array.from({ length: partCount }, (_, index) => ({ path: `part-${index}.parquet`, size: source.size }));
  return openFolder({ name: 'many', list: () => Promise.resolve(entries), open: () => countReads(source, cost) });
}

function row(work: string, own: Measured, peer: Measured): Row {
  return {
    work,
    ms: Math.round(own.ms),
    requests: own.cost.requests,
    MB: rounded(own.cost.bytesRead / 1e6, 3),
    'ms, local': Math.round(peer.ms),
    'requests, local': peer.cost.requests,
  };
}
