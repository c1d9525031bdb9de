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
    const prepared = runs.prepare((message) => {
      progress.report({ message });
    }, stop.signal);
    return prepared.catch((error: unknown) => {
      if (stop.signal.aborted) return 'cancelled' as const;
      throw error;
    });
  });
  if (outcome === undefined) void window.showInformationMessage('The local Spark is ready.');
  else if (outcome !== 'cancelled') void window.showErrorMessage(outcome.message);
}

export async function stopLocalSpark({ runs }: Services): Promise<void> {
  await runs.stopSpark();
}
