import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import type { Diagnosis } from '../rules/check';
import type { Severity } from '../rules/rule';
import type { Snapshot } from '../workspace/snapshot';
import { locationOf, rangeOf } from './ranges';

/** Who speaks: editors show it beside the rule, and quick fixes recognise their problems by it. */
export const diagnosticSource = 'sparkform';

/** Every rule has a section of this page. */
export function rulePage(ruleId: string): string {
  return `https://github.com/sparkform/sparkform/blob/main/docs/rules.md#${ruleId}`;
}

/** The problems of one document as an editor shows them; `diagnoses` are those that rules found for it. */
export function diagnostics(
  snapshot: Snapshot,
  uri: string,
  diagnoses: readonly Diagnosis[],
  options: { readonly minSeverity: Severity } = { minSeverity: 'hint' },
): readonly Diagnostic[] {
  return diagnoses
    .filter((diagnosis) => severities[diagnosis.severity] <= severities[options.minSeverity])
    .flatMap((diagnosis) => diagnosticOf(snapshot, uri, diagnosis) ?? []);
}

export function diagnosticOf(snapshot: Snapshot, uri: string, { ruleId, severity, problem }: Diagnosis): Diagnostic | undefined {
  const file = snapshot.files.get(uri);
  if (file === undefined) return undefined;
  const related = problem.related?.flatMap(({ uri: other, span, message }) => {
    const location = locationOf(snapshot, other, span);
    return location === undefined ? [] : [{ location, message }];
  });
  return {
    range: rangeOf(file.lines, problem.span),
    severity: severities[severity],
    code: ruleId,
    codeDescription: { href: rulePage(ruleId) },
    source: diagnosticSource,
    message: problem.message,
    ...(problem.unnecessary === true && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related !== undefined && related.length > 0 && { relatedInformation: related }),
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
