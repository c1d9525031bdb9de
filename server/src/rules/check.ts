// Runs the rules over one file of a snapshot. Which rules run and how severe they are is the project's choice; what a
// comment silences is dropped here, so that no rule needs to know of either.

import { relocate } from '../python/relocate';
import { encloses, type Span } from '../text/span';
import { definitionsWithin, spansBefore, type LocalEdit } from '../workspace/localEdit';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { allRules } from './allRules';
import type { Problem, Rule, Severity } from './rule';
import { Suppressions } from './suppressions';

export interface Diagnosis {
  readonly ruleId: string;
  /** After the overrides of the project. */
  readonly severity: Severity;
  readonly problem: Problem;
}

/** More problems of one kind in one file are read by nobody, and an editor has trouble showing them. */
const MOST_OF_ONE_RULE = 1_000;

/** A rule that threw: a defect of ours, never of the user's text. */
export interface RuleFailure {
  readonly ruleId: string;
  readonly uri: string;
  readonly cause: unknown;
}

/**
 * The problems of one file, in the order of their spans, of each rule the first thousand it finds. A file that has nothing to
 * do with Featureform has none. A rule that throws costs only its own further problems when `onFailure` takes the failure;
 * without it the failure is thrown.
 */
export function checkFile(
  snapshot: Snapshot,
  uri: string,
  onFailure: (failure: RuleFailure) => void = rethrow,
  rules: readonly Rule[] = allRules,
): readonly Diagnosis[] {
  const file = snapshot.files.get(uri);
  return file === undefined ? [] : runRules(snapshot, file, onFailure, rules);
}

/**
 * The problems of one file after an edit that stayed inside one of its definitions, from `known`, those before it: the rules
 * look at that definition, and at those that the edit made doubtful, only. Undefined where that is not sure to find what
 * checking the whole file would.
 */
export function recheckFile(
  snapshot: Snapshot,
  uri: string,
  known: readonly Diagnosis[],
  edit: LocalEdit,
  onFailure: (failure: RuleFailure) => void = rethrow,
): readonly Diagnosis[] | undefined {
  const file = snapshot.files.get(uri);
  const previous = edit.previous.files.get(uri);
  // Where some were left out, others take their place.
  if (file === undefined || previous === undefined || known.length >= MOST_OF_ONE_RULE) return undefined;
  // A comment may silence what is found on other lines.
  if (/sparkform\s*:/i.test(file.text.slice(edit.after.start, edit.after.end))) return undefined;
  const before = spansBefore(edit);
  const around: Diagnosis[] = [];
  for (const diagnosis of known) {
    const places = placesIn(diagnosis.problem, uri);
    if (places === undefined) return undefined;
    if (allWithin(places, before)) continue;
    if (places.some((place) => before.some((span) => touchesSpan(span, place)))) return undefined;
    around.push(movedBehind(diagnosis, edit));
  }
  const after = [edit.after, ...edit.doubtful];
  const inside = runRules(snapshot, restrictedTo(file, after), onFailure, allRules);
  // What a definition takes from elsewhere in the file, such as a query that is a constant, may be blamed there.
  const isBlamedElsewhere = ({ problem }: Diagnosis, spans: readonly Span[]): boolean => !allWithin(placesIn(problem, uri), spans);
  if (inside.some((diagnosis) => isBlamedElsewhere(diagnosis, after))) return undefined;
  if (around.length > 0) {
    const wasInside = runRules(edit.previous, restrictedTo(previous, before), onFailure, allRules);
    if (wasInside.some((diagnosis) => isBlamedElsewhere(diagnosis, before))) return undefined;
  }
  return inOrder([...around, ...inside]);
}

function restrictedTo(file: FileSnapshot, spans: readonly Span[]): FileSnapshot {
  return { ...file, definitions: definitionsWithin(file.definitions, spans) };
}

/** Whether each place lies in one of the spans. */
function allWithin(places: readonly Span[] | undefined, spans: readonly Span[]): boolean {
  return places?.every((place) => spans.some((span) => encloses(span, place))) === true;
}

function runRules(
  snapshot: Snapshot,
  file: FileSnapshot,
  onFailure: (failure: RuleFailure) => void,
  rules: readonly Rule[],
): readonly Diagnosis[] {
  if (!file.definitions.isDefinitionFile) return [];
  const { uri } = file;
  const suppressions = new Suppressions(file);
  const found: Diagnosis[] = [];
  const context = { snapshot, file };
  for (const rule of rules) {
    const override = snapshot.project.rules.get(rule.id);
    if (override === 'off') continue;
    try {
      const said = new Set<string>();
      for (const problem of rule.check(context)) {
        // What several definitions share, such as a constant of the file, is one problem.
        const place = `${problem.span.start}:${problem.span.end}:${problem.uri ?? ''}:${problem.message}`;
        if (said.has(place) || suppressions.silence(rule.id, problem.usedAt ?? problem.span)) continue;
        said.add(place);
        if (said.size > MOST_OF_ONE_RULE) break;
        found.push({ ruleId: rule.id, severity: override ?? problem.severity ?? rule.severity, problem });
      }
    } catch (cause) {
      onFailure({ ruleId: rule.id, uri, cause });
    }
  }
  return inOrder(found);
}

/** Those of one text. */
export function inOrder(found: Diagnosis[]): readonly Diagnosis[] {
  return found.sort(
    (a, b) => a.problem.span.start - b.problem.span.start || a.problem.span.end - b.problem.span.end || compareText(a.ruleId, b.ruleId),
  );
}

/** Every span of a problem; undefined when one is in another document. */
function placesIn({ span, related = [], fixes = [], uri: home }: Problem, uri: string): readonly Span[] | undefined {
  const places = [...related, ...fixes.flatMap(({ edits }) => edits)];
  if ((home ?? uri) !== uri || places.some((place) => place.uri !== uri)) return undefined;
  return [span, ...places.map((place) => place.span)];
}

function touchesSpan(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The same problem, where it stands behind the edit at its new place. */
function movedBehind(diagnosis: Diagnosis, { before, after }: LocalEdit): Diagnosis {
  const delta = after.end - before.end;
  if (delta === 0) return diagnosis;
  return relocate(diagnosis, (offset) => (offset >= before.end ? offset + delta : offset));
}

function rethrow(failure: RuleFailure): never {
  throw new Error(`rule ${failure.ruleId} failed on ${failure.uri}`, { cause: failure.cause });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
