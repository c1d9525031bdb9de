// Writing rows of a table to a file that the user chooses, with the window's progress and its Cancel.

import { basename, dirname, join } from 'node:path';
import { ProgressLocation, Uri, window } from 'vscode';
import type { ExportFormat } from '../../../shared/protocol/tableView';
import type { ScanWatch } from '../../../shared/table/query/tableQuery';

const fileTypes: Readonly<Record<ExportFormat, { readonly label: string; readonly extension: string }>> = {
  csv: { label: 'CSV', extension: 'csv' },
  jsonl: { label: 'JSON Lines', extension: 'jsonl' },
  parquet: { label: 'Parquet', extension: 'parquet' },
};

/** Asks where to, then lets `write` write it. @returns null when the user chose no file, or stopped it. */
export async function exportToFile(
  table: Uri,
  format: ExportFormat,
  write: (path: string, watch: ScanWatch) => Promise<{ readonly rows: number }>,
): Promise<{ readonly rows: number; readonly file: string } | null> {
  const { label, extension } = fileTypes[format];
  const base = basename(table.path).replace(/\.(parquet|csv)$/i, '');
  // The table itself has this name.
  const own = format === 'parquet' ? `${base}-rows` : base;
  const name = `${own}.${extension}`;
  const target = await window.showSaveDialog({
    title: `Export Rows as ${label}`,
    filters: { [label]: [extension] },
    ...(table.scheme === 'file' ? { defaultUri: Uri.file(join(dirname(table.fsPath), name)) } : {}),
  });
  if (!target) return null;
  if (target.scheme !== 'file') throw new Error('rows can only be written to a folder of this computer');
  const file = basename(target.fsPath);
  return window.withProgress(
    { location: ProgressLocation.Notification, title: `Writing ${file}`, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      let percent = 0;
      try {
        const { rows } = await write(target.fsPath, {
          signal: controller.signal,
          onProgress: ({ rowsScanned, rowsToScan }) => {
            const now = rowsToScan > 0 ? (100 * rowsScanned) / rowsToScan : 0;
            progress.report({ message: `${rowsScanned.toLocaleString('en')} rows read`, increment: Math.max(0, now - percent) });
            percent = Math.max(percent, now);
          },
        });
        return { rows, file };
      } catch (error) {
        if (controller.signal.aborted) return null;
        throw error;
      }
    },
  );
}
