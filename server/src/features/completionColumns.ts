// The columns that are known of a source: those that its query gives, and those that features and labels read of it.

import type { Resource } from '../definitions/resources';
import { parseSql } from '../sql/parser';
import { resolveNames } from '../sql/scopes';
import type { Snapshot } from '../workspace/snapshot';

export interface KnownColumn {
  readonly name: string;
  /** Something is joined by it: the column of an entity. */
  readonly isEntity: boolean;
}

const NAME = 'sparkform_source';

/** Each name once, those of entities first. */
export function columnsOfSource(snapshot: Snapshot, source: Resource): readonly KnownColumn[] {
  const found = new Map<string, KnownColumn>();
  const note = (name: string, isEntity: boolean): void => {
    const key = name.toLowerCase();
    const known = found.get(key);
    if (known === undefined || (isEntity && !known.isEntity)) found.set(key, { name: known?.name ?? name, isEntity });
  };
  for (const name of columnsOfQuery(source)) note(name, false);
  for (const { from } of snapshot.index.mentions(snapshot.keyOf(source))) {
    if (from?.type !== 'feature' && from?.type !== 'label') continue;
    for (const { name, role } of from.columns ?? []) if (name.text !== undefined) note(name.text, role === 'entity');
  }
  return [...found.values()].sort((a, b) => Number(b.isEntity) - Number(a.isEntity));
}

/** What was read of a definition, which never changes: an edit makes another. */
const readQueries = new WeakMap<Resource, readonly string[]>();

function columnsOfQuery(source: Resource): readonly string[] {
  const known = readQueries.get(source) ?? readColumns(source);
  readQueries.set(source, known);
  return known;
}

function readColumns({ sql }: Resource): readonly string[] {
  if (sql === undefined || sql.conditional) return [];
  // As the relation of another query its columns are in scope there.
  const text = `SELECT 1 FROM (${sql.text.value}\n) AS ${NAME}`;
  const entry = resolveNames(parseSql(text)).scopeAt(1)?.relation(NAME);
  return entry?.output.columns.map(({ name }) => name).filter((name) => name !== '') ?? [];
}
