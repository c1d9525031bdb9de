import type { ColumnProfile } from '../../../shared/table/query/tableQuery';
import { exitCodes, type CommandIo, type ExitCode } from './io';
import { parseOptions } from './options';
import { parseWhere } from './rowQuery';
import { formatStats } from './statsReport';
import { listedColumns, locate, openOnLine, reportCost, runChoice, ScanLine, tableOptions, withReader } from './tableCommand';

/** `stats TARGET`: what the values of each column are, by reading all of them. */
export async function stats(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'stats',
    args,
    { ...tableOptions, columns: { kind: 'text' }, where: { kind: 'text' }, format: { kind: 'choice', values: ['text', 'json'] } },
    { min: 1, max: 1, name: 'TARGET' },
  );
  const target = options.positionals[0] ?? '';
  const location = await locate('stats', target, options, io);
  if (location === undefined) return exitCodes.problems;
  return withReader({ name: 'stats', options, io, cancelled: exitCodes.problems }, async (reader) => {
    const line = new ScanLine(io);
    const table = await openOnLine(reader, location, runChoice(options.text('run')), line, io);
    const indexes = listedColumns('stats', target, table, options.text('columns')) ?? [...table.columns.keys()];
    const where = options.text('where');
    const query = where === undefined ? undefined : { where: parseWhere('stats: --where', where, table.columns), sort: [] };
    const columns: { readonly name: string; readonly type: (typeof table.columns)[number]['type']; readonly profile: ColumnProfile }[] = [];
    try {
      for (const [position, index] of indexes.entries()) {
        const column = table.columns[index];
        if (!column) continue;
        const profile = await table.profile(index, query, line.watch(`${column.name} (${position + 1} of ${indexes.length})`));
        columns.push({ name: column.name, type: column.type, profile });
      }
    } finally {
      line.end();
    }
    const rowsFound = query && (columns[0]?.profile.rows ?? (await table.query(query, line.watch('finding rows'))).rowCount);
    const report = { target, columns, totalRows: table.rowCount, rowsFound, ...table.cost };
    io.out(formatStats(report, (options.text('format') ?? 'text') as 'text' | 'json', io));
    reportCost([table], io);
    return exitCodes.fine;
  });
}
