// Damaged definitions through the built language server: it works on no question longer than a second, does not die, and does
// not grow. The second is the server's own time on a processor, so that what else runs beside the tests does not count. SPARKFORM_MUTATIONS asks for more rounds than a test run can afford.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/text/lineIndex';
import { mutateText, Random } from '../support/mutations';
import { ServerProcess } from '../support/serverProcess';

const rounds = Number(process.env['SPARKFORM_MUTATIONS'] ?? 400);
const limit = 1000;
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

let server: ServerProcess;
const folder = 'examples/flights';
const files = readdirSync(folder).filter((name) => name.endsWith('.py'));

beforeAll(async () => {
  server = new ServerProcess();
  await server.initialize(join(process.cwd(), folder));
});
afterAll(async () => {
  await server.stop();
});

describe('damaged definitions', () => {
  it(`are answered ${String(rounds)} times without a crash, a wait or growth`, async () => {
    const random = new Random(20_261);
    const { connection } = server;
    const slow: string[] = [];
    let version = 0;
    const heaps: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const name = files[round % files.length] ?? '';
      const uri = pathToFileURL(join(process.cwd(), folder, name)).href;
      let text = readFileSync(join(folder, name), 'utf8');
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: ++version, text } });
      for (let i = 0; i < 1 + random.below(3); i++) text = mutateText(text, random);
      const start = processorMilliseconds(server.process.pid);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ text }],
      });
      await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
      const position = new LineIndex(text).positionAt(random.below(text.length + 1));
      const at = { textDocument: { uri }, position };
      await connection.sendRequest('textDocument/hover', at);
      await connection.sendRequest('textDocument/completion', at);
      await connection.sendRequest('textDocument/definition', at);
      await connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
      await connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
      await connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics: [] },
      });
      const took = processorMilliseconds(server.process.pid) - start;
      if (took > limit) slow.push(`round ${String(round)} of ${name}: ${took.toFixed(0)} ms for ${String(text.length)} characters`);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      if (round % 50 === 49) heaps.push(residentMegabytes(server.process.pid));
    }
    expect(slow).toEqual([]);
    expect(server.process.exitCode).toBeNull();
    // The heap settles within the first rounds; what it adds after half of them must not be of the same order again.
    const settled = heaps[Math.floor(heaps.length / 2)] ?? 0;
    expect(heaps.at(-1)).toBeLessThan(settled * 1.5 + 64);
  }, 600_000);
});

function residentMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** What all threads of a process have used so far. Linux counts it in ticks, after the state and ten more fields. */
function processorMilliseconds(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
