// Files that a test writes into the workspace for itself, and that nobody knows of afterwards.

import { commands, Position, Range, type TextDocument, window, workspace, WorkspaceEdit } from 'vscode';
import { activate, fileUri, open, until } from './extensionUnderTest';

/** No two have the same name: the editor keeps the text of a file for some time after it was closed. */
let files = 0;

/** Works on a new file, open in the editor; afterwards every change is undone, and nothing that it defined is defined. */
export async function withFile(text: string, work: (document: TextDocument) => Promise<void>, extension = 'py'): Promise<void> {
  const { resources } = await activate();
  const name = `scratch${++files}.${extension}`;
  const uri = fileUri(name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await open(name);
  try {
    await work(document);
  } finally {
    await empty(document);
    await undoAll();
    await workspace.fs.delete(uri);
    await until(resources.onDidChange, () => {
      const listed = resources.groups.flatMap((group) => group.resources);
      return listed.some((one) => one.uri.endsWith(`/${name}`)) ? undefined : true;
    });
  }
}

/** What is open counts, also without a file. */
async function empty(document: TextDocument): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.delete(document.uri, new Range(new Position(0, 0), document.positionAt(document.getText().length)));
  await workspace.applyEdit(edit);
  await document.save();
}

/** Every document is as it is on the disk, and none is shown. */
async function undoAll(): Promise<void> {
  for (const document of workspace.textDocuments) {
    if (!document.isDirty) continue;
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}
