import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TableProblem } from '../../../shared/table/tableProblem';
import { TableReaderClient } from '../../../shared/tableReader/tableReaderClient';
import { exitCodes, UsageError, type CommandIo, type ExitCode } from './io';
import { parseOptions } from './options';
import { formatRows } from './rowsReport';
import { findOutput } from './output';

const defaultRows = 20;

/** `preview TARGET`: rows of the newest output of an id, of its data, or of a parquet file or folder. */
export async function preview(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'preview',
    args,
    {
      dir: { kind: 'text' },
      limit: { kind: 'number', min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
      offset: { kind: 'number', min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
      columns: { kind: 'text' },
      format: { kind: 'choice', values: ['table', 'json', 'csv'] },
    },
    { min: 1, max: 1, name: 'TARGET' },
  );
  const target = options.positionals[0] ?? '';
  const location = await locate(target, options.text('dir'), io);
  if (location === undefined) return exitCodes.problems;
  const reader = new TableReaderClient({ script: join(__dirname, 'tableReader.js') });
  io.signal.addEventListener('abort', () => {
    reader.dispose();
  });
  try {
    const table = await reader.open(location);
    const wanted = options
      .text('columns')
      ?.split(',')
      .map((name) => name.trim());
    const indexes = wanted?.map((name) => {
      const index = table.columns.findIndex((column) => column.name === name);
      if (index < 0) {
        throw new UsageError(
          `preview: "${target}" has no column "${name}"; it has ${table.columns.map((column) => `"${column.name}"`).join(', ')}`,
        );
      }
      return index;
    });
    const offset = options.number('offset') ?? 0;
    const { rows } = await table.rows(offset, offset + (options.number('limit') ?? defaultRows), indexes);
    const columns = indexes === undefined ? table.columns : indexes.flatMap((index) => table.columns[index] ?? []);
    const report = { target, columns, rows, totalRows: table.rowCount, ...table.cost };
    io.out(formatRows(report, (options.text('format') ?? 'table') as 'table' | 'json' | 'csv', io));
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    throw new UsageError(`preview: ${error.message}`);
  } finally {
    reader.dispose();
  }
}

/** The file or folder that a target means; undefined, with the reason said, for an id without data. */
async function locate(target: string, dir: string | undefined, io: CommandIo): Promise<string | undefined> {
  const path = resolve(io.cwd, target);
  if (existsSync(path)) return path;
  if (/^s3[an]?:\/\//.test(target))
    throw new UsageError(`preview: "${target}" is remote; this version reads local files, folders and the outputs of local runs`);
  if (target.includes('/') || target.endsWith('.parquet')) throw new UsageError(`preview: "${target}" does not exist`);
  return findOutput(target, dir, io);
}
