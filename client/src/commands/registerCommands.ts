// Which handler answers which command. A handler that fails tells the user once, here, with its cause.

import { commands, window, Disposable } from 'vscode';
import { copyResourceId, openDefinition, showDependents } from './browseResources';
import { commandIds, type CommandId } from './commandIds';
import { compareDatedRuns, compareSelectedTables, compareWithSelectedTable, selectTableForCompare } from './compareFiles';
import { compareResults, compareWithRunBefore } from './compareRuns';
import { createExample, openWalkthrough } from './createExample';
import { clearResourceFilter, filterResources } from './filterResources';
import { openRunFailure, openRunResult, preview, showRunLog } from './openResults';
import { formatSql } from './formatSql';
import { openTable } from './openTable';
import { cancelRun, rerun, runResource } from './runResource';
import { restartServer, showOutput } from './serverCommands';
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
