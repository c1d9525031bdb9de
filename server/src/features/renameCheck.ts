// What a rename must leave as it was. The workspace is read as it would be with the edits, and compared with the one that is:
// the same definitions with the same references and texts, but for the name, and no problem more.

import { objectOf } from '../definitions/objects';
import type { DefinitionFile, Reference, Registration, Resource, ResourceType } from '../definitions/resources';
import type { Value } from '../python/values';
import { checkFile } from '../rules/check';
import { scanTemplates } from '../sql/templates';
import type { MappedText } from '../text/mappedText';
import { encloses, type Location } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import type { RenameTarget } from './renameTarget';
import { isServing } from './servedMentions';
import { editedRanges, textAfter, type EditsByUri } from './textEdits';

export interface Renaming {
  readonly target: RenameTarget;
  readonly newText: string;
  readonly edits: EditsByUri;
  /** The texts that write what is renamed. */
  readonly texts: ReadonlySet<MappedText>;
}

/** Arguments that name resources, and nothing else. */
const naming: ReadonlySet<string> = new Set(
  (
    'name variant source inputs features feature label labels entity provider inference_store vector_db offline_store owner ' + 'resources'
  ).split(' '),
);
const namingEntries: ReadonlySet<string> = new Set(['name', 'variant', 'feature']);

/** A text that the edits would change though it is no part of the name: a location, a column, another part of a query. */
export function otherText(snapshot: Snapshot, renaming: Renaming): Location | undefined {
  for (const file of snapshot.files.values()) {
    for (const registration of file.definitions.registrations) {
      if (isServing(registration.callable)) continue;
      for (const argument of registration.arguments) {
        if (registration.callable === 'register_sql_transformation' && argument.name === 'query') continue;
        if (touchesOther(argument.value, naming.has(argument.name), registration, renaming)) return { uri: file.uri, span: argument.span };
      }
    }
    for (const resource of file.definitions.resources) {
      for (const { text, span } of queriesOf(resource)) if (changesQuery(text, renaming)) return { uri: file.uri, span };
    }
  }
  return undefined;
}

function touchesOther(value: Value, names: boolean, registration: Registration, renaming: Renaming): boolean {
  switch (value.kind) {
    case 'string':
      return editedRanges(value.text, renaming.edits).length > 0 && !(names && renaming.texts.has(value.text));
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.some((item) => touchesOther(item, names, registration, renaming));
    case 'dict':
      return value.entries.some(({ key, value: item }) => {
        const isVariants = registration.callable.endsWith('Variants');
        const role = key.kind === 'string' && namingEntries.has(key.text.value);
        return touchesOther(key, isVariants, registration, renaming) || touchesOther(item, names && role, registration, renaming);
      });
    case 'object': {
      const object = objectOf(value);
      return object?.kind === 'columns' && object.columns.some((column) => touchesOther(column, false, registration, renaming));
    }
    default:
      return false;
  }
}

function queriesOf({ sql, returned, location }: Resource): readonly { readonly text: MappedText; readonly span: Location['span'] }[] {
  const queries: { text: MappedText; span: Location['span'] }[] = [];
  if (sql !== undefined) queries.push({ text: sql.text, span: sql.span });
  for (const { value, span } of returned ?? []) if (value?.kind === 'string') queries.push({ text: value.text, span });
  if (location !== undefined) queries.push(location);
  return queries;
}

/** True when an edit reaches a part of the query that is not in the place of the name or the variant of a template. */
function changesQuery(text: MappedText, { target, edits }: Renaming): boolean {
  const edited = editedRanges(text, edits);
  if (edited.length === 0) return false;
  const allowed = scanTemplates(text.value).templates.flatMap(({ parts: [name, variant] }) => {
    if (target.type !== 'source' || name?.text !== target.name) return [];
    if (target.part === 'name') return [name.span];
    return variant?.text === target.variant ? [variant.span] : [];
  });
  return edited.some((range) => !allowed.some((span) => encloses(span, range)));
}

/** Why the workspace would not be the same but for the name; undefined when it would. */
export function findDifference(before: Snapshot, after: Snapshot, renaming: Renaming): string | undefined {
  for (const [uri, file] of before.files) {
    const now = after.files.get(uri);
    if (now === file) continue;
    const place = now === undefined ? undefined : differenceIn(before, after, file, now, renaming);
    if (place !== undefined) return place;
  }
  return newProblem(before, after, renaming);
}

function differenceIn(before: Snapshot, after: Snapshot, file: FileSnapshot, now: FileSnapshot, renaming: Renaming): string | undefined {
  const expected = describeFile(
    file.definitions,
    (item) => renamedKey(before.keyOf(item), item, renaming),
    (text) => textAfter(text, renaming.edits),
  );
  const found = describeFile(
    now.definitions,
    (item) => after.keyOf(item),
    (text) => text.value,
  );
  const at = expected.findIndex((line, index) => line !== found[index]);
  if (at < 0 && expected.length === found.length) return undefined;
  const missing = at < 0 ? undefined : expected[at];
  return missing === undefined ? `it would bring ${found[expected.length] ?? ''}` : `with it there would not be ${missing}`;
}

/** One line a resource, a reference and a query, in text order. */
function describeFile(
  { resources, references, externals, registrations }: DefinitionFile,
  keyOf: (item: Resource | Reference) => string,
  textOf: (text: MappedText) => string | undefined,
): readonly string[] {
  const lines: string[] = [];
  const add = (what: string, item: Resource | Reference): void => {
    lines.push(`${what} "${withoutSymbols(keyOf(item))}"`);
  };
  for (const resource of resources) {
    add(`the ${resource.kind}`, resource);
    for (const reference of resource.references) add(`a mention of the ${reference.type}`, reference);
    for (const { text } of queriesOf(resource)) lines.push(`the text ${JSON.stringify(textOf(text))}`);
  }
  for (const reference of [...references, ...externals]) add(`a mention of the ${reference.type}`, reference);
  for (const { callable, arguments: given } of registrations)
    lines.push(`the arguments of ${callable}, ${given.map(({ name }) => name).join(', ')}`);
  return lines;
}

function renamedKey(key: string, { type, name }: Resource | Reference, { target, newText }: Renaming): string {
  if (type !== target.type || name.key !== target.name) return key;
  const rest = key.slice(type.length + 1 + name.key.length);
  if (target.part === 'name') return `${type}:${newText}${rest}`;
  return rest === `.${target.variant}` ? `${type}:${name.key}.${newText}` : key;
}

/** What only the run time knows is spelled with Python's names, which may change with a function. */
function withoutSymbols(key: string): string {
  return key.replace(/\$\{.*\}/gs, '${}');
}

/** The first problem of a kind that a file has more of than before. */
function newProblem(before: Snapshot, after: Snapshot, { target, newText, edits }: Renaming): string | undefined {
  // Files that were only read again, since they import from one of these, hold what they held.
  const changed = new Set<string>(edits.keys());
  for (const uri of filesNaming(before, target.type, target.name)) changed.add(uri);
  if (target.part === 'name') for (const uri of filesNaming(after, target.type, newText)) changed.add(uri);
  for (const uri of changed) {
    const counts = new Map<string, number>();
    for (const { ruleId } of checkFile(before, uri)) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
    for (const { ruleId, problem } of checkFile(after, uri)) {
      const left = (counts.get(ruleId) ?? 0) - 1;
      if (left < 0) return `it would be a problem (${ruleId}): ${problem.message}`;
      counts.set(ruleId, left);
    }
  }
  return undefined;
}

function filesNaming({ files }: Snapshot, type: ResourceType, name: string): readonly string[] {
  const isNamed = (item: Resource | Reference): boolean => item.type === type && item.name.key === name;
  return [...files.values()]
    .filter(({ definitions }) => definitions.resources.some((one) => isNamed(one) || one.references.some(isNamed)))
    .map(({ uri }) => uri);
}
