// The entries that `runUiTests.mjs` calls with the page of a workbench in which the extension is installed.

import { afterEach } from 'mocha';
import { runMocha, type Outcome } from '../mochaRun';
import { editorSuite } from './editor';
import { restrictedSuite } from './restricted';
import { runSuite } from './run';
import { tableSuite } from './table';
import { viewsSuite } from './views';
import { Workbench, type WorkbenchSession } from './workbench';

type Suite = (workbench: Workbench) => void;
type Report = (outcome: Outcome) => void;

/** In a folder that the user trusts. */
export async function runSuites(session: WorkbenchSession, report: Report): Promise<void> {
  await runIn(session, [editorSuite, viewsSuite, tableSuite, runSuite], report);
}

/** In restricted mode. */
export async function runRestrictedSuites(session: WorkbenchSession, report: Report): Promise<void> {
  await runIn(session, [restrictedSuite], report);
}

async function runIn(session: WorkbenchSession, suites: readonly Suite[], report: Report): Promise<void> {
  const workbench = new Workbench(session);
  const define = [pictureFailures, ...suites].map((suite) => () => {
    suite(workbench);
  });
  await runMocha(define, report);
}

function pictureFailures(workbench: Workbench): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === 'failed') await workbench.screenshot(`failed-${test.fullTitle().replace(/\W+/g, '-')}`);
  });
}
