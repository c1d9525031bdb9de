// Comparing two tables: asks what tells their rows apart, compares with progress and Cancel, and shows what differs.

import { join } from 'node:path';
import { ProgressLocation, window } from 'vscode';
import { TableReaderClient, type OpenedTable } from '../../../shared/tableReader/tableReaderClient';
import { comparisonMarkdown, type ComparedTable } from '../editors/compareMarkdown';
import { pickRuns, type PickedRun } from './compareDatedRuns';
import { pickKey } from './compareKey';
import type { Services } from './services';

export interface TablePair {
  /** What both tables are of, in a word or two. */
  readonly name: string;
  readonly before: ComparedTable;
  readonly after: ComparedTable;
  /** Under which the key is remembered. */
  readonly target: string;
}

export async function compareTables({ context, comparisons, s3 }: Services, pair: TablePair): Promise<void> {
  const { name, before, after, target } = pair;
  // A process of its own: it may need much memory, which is given back at the end, and the table editor does not wait for it.
  const reader = new TableReaderClient({ script: join(context.extensionPath, 'dist', 'tableReader.js'), s3: s3.access.settings });
  try {
    const title = `Comparing ${name}`;
    const newest = await withProgress(title, async () => [await reader.open(before.location), await reader.open(after.location)] as const);
    if (newest === undefined) return;
    const runs = await pickRuns(`Compare ${name}`, [before, after], newest);
    if (runs === undefined) return;
    const tables = await withProgress(
      title,
      async () => [await reader.open(before.location, runs[0]), await reader.open(after.location, runs[1])] as const,
    );
    if (tables === undefined) return;
    const key = await pickKey(context.workspaceState, { title: `Compare ${name}`, target, columns: tables.map(({ columns }) => columns) });
    if (key === undefined) return;
    const difference = await withProgress(title, (signal, report) => compare(tables, key, signal, report));
    if (difference !== undefined)
      await comparisons.show(name, comparisonMarkdown({ before: ofRun(before, runs[0]), after: ofRun(after, runs[1]), difference }));
  } finally {
    reader.dispose();
  }
}

/** The table under the name of the run that was chosen. */
function ofRun(table: ComparedTable, { label }: PickedRun): ComparedTable {
  return label === undefined ? table : { ...table, name: `${table.name} (${label})` };
}

type Report = (message: string, percent: number) => void;

function compare([before, after]: readonly [OpenedTable, OpenedTable], key: readonly string[], signal: AbortSignal, report: Report) {
  return before.compare(after, key.length === 0 ? undefined : key, {
    signal,
    onProgress: ({ rowsScanned, rowsToScan }) => {
      const percent = rowsToScan === 0 ? 0 : Math.min(100, (100 * rowsScanned) / rowsToScan);
      report(`${Math.floor(percent)} % of the rows read`, percent);
    },
  });
}

/** Undefined when the user cancelled. */
async function withProgress<Result>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<Result>,
): Promise<Result | undefined> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const { signal } = controller;
    const cancelled = new Promise<undefined>((resolve) => {
      token.onCancellationRequested(() => {
        controller.abort();
        resolve(undefined);
      });
    });
    let reported = 0;
    const report: Report = (message, percent) => {
      progress.report({ message, increment: Math.max(0, percent - reported) });
      reported = Math.max(reported, percent);
    };
    const done = work(signal, report).catch((error: unknown) => {
      // What ends since it was cancelled is no failure.
      if (signal.aborted) return undefined;
      throw error;
    });
    return Promise.race([done, cancelled]);
  });
}
