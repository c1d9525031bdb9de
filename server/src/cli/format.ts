import { readFileSync, writeFileSync } from 'node:fs';
import { isBelow, isNotebook, pathOfUri, uriOfPath } from '../workspace/fileUris';
import { shownPath } from './check';
import { exitCodes, type CommandIo, type ExitCode } from './io';
import { openWorkspace } from './openWorkspace';
import { parseOptions } from './options';

/**
 * `format [PATH…]`: lays out the SQL of definitions, and the files of SQL that they read. Notebooks are left alone. With `--check`
 * nothing is written, and exit 1 says that something would be.
 */
export async function format(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'format',
    args,
    {
      check: { kind: 'flag' },
      'line-width': { kind: 'number', min: 40, max: 400, whole: true },
      'keyword-case': { kind: 'choice', values: ['upper', 'lower', 'preserve'] },
    },
    { min: 0, max: Number.MAX_SAFE_INTEGER, name: 'PATH' },
  );
  const isTrial = options.flag('check');
  const keywordCase = (options.text('keyword-case') ?? 'upper') as 'upper' | 'lower' | 'preserve';
  const { service, targets } = await openWorkspace(options.positionals.length === 0 ? ['.'] : options.positionals, io.cwd);
  const wanted = [...service.snapshot.files.values()].filter(
    ({ uri }) => !isNotebook(uri) && targets.some((target) => isBelow(uriOfPath(target), uri)),
  );
  let changed = 0;
  for (const { uri, text, lines } of wanted) {
    const path = pathOfUri(uri);
    const edits = service.formatting(uri, { width: options.number('line-width') ?? 100, keywordCase });
    if (path === undefined || edits.length === 0) continue;
    changed++;
    io.out(`${isTrial ? 'would format' : 'formatted'} ${shownPath(uri, io.cwd)}\n`);
    if (isTrial) continue;
    let result = '';
    let at = 0;
    for (const { range, newText } of edits.toSorted((a, b) => lines.offsetAt(a.range.start) - lines.offsetAt(b.range.start))) {
      result += text.slice(at, lines.offsetAt(range.start)) + newText;
      at = lines.offsetAt(range.end);
    }
    const mark = readFileSync(path, 'utf8').startsWith('\uFEFF') && !text.startsWith('\uFEFF') ? '\uFEFF' : '';
    writeFileSync(path, mark + result + text.slice(at));
  }
  io.err(`${changed} of ${wanted.length} ${wanted.length === 1 ? 'file' : 'files'} ${isTrial ? 'would be formatted' : 'formatted'}\n`);
  return isTrial && changed > 0 ? exitCodes.problems : exitCodes.fine;
}
