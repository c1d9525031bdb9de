import { statSync } from 'node:fs';
import { relative } from 'node:path';
import type { Diagnosis } from '../rules/check';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { pathOfUri } from '../workspace/fileUris';
import {
  formatReport,
  type CheckReport,
  type Coverage,
  type ReportDiagnostic,
  type ReportFormat,
  type ReportSeverity,
} from './checkReport';
import { exitCodes, UsageError, type CommandIo, type ExitCode } from './io';
import { openWorkspace } from './openWorkspace';
import { parseOptions } from './options';

const severities: readonly ReportSeverity[] = ['error', 'warning', 'information', 'hint'];

/**
 * `check [PATH…]`. Exit 1 when an error or warning is found (hints never fail a check), or when less of the references
 * than `--fail-under` percent could be decided.
 */
export async function check(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'check',
    args,
    {
      format: { kind: 'choice', values: ['text', 'json', 'sarif', 'github'] },
      'min-severity': { kind: 'choice', values: severities },
      'fail-under': { kind: 'number', min: 0, max: 100, whole: false },
    },
    { min: 0, max: Number.MAX_SAFE_INTEGER, name: 'PATH' },
  );
  const format = (options.text('format') ?? 'text') as ReportFormat;
  const minSeverity = (options.text('min-severity') ?? 'hint') as ReportSeverity;
  const failUnder = options.number('fail-under') ?? 0;
  const { service, targets, projectProblems } = await openWorkspace(options.positionals.length === 0 ? ['.'] : options.positionals, io.cwd);
  const other = targets.find((target) => !target.endsWith('.py') && statSync(target).isFile());
  if (other !== undefined) throw new UsageError(`check: "${relative(io.cwd, other)}" is not a Python file`);
  for (const problem of projectProblems) io.err(`${problem}\n`);

  const { snapshot } = service;
  const files = [...snapshot.files.values()].filter((file) => isTarget(file.uri, targets));
  const shown = severities.slice(0, severities.indexOf(minSeverity) + 1);
  const diagnostics = files.flatMap((file) =>
    service
      .diagnoses(file.uri)
      .filter((diagnosis) => shown.includes(diagnosis.severity))
      .map((diagnosis) => reportOf(snapshot, file, diagnosis, io.cwd)),
  );
  const report: CheckReport = {
    version: 1,
    files: files.length,
    resources: files.reduce((sum, file) => sum + file.definitions.resources.length, 0),
    diagnostics,
    coverage: coverageOf(files),
  };
  const texts = new Map(files.map((file) => [shownPath(file.uri, io.cwd), file]));
  io.out(
    formatReport(report, format, {
      io,
      lines: (name, line) => {
        const file = texts.get(name);
        return file?.text.slice(file.lines.lineStart(line), file.lines.lineEnd(line));
      },
      rules: service.rules.map((rule) => ({ id: rule.id, summary: rule.documentation.summary, severity: rule.severity })),
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

function isTarget(uri: string, targets: readonly string[]): boolean {
  const path = pathOfUri(uri);
  return path !== undefined && targets.some((target) => path === target || path.startsWith(target.endsWith('/') ? target : `${target}/`));
}

function reportOf(snapshot: Snapshot, file: FileSnapshot, { ruleId, severity, problem }: Diagnosis, cwd: string): ReportDiagnostic {
  const place = problem.uri === undefined ? file : (snapshot.files.get(problem.uri) ?? file);
  return {
    file: shownPath(place.uri, cwd),
    range: { start: place.lines.positionAt(problem.span.start), end: place.lines.positionAt(problem.span.end) },
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
