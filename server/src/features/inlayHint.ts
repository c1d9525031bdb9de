// What a run fills in, shown where it would be written: the variant that is left out, and where a transformation writes to.

import { type InlayHint, InlayHintKind } from 'vscode-languageserver-types';
import type { Reference, Registration, Resource } from '../definitions/resources';
import type { Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { outputLocation } from './outputLocation';
import { isTransformation } from './resourceIds';

export interface InlayHintOptions {
  /** The variants that are left out. */
  readonly variants: boolean;
  /** The folders or tables that transformations write to. */
  readonly outputLocations: boolean;
}

/** The hints of a part of a document, in text order. */
export function inlayHint(
  snapshot: Snapshot,
  uri: string,
  range: Span,
  { variants, outputLocations }: InlayHintOptions,
): readonly InlayHint[] {
  const file = snapshot.files.get(uri);
  if (file === undefined) return [];
  const found = new Map<number, Hint>();
  const add = (hint: Hint | undefined): void => {
    if (hint !== undefined && range.start <= hint.offset && hint.offset <= range.end && !found.has(hint.offset))
      found.set(hint.offset, hint);
  };
  for (const resource of file.definitions.resources) {
    if (variants) {
      add(definedVariant(snapshot, file, resource));
      for (const reference of resource.references) add(mentionedVariant(snapshot, file, resource, reference));
    }
    if (outputLocations && isTransformation(resource)) add(writtenTo(snapshot, resource));
  }
  return [...found.values()]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, ...hint }) => ({ ...hint, position: file.lines.positionAt(offset) }));
}

type Hint = Omit<InlayHint, 'position'> & { readonly offset: number };

/** The argument that a registration leaves out. */
function definedVariant(snapshot: Snapshot, file: FileSnapshot, { variant, registration, span }: Resource): Hint | undefined {
  if (variant?.kind !== 'omitted' || registration === undefined) return undefined;
  const isOwn = registration.span.start >= span.start && registration.span.end <= span.end;
  if (!isOwn || file.text[registration.span.end - 1] !== ')') return undefined;
  const last = Math.max(0, ...allArguments(registration).map((argument) => argument.span.end));
  const text = snapshot.variantText(variant);
  return {
    offset: last === 0 ? registration.span.end - 1 : last,
    label: `${last === 0 ? '' : ', '}variant=${quoted(snapshot, variant.run, text)}`,
    kind: InlayHintKind.Parameter,
    tooltip: `Without a variant it is registered as ${text}.`,
  };
}

function allArguments({ arguments: known, unknown }: Registration): Registration['arguments'] {
  return [...known, ...unknown].filter(({ form }) => form !== 'unpacked');
}

/** The part of a mention that is left out; what stands for an input has its variant there. */
function mentionedVariant(snapshot: Snapshot, file: FileSnapshot, resource: Resource, reference: Reference): Hint | undefined {
  const { variant, name, form, template, span } = reference;
  if (variant.kind !== 'omitted' || (reference.uri ?? file.uri) !== file.uri || name.text === undefined) return undefined;
  if (!versioned.has(reference.type)) return undefined;
  const text = snapshot.variantText(variant);
  const tooltip = `Without a variant it means ${text}.`;
  if (form === 'template') {
    // Where another literal writes it, or a parameter stands for it, nothing can be put behind it.
    const isAlias = template?.parts.length === 1 && resource.function?.parameters.some((parameter) => parameter.name === template.inner);
    const isWritten = file.text.slice(name.span.start, name.span.end) === name.text;
    if (isAlias === true || !isWritten) return undefined;
    return { offset: name.span.end, label: `.${bare(snapshot, variant.run, text)}`, kind: InlayHintKind.Parameter, tooltip };
  }
  if (form === 'string' || form === 'tuple') {
    return { offset: span.end, label: bare(snapshot, variant.run, text), kind: InlayHintKind.Parameter, paddingLeft: true, tooltip };
  }
  return undefined;
}

const versioned: ReadonlySet<string> = new Set(['source', 'feature', 'label', 'training-set']);

/** Behind the decorator, where the line ends. */
function writtenTo(snapshot: Snapshot, resource: Resource): Hint | undefined {
  const location = outputLocation(snapshot, resource);
  if (location === undefined || resource.registration === undefined) return undefined;
  return {
    offset: resource.registration.span.end,
    label: `→ ${withoutNames(location)}`,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    tooltip: `Featureform writes the result of each run ${location.startsWith('s3:') ? `into a folder of its own in ${location}` : `to ${location}`}`,
  };
}

/** The rest of the folder is what the decorator says beside it, and would be all that a narrow editor has room for. */
function withoutNames(location: string): string {
  const at = location.lastIndexOf('/Transformation/');
  return at < 0 ? location : `${location.slice(0, at)}/…`;
}

function quoted(snapshot: Snapshot, run: string | undefined, text: string): string {
  return run === undefined && snapshot.era === 'current' ? '<current run>' : `"${text}"`;
}

function bare(snapshot: Snapshot, run: string | undefined, text: string): string {
  return run === undefined && snapshot.era === 'current' ? '<current run>' : text;
}
