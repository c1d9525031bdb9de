// Which handler answers which command. A handler that fails tells the user once, here, with its cause.

import { commands, window, Disposable } from 'vscode';
import { chooseAwsProfile, signInToAws } from './awsProfile';
import { copyResourceId, openDefinition, showDependents } from './browseResources';
import { copyS3Path, loadMoreS3, refreshS3, refreshS3Folder, removeS3Location } from './browseS3';
import { commandIds, type CommandId } from './commandIds';
import { compareDatedRuns, compareSelectedTables, compareWithSelectedTable, selectTableForCompare } from './compareFiles';
import { compareResults, compareWithRunBefore } from './compareRuns';
import { createExample, openWalkthrough } from './createExample';
import { downloadS3 } from './downloadS3';
import { clearResourceFilter, filterResources } from './filterResources';
import { openRunFailure, openRunResult, showRunLog } from './openResults';
import { formatSql } from './formatSql';
import { openS3Location } from './openS3Location';
import { openTable } from './openTable';
import { preview } from './previewOutput';
import { cancelRun, rerun, runResource } from './runResource';
import { restartServer, showOutput } from './serverCommands';
import { showLineage } from './showLineage';
import type { CommandHandler, Services } from './services';
import { setUpLocalSpark, stopLocalSpark } from './setUpLocalSpark';

export function registerCommands(services: Services): Disposable {
  return Disposable.from(
    ...commandIds.map((id) =>
      commands.registerCommand(id, async (...args: readonly unknown[]) => {
        try {
          await handlers[id](services, ...args);
        } catch (error) {
          void window.showErrorMessage(error instanceof Error ? error.message : String(error));
        }
      }),
    ),
  );
}

const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'sparkform.run': runResource,
  'sparkform.preview': preview,
  'sparkform.showDependents': showDependents,
  'sparkform.showLineage': showLineage,
  'sparkform.openDefinition': openDefinition,
  'sparkform.copyResourceId': copyResourceId,
  'sparkform.filterResources': filterResources,
  'sparkform.clearResourceFilter': clearResourceFilter,
  'sparkform.openTable': openTable,
  'sparkform.openRunResult': openRunResult,
  'sparkform.openRunFailure': openRunFailure,
  'sparkform.compareWithRunBefore': compareWithRunBefore,
  'sparkform.compareResults': compareResults,
  'sparkform.compareSelectedTables': compareSelectedTables,
  'sparkform.selectTableForCompare': selectTableForCompare,
  'sparkform.compareWithSelectedTable': compareWithSelectedTable,
  'sparkform.compareDatedRuns': compareDatedRuns,
  'sparkform.openS3Location': openS3Location,
  'sparkform.refreshS3': refreshS3,
  'sparkform.refreshS3Folder': refreshS3Folder,
  'sparkform.loadMoreS3': loadMoreS3,
  'sparkform.copyS3Path': copyS3Path,
  'sparkform.downloadS3': downloadS3,
  'sparkform.removeS3Location': removeS3Location,
  'sparkform.chooseAwsProfile': chooseAwsProfile,
  'sparkform.signInToAws': signInToAws,
  'sparkform.showRunLog': showRunLog,
  'sparkform.cancelRun': cancelRun,
  'sparkform.rerun': rerun,
  'sparkform.setUpLocalSpark': setUpLocalSpark,
  'sparkform.stopLocalSpark': stopLocalSpark,
  'sparkform.createExample': createExample,
  'sparkform.openWalkthrough': openWalkthrough,
  'sparkform.formatSql': formatSql,
  'sparkform.restartServer': restartServer,
  'sparkform.showOutput': showOutput,
};
