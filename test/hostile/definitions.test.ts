// Damaged definitions through the built language server: it works on no question longer than a second, does not die, and does
// not grow. The second is the server's own time on a processor, so that what else runs beside the tests does not count, and
// what it keeps is measured behind a collection of garbage. SPARKFORM_MUTATIONS asks for more rounds than a test run can
// afford, SPARKFORM_SEED for others.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/text/lineIndex';
import { mutateText, Random } from '../support/mutations';
import { ServerProcess } from '../support/serverProcess';

const rounds = Number(process.env['SPARKFORM_MUTATIONS'] ?? 400);
const seed = Number(process.env['SPARKFORM_SEED'] ?? 20_261);
/** Milliseconds of the processor for a round, when nothing else slows it down. */
const limit = 1000;
/** What a round may leave behind for good, and what the measure may be wrong by. */
const kilobytesKept = 4;
const kilobytesUnsure = 3_000;
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

let scratch: string;
let server: ServerProcess;
const folder = 'examples/flights';
const files = readdirSync(folder).filter((name) => name.endsWith('.py'));

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-hostile-'));
  const measure = join(scratch, 'measure.cjs');
  writeFileSync(
    measure,
    `process.on('message', () => {
      gc();
      const { heapUsed, external } = process.memoryUsage();
      process.send((heapUsed + external) / 1024);
    });
    process.channel.unref();`,
  );
  server = new ServerProcess(['--expose-gc', '--require', measure]);
  await server.initialize(join(process.cwd(), folder));
});
afterAll(async () => {
  await server.stop();
  rmSync(scratch, { recursive: true });
});

describe('damaged definitions', () => {
  it(`are answered ${String(rounds)} times without a crash, a wait or growth`, async () => {
    const random = new Random(seed);
    const { connection } = server;
    const slow: string[] = [];
    const quickest = Math.min(...Array.from({ length: 20 }, referenceMilliseconds));
    let version = 0;
    const kept: number[] = [];
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
      // Whatever shares the processor slows each of its milliseconds down: here as well as there.
      if (took > limit && took > (limit * referenceMilliseconds()) / quickest)
        slow.push(`round ${String(round)} of ${name}: ${took.toFixed(0)} ms for ${String(text.length)} characters`);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      if (round % 100 === 99) kept.push(await kilobytesInUse());
    }
    expect(slow).toEqual([]);
    expect(server.process.exitCode).toBeNull();
    // What is loaded once, and the memory of the grammar, are there after the first hundred rounds.
    const growth = (kept.at(-1) ?? 0) - (kept[0] ?? 0);
    expect(growth).toBeLessThan(kilobytesUnsure + kilobytesKept * rounds);
  }, 3_600_000);
});

async function kilobytesInUse(): Promise<number> {
  const answer = once(server.process, 'message');
  server.process.send('measure');
  const [kilobytes] = (await answer) as [number];
  return kilobytes;
}

/** What all threads of a process have used so far. Linux counts it in ticks, after the state and ten more fields. */
/** What the same work takes of the processor at the moment. */
function referenceMilliseconds(): number {
  const before = process.cpuUsage();
  let sum = 0;
  for (let i = 0; i < 30_000_000; i++) sum = (sum * 31 + i) | 0;
  const { user, system } = process.cpuUsage(before);
  return (user + system + (sum & 1)) / 1000;
}

function processorMilliseconds(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
