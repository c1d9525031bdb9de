// What people want to know of a resource at a glance, as Markdown: shown by hover and beside completions.

import type { Reference, Resource } from '../definitions/resources';
import type { Snapshot } from '../workspace/snapshot';
import { outputLocation } from './outputLocation';
import { idOf, idOfKey, kindWords, typeWords, variantOf } from './resourceIds';
import { rangeOf } from './ranges';

/** A resource that is defined: what it is, where it comes from, what it reads and writes, who needs it. */
export function resourceMarkdown(snapshot: Snapshot, resource: Resource): string {
  const key = snapshot.keyOf(resource);
  const others = snapshot.index.definitions(key).length - 1;
  const facts = [
    fact('Provider', providerText(resource)),
    fact('Location', resource.location === undefined ? undefined : code(readable(resource.location.text.key))),
    fact('Entity', referencesText(snapshot, resource, 'entity')),
    fact('Type', resource.valueType?.text === undefined ? undefined : code(resource.valueType.text)),
    fact('Columns', columnsText(resource)),
    fact('Inputs', inputsText(snapshot, resource)),
    fact('Label', resource.type === 'training-set' ? referencesText(snapshot, resource, 'label') : undefined),
    fact('Writes to', wrap(outputLocation(snapshot, resource))),
    fact('Used by', dependentsText(snapshot, key)),
    fact('Defined in', definedIn(snapshot, resource)),
  ].filter((line) => line !== '');
  return [
    `**${code(idOf(snapshot, resource))}** · ${kindWords[resource.kind]}`,
    ...(resource.variant !== undefined && variantOf(snapshot, resource) === undefined
      ? [`Variant: ${snapshot.variantText(resource.variant)}`]
      : []),
    ...(others > 0 ? [`Defined ${others + 1} times in this workspace.`] : []),
    ...(resource.description === undefined || resource.description.trim() === '' ? [] : [trimIndent(resource.description)]),
    facts.join('\n'),
  ].join('\n\n');
}

/** A mention that nothing in the workspace defines. */
export function missingMarkdown(snapshot: Snapshot, reference: Reference): string {
  const id = code(idOf(snapshot, reference));
  const word = typeWords[reference.type];
  if (snapshot.index.couldExist(reference)) return `**${id}** · ${word}\n\nDefined outside what can be read in this workspace.`;
  const variants = reference.name.text === undefined ? [] : snapshot.index.variants(reference.type, reference.name.text);
  const known = [...new Set(variants.map((resource) => code(idOf(snapshot, resource))))];
  const hint = known.length === 0 ? '' : `\n\nThe name exists as ${known.join(', ')}.`;
  return `**${id}** · ${word}\n\nNothing in this workspace defines it.${hint}`;
}

/** Text in a Markdown code span, whatever backticks it holds. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

function fact(word: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : `- ${word}: ${text}`;
}

function wrap(text: string | undefined): string | undefined {
  return text === undefined ? undefined : code(text);
}

function providerText(resource: Resource): string | undefined {
  if (resource.provider === undefined || resource.type === 'provider') return undefined;
  const { name, class: className } = resource.provider;
  if (name?.text !== undefined) return code(name.text);
  return className === undefined ? undefined : code(className);
}

function inputsText(snapshot: Snapshot, resource: Resource): string | undefined {
  const wanted = resource.type === 'training-set' ? 'feature' : 'source';
  return referencesText(snapshot, resource, wanted);
}

function referencesText(snapshot: Snapshot, resource: Resource, type: Reference['type']): string | undefined {
  const keys = new Set(resource.references.filter((reference) => reference.type === type).map((reference) => snapshot.keyOf(reference)));
  return keys.size === 0 ? undefined : [...keys].map((key) => code(readable(idOfKey(key)))).join(', ');
}

function columnsText(resource: Resource): string | undefined {
  return resource.columns?.map(({ role, name }) => `${code(readable(name.key))} (${role})`).join(', ');
}

function dependentsText(snapshot: Snapshot, key: string): string | undefined {
  const direct = snapshot.graph.dependents(key).length;
  const all = snapshot.graph.downstream(key).length;
  if (all === 0) return undefined;
  return direct === all ? `${all} ${plural(all)}` : `${all} ${plural(all)}, ${direct} of them directly`;
}

function plural(count: number): string {
  return count === 1 ? 'definition' : 'definitions';
}

function definedIn(snapshot: Snapshot, resource: Resource): string | undefined {
  const file = snapshot.files.get(resource.uri);
  if (file === undefined) return undefined;
  const line = rangeOf(file.lines, resource.selection).start.line + 1;
  const name = decodeURIComponent(resource.uri.slice(resource.uri.lastIndexOf('/') + 1).replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
  return `[${name}:${line}](${resource.uri}#L${line})`;
}

/** Symbolic parts are spelled `${expression}` in keys; people see the expression in braces. */
function readable(key: string): string {
  return key.replace(/\$\{/g, '{');
}

function trimIndent(text: string): string {
  const lines = text.trim().split(/\r\n|\r|\n/);
  const indents = lines.slice(1).filter((line) => line.trim() !== '');
  const indent = Math.min(...indents.map((line) => line.length - line.trimStart().length));
  return lines.map((line, index) => (index === 0 ? line : line.slice(Number.isFinite(indent) ? indent : 0)).trimEnd()).join('\n');
}
