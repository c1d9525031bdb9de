// Runs the rules over one file of a snapshot. Which rules run and how severe they are is the project's choice; what a
// comment silences is dropped here, so that no rule needs to know of either.

import type { Snapshot } from '../workspace/snapshot';
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
  if (file?.definitions.isDefinitionFile !== true) return [];
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
        if (said.has(place) || suppressions.silence(rule.id, problem.span)) continue;
        said.add(place);
        if (said.size > MOST_OF_ONE_RULE) break;
        found.push({ ruleId: rule.id, severity: override ?? problem.severity ?? rule.severity, problem });
      }
    } catch (cause) {
      onFailure({ ruleId: rule.id, uri, cause });
    }
  }
  return found.sort(
    (a, b) => a.problem.span.start - b.problem.span.start || a.problem.span.end - b.problem.span.end || compareText(a.ruleId, b.ruleId),
  );
}

function rethrow(failure: RuleFailure): never {
  throw new Error(`rule ${failure.ruleId} failed on ${failure.uri}`, { cause: failure.cause });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
