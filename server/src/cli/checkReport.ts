// What `check` found, as data, and the forms in which it is written; SARIF is `sarif.ts`.

import { displayWidth } from './displayWidth';
import type { CommandIo } from './io';
import { styled } from './io';
import { sarifLog } from './sarif';

export type ReportSeverity = 'error' | 'warning' | 'information' | 'hint';

export interface ReportPosition {
  readonly line: number;
  readonly character: number;
}

export interface ReportRange {
  readonly start: ReportPosition;
  readonly end: ReportPosition;
}

export interface ReportDiagnostic {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  /** Zero-based lines and UTF-16 characters, as in LSP. */
  readonly range: ReportRange;
  /** In a notebook: which of its cells, of all kinds and from one, and the place in it. `range` is the place in the file. */
  readonly cell?: { readonly number: number; readonly range: ReportRange };
  readonly severity: ReportSeverity;
  readonly code: string;
  readonly message: string;
  readonly fixes: readonly string[];
}

export interface CheckReport {
  readonly version: 1;
  /** Set when only what changed since this commit was asked for: then the numbers are those of the changed files. */
  readonly changedSince?: string;
  readonly files: number;
  readonly resources: number;
  readonly diagnostics: readonly ReportDiagnostic[];
  readonly coverage: Coverage;
}

/** How much of what the definitions refer to could be decided without running them. */
export interface Coverage {
  readonly references: number;
  /** References whose names hold parts that only the run time knows. */
  readonly symbolic: number;
  readonly percent: number;
}

/** The text of a file, for the lines that are quoted. */
export type SourceLines = (file: string, line: number) => string | undefined;

export type ReportFormat = 'text' | 'json' | 'sarif' | 'github';

export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  readonly severity: ReportSeverity;
}

export function formatReport(
  report: CheckReport,
  format: ReportFormat,
  context: {
    readonly io: Pick<CommandIo, 'color'>;
    readonly lines: SourceLines;
    readonly rules: readonly RuleInfo[];
    readonly toolVersion: string;
  },
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report)}\n`;
    case 'github':
      return report.diagnostics.map(githubCommand).join('');
    case 'sarif':
      return `${JSON.stringify(sarifLog(report, context.rules, context.toolVersion), undefined, 2)}\n`;
    case 'text':
      return textReport(report, context.io, context.lines);
  }
}

const severityStyles = { error: 'red', warning: 'yellow', information: 'blue', hint: 'cyan' } as const;

function textReport(report: CheckReport, io: Pick<CommandIo, 'color'>, lines: SourceLines): string {
  const blocks = report.diagnostics.map((one) => {
    const shown = one.cell === undefined ? one : { ...one, file: cellName(one.file, one.cell.number), range: one.cell.range };
    const { start } = shown.range;
    const place = styled(io, 'bold', `${shown.file}:${start.line + 1}:${start.character + 1}`);
    const head = `${place} ${styled(io, severityStyles[one.severity], one.severity)} ${one.message} ${styled(io, 'dim', `[${one.code}]`)}\n`;
    return head + quotedLine(shown, io, lines) + one.fixes.map((fix) => `      ${styled(io, 'green', 'fix:')} ${fix}\n`).join('');
  });
  return blocks.join('') + summary(report);
}

/** How people are told a cell of a notebook; the lines that are quoted are asked for by it. */
export function cellName(file: string, number: number): string {
  return `${file}:cell ${number}`;
}

/** The line that a range begins on, with carets under the range; empty where the line is not known or far too long. */
export function quotedLine(
  one: Pick<ReportDiagnostic, 'file' | 'range' | 'severity'>,
  io: Pick<CommandIo, 'color'>,
  lines: SourceLines,
): string {
  const { start, end } = one.range;
  const line = lines(one.file, start.line);
  if (line === undefined || line.length > 400) return '';
  const number = String(start.line + 1).padStart(5);
  const until = end.line === start.line ? end.character : line.length;
  // Tabs are kept, so that the carets stand under the same columns on every terminal.
  const indent = line
    .slice(0, start.character)
    .split('\t')
    .map((part) => ' '.repeat(displayWidth(part)))
    .join('\t');
  const carets = '^'.repeat(Math.max(1, displayWidth(line.slice(start.character, until))));
  return `${styled(io, 'dim', `${number} |`)} ${line}\n${styled(io, 'dim', '      |')} ${indent}${styled(io, severityStyles[one.severity], carets)}\n`;
}

function summary(report: CheckReport): string {
  const count = (severity: ReportSeverity): number => report.diagnostics.filter((one) => one.severity === severity).length;
  const found = [plural(count('error'), 'error'), plural(count('warning'), 'warning')];
  const others = count('information') + count('hint');
  if (others > 0) found.push(plural(others, 'hint'));
  const problems = report.diagnostics.length === 0 ? 'no problems' : found.join(', ');
  const changed = report.changedSince === undefined ? '' : ` changed since ${report.changedSince}`;
  return `${plural(report.files, 'file')}${changed}, ${plural(report.resources, 'resource')}: ${problems}\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** GitHub's workflow commands: one annotation a line. */
function githubCommand(one: ReportDiagnostic): string {
  const level = one.severity === 'error' ? 'error' : one.severity === 'warning' ? 'warning' : 'notice';
  const { start, end } = one.range;
  const columns = end.line === start.line ? `,col=${start.character + 1},endColumn=${Math.max(end.character, start.character + 1)}` : '';
  const where = `file=${property(one.file)},line=${start.line + 1},endLine=${end.line + 1}${columns},title=${property(one.code)}`;
  return `::${level} ${where}::${one.message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')}\n`;
}

function property(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/:/g, '%3A').replace(/,/g, '%2C');
}
