import { MarkupKind, type ParameterInformation, type SignatureHelp } from 'vscode-languageserver-types';
import { callable, type CallableFact, fact, type ParameterFact } from '../definitions/catalogue';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { methodNamed } from './completionContext';
import { lexicalContext, type OpenBracket } from './lexicalContext';

/** How a registration of Featureform is written, and which of its parameters the cursor stands at, by keyword or by position. */
export function registrationSignature(snapshot: Snapshot, file: FileSnapshot, offset: number): SignatureHelp | undefined {
  if (!file.definitions.isDefinitionFile) return undefined;
  const { comment, brackets } = lexicalContext(file.text, offset);
  // Lists, tuples and dictionaries belong to an argument of the call around them.
  const call = comment ? undefined : brackets.findLast((bracket) => bracket.open === '(' && bracket.callee !== undefined);
  const called = call === undefined ? undefined : factOf(snapshot, file, call);
  if (call === undefined || called === undefined) return undefined;
  const name = called.name.slice(called.name.lastIndexOf('.') + 1);
  const { label, parameters } = labelOf(name, called.parameters);
  const active = activeParameter(file.text, call, called, offset);
  return {
    signatures: [{ label, documentation: { kind: MarkupKind.Markdown, value: called.summary }, parameters: [...parameters] }],
    activeSignature: 0,
    // Beyond the last one nothing is marked.
    activeParameter: active ?? parameters.length,
  };
}

/** The callable of a call that may not be closed yet; undefined where it is not sure to be Featureform's. */
export function factOf(snapshot: Snapshot, file: FileSnapshot, call: OpenBracket): CallableFact | undefined {
  const registered = file.definitions.registrations.find(
    ({ nameSpan }) => nameSpan.end <= call.offset && file.text.slice(nameSpan.end, call.offset).trim() === '',
  );
  if (registered !== undefined) return fact(registered.callable, snapshot.era);
  // A call that is not closed yet may not be read as one.
  const callee = call.callee ?? '';
  const dot = callee.lastIndexOf('.');
  const name = callee.slice(dot + 1);
  if (dot < 0) return importsName(file.text, name) ? callable(name, snapshot.era) : undefined;
  if (isModule(file.text, callee.slice(0, dot))) return callable(name, snapshot.era);
  return distinctive.test(name) ? methodNamed(name, snapshot.era) : undefined;
}

/** Names of methods that nothing but Featureform's objects has. */
const distinctive = /^(?:register_\w+|(?:sql|df)_transformation|create_training_set)$/;

/** Whether the file imports Featureform under the name. */
export function isModule(text: string, name: string): boolean {
  return [...text.matchAll(/^[ \t]*import[ \t]+featureform(?:[ \t]+as[ \t]+(\w+))?/gm)].some(
    ([, alias]) => (alias ?? 'featureform') === name,
  );
}

function importsName(text: string, name: string): boolean {
  return [...text.matchAll(/^[ \t]*from[ \t]+featureform[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)/gm)].some(([, names]) =>
    (names ?? '').split(/[^\w*]+/).some((one) => one === name || one === '*'),
  );
}

function labelOf(
  name: string,
  parameters: readonly ParameterFact[],
): { readonly label: string; readonly parameters: readonly ParameterInformation[] } {
  let label = `${name}(`;
  const found: ParameterInformation[] = [];
  let keywordOnly = false;
  for (const [index, parameter] of parameters.entries()) {
    if (index > 0) label += ', ';
    if (parameter.keywordOnly === true && !keywordOnly) {
      label += '*, ';
      keywordOnly = true;
    }
    const start = label.length;
    label += parameterText(parameter);
    found.push({ label: [start, label.length], ...(parameter.note !== undefined && { documentation: parameter.note }) });
  }
  return { label: `${label})`, parameters: found };
}

function parameterText({ name, type, default: written }: ParameterFact): string {
  return `${name}${type === undefined ? '' : `: ${type}`}${written === undefined ? '' : ` = ${written}`}`;
}

function activeParameter(text: string, call: OpenBracket, { parameters }: CallableFact, offset: number): number | undefined {
  const last = call.itemStarts.length - 1;
  const items = call.itemStarts.map((start, index) => text.slice(start, index === last ? offset : call.itemStarts[index + 1]));
  const keyword = keywordOf(items[last] ?? '', text.slice(offset));
  if (keyword !== undefined) {
    const found = parameters.findIndex(({ name }) => name === keyword);
    return found < 0 ? undefined : found;
  }
  // Behind a keyword there is no position any more: the next that is not given is.
  const given = items.slice(0, last).map((item) => keywordOf(item, ''));
  if (items.slice(0, last + 1).some((item) => /^\s*\*/.test(item))) return undefined;
  if (given.every((name) => name === undefined))
    return parameters[last]?.keywordOnly === true || last >= parameters.length ? undefined : last;
  const positional = given.filter((name) => name === undefined).length;
  const next = parameters.findIndex(({ name }, index) => index >= positional && !given.includes(name));
  return next < 0 ? undefined : next;
}

/** The keyword that an item begins with; while it is typed, the rest of it stands behind the cursor. */
function keywordOf(item: string, behind: string): string | undefined {
  return /^\s*([A-Za-z_]\w*)\s*=(?!=)/.exec(`${item}${/^\w*\s*=?=?/.exec(behind)?.[0] ?? ''}`)?.[1];
}
