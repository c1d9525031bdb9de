// Preparing the local Spark ahead of the first run, and stopping the session that stays warm between runs.

import { ProgressLocation, window } from 'vscode';
import type { Services } from './services';
import { isTrusted } from './trust';

export async function setUpLocalSpark({ runs }: Services): Promise<void> {
  if (!(await isTrusted('set up the local Spark'))) return;
  const options = { location: ProgressLocation.Notification, cancellable: true, title: 'Setting up the local Spark' };
  const outcome = await window.withProgress(options, (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    return runs.prepare((message) => {
      progress.report({ message });
    }, stop.signal);
  });
  if (outcome.kind === 'ready') void window.showInformationMessage(`The local Spark is ready. ${outcome.description}`);
  else if (outcome.kind === 'failed') {
    const log = 'Show Log';
    if ((await window.showErrorMessage(outcome.message, log)) === log) runs.showLog();
  }
}

export async function stopLocalSpark({ runs }: Services): Promise<void> {
  await runs.stopSpark();
}
