// The entry that `runUiTests.mjs` calls with the page of a workbench in which the extension is installed.

import { afterEach } from 'mocha';
import { runMocha, type Outcome } from '../mochaRun';
import { compareSuite } from './compare';
import { driftSuite } from './drift';
import { editorSuite } from './editor';
import { emptySuite } from './empty';
import { foldersSuite } from './folders';
import { lineageSuite } from './lineage';
import { restrictedSuite } from './restricted';
import { runSuite } from './run';
import { s3Suite } from './s3';
import { serverSuite } from './server';
import { tableSuite } from './table';
import { viewsSuite } from './views';
import { Workbench, type WorkbenchSession } from './workbench';

type Suite = (workbench: Workbench) => void;
type Report = (outcome: Outcome) => void;

/** By what is open: a folder that the user trusts, one in restricted mode, several folders, one with data in S3, an empty one. */
const suites: Readonly<Record<string, readonly Suite[]>> = {
  trusted: [editorSuite, viewsSuite, lineageSuite, serverSuite, tableSuite, compareSuite, driftSuite, runSuite],
  restricted: [restrictedSuite],
  folders: [foldersSuite],
  s3: [s3Suite],
  empty: [emptySuite],
};

export async function runSuites(name: string, session: WorkbenchSession, report: Report): Promise<void> {
  const workbench = new Workbench(session);
  const define = [pictureFailures, ...(suites[name] ?? [])].map((suite) => () => {
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
