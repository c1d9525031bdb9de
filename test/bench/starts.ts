// From the start of the language server's process until it answers: what is wrong in the open document, and what every resource of the
// workspace is, with the problems of each.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resourcesRequest, type ResourcesResult } from '../../shared/protocol/requests';
import { ServerProcess } from '../support/serverProcess';
import { rounded, type Row } from './table';

const rounds = 5;

/** `cacheFolder` is where the server keeps its trees; what is in it is deleted. */
export async function measureStarts(folder: string, size: number, cacheFolder: string): Promise<Row> {
  const cold: number[] = [];
  const warm: number[] = [];
  let memory = 0;
  const name = readdirSync(folder).find((one) => one.startsWith('subject_')) ?? '';
  const uri = pathToFileURL(join(folder, name)).href;
  const text = readFileSync(join(folder, name), 'utf8');
  let all = Number.POSITIVE_INFINITY;
  const start = async (times: number[]): Promise<void> => {
    const began = performance.now();
    const server = new ServerProcess();
    await server.initialize(folder);
    const { connection } = server;
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    times.push(performance.now() - began);
    const { resources } = await connection.sendRequest<ResourcesResult>(resourcesRequest.method, {});
    all = Math.min(all, performance.now() - began);
    if (resources.length < size) throw new Error(`${resources.length} resources of ${size} generated definitions`);
    memory = Math.max(memory, residentMegabytes(server.process.pid));
    // What was read is kept after the first answers: a server that is asked nothing more is done with it soon.
    await new Promise((resolve) => setTimeout(resolve, 500 + size / 10));
    await server.stop();
  };
  for (let i = 0; i < rounds; i++) {
    rmSync(cacheFolder, { recursive: true, force: true });
    await start(cold);
    await start(warm);
  }
  const [best, bestWarm] = [Math.min(...cold), Math.min(...warm)];
  return {
    definitions: size,
    'without cache, s': rounded(best / 1000, 2),
    'with cache, s': rounded(bestWarm / 1000, 2),
    ratio: rounded(bestWarm / best, 2),
    'all checked, s': rounded(all / 1000, 2),
    'peak memory, MB': Math.round(memory),
  };
}

/** The peak of the resident set so far; only Linux tells it of another process. */
function residentMegabytes(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
