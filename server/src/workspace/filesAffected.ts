// What an edit concerns, besides the definition that was edited.

import { type IndexTables, runKeys } from './resourceIndex';
import type { ResourceKey, Snapshot } from './snapshot';

/** How many references away a change can still matter to a rule. */
const dependentSteps = 3;

/**
 * Keys of which something may now be said that was not, or the other way round, wherever they are defined or mentioned: the
 * changed ones, those of the same names, and those that hang on them over a few steps (file, provider, file store). Only
 * cycles reach further: theirs are followed to the end, before and after the change. A name that nothing defines is answered
 * with those that exist. `all` where the change decides over names without a variant.
 */
export function keysAffected(
  keys: ReadonlySet<ResourceKey>,
  tables: IndexTables,
  before: Snapshot,
  now: Snapshot,
): ReadonlySet<ResourceKey> | 'all' {
  if (Object.values(runKeys).some((key) => keys.has(key))) return 'all';
  if (keys.size === 0) return keys;
  const affected = new Set<ResourceKey>(tables.undefinedKeys);
  const { graph, index } = now;
  /** What is said of a location hangs on the provider that keeps it, which no reference need name: it is an object. */
  const next = (key: ResourceKey): readonly ResourceKey[] =>
    key.startsWith('provider:') ? [...graph.dependents(key), ...index.keptBy(key)] : graph.dependents(key);
  const add = (key: ResourceKey): unknown => affected.add(key);
  for (const key of keys) {
    const name = key.slice(0, key.lastIndexOf('.') < 0 ? key.length : key.lastIndexOf('.'));
    tables.variants.get(name)?.forEach(add);
    let frontier = [key];
    for (let step = 0; step <= dependentSteps; step++) {
      frontier.forEach(add);
      frontier = frontier.flatMap(next);
    }
    for (const one of [graph, before.graph]) if (one.cycleThrough(key) !== undefined) one.downstream(key).forEach(add);
  }
  return affected;
}

/** The files in which one of the keys is defined or mentioned. */
export function filesOf(keys: ReadonlySet<ResourceKey> | 'all', tables: IndexTables, now: Snapshot): readonly string[] {
  if (keys === 'all') return [...now.files.keys()];
  const files = new Set<string>();
  for (const key of keys) {
    for (const uri of tables.defining.get(key) ?? []) files.add(uri);
    for (const uri of tables.mentioning.get(key) ?? []) files.add(uri);
  }
  return [...files];
}
