import { exitCodes, UsageError, type CommandIo, type ExitCode } from './io';
import { formatDifference, isDifferent, unclearRows } from './diffReport';
import { parseOptions } from './options';
import { locate, namesOf, openOnLine, reportCost, runChoice, ScanLine, tableOptions, withReader } from './tableCommand';

/** `diff A B`: what differs between two tables. Exit code 1 means that something does, 2 that it cannot be told. */
export async function diff(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'diff',
    args,
    { ...tableOptions, key: { kind: 'text' }, format: { kind: 'choice', values: ['text', 'json'] } },
    { min: 2, max: 2, name: 'one of the two TARGETs' },
  );
  const [before = '', after = ''] = options.positionals;
  const runs = runsOf(options.text('run'));
  const locations: string[] = [];
  for (const target of [before, after]) {
    const location = await locate('diff', target, options, io);
    if (location === undefined) return exitCodes.usage;
    locations.push(location);
  }
  return withReader({ name: 'diff', options, io, cancelled: exitCodes.usage }, async (reader) => {
    const line = new ScanLine(io);
    const first = await openOnLine(reader, locations[0] ?? '', runChoice(runs?.before), line, io);
    const second = await openOnLine(reader, locations[1] ?? '', runChoice(runs?.after), line, io);
    const key = namesOf(options.text('key'));
    for (const name of key ?? []) {
      for (const [target, table] of [[before, first] as const, [after, second] as const]) {
        if (table.columns.some((column) => column.name === name)) continue;
        const names = table.columns.map((column) => `"${column.name}"`).join(', ');
        throw new UsageError(`diff: "${target}" has no column "${name}"; it has ${names}`);
      }
    }
    const difference = await first.compare(second, key, line.watch('comparing rows')).finally(() => {
      line.end();
    });
    io.out(formatDifference({ before, after, runs, difference }, (options.text('format') ?? 'text') as 'text' | 'json', io));
    reportCost([first, second], io);
    if (isDifferent(difference)) return exitCodes.problems;
    const unclear = unclearRows(difference);
    if (unclear === undefined) return exitCodes.fine;
    io.err(`diff: ${unclear}\n`);
    return exitCodes.usage;
  });
}

/** One run for both tables, or one for each with a comma between them. */
function runsOf(option: string | undefined): { readonly before: string; readonly after: string } | undefined {
  if (option === undefined) return undefined;
  const [before = '', after = before, ...others] = namesOf(option) ?? [];
  if (before !== '' && after !== '' && others.length === 0) return { before, after };
  throw new UsageError(`diff: --run must be the name of one run, "all" or "newest", or two of these with a comma, not "${option}"`);
}
