import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { allRules, type LanguageService } from '../languageService';
import { projectFileName } from '../nodeProject';
import type { Diagnosis } from '../rules/check';
import { isBelow, isModule, isQueryFile, pathOfUri, uriOfPath } from '../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { filesChangedSince } from './changedSince';
import {
  cellName,
  formatReport,
  type CheckReport,
  type Coverage,
  type ReportDiagnostic,
  type ReportFormat,
  type ReportPosition,
  type ReportSeverity,
} from './checkReport';
import { exitCodes, UsageError, type CommandIo, type ExitCode } from './io';
import { openWorkspace, type OpenWorkspace } from './openWorkspace';
import { parseOptions } from './options';

const severities: readonly ReportSeverity[] = ['error', 'warning', 'information', 'hint'];

/**
 * `check [PATH…]`. Exit 1 when an error or warning is found (hints never fail a check), or when less of the references
 * than `--fail-under` percent could be decided. `--changed-since` leaves out what was found there before.
 */
export async function check(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'check',
    args,
    {
      format: { kind: 'choice', values: ['text', 'json', 'sarif', 'github'] },
      'min-severity': { kind: 'choice', values: severities },
      'fail-under': { kind: 'number', min: 0, max: 100, whole: false },
      'changed-since': { kind: 'text' },
    },
    { min: 0, max: Number.MAX_SAFE_INTEGER, name: 'PATH' },
  );
  const format = (options.text('format') ?? 'text') as ReportFormat;
  const minSeverity = (options.text('min-severity') ?? 'hint') as ReportSeverity;
  const failUnder = options.number('fail-under') ?? 0;
  const since = options.text('changed-since');
  const workspace = await openWorkspace(options.positionals.length === 0 ? ['.'] : options.positionals, io.cwd);
  const { service, targets, projectProblems } = workspace;
  const other = targets.find((target) => !isModule(target) && !isQueryFile(target) && statSync(target).isFile());
  if (other !== undefined) throw new UsageError(`check: "${relative(io.cwd, other)}" is neither a Python file nor a notebook`);
  for (const problem of projectProblems) io.err(`${problem}\n`);

  const { snapshot } = service;
  const isReported = (uri: string): boolean => isTarget(uri, targets);
  // A query in a file of its own belongs to the definitions that read it.
  const inTargets = [...snapshot.files.values()].filter(
    ({ uri }) => isReported(uri) || (isQueryFile(uri) && service.readersOf(uri).some(isReported)),
  );
  const found =
    since === undefined ? { files: inTargets, diagnoses: allDiagnoses(service) } : await foundSince(workspace, inTargets, since);
  const { files } = found;
  const base = format === 'github' || format === 'sarif' ? repositoryFolder(io.cwd) : io.cwd;
  const shown = severities.slice(0, severities.indexOf(minSeverity) + 1);
  const diagnostics = inTargets.flatMap((file) =>
    (found.diagnoses.get(file.uri) ?? [])
      .filter((diagnosis) => shown.includes(diagnosis.severity))
      .map((diagnosis) => reportOf(service, snapshot, file, diagnosis, base)),
  );
  const report: CheckReport = {
    version: 1,
    ...(since === undefined ? {} : { changedSince: since }),
    files: files.filter(({ uri }) => isModule(uri)).length,
    resources: files.reduce((sum, file) => sum + file.definitions.resources.length, 0),
    diagnostics,
    coverage: coverageOf(files),
  };
  const lineOf = new Map(inTargets.flatMap((file) => linesOf(service, file, shownPath(file.uri, base))));
  io.out(
    formatReport(report, format, {
      io,
      lines: (name, line) => lineOf.get(name)?.(line),
      rules: allRules.map(({ id, severity, documentation: { summary, details } }) => ({ id, severity, summary, details })),
      toolVersion: TOOL_VERSION,
    }),
  );
  if (report.coverage.percent < failUnder) {
    io.err(`check: ${report.coverage.percent} % of the references could be decided, less than --fail-under ${failUnder}\n`);
    return exitCodes.problems;
  }
  const failed = projectProblems.length > 0 || diagnostics.some((one) => one.severity === 'error' || one.severity === 'warning');
  return failed ? exitCodes.problems : exitCodes.fine;
}

/** The version in package.json, put in by the build. */
declare const TOOL_VERSION: string;

type Diagnoses = ReadonlyMap<string, readonly Diagnosis[]>;

/** What is found in each document. One file may cause a problem in another: all are checked before any is asked. */
function allDiagnoses(service: LanguageService): Diagnoses {
  for (const uri of service.documents) service.diagnoses(uri);
  return new Map(service.documents.map((uri) => [uri, service.diagnoses(uri)]));
}

/**
 * All that is found in files that changed since then, and in the others what was not found then: these hold what a change broke
 * elsewhere. Leaves the workspace as it was then. Where the settings changed, everything counts as changed.
 */
async function foundSince(
  workspace: OpenWorkspace,
  files: readonly FileSnapshot[],
  since: string,
): Promise<{ readonly files: readonly FileSnapshot[]; readonly diagnoses: Diagnoses }> {
  const { service, folders, root } = workspace;
  const changed = new Map(folders.flatMap((folder) => [...filesChangedSince(folder, since)]));
  const diagnoses = allDiagnoses(service);
  if (changed.has(join(root, projectFileName))) return { files, diagnoses };
  await workspace.readAs(changed);
  const before = allDiagnoses(service);
  const uris = new Set([...changed.keys()].map(uriOfPath));
  return {
    files: files.filter(({ uri }) => uris.has(uri)),
    diagnoses: new Map(
      [...diagnoses].map(([uri, found]) => {
        const known = new Set(uris.has(uri) ? [] : before.get(uri)?.map(identityOf));
        return [uri, found.filter((diagnosis) => !known.has(identityOf(diagnosis)))];
      }),
    ),
  };
}

/** Equal for one problem found twice in a text that stayed the same. */
function identityOf({ ruleId, severity, problem: { span, message } }: Diagnosis): string {
  return JSON.stringify([ruleId, severity, span.start, span.end, message]);
}

/** GitHub knows files by their paths in the repository, in whatever folder of it a step runs. */
function repositoryFolder(cwd: string): string {
  const folder = process.env['GITHUB_WORKSPACE'];
  return folder !== undefined && folder !== '' && isBelow(resolve(folder), cwd) ? resolve(folder) : cwd;
}

function isTarget(uri: string, targets: readonly string[]): boolean {
  const path = pathOfUri(uri);
  return path !== undefined && targets.some((target) => path === target || path.startsWith(target.endsWith('/') ? target : `${target}/`));
}

/** The lines of a file as people know them, by the name that they are shown under: those of a notebook by its cells. */
function linesOf(
  service: LanguageService,
  { lines, text, uri }: FileSnapshot,
  name: string,
): readonly (readonly [string, (line: number) => string])[] {
  const lineOf = (line: number): string => text.slice(lines.lineStart(line), lines.lineEnd(line));
  const notebook = service.notebook(uri);
  if (notebook === undefined) return [[name, lineOf]];
  return notebook.cells.map(({ number, start }) => {
    const first = lines.positionAt(start).line;
    return [cellName(name, number), (line) => lineOf(first + line)];
  });
}

/** Where a problem stands in the file on the disk and, in a notebook, in its cell. */
function placeOf(
  service: LanguageService,
  { lines, uri }: FileSnapshot,
  { start, end }: Diagnosis['problem']['span'],
): Pick<ReportDiagnostic, 'range' | 'cell'> {
  const range = { start: lines.positionAt(start), end: lines.positionAt(end) };
  const notebook = service.notebook(uri);
  if (notebook === undefined) return { range };
  const cell = notebook.cells.findLast((one) => one.start <= start);
  const inFile = { range: notebook.rangeInFile({ start, end }) };
  if (cell === undefined) return inFile;
  const first = lines.positionAt(cell.start).line;
  const inCell = ({ line, character }: ReportPosition): ReportPosition => ({ line: line - first, character });
  return { ...inFile, cell: { number: cell.number, range: { start: inCell(range.start), end: inCell(range.end) } } };
}

function reportOf(
  service: LanguageService,
  snapshot: Snapshot,
  file: FileSnapshot,
  { ruleId, severity, problem }: Diagnosis,
  cwd: string,
): ReportDiagnostic {
  const place = problem.uri === undefined ? file : (snapshot.files.get(problem.uri) ?? file);
  return {
    file: shownPath(place.uri, cwd),
    ...placeOf(service, place, problem.span),
    severity,
    code: ruleId,
    message: problem.message,
    fixes: (problem.fixes ?? []).map((fix) => fix.title),
  };
}

/** Relative to the working directory, with `/` on every system. */
export function shownPath(uri: string, cwd: string): string {
  const path = pathOfUri(uri);
  return path === undefined ? uri : relative(cwd, path).replace(/\\/g, '/');
}

function coverageOf(files: readonly FileSnapshot[]): Coverage {
  let references = 0;
  let symbolic = 0;
  for (const { definitions } of files) {
    for (const reference of [...definitions.resources.flatMap((resource) => resource.references), ...definitions.references]) {
      references++;
      const { name, variant } = reference;
      if (name.text === undefined || (variant.kind === 'written' && variant.name.text === undefined)) symbolic++;
    }
  }
  return { references, symbolic, percent: references === 0 ? 100 : Math.floor(((references - symbolic) / references) * 1000) / 10 };
}
