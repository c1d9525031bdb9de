// Comparing two tables that are chosen as files are: from the explorer, the active table editor, or a dialog.

import { type Uri, commands, window, workspace } from 'vscode';
import { formatS3Location } from '../../../shared/s3/s3Location';
import type { ComparedTable } from '../editors/compareMarkdown';
import { tableName } from '../s3/outputFolders';
import { s3LocationOf } from '../s3/s3Uri';
import { compareTables } from './compareTables';
import { chooseTable, tableUriOf } from './openTable';
import { activeTable } from './s3Targets';
import type { Services } from './services';

/** As with VS Code's own comparison of files, until the window closes. */
let selected: Uri | undefined;

/** How long the status bar says what was selected. */
const messageTime = 10_000;

export async function selectTableForCompare(_services: Services, argument: unknown): Promise<void> {
  const uri = await tableOf(argument, 'Select for Compare');
  if (uri === undefined) return;
  selected = uri;
  await commands.executeCommand('setContext', 'sparkform.tableSelectedForCompare', true);
  window.setStatusBarMessage(`$(table) ${comparedTable(uri).name} is selected for compare`, messageTime);
}

export async function compareWithSelectedTable(services: Services, argument: unknown): Promise<void> {
  if (selected === undefined) throw new Error('No table is selected for a comparison yet.');
  const uri = await tableOf(argument, 'Compare');
  if (uri !== undefined) await compareUris(services, selected, uri);
}

/** With the row that was clicked, and all that are selected. */
export async function compareSelectedTables(services: Services, _clicked: unknown, all: unknown): Promise<void> {
  const [before, after, ...others] = Array.isArray(all) ? all.flatMap((one) => tableUriOf(one) ?? []) : [];
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error('Select two tables in the explorer or in the S3 view to compare them.');
  await compareUris(services, before, after);
}

/** Two of the dated runs of one folder. */
export async function compareDatedRuns(services: Services, argument: unknown): Promise<void> {
  const uri = await tableOf(argument, 'Compare Its Runs');
  if (uri !== undefined) await compareUris(services, uri, uri);
}

async function compareUris(services: Services, before: Uri, after: Uri): Promise<void> {
  const tables = [before, after].map(comparedTable);
  const [first, second] = tables;
  if (first === undefined || second === undefined) return;
  const name = first.location === second.location ? `runs of ${first.name}` : `${first.name} with ${second.name}`;
  await compareTables(services, { name, before: first, after: second, target: second.location });
}

function comparedTable(uri: Uri): ComparedTable {
  const remote = s3LocationOf(uri);
  if (remote !== undefined) {
    const location = formatS3Location(remote);
    return { name: tableName(remote), location, started: undefined, took: undefined };
  }
  if (uri.scheme !== 'file') throw new Error(`Only tables on this machine and in S3 can be compared; “${uri.toString()}” is elsewhere.`);
  return { name: workspace.asRelativePath(uri), location: uri.fsPath, started: undefined, took: undefined };
}

async function tableOf(argument: unknown, openLabel: string): Promise<Uri | undefined> {
  return tableUriOf(argument) ?? activeTable() ?? chooseTable(openLabel);
}
