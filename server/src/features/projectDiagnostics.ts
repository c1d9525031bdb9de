import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { LineIndex } from '../text/lineIndex';
import type { Span } from '../text/span';
import type { ProjectProblem } from '../workspace/project';
import { diagnosticSource } from './diagnostics';
import { rangeOf } from './ranges';

/** The problems of `sparkform.json`, each on the setting that it is about, or on the first character. */
export function projectDiagnostics(text: string, problems: readonly ProjectProblem[]): readonly Diagnostic[] {
  const lines = new LineIndex(text);
  return problems.map(({ path, message }) => ({
    range: rangeOf(lines, settingSpan(text, path)),
    severity: DiagnosticSeverity.Error,
    source: diagnosticSource,
    message: path === '' ? `sparkform.json ${message}` : `${path} ${message}`,
  }));
}

/** `locations."s3://x/"` is found as the key behind the key. */
function settingSpan(text: string, path: string): Span {
  let found: Span = { start: 0, end: Math.min(1, text.length) };
  let from = 0;
  for (const match of path.matchAll(/"((?:[^"\\]|\\.)*)"|[^.]+/g)) {
    const key = match[0].startsWith('"') ? match[0] : JSON.stringify(match[0]);
    const at = text.indexOf(key, from);
    if (at < 0) break;
    found = { start: at, end: at + key.length };
    from = found.end;
  }
  return found;
}
