// Opening any parquet or CSV file, or a folder that Spark wrote, in the table editor.

import { Uri, commands, window, workspace } from 'vscode';
import { openTable as openTableEditor } from '../editors/tableEditor';
import { isS3Location, parseS3Location } from '../../../shared/s3/s3Location';
import { s3UriOf } from '../s3/s3Uri';
import { isS3Node, locationOf } from '../views/s3TreeNode';
import type { Services } from './services';

/** With the URI of a file or folder from the explorer or a row of the S3 view, otherwise the user chooses one. */
export async function openTable(_services: Services, argument: unknown): Promise<void> {
  const uri = tableUriOf(argument) ?? (await chooseTable('Open as Table'));
  if (uri !== undefined) await openTableUri(uri);
}

/** What a command was called with, where that is data: undefined otherwise. */
export function tableUriOf(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return argument;
  if (typeof argument === 'string' && isS3Location(argument)) return s3UriOf(parseS3Location(argument));
  const location = isS3Node(argument) ? locationOf(argument) : undefined;
  return location && s3UriOf(location);
}

export async function openTableAt(path: string): Promise<void> {
  await openTableUri(Uri.file(path));
}

async function openTableUri(uri: Uri): Promise<void> {
  // The table editor reads parquet and CSV; other text files are best looked at as text.
  if (/\.(json|txt)$/i.test(uri.path)) {
    await commands.executeCommand('vscode.open', uri);
    return;
  }
  await openTableEditor(uri);
}

export async function chooseTable(openLabel: string): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showOpenDialog({
    title: 'A parquet file, or a folder that Spark wrote',
    openLabel,
    canSelectFiles: true,
    canSelectFolders: true,
    ...(folder === undefined ? {} : { defaultUri: folder }),
    filters: { 'Parquet and CSV': ['parquet', 'csv'], 'All files': ['*'] },
  });
  return chosen?.[0];
}
