import { type CodeAction, CodeActionKind, type TextEdit as LspTextEdit, type WorkspaceEdit } from 'vscode-languageserver-types';
import type { Diagnosis } from '../rules/check';
import type { TextEdit } from '../rules/rule';
import { overlaps, type Span, touches } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { Snapshot } from '../workspace/snapshot';
import { convertTemplates } from './actions/convertTemplates';
import { expandTemplate } from './actions/expandTemplate';
import { extractQuery } from './actions/extractQuery';
import { inlineTransformation } from './actions/inlineTransformation';
import type { Refactoring } from './actions/refactoring';
import { registerSource } from './actions/registerSource';
import { stringForms } from './actions/stringForms';
import { tableFunctions } from './actions/tableFunctions';
import { deleteDefinition } from './deleteDefinition';
import { diagnosticOf } from './diagnostics';
import { ignoreEdit } from './ignoreComment';
import { rangeOf } from './ranges';

/** Applies every sure repair of a file at once; editors run it on save when asked to. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.sparkform`;

export interface CodeActionOptions {
  /** The kinds that the editor asked for, if it asked for any in particular. */
  readonly only?: readonly string[];
  /** Whether the editor shows actions that are not possible, with the reason. */
  readonly disabled?: boolean;
}

/**
 * The repairs of the problems that a selection touches, the sure ones first, then the ways to silence them; then the changes that are
 * possible there without any problem.
 */
export function codeAction(
  snapshot: Snapshot,
  uri: string,
  selection: Span,
  diagnoses: readonly Diagnosis[],
  options: CodeActionOptions = {},
): readonly CodeAction[] {
  const wants = (kind: string): boolean => options.only?.some((one) => kind === one || kind.startsWith(`${one}.`)) ?? true;
  const here = diagnoses.filter(({ problem }) => isTouched(problem.span, selection));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const fixes = here.flatMap((diagnosis) => fixActions(snapshot, uri, diagnosis));
    actions.push(...fixes.filter((fix) => fix.isPreferred === true), ...fixes.filter((fix) => fix.isPreferred !== true));
    actions.push(...registrations(snapshot, uri, here), ...ignoreActions(snapshot, uri, here));
  }
  if (options.only?.some((one) => one.startsWith(CodeActionKind.Refactor)) ?? true) {
    const changes = refactorings(snapshot, uri, selection).filter(({ kind }) => wants(kind));
    actions.push(...changes.flatMap((change) => refactoringAction(snapshot, change, options.disabled === true)));
  }
  if (wants(CodeActionKind.Refactor)) actions.push(...deleteDefinition(snapshot, uri, selection));
  // Not offered beside the quick fixes of one problem: only to an editor that asks for it.
  if (options.only !== undefined && wants(fixAllKind)) actions.push(...fixAll(snapshot, diagnoses));
  return actions;
}

function isTouched(span: Span, selection: Span): boolean {
  return overlaps(span, selection) || touches(span, selection.start) || touches(selection, span.start);
}

function fixActions(snapshot: Snapshot, uri: string, diagnosis: Diagnosis): readonly CodeAction[] {
  const diagnostic = diagnosticOf(snapshot, uri, diagnosis);
  return (diagnosis.problem.fixes ?? []).flatMap((fix): CodeAction[] => {
    const edit = workspaceEdit(snapshot, fix.edits);
    if (edit === undefined) return [];
    return [
      {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        ...(diagnostic !== undefined && { diagnostics: [diagnostic] }),
        ...(fix.preferred && { isPreferred: true }),
        edit,
      },
    ];
  });
}

/** A new definition is a guess at what was meant, and comes behind the other repairs. */
function registrations(snapshot: Snapshot, uri: string, diagnoses: readonly Diagnosis[]): readonly CodeAction[] {
  const file = snapshot.files.get(uri);
  if (file === undefined) return [];
  return diagnoses.flatMap((diagnosis) => {
    const registration = registerSource(snapshot, file, diagnosis);
    const diagnostic = diagnosticOf(snapshot, uri, diagnosis);
    const actions = registration === undefined ? [] : refactoringAction(snapshot, registration, false);
    return actions.map((action) => ({ ...action, ...(diagnostic !== undefined && { diagnostics: [diagnostic] }) }));
  });
}

function refactorings(snapshot: Snapshot, uri: string, selection: Span): readonly Refactoring[] {
  const file = snapshot.files.get(uri);
  if (file === undefined) return [];
  const offered = [expandTemplate, convertTemplates, extractQuery, inlineTransformation, tableFunctions, stringForms];
  return offered.flatMap((offer) => offer(snapshot, file, selection));
}

function refactoringAction(snapshot: Snapshot, change: Refactoring, showsDisabled: boolean): readonly CodeAction[] {
  const { title, kind } = change;
  if ('disabled' in change) return showsDisabled ? [{ title, kind, disabled: { reason: change.disabled } }] : [];
  const edit = workspaceEdit(snapshot, change.edits);
  return edit === undefined ? [] : [{ title, kind, edit }];
}

/** One action for each rule, however many problems of it the selection touches. */
function ignoreActions(snapshot: Snapshot, uri: string, diagnoses: readonly Diagnosis[]): readonly CodeAction[] {
  const file = snapshot.files.get(uri);
  // The comment is one of Python.
  if (file === undefined || isQueryFile(uri)) return [];
  const seen = new Set<string>();
  return diagnoses.flatMap((diagnosis): CodeAction[] => {
    if (seen.has(diagnosis.ruleId)) return [];
    seen.add(diagnosis.ruleId);
    const edit = ignoreEdit(file, diagnosis.ruleId, diagnosis.problem.span);
    const diagnostic = diagnosticOf(snapshot, uri, diagnosis);
    const changes = edit === undefined ? undefined : workspaceEdit(snapshot, [edit]);
    if (changes === undefined) return [];
    return [
      {
        title: `Ignore this problem (${diagnosis.ruleId})`,
        kind: CodeActionKind.QuickFix,
        ...(diagnostic !== undefined && { diagnostics: [diagnostic] }),
        edit: changes,
      },
    ];
  });
}

function fixAll(snapshot: Snapshot, diagnoses: readonly Diagnosis[]): readonly CodeAction[] {
  const kept: TextEdit[] = [];
  for (const { problem } of diagnoses) {
    const fix = problem.fixes?.find((one) => one.preferred);
    // Of two repairs of the same text only the first is sure to mean what it says.
    if (fix === undefined || fix.edits.some((edit) => kept.some((other) => collide(edit, other)))) continue;
    kept.push(...fix.edits);
  }
  const edit = kept.length === 0 ? undefined : workspaceEdit(snapshot, kept);
  return edit === undefined ? [] : [{ title: 'Fix all Sparkform problems that have a sure fix', kind: fixAllKind, edit }];
}

function collide(a: TextEdit, b: TextEdit): boolean {
  return a.uri === b.uri && (overlaps(a.span, b.span) || a.span.start === b.span.start);
}

/** The edits by document; undefined when one is for a document that the snapshot does not hold. */
function workspaceEdit(snapshot: Snapshot, edits: readonly TextEdit[]): WorkspaceEdit | undefined {
  const changes: Record<string, LspTextEdit[]> = {};
  for (const { uri, span, newText } of edits) {
    const file = snapshot.files.get(uri);
    if (file === undefined) return undefined;
    (changes[uri] ??= []).push({ range: rangeOf(file.lines, span), newText });
  }
  return { changes };
}
