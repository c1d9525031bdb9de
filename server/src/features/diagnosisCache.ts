// What the rules found in each file, kept until an edit may have changed it, so that an edit of one file costs the check of
// the files it affects and no more.

import { checkFile, type Diagnosis, type RuleFailure } from '../rules/check';
import type { Snapshot } from '../workspace/snapshot';

interface Checked {
  /** Problems of the file that was checked. */
  readonly own: readonly Diagnosis[];
  /** Problems it causes in other documents. */
  readonly foreign: ReadonlyMap<string, readonly Diagnosis[]>;
  /** Other documents that its problems point into: an edit there moves what they point at. */
  readonly pointsInto: ReadonlySet<string>;
}

export class DiagnosisCache {
  private readonly checked = new Map<string, Checked>();
  private readonly versions = new Map<string, number>();
  private clock = 0;

  constructor(private readonly onFailure: (failure: RuleFailure) => void) {}

  /** The problems of a document, those that other files cause in it included as far as they have been checked. */
  diagnosesOf(snapshot: Snapshot, uri: string): readonly Diagnosis[] {
    const { own } = this.check(snapshot, uri);
    const caused = [...this.checked].flatMap(([source, { foreign }]) => (source === uri ? [] : (foreign.get(uri) ?? [])));
    return caused.length === 0 ? own : [...own, ...caused].sort((a, b) => a.problem.span.start - b.problem.span.start);
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
   * those whose problems point into the edited text.
   */
  invalidate(edited: readonly string[], affected: readonly string[]): readonly string[] {
    const doubtful = new Set(affected);
    for (const [uri, { pointsInto }] of this.checked) if (edited.some((one) => pointsInto.has(one))) doubtful.add(uri);
    for (const uri of [...doubtful]) {
      for (const target of this.checked.get(uri)?.foreign.keys() ?? []) doubtful.add(target);
      this.checked.delete(uri);
    }
    this.clock++;
    for (const uri of doubtful) this.versions.set(uri, this.clock);
    return [...doubtful];
  }

  private check(snapshot: Snapshot, uri: string): Checked {
    const known = this.checked.get(uri);
    if (known !== undefined) return known;
    const own: Diagnosis[] = [];
    const foreign = new Map<string, Diagnosis[]>();
    const pointsInto = new Set<string>();
    for (const diagnosis of checkFile(snapshot, uri, this.onFailure)) {
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
