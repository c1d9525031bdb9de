// For a folder without definitions: a small example that can be checked and run at once, and the walkthrough.

import { FileSystemError, Uri, commands, window, workspace, type WorkspaceFolder } from 'vscode';
import type { Services } from './services';

/** Below `media/example/`, copied as they are; the first is opened. */
const exampleFiles = ['definitions.py', 'sparkform.json', 'data/rides.csv'];

export async function createExample({ context }: Services): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const targets = exampleFiles.map((file) => ({
    from: Uri.joinPath(context.extensionUri, 'media/example', file),
    to: Uri.joinPath(folder.uri, file),
  }));
  for (const { to } of targets) {
    if (await exists(to)) throw new Error(`“${workspace.asRelativePath(to)}” exists already, so the example was not created.`);
  }
  for (const { from, to } of targets) await workspace.fs.copy(from, to);
  const [definitions] = targets;
  if (definitions !== undefined) await window.showTextDocument(definitions.to, { preview: false });
}

export async function openWalkthrough({ context }: Services): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#sparkform.start`, false);
}

async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    await commands.executeCommand('vscode.openFolder');
    return undefined;
  }
  return folders.length === 1 ? folders[0] : window.showWorkspaceFolderPick({ placeHolder: 'Create the example in…' });
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}
