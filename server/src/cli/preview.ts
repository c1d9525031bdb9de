import { originWarnings } from '../../../shared/table/originWarnings';
import type { TableQuery } from '../../../shared/table/query/tableQuery';
import type { OpenedTable } from '../../../shared/tableReader/tableReaderClient';
import { exitCodes, type CommandIo, type ExitCode } from './io';
import { parseOptions, type ParsedOptions } from './options';
import { parseOrderBy, parseWhere } from './rowQuery';
import { formatRows } from './rowsReport';
import { listedColumns, locate, openOnLine, reportCost, runChoice, ScanLine, tableOptions, withReader } from './tableCommand';

const defaultRows = 20;

/** `preview TARGET`: rows of the newest output of an id, of its data, or of a table on this computer or in S3. */
export async function preview(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'preview',
    args,
    {
      ...tableOptions,
      limit: { kind: 'number', min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
      offset: { kind: 'number', min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
      columns: { kind: 'text' },
      where: { kind: 'text' },
      'order-by': { kind: 'text' },
      format: { kind: 'choice', values: ['table', 'json', 'csv'] },
    },
    { min: 1, max: 1, name: 'TARGET' },
  );
  const target = options.positionals[0] ?? '';
  const location = await locate('preview', target, options, io);
  if (location === undefined) return exitCodes.problems;
  return withReader({ name: 'preview', options, io, cancelled: exitCodes.problems }, async (reader) => {
    const line = new ScanLine(io);
    const table = await openOnLine(reader, location, runChoice(options.text('run')), line, io);
    for (const warning of originWarnings(table.origin)) io.err(`${warning}\n`);
    const indexes = listedColumns('preview', target, table, options.text('columns'));
    const query = queryOf(options, table);
    const source = query
      ? await table.query(query, line.watch('finding rows')).finally(() => {
          line.end();
        })
      : table;
    const offset = options.number('offset') ?? 0;
    const { rows } = await source.rows(offset, offset + (options.number('limit') ?? defaultRows), indexes, { signal: io.signal });
    const columns = indexes === undefined ? table.columns : indexes.flatMap((index) => table.columns[index] ?? []);
    const rowsFound = query?.where ? source.rowCount : undefined;
    const report = { target, columns, rows, totalRows: table.rowCount, rowsFound, ...table.cost };
    io.out(formatRows(report, (options.text('format') ?? 'table') as 'table' | 'json' | 'csv', io));
    reportCost([table], io);
    return exitCodes.fine;
  });
}

function queryOf(options: ParsedOptions, { columns }: OpenedTable): TableQuery | undefined {
  const [where, order] = [options.text('where'), options.text('order-by')];
  if (where === undefined && order === undefined) return undefined;
  return {
    where: where === undefined ? undefined : parseWhere('preview: --where', where, columns),
    sort: order === undefined ? [] : parseOrderBy('preview: --order-by', order, columns),
  };
}
