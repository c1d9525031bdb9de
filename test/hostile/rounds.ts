// Rounds of random work, each told by its seed alone: how many and from which seed the environment says (docs/testing.md).

import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Random } from '../support/mutations';
import { HangGuard } from './hangGuard';

export const rounds = Number(process.env['SPARKFORM_FUZZ_ROUNDS'] ?? 20);
export const seed = Number(process.env['SPARKFORM_FUZZ_SEED'] ?? 20_261);
const report = process.env['SPARKFORM_FUZZ_REPORT'];
/** Enough to see what they have in common. */
const mostFailures = 30;

/** A test's own time limit must not end a long run. */
export const roundsTimeout = 86_400_000;

/** Expects that every round ends without an error. `figures` is what they count. */
export async function expectSoundRounds(figures: object, play: (random: Random) => Promise<void>): Promise<void> {
  const guard = new HangGuard();
  const failures: string[] = [];
  try {
    for (let round = seed; round < seed + rounds && failures.length < mostFailures; round++) {
      guard.begin(round);
      try {
        await play(new Random(round * 7919));
      } catch (error) {
        failures.push(`seed ${String(round)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
      // After every round, so that a long run can be looked at, and ended.
      const done = { seed, rounds: round + 1 - seed, ...figures, failures };
      if (report !== undefined) writeFileSync(report, `${JSON.stringify(done, undefined, 2)}\n`);
    }
  } finally {
    await guard.end();
  }
  expect(failures).toEqual([]);
}
