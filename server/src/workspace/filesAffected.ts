// Which files an edit concerns, besides the one that was edited.

import { type IndexTables, runKeys } from './resourceIndex';
import type { Snapshot } from './snapshot';

/** How many references away a change can still matter to a rule. */
const dependentSteps = 3;

/**
 * Files in which a changed definition or name is defined or mentioned, or whose problems hang on it over a few steps
 * (file, provider, file store). Only cycles reach further: theirs are followed to the end, before and after the change.
 */
export function filesAffected(keys: ReadonlySet<string>, tables: IndexTables, before: Snapshot, now: Snapshot): readonly string[] {
  if (Object.values(runKeys).some((key) => keys.has(key))) return [...now.files.keys()];
  const affected = new Set<string>();
  const { graph } = now;
  const addFilesOf = (key: string): void => {
    for (const uri of tables.defining.get(key) ?? []) affected.add(uri);
    for (const uri of tables.mentioning.get(key) ?? []) affected.add(uri);
  };
  for (const key of keys) {
    const name = key.slice(0, key.lastIndexOf('.') < 0 ? key.length : key.lastIndexOf('.'));
    for (const one of tables.variants.get(name) ?? []) addFilesOf(one);
    let frontier = [key];
    for (let step = 0; step <= dependentSteps; step++) {
      frontier.forEach(addFilesOf);
      frontier = frontier.flatMap((one) => graph.dependents(one));
    }
    for (const one of [graph, before.graph]) if (one.cycleThrough(key) !== undefined) one.downstream(key).forEach(addFilesOf);
  }
  if (keys.size > 0) {
    for (const [key, uris] of tables.mentioning) {
      if (!tables.defining.has(key)) for (const uri of uris) affected.add(uri);
    }
  }
  return [...affected];
}
