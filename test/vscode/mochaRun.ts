// Runs suites with mocha and hands over what became of each test as soon as it is known.

import Mocha from 'mocha';

export interface Outcome {
  readonly title: string;
  readonly passed: boolean;
  readonly milliseconds: number;
  readonly error?: string;
}

/** `suites` define their tests with mocha's `describe` and `it`. Resolves with the number of failures. */
export async function runMocha(suites: readonly (() => void)[], report: (outcome: Outcome) => void): Promise<number> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 240_000, forbidOnly: true, forbidPending: true, reporter: SilentReporter });
  // What mocha does before it loads a file: from here on `describe` and `it` belong to this run.
  mocha.suite.emit('pre-require', {}, '', mocha);
  for (const define of suites) define();
  return new Promise((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => {
      report({ title: test.fullTitle(), passed: true, milliseconds: test.duration ?? 0 });
    });
    runner.on('fail', (test, error: Error) => {
      report({ title: test.fullTitle(), passed: false, milliseconds: test.duration ?? 0, error: error.stack ?? error.message });
    });
  });
}

/** Whoever started the run prints. */
class SilentReporter extends Mocha.reporters.Base {
  override epilogue(): void {
    return;
  }
}
