// Which workspace folder something belongs to: each folder is a project of its own, and keeps its own runs.

import { Uri, workspace } from 'vscode';

/** The path of the folder that holds a document. */
export function folderPathOf({ uri }: { readonly uri: string }): string | undefined {
  return workspace.getWorkspaceFolder(Uri.parse(uri))?.uri.fsPath;
}

export function hasSeveralFolders(): boolean {
  return (workspace.workspaceFolders ?? []).length > 1;
}

/** The name of a document's folder, where there is more than one to tell apart. */
export function folderNameOf(uri: Uri): string | undefined {
  return hasSeveralFolders() ? workspace.getWorkspaceFolder(uri)?.name : undefined;
}
