// Formats the SQL of the active document, or that of the definitions that its selection touches. The language server offers both as
// actions.

import { commands, window } from 'vscode';

export async function formatSql(): Promise<void> {
  if (window.activeTextEditor?.selection.isEmpty === false) {
    await commands.executeCommand('editor.action.codeAction', { kind: 'refactor.rewrite.formatSql', apply: 'first' });
  } else await commands.executeCommand('editor.action.sourceAction', { kind: 'source.formatSql', apply: 'first' });
}
