// Every command of the extension, in the order of `package.json`. The compiler asks for a handler of each, and a test
// compares the list with the manifest.

import { commandIds as lensCommands } from '../../../shared/protocol/requests';

export const commandIds = [
  lensCommands.run,
  lensCommands.preview,
  lensCommands.showDependents,
  'sparkform.showLineage',
  'sparkform.openDefinition',
  'sparkform.copyResourceId',
  'sparkform.filterResources',
  'sparkform.clearResourceFilter',
  'sparkform.openTable',
  'sparkform.openRunResult',
  'sparkform.openRunFailure',
  'sparkform.compareWithRunBefore',
  'sparkform.compareResults',
  'sparkform.compareSelectedTables',
  'sparkform.selectTableForCompare',
  'sparkform.compareWithSelectedTable',
  'sparkform.compareDatedRuns',
  'sparkform.openS3Location',
  'sparkform.refreshS3',
  'sparkform.refreshS3Folder',
  'sparkform.loadMoreS3',
  'sparkform.copyS3Path',
  'sparkform.downloadS3',
  'sparkform.removeS3Location',
  'sparkform.chooseAwsProfile',
  'sparkform.signInToAws',
  'sparkform.showRunLog',
  'sparkform.cancelRun',
  'sparkform.rerun',
  'sparkform.setUpLocalSpark',
  'sparkform.stopLocalSpark',
  'sparkform.createExample',
  'sparkform.openWalkthrough',
  'sparkform.formatSql',
  'sparkform.restartServer',
  'sparkform.showOutput',
] as const;

export type CommandId = (typeof commandIds)[number];
