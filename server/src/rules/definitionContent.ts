// What a definition says apart from its id, for telling a repetition from a contradiction: Featureform accepts the same
// definition twice and refuses another one under the same id.

import { fact, type Era } from '../definitions/catalogue';
import { valueKey } from '../definitions/names';
import type { Resource } from '../definitions/resources';
import type { Value } from '../python/values';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';

interface Part {
  readonly text: string;
  /** False when only the run time knows the whole of it, so that a difference may be none. */
  readonly certain: boolean;
}

/** True when the two definitions are sure to be different; parts that only the run time knows are no proof. */
export function contradict(a: Resource, b: Resource, snapshot: Snapshot): boolean {
  const first = contentOf(a, snapshot);
  const second = contentOf(b, snapshot);
  for (const key of new Set([...first.keys(), ...second.keys()])) {
    const one = first.get(key) ?? nothing;
    const other = second.get(key) ?? nothing;
    if (one.text !== other.text && one.certain && other.certain) return true;
  }
  return false;
}

const nothing: Part = { text: '', certain: true };

/** What the id, the place and the object on which the method was called say already. */
const outside: ReadonlySet<string> = new Set(['name', 'variant', 'features', 'labels', 'owner']);

function contentOf(resource: Resource, snapshot: Snapshot): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  parts.set('kind', { text: kindOf(resource), certain: true });
  const file = snapshot.files.get(resource.uri);
  const { registration, function: definition, sql } = resource;
  if (sql !== undefined) parts.set('sql', { text: collapse(sql.text.key), certain: sql.text.isConstant });
  else if (definition !== undefined && file !== undefined) {
    parts.set('body', { text: withoutLayout(file, definition.bodySpan.start, definition.bodySpan.end), certain: true });
  }
  if (resource.provider !== undefined) {
    const { name } = resource.provider;
    parts.set('provider', { text: name?.key ?? '', certain: name?.text !== undefined });
  }
  for (const column of resource.columns ?? []) {
    parts.set(`${column.role} column`, { text: column.name.key, certain: column.name.text !== undefined });
  }
  if (resource.valueType !== undefined) {
    parts.set('type', { text: resource.valueType.text ?? '', certain: resource.valueType.text !== undefined });
  }
  const members = resource.type === 'training-set' ? ['features', 'label'] : [];
  for (const argument of registration?.arguments ?? []) {
    if (outside.has(argument.name) && !members.includes(argument.name)) continue;
    if (argument.name === 'transformation_args' || argument.name === 'type' || argument.name === 'provider') continue;
    if (isDefault(resource, argument.name, argument.value, snapshot.era)) continue;
    parts.set(argument.name, { text: valueKey(argument.value), certain: isCertain(argument.value) });
  }
  if (resource.type === 'feature' || resource.type === 'label') {
    const source = resource.references.find((reference) => reference.type === 'source');
    if (source !== undefined) parts.set('source', { text: snapshot.keyOf(source), certain: source.name.text !== undefined });
    const entity = resource.references.find((reference) => reference.type === 'entity');
    if (entity !== undefined) parts.set('entity', { text: entity.name.key, certain: entity.name.text !== undefined });
  }
  return parts;
}

/** A parquet file is registered as a file. */
function kindOf({ kind }: Resource): string {
  return kind === 'parquet-file' ? 'file' : kind;
}

/** True for an argument that is written out as what it would be without. */
function isDefault(resource: Resource, name: string, value: Value, era: Era): boolean {
  const written = fact(resource.registration?.callable ?? '', era)?.parameters.find((parameter) => parameter.name === name)?.default;
  if (value.kind === 'none' || valueKey(value) === written) return true;
  return value.kind === 'list' || value.kind === 'tuple' ? value.items.length === 0 : value.kind === 'dict' && value.entries.length === 0;
}

function isCertain(value: Value): boolean {
  switch (value.kind) {
    case 'string':
      return value.text.isConstant;
    case 'number':
    case 'boolean':
    case 'none':
      return true;
    case 'list':
    case 'tuple':
    case 'set':
      return value.complete && value.items.every(isCertain);
    case 'dict':
      return value.complete && value.entries.every(({ key, value: item }) => isCertain(key) && isCertain(item));
    default:
      return false;
  }
}

function withoutLayout(file: FileSnapshot, start: number, end: number): string {
  let text = '';
  let at = start;
  for (const comment of file.module.comments) {
    if (comment.span.start < start || comment.span.end > end) continue;
    text += file.text.slice(at, comment.span.start);
    at = comment.span.end;
  }
  return collapse(text + file.text.slice(at, end));
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
