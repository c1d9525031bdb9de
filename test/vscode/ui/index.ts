// The entry that `runUiTests.mjs` calls with the page of a workbench in which the extension is installed.

import { afterEach } from 'mocha';
import { runMocha, type Outcome } from '../mochaRun';
import { editorSuite } from './editor';
import { runSuite } from './run';
import { tableSuite } from './table';
import { viewsSuite } from './views';
import { Workbench, type WorkbenchSession } from './workbench';

export async function runSuites(session: WorkbenchSession, report: (outcome: Outcome) => void): Promise<void> {
  const workbench = new Workbench(session);
  const suites = [editorSuite, viewsSuite, tableSuite, runSuite];
  const define = suites.map((suite) => () => {
    suite(workbench);
  });
  await runMocha(
    [
      () => {
        pictureFailures(workbench);
      },
      ...define,
    ],
    report,
  );
}

function pictureFailures(workbench: Workbench): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === 'failed') await workbench.screenshot(`failed-${test.fullTitle().replace(/\W+/g, '-')}`);
  });
}
