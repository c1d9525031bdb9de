// Formats the SQL of the active document, which the language server offers as an action.

import { commands } from 'vscode';

export async function formatSql(): Promise<void> {
  await commands.executeCommand('editor.action.sourceAction', { kind: 'source.formatSql', apply: 'first' });
}
