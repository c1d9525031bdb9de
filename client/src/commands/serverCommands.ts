// The language server as the user meets it: restarting it, its output, and the one message when it stays down.

import { window, type Disposable } from 'vscode';
import type { LanguageServer } from '../languageClient';
import type { Services } from './services';

export async function restartServer({ server }: Services): Promise<void> {
  await server.restart();
}

export async function showOutput({ server, runs }: Services): Promise<void> {
  if (runs.hasActive) await runs.showLog();
  else server.showOutput();
}

/** Says once that the server is down for good, and offers what can be done. */
export function reportServerStops(server: LanguageServer): Disposable {
  return server.onDidChangeState(async (state) => {
    if (state.kind !== 'stopped' || state.reason === undefined) return;
    const restart = 'Restart';
    const output = 'Show Output';
    const message = `The Sparkform language server is not running: definitions are not checked. ${state.reason}`;
    const answer = await window.showErrorMessage(message, restart, output);
    if (answer === restart) await server.restart();
    else if (answer === output) server.showOutput();
  });
}
