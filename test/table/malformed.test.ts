// Damaged files through the reading process as it is shipped: whatever the bytes, there is an answer or a problem with a
// reason within the time limit, the next table opens, and nothing of it stays in memory. The mutations are the same in every
// run; SPARKFORM_MUTATIONS asks for more of them, SPARKFORM_SEED for others.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemKinds, TableProblem } from '../../shared/table/tableProblem';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';
import { randomNumbers } from './randomNumbers';

const tables = join(import.meta.dirname, '..', 'tables');
const files = [
  'scalars-snappy',
  'scalars-gzip',
  'scalars-zstd',
  'scalars-lz4raw',
  'scalars-v2',
  'nested',
  'nested-v2',
  'timestamps-int96',
  'decimals-legacy-format',
  'moments',
];
const mutationsPerFile = Math.ceil(Number(process.env['SPARKFORM_MUTATIONS'] ?? 480) / files.length);
const seed = Number(process.env['SPARKFORM_SEED'] ?? 1);
/** What a damaged file may leave behind in this process, and what the measure may be wrong by. */
const kilobytesKept = 2;
const kilobytesUnsure = 4_000;
const timeout = 2000;

let scratch: string;
let client: TableReaderClient;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-malformed-'));
  client = new TableReaderClient({ script: builtFile('tableReader.js'), timeout, memory: 256 });
});
afterAll(() => {
  client.dispose();
  rmSync(scratch, { recursive: true });
});

/** What happened: `answered`, or the kind of the problem. Anything but a TableProblem fails the test. */
async function outcomeOf(path: string): Promise<string> {
  try {
    const table = await client.open(path);
    await table.texts(0, 50, undefined, 200);
    return 'answered';
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    expect(problemKinds).toContain(error.kind);
    expect(error.message.length).toBeGreaterThan(20);
    return error.kind;
  }
}

interface Damage {
  readonly bytes: Uint8Array;
  /** The footer does not say any more what it said: there must be no table. */
  readonly isFatal: boolean;
}

function damage(bytes: Uint8Array, random: (below: number) => number): Damage {
  const copy = Uint8Array.from(bytes);
  const view = new DataView(copy.buffer);
  const footer = view.getUint32(copy.length - 8, true);
  const footerStart = copy.length - 8 - footer;
  const curable = (damaged: Uint8Array): Damage => ({ bytes: damaged, isFatal: false });
  const fatal = (damaged: Uint8Array): Damage => ({ bytes: damaged, isFatal: true });
  switch (random(9)) {
    case 0: // any byte
      for (let flips = 1 + random(4); flips > 0; flips--) copy[random(copy.length)] = random(256);
      return curable(copy);
    case 1: // a byte of the footer, where counts and offsets are
      for (let flips = 1 + random(2); flips > 0; flips--) copy[footerStart + random(footer)] = random(256);
      return curable(copy);
    case 2: // a byte of the data: page headers, levels, values
      for (let flips = 1 + random(4); flips > 0; flips--) copy[4 + random(footerStart - 4)] = random(256);
      return curable(copy);
    case 3: // a run of large numbers, as a lying count is written
      copy.fill(0xff, 4 + random(footerStart - 4)).copyWithin(copy.length - 8, copy.length - 8);
      copy.set(bytes.subarray(footerStart), footerStart);
      return curable(copy);
    case 4: // cut short, with the end kept
      return curable(spliced(copy, random(footerStart), footerStart + random(8)));
    case 5: {
      // a part of the data twice
      const from = 4 + random(footerStart - 4);
      return curable(spliced(copy, footerStart, from));
    }
    case 6: // the end is missing
      return fatal(copy.subarray(0, copy.length - 1 - random(copy.length - 1)));
    case 7: // the footer is said to be longer or shorter than it is
      view.setUint32(copy.length - 8, Math.max(0, footer + (random(2) === 0 ? 1 + random(4 * footer) : -1 - random(footer))), true);
      return fatal(copy);
    default: {
      // a part of the footer is missing
      const from = footerStart + random(footer - 1);
      return fatal(spliced(copy, from, from + 1 + random(copy.length - 8 - from)));
    }
  }
}

/** The bytes before `end`, and those from `start` on. */
function spliced(bytes: Uint8Array, end: number, start: number): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, end), ...bytes.subarray(start)]);
}

/** What this process holds behind a collection of garbage. */
function kilobytesInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024;
}

describe('damaged files', () => {
  it.each(files)(
    '%s',
    async (name) => {
      const original = readFileSync(join(tables, `${name}.parquet`));
      const random = randomNumbers(seed + files.indexOf(name) * 7919);
      const path = join(scratch, `${name}.parquet`);
      const outcomes = new Map<string, number>();
      const wrong: string[] = [];
      await outcomeOf(join(tables, `${name}.parquet`));
      const before = kilobytesInUse();
      for (let count = 0; count < mutationsPerFile; count++) {
        const { bytes, isFatal } = damage(original, random);
        writeFileSync(path, bytes);
        const outcome = await outcomeOf(path);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (isFatal && outcome === 'answered') wrong.push(`mutation ${String(count)}`);
      }
      expect(wrong).toEqual([]);
      expect(outcomes.get('malformed')).toBeGreaterThan(5);
      expect(kilobytesInUse() - before).toBeLessThan(kilobytesUnsure + kilobytesKept * mutationsPerFile);
      // The reader is alive and well after all that.
      expect(await outcomeOf(join(tables, `${name}.parquet`))).toBe('answered');
    },
    3_600_000,
  );
});
