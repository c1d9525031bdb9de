import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { FileEdit } from '../features/formatLines';
import type { FormattingOptions } from '../features/formatting';
import { formatFile, type LanguageService, documentAfter } from '../languageService';
import { isBelow, isModule, isQueryFile, pathOfUri, uriOfPath } from '../workspace/fileUris';
import { shownPath } from './check';
import { exitCodes, styled, UsageError, type CommandIo, type ExitCode } from './io';
import { openWorkspace } from './openWorkspace';
import { parseOptions } from './options';
import { unifiedDiff } from './unifiedDiff';

/**
 * `format [PATH…]`: lays out the SQL of definitions, in Python files and notebooks, and the files of SQL that they read. With `--check`
 * or `--diff` nothing is written, and exit 1 says that something would be.
 */
export async function format(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'format',
    args,
    {
      check: { kind: 'flag' },
      diff: { kind: 'flag' },
      'line-width': { kind: 'number', min: 40, max: 400, whole: true },
      'keyword-case': { kind: 'choice', values: ['upper', 'lower', 'preserve'] },
    },
    { min: 0, max: Number.MAX_SAFE_INTEGER, name: 'PATH' },
  );
  const isDiff = options.flag('diff');
  const isTrial = isDiff || options.flag('check');
  const keywordCase = (options.text('keyword-case') ?? 'upper') as FormattingOptions['keywordCase'];
  const { service, targets } = await openWorkspace(options.positionals.length === 0 ? ['.'] : options.positionals, io.cwd);
  for (const target of targets) {
    if (isModule(target) || !statSync(target).isFile()) continue;
    const name = shownPath(uriOfPath(target), io.cwd);
    if (!isQueryFile(target)) throw new UsageError(`format: "${name}" is neither a Python file, a notebook nor a file of SQL`);
    if (service.readersOf(uriOfPath(target)).length === 0) io.err(`${name} is read by no definition and was left alone\n`);
  }
  const wanted = service.documents.filter((uri) => targets.some((target) => isBelow(uriOfPath(target), uri)));
  let changed = 0;
  let unread = 0;
  for (const uri of wanted) {
    const name = shownPath(uri, io.cwd);
    if (service.diagnoses(uri).some(({ ruleId, severity }) => ruleId === 'sql-syntax-error' && severity === 'error')) {
      io.err(`${name} holds SQL that Spark would not parse; it was left alone, and "sparkform check" says why\n`);
    }
    const file = fileChanges(service, uri, { width: options.number('line-width') ?? 100, keywordCase });
    if (file === undefined) continue;
    if ('refusal' in file) {
      unread++;
      io.err(`${name} ${file.refusal}\n`);
      continue;
    }
    changed++;
    io.out(isDiff ? painted(io, unifiedDiff(name, file.raw, file.edits)) : `${isTrial ? 'would format' : 'formatted'} ${name}\n`);
    if (!isTrial) writeFileSync(file.path, documentAfter(file.raw, file.edits));
  }
  io.err(`${changed} of ${wanted.length} ${wanted.length === 1 ? 'file' : 'files'} ${isTrial ? 'would be formatted' : 'formatted'}\n`);
  if (unread > 0) return exitCodes.usage;
  return isTrial && changed > 0 ? exitCodes.problems : exitCodes.fine;
}

interface FileChanges {
  readonly path: string;
  /** The text of the file as it lies on the disk. */
  readonly raw: string;
  readonly edits: readonly FileEdit[];
}

/** What is to be written, if anything, or why nothing can be. */
function fileChanges(
  service: LanguageService,
  uri: string,
  options: FormattingOptions,
): FileChanges | { readonly refusal: string } | undefined {
  const path = pathOfUri(uri);
  const text = service.snapshot.files.get(uri)?.text;
  const wanted = service.formatting(uri, options);
  if (path === undefined || text === undefined || wanted.length === 0) return undefined;
  const bytes = readFileSync(path);
  const raw = bytes.toString('utf8');
  // Bytes that are no text of UTF-8 would be lost.
  if (!Buffer.from(raw, 'utf8').equals(bytes)) return { refusal: 'is not in UTF-8 and was left alone' };
  const edits = formatFile(uri, raw, text, wanted);
  return edits === undefined ? { refusal: 'was changed meanwhile and was left alone' } : { path, raw, edits };
}

/** A diff in colours, where those are wanted. */
function painted(io: CommandIo, diff: string): string {
  if (!io.color) return diff;
  const styles = { '@': 'cyan', '-': 'red', '+': 'green' } as const;
  const lines = diff.split('\n').map((line, index) => {
    const sign = /^[@+-]/.exec(line)?.[0] as keyof typeof styles | undefined;
    return sign === undefined ? line : styled(io, index < 2 ? 'bold' : styles[sign], line);
  });
  return lines.join('\n');
}
