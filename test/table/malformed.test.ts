// Damaged files through the reading process as it is shipped: whatever the bytes, there is an answer or a problem with a
// reason within the time limit, and the next table opens. The mutations are the same in every run.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemKinds, TableProblem } from '../../shared/table/tableProblem';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';

const tables = join(import.meta.dirname, '..', 'tables');
const seeds = ['scalars-snappy', 'scalars-gzip', 'scalars-zstd', 'scalars-lz4raw', 'scalars-v2', 'nested', 'nested-v2', 'timestamps-int96'];
const mutationsPerSeed = 60;
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

/** Marsaglia's xorshift: the same numbers everywhere. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const footer = new DataView(copy.buffer).getUint32(copy.length - 8, true);
  const footerStart = copy.length - 8 - footer;
  switch (random(5)) {
    case 0: // any byte
      for (let flips = 1 + random(4); flips > 0; flips--) copy[random(copy.length)] = random(256);
      return copy;
    case 1: // a byte of the footer, where counts and offsets are
      for (let flips = 1 + random(2); flips > 0; flips--) copy[footerStart + random(footer)] = random(256);
      return copy;
    case 2: // a byte of the data: page headers, levels, values
      for (let flips = 1 + random(4); flips > 0; flips--) copy[4 + random(footerStart - 4)] = random(256);
      return copy;
    case 3: // a run of large numbers, as a lying count is written
      copy.fill(0xff, 4 + random(footerStart - 4)).copyWithin(copy.length - 8, copy.length - 8);
      copy.set(bytes.subarray(footerStart), footerStart);
      return copy;
    default: // cut short, with the end kept
      return Uint8Array.from([...copy.subarray(0, random(footerStart)), ...copy.subarray(footerStart + random(8))]);
  }
}

describe('damaged files', () => {
  it.each(seeds)(
    '%s',
    async (name) => {
      const original = readFileSync(join(tables, `${name}.parquet`));
      const random = randomNumbers(1 + seeds.indexOf(name) * 7919);
      const path = join(scratch, `${name}.parquet`);
      const outcomes = new Map<string, number>();
      for (let count = 0; count < mutationsPerSeed; count++) {
        writeFileSync(path, mutate(original, random));
        const outcome = await outcomeOf(path);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      expect(outcomes.get('malformed')).toBeGreaterThan(5);
      // The reader is alive and well after all that.
      expect(await outcomeOf(join(tables, `${name}.parquet`))).toBe('answered');
    },
    60_000,
  );
});
