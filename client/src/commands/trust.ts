// Restricted mode: definitions are checked, nothing of the workspace is executed.

import { commands, window, workspace } from 'vscode';

/** True in a trusted workspace; otherwise says why not and offers the way to change it. */
export async function isTrusted(purpose: string): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const message = `Sparkform does not ${purpose} in a workspace that is not trusted, since that executes its code. Checking works.`;
  if ((await window.showWarningMessage(message, manage)) === manage) await commands.executeCommand('workbench.trust.manage');
  return workspace.isTrusted;
}
