// Ids as people write and read them: `name.variant`, or the name alone where the variant is left to the run.

import { resourceTypes } from '../../../shared/protocol/resourceOrder';
import type { Resource, Reference, ResourceKind, ResourceType } from '../definitions/resources';
import type { ResourceKey, Snapshot } from '../workspace/snapshot';

const RUN_VARIANT = '.${run}';

/** The id of a definition or a mention, without its type. */
export function idOf(snapshot: Snapshot, item: Resource | Reference): string {
  return idOfKey(snapshot.keyOf(item));
}

export function idOfKey(key: ResourceKey): string {
  const id = key.slice(key.indexOf(':') + 1);
  return id.endsWith(RUN_VARIANT) ? id.slice(0, -RUN_VARIANT.length) : id;
}

/** True when nothing of the id is left to the run time, so that it can be typed, inserted and asked for. */
export function isConstantId(resource: Resource): boolean {
  if (resource.name.text === undefined) return false;
  return resource.variant?.kind !== 'written' || resource.variant.name.text !== undefined;
}

/** The variant as an id spells it; undefined for unversioned types and for the run of the moment. */
export function variantOf(snapshot: Snapshot, resource: Resource): string | undefined {
  if (resource.variant === undefined) return undefined;
  if (resource.variant.kind === 'written') return resource.variant.name.text ?? resource.variant.name.key;
  const id = idOf(snapshot, resource);
  return id === resource.name.key ? undefined : id.slice(resource.name.key.length + 1);
}

export function isTransformation(resource: Resource): boolean {
  return resource.kind === 'sql-transformation' || resource.kind === 'dataframe-transformation';
}

/** Definitions whose id is `id`, of one type if one is given, in file and text order. */
export function resourcesWithId(snapshot: Snapshot, type: ResourceType | undefined, id: string): readonly Resource[] {
  const types = type === undefined ? allTypes : [type];
  return types.flatMap((one) =>
    possibleNames(id).flatMap((name) => snapshot.index.variants(one, name).filter((resource) => idOf(snapshot, resource) === id)),
  );
}

/** Splits `training-set:name.variant` into type and id; without a known type in front, the whole is the id. */
export function parseTypedId(text: string): { readonly type: ResourceType | undefined; readonly id: string } {
  const colon = text.indexOf(':');
  const type = allTypes.find((one) => one === text.slice(0, Math.max(0, colon)));
  return type === undefined ? { type: undefined, id: text } : { type, id: text.slice(colon + 1) };
}

export const typeWords: Readonly<Record<ResourceType, string>> = {
  provider: 'provider',
  source: 'source',
  entity: 'entity',
  feature: 'feature',
  label: 'label',
  'training-set': 'training set',
  model: 'model',
  user: 'user',
};

export const kindWords: Readonly<Record<ResourceKind, string>> = {
  spark: 'Spark provider',
  'offline-provider': 'offline provider',
  'online-provider': 'online provider',
  'file-store': 'file store',
  file: 'file',
  'parquet-file': 'parquet file',
  'delta-table': 'Delta table',
  'iceberg-table': 'Iceberg table',
  table: 'table',
  'sql-transformation': 'SQL transformation',
  'dataframe-transformation': 'DataFrame transformation',
  entity: 'entity',
  feature: 'feature',
  'ondemand-feature': 'on-demand feature',
  'feature-stream': 'feature stream',
  embedding: 'embedding',
  label: 'label',
  'label-stream': 'label stream',
  'training-set': 'training set',
  model: 'model',
  user: 'user',
};

const allTypes: readonly ResourceType[] = resourceTypes;

/** Every name an id may stand for: a name or a variant may hold a period of its own. */
function possibleNames(id: string): readonly string[] {
  const names = [id];
  for (let at = id.indexOf('.'); at >= 0; at = id.indexOf('.', at + 1)) names.push(id.slice(0, at));
  return names;
}
