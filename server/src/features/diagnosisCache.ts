// What the rules found in each file, kept until an edit may have changed it, so that an edit of one file costs the check of
// the files it affects and no more.

import { checkFile, inOrder, recheckFile, type Diagnosis, type RuleFailure } from '../rules/check';
import { joinLocalEdits, type LocalEdit } from '../workspace/localEdit';
import type { Snapshot } from '../workspace/snapshot';

interface Checked {
  /** Problems of the file that was checked. */
  readonly own: readonly Diagnosis[];
  /** Problems it causes in other documents. */
  readonly foreign: ReadonlyMap<string, readonly Diagnosis[]>;
  /**
   * Other documents that its problems point into: an edit there moves what they point at. And those that define the same: what
   * one of two definitions says decides whether the other contradicts it.
   */
  readonly pointsInto: ReadonlySet<string>;
}

/** What was found before an edit that stayed inside one definition: most of it still holds. */
interface Outdated {
  readonly own: readonly Diagnosis[];
  readonly edit: LocalEdit;
}

export class DiagnosisCache {
  private readonly checked = new Map<string, Checked>();
  private readonly outdated = new Map<string, Outdated>();
  private readonly versions = new Map<string, number>();
  private clock = 0;

  /** Without somebody who takes the failures of rules they are thrown. */
  constructor(private readonly onFailure: (failure: RuleFailure) => void = throwFailure) {}

  /** The problems of a document, those that other files cause in it included as far as they have been checked. */
  diagnosesOf(snapshot: Snapshot, uri: string): readonly Diagnosis[] {
    const { own } = this.check(snapshot, uri);
    const caused = [...this.checked].flatMap(([source, { foreign }]) => (source === uri ? [] : (foreign.get(uri) ?? [])));
    if (caused.length === 0) return own;
    // What several files say of a query that they read is one problem, whichever was checked first.
    const said = new Map([...own, ...caused].map((diagnosis) => [wordingOf(diagnosis), diagnosis]));
    return inOrder([...said].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, diagnosis]) => diagnosis));
  }

  isChecked(uri: string): boolean {
    return this.checked.has(uri);
  }

  /** Grows whenever the problems of the document may have changed. */
  versionOf(uri: string): number {
    return this.versions.get(uri) ?? 0;
  }

  /**
   * Forgets what an edit of `edited` made doubtful. Answers with all documents whose problems may differ: `affected` and
   * those whose problems point into the edited text. `local` is the edit, where it is known to stay inside one definition.
   */
  invalidate(edited: readonly string[], affected: readonly string[], local?: LocalEdit): readonly string[] {
    const doubtful = new Set(affected);
    const kept = this.outdatedBy(edited, local);
    for (const [uri, { pointsInto }] of this.checked) if (edited.some((one) => pointsInto.has(one))) doubtful.add(uri);
    for (const uri of [...doubtful]) {
      for (const target of this.checked.get(uri)?.foreign.keys() ?? []) doubtful.add(target);
      this.checked.delete(uri);
      this.outdated.delete(uri);
    }
    if (kept !== undefined) this.outdated.set(kept.uri, kept);
    this.clock++;
    for (const uri of doubtful) this.versions.set(uri, this.clock);
    return [...doubtful];
  }

  /** What is worth to be kept of the file that an edit changed, if that is all that the edit changed. */
  private outdatedBy(edited: readonly string[], local: LocalEdit | undefined): (Outdated & { readonly uri: string }) | undefined {
    const [uri] = edited;
    if (local === undefined || uri === undefined || edited.length > 1) return undefined;
    const checked = this.checked.get(uri);
    if (checked !== undefined) return checked.pointsInto.size > 0 ? undefined : { uri, own: checked.own, edit: local };
    const earlier = this.outdated.get(uri);
    const edit = earlier && joinLocalEdits(earlier.edit, local);
    return earlier && edit && { uri, own: earlier.own, edit };
  }

  private found(snapshot: Snapshot, uri: string): readonly Diagnosis[] {
    const known = this.outdated.get(uri);
    this.outdated.delete(uri);
    const again = known && recheckFile(snapshot, uri, known.own, known.edit, this.onFailure);
    return again ?? checkFile(snapshot, uri, this.onFailure);
  }

  private check(snapshot: Snapshot, uri: string): Checked {
    const known = this.checked.get(uri);
    if (known !== undefined) return known;
    const own: Diagnosis[] = [];
    const foreign = new Map<string, Diagnosis[]>();
    const pointsInto = new Set<string>();
    for (const resource of snapshot.files.get(uri)?.definitions.resources ?? []) {
      for (const other of snapshot.index.definitions(snapshot.keyOf(resource))) if (other.uri !== uri) pointsInto.add(other.uri);
    }
    for (const diagnosis of this.found(snapshot, uri)) {
      const { problem } = diagnosis;
      const home = problem.uri ?? uri;
      if (home === uri) own.push(diagnosis);
      else foreign.set(home, [...(foreign.get(home) ?? []), diagnosis]);
      const places = [...(problem.related ?? []), ...(problem.fixes ?? []).flatMap((fix) => fix.edits)];
      for (const other of [home, ...places.map((place) => place.uri)]) if (other !== uri) pointsInto.add(other);
    }
    const checked = { own, foreign, pointsInto };
    this.checked.set(uri, checked);
    for (const target of foreign.keys()) this.versions.set(target, ++this.clock);
    return checked;
  }
}

function throwFailure({ ruleId, uri, cause }: RuleFailure): never {
  throw new Error(`rule ${ruleId} failed on ${uri}`, { cause });
}

function wordingOf({ ruleId, problem: { span, message } }: Diagnosis): string {
  return `${span.start}:${span.end}:${ruleId}:${message}`;
}
