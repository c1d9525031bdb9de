// The output channel of local runs: what happens to each, what Spark and the user's functions print, and why a run failed.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { window, type Disposable } from 'vscode';
import type { JobEvent } from '../../../shared/run/jobEvents';
import type { RunView } from './runView';

export class RunLog implements Disposable {
  readonly #channel = window.createOutputChannel('Sparkform Runs', 'log');

  begin({ target, started }: RunView): void {
    this.#channel.appendLine(`--- ${target}, ${started.toLocaleString()}`);
  }

  write(event: JobEvent): void {
    for (const line of linesOf(event)) this.#channel.appendLine(line);
  }

  show(): void {
    this.#channel.show(true);
  }

  /** Writes the events that an earlier run left in its folder. */
  async replay(run: RunView): Promise<void> {
    this.begin(run);
    const text = run.folder === undefined ? '' : await readFile(join(run.folder, 'events.jsonl'), 'utf8').catch(() => '');
    if (text === '') this.#channel.appendLine('This run left no log.');
    for (const line of text.split('\n')) {
      const event = parseEvent(line);
      if (event !== undefined) this.write(event);
    }
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

function linesOf(event: JobEvent): readonly string[] {
  switch (event.event) {
    case 'preparing':
      return [`${event.message}…`];
    case 'sessionReady':
      return [`Spark ${event.sparkVersion} on Python ${event.pythonVersion}`];
    case 'stepStarted':
      return [`${event.id}: step ${event.index + 1} of ${event.of}`];
    case 'stepFinished':
      return [
        [
          `${event.id}: ${event.state} after ${event.seconds.toFixed(1)} s`,
          ...(event.rows === undefined ? [] : [`${event.rows.toLocaleString()} rows`]),
          ...(event.location === undefined ? [] : [event.location]),
        ].join(', '),
      ];
    case 'log':
      return [event.text.trimEnd()];
    case 'finished': {
      const { error } = event;
      const failure = error === undefined ? [] : [`${error.errorClass}: ${error.message}`, ...(error.detail?.trimEnd().split('\n') ?? [])];
      return [...failure, `${event.state} after ${event.seconds.toFixed(1)} s`, ''];
    }
    case 'state':
    case 'runStarted':
    case 'stepProgress':
      return [];
  }
}

/** A line of a log that only `linesOf` reads: whatever else it holds is left out. */
function parseEvent(line: string): JobEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value ? (value as JobEvent) : undefined;
  } catch {
    return undefined;
  }
}
