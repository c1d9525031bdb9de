// The entry that `runUiTests.mjs` calls with the page of a workbench in which the extension is installed.

import { runMocha, type Outcome } from '../mochaRun';
import { editorSuite } from './editor';
import { runSuite } from './run';
import { tableSuite } from './table';
import { viewsSuite } from './views';
import { Workbench, type WorkbenchSession } from './workbench';

export async function runSuites(session: WorkbenchSession, report: (outcome: Outcome) => void): Promise<void> {
  const workbench = new Workbench(session);
  const suites = [editorSuite, viewsSuite, tableSuite, runSuite];
  const screenshots: Promise<unknown>[] = [];
  await runMocha(
    suites.map((suite) => () => {
      suite(workbench);
    }),
    (outcome) => {
      report(outcome);
      if (!outcome.passed) screenshots.push(workbench.screenshot(`failed-${outcome.title.replace(/\W+/g, '-')}`));
    },
  );
  await Promise.all(screenshots);
}
