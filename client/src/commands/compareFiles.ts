// Comparing two tables that are chosen as files are: from the explorer, the active table editor, or a dialog.

import { TabInputCustom, Uri, commands, window, workspace } from 'vscode';
import type { ComparedTable } from '../editors/compareMarkdown';
import { isTableEditor } from '../editors/tableEditor';
import { compareTables } from './compareTables';
import { chooseTable } from './openTable';
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
  window.setStatusBarMessage(`$(table) ${workspace.asRelativePath(uri)} is selected for compare`, messageTime);
}

export async function compareWithSelectedTable(services: Services, argument: unknown): Promise<void> {
  if (selected === undefined) throw new Error('No table is selected for a comparison yet.');
  const uri = await tableOf(argument, 'Compare');
  if (uri !== undefined) await compareUris(services, selected, uri);
}

/** With the row that was clicked, and all that are selected. */
export async function compareSelectedTables(services: Services, _clicked: unknown, all: unknown): Promise<void> {
  const [before, after, ...others] = Array.isArray(all) ? all.filter((one) => one instanceof Uri) : [];
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error('Select two tables in the explorer to compare them.');
  await compareUris(services, before, after);
}

/** Two of the dated runs of one folder. */
export async function compareDatedRuns(services: Services, argument: unknown): Promise<void> {
  const uri = await tableOf(argument, 'Compare Its Runs');
  if (uri !== undefined) await compareUris(services, uri, uri);
}

async function compareUris(services: Services, before: Uri, after: Uri): Promise<void> {
  const tables = [before, after].map(comparedFile);
  const [first, second] = tables;
  if (first === undefined || second === undefined) return;
  const name = first.location === second.location ? `runs of ${first.name}` : `${first.name} with ${second.name}`;
  await compareTables(services, { name, before: first, after: second, target: second.location });
}

function comparedFile(uri: Uri): ComparedTable {
  if (uri.scheme !== 'file') throw new Error(`Only tables on this machine can be compared; “${uri.toString()}” is elsewhere.`);
  return { name: workspace.asRelativePath(uri), location: uri.fsPath, started: undefined, took: undefined };
}

async function tableOf(argument: unknown, openLabel: string): Promise<Uri | undefined> {
  if (argument instanceof Uri) return argument;
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputCustom && isTableEditor(input.viewType)) return input.uri;
  return chooseTable(openLabel);
}
