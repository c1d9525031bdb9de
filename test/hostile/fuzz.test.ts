// Random edits of workspaces, as people make them, and every question an editor can ask behind them: nothing throws, every place
// lies in its text, what was reported before an edit is reported again when it is undone, and after many edits the answers are
// those of a service that was started with the texts as they are. A round is told by its seed alone: SPARKFORM_FUZZ_SEED
// with SPARKFORM_FUZZ_ROUNDS=1 repeats it.

import { it } from 'vitest';
import { parserForTests } from '../support/python';
import { EditedService, figures } from './editedService';
import { expectSoundRounds, rounds, roundsTimeout, seed } from './rounds';
import { startingTexts } from './startingTexts';

const stepsPerRound = 12;

it(
  `${String(rounds)} rounds of random edits from seed ${String(seed)} keep every promise`,
  async () => {
    const python = await parserForTests();
    await expectSoundRounds(figures, async (random) => {
      const service = await EditedService.open(python, startingTexts(random), random);
      for (let step = 0; step < stepsPerRound; step++) await service.step();
      await service.compareWithFresh();
    });
  },
  roundsTimeout,
);
