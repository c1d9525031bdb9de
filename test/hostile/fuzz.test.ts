// Random edits of workspaces, as people make them, and every question an editor can ask behind them: nothing throws, every place
// lies in its text, what was reported before an edit is reported again when it is undone, and after many edits the answers are
// those of a service that was started with the texts as they are. A round is told by its seed alone: SPARKFORM_FUZZ_SEED
// with SPARKFORM_FUZZ_ROUNDS=1 repeats it.

import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Random } from '../support/mutations';
import { parserForTests } from '../support/python';
import { EditedService, figures } from './editedService';
import { HangGuard } from './hangGuard';
import { startingTexts } from './startingTexts';

const rounds = Number(process.env['SPARKFORM_FUZZ_ROUNDS'] ?? 20);
const seed = Number(process.env['SPARKFORM_FUZZ_SEED'] ?? 20_261);
const report = process.env['SPARKFORM_FUZZ_REPORT'];
const stepsPerRound = 12;
/** Enough to see what they have in common. */
const mostFailures = 30;

it(`${String(rounds)} rounds of random edits from seed ${String(seed)} keep every promise`, async () => {
  const python = await parserForTests();
  const guard = new HangGuard();
  const failures: string[] = [];
  try {
    for (let round = seed; round < seed + rounds && failures.length < mostFailures; round++) {
      guard.begin(round);
      const random = new Random(round * 7919);
      try {
        const service = await EditedService.open(python, startingTexts(random), random);
        for (let step = 0; step < stepsPerRound; step++) await service.step();
        await service.compareWithFresh();
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
}, 86_400_000);
