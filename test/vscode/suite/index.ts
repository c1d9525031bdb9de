// The entry that the extension host calls. Outcomes go to a file, one JSON object a line, as soon as they are known; without
// one (in the desktop editor) they are printed.

import { appendFileSync } from 'node:fs';
import { runMocha, type Outcome } from '../mochaRun';
import { activationSuite } from './activation';
import { changesSuite } from './changes';
import { compareSuite } from './compare';
import { completionSuite } from './completion';
import { diagnosticsSuite } from './diagnostics';
import { diskSuite } from './disk';
import { driftSuite } from './drift';
import { languageSuite } from './language';
import { lineageSuite } from './lineage';
import { navigationSuite } from './navigation';
import { notebooksSuite } from './notebooks';
import { queriesSuite } from './queries';
import { resourcesSuite } from './resources';
import { runFeedbackSuite } from './runFeedback';
import { runsSuite } from './runs';
import { s3Suite } from './s3';
import { sqlFunctionsSuite } from './sqlFunctions';
import { structureSuite } from './structure';
import { tablesSuite } from './tables';

const suites = [
  activationSuite,
  diagnosticsSuite,
  languageSuite,
  navigationSuite,
  sqlFunctionsSuite,
  resourcesSuite,
  lineageSuite,
  diskSuite,
  tablesSuite,
  driftSuite,
  runsSuite,
  runFeedbackSuite,
  compareSuite,
  s3Suite,
  queriesSuite,
  completionSuite,
  changesSuite,
  notebooksSuite,
  // Its documents without a file define what other suites would list.
  structureSuite,
];

export async function run(): Promise<void> {
  const failures = await runMocha(suites, report);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function report(outcome: Outcome): void {
  const file = process.env['SPARKFORM_TEST_OUTCOMES'];
  if (file === undefined)
    console.log(`${outcome.passed ? 'passed' : 'failed'}: ${outcome.title}${outcome.error ? `\n${outcome.error}` : ''}`);
  else appendFileSync(file, `${JSON.stringify(outcome)}\n`);
}
