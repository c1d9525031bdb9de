// What stands at an offset: the one place where hover, definition, references and highlights agree on what a cursor means.

import type { BoundArgument, Reference, Registration, Resource } from '../definitions/resources';
import type { Template } from '../sql/templates';
import { encloses, type Span, touches } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { FileSnapshot, ResourceKey, Snapshot } from '../workspace/snapshot';

export type Target =
  /** The name, the variant or the function name of a definition. */
  | { readonly kind: 'definition'; readonly resource: Resource; readonly key: ResourceKey; readonly span: Span }
  /** A mention of a resource: a template, a tuple, a string, a variable; `alias` is the parameter that a template names it by. */
  | {
      readonly kind: 'reference';
      readonly reference: Reference;
      readonly key: ResourceKey;
      readonly from: Resource | undefined;
      readonly span: Span;
      readonly alias?: string;
    }
  /** A keyword of a call of Featureform's API. */
  | { readonly kind: 'keyword'; readonly registration: Registration; readonly argument: BoundArgument; readonly span: Span }
  /** The name of a callable of Featureform's API. */
  | { readonly kind: 'callable'; readonly registration: Registration; readonly span: Span };

/** What the cursor is on or directly behind. Where several things nest, the smallest wins; undefined for plain Python. */
export function targetAt(snapshot: Snapshot, file: FileSnapshot, offset: number): Target | undefined {
  let best: Target | undefined;
  for (const target of targetsOf(snapshot, file, offset)) {
    if (touches(target.span, offset) && (best === undefined || isCloser(target, best, offset))) best = target;
  }
  return best;
}

/** The definition whose text encloses the offset, the innermost one. */
export function enclosingResource(file: FileSnapshot, offset: number): Resource | undefined {
  let best: Resource | undefined;
  for (const resource of file.definitions.resources) {
    if (!touches(resource.span, offset)) continue;
    if (best === undefined || resource.span.end - resource.span.start < best.span.end - best.span.start) best = resource;
  }
  return best;
}

/** What to underline of a mention: the id of a template without its braces, the variable of `source[["id", "value"]]`. */
export function mentionSpan(reference: Reference, text: string): Span {
  const { name, variant, form, span } = reference;
  if (form === 'template') {
    // The variant may stand elsewhere: that of an input which a template names by its parameter.
    const together = variant.kind === 'written' && variant.name.span.start >= name.span.end && encloses(span, variant.name.span);
    return together ? { start: name.span.start, end: variant.name.span.end } : name.span;
  }
  if (form !== 'object') return form === 'string' ? name.span : span;
  const variable = /^[^\s[(]+/.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
  return variable === 0 ? span : { start: span.start, end: span.start + variable };
}

/** The source that a template of a definition stands for, by its id or by the parameter of an input. */
export function referenceOfTemplate(resource: Resource, template: Template): Reference | undefined {
  const { start, end } = template.span;
  return resource.references.find(({ template: own }) => own?.span.start === start && own.span.end === end);
}

function* targetsOf(snapshot: Snapshot, file: FileSnapshot, offset: number): Iterable<Target> {
  if (isQueryFile(file.uri)) yield* queryTargets(snapshot, file);
  for (const resource of file.definitions.resources) {
    const key = snapshot.keyOf(resource);
    for (const span of [
      resource.selection,
      resource.name.span,
      resource.variant?.kind === 'written' ? resource.variant.name.span : undefined,
    ]) {
      if (span !== undefined) yield { kind: 'definition', resource, key, span };
    }
    // References of a definition may stand outside its span: a list of inputs kept in a variable.
    for (const reference of resource.references) yield* mentionTargets(snapshot, file, reference, resource);
  }
  for (const reference of file.definitions.references) yield* mentionTargets(snapshot, file, reference, undefined);
  for (const registration of file.definitions.registrations) {
    if (!touches(registration.span, offset)) continue;
    yield { kind: 'callable', registration, span: registration.nameSpan };
    for (const argument of [...registration.arguments, ...registration.unknown]) {
      if (argument.nameSpan !== undefined) yield { kind: 'keyword', registration, argument, span: argument.nameSpan };
    }
  }
}

/** What a file of SQL mentions belongs to the definitions that read it. */
function* queryTargets(snapshot: Snapshot, file: FileSnapshot): Iterable<Target> {
  for (const { definitions } of snapshot.files.values()) {
    for (const resource of definitions.resources) {
      for (const reference of resource.references) {
        if (reference.uri === file.uri) yield* mentionTargets(snapshot, file, reference, resource);
      }
    }
  }
}

function* mentionTargets(snapshot: Snapshot, file: FileSnapshot, reference: Reference, from: Resource | undefined): Iterable<Target> {
  if ((reference.uri ?? file.uri) !== file.uri) return;
  const alias = aliasOf(reference, from);
  yield {
    kind: 'reference',
    reference,
    key: snapshot.keyOf(reference),
    from,
    span: reference.form === 'object' ? mentionSpan(reference, file.text) : reference.span,
    ...(alias !== undefined && { alias }),
  };
}

/** The parameter that a template names its source by, where it is no id. */
function aliasOf(reference: Reference, from: Resource | undefined): string | undefined {
  const inner = reference.template?.parts.length === 1 ? reference.template.inner : undefined;
  if (inner === undefined || from?.inputs === undefined) return undefined;
  return from.function?.parameters.some((parameter) => parameter.name === inner) === true ? inner : undefined;
}

/** A span that holds the offset goes before one that ends there, a smaller before a larger, a mention before its call. */
function isCloser(candidate: Target, than: Target, offset: number): boolean {
  const [a, b] = [closeness(candidate, offset), closeness(than, offset)];
  const differing = a.findIndex((value, index) => value !== b[index]);
  return differing >= 0 && (a[differing] ?? 0) < (b[differing] ?? 0);
}

function closeness(target: Target, offset: number): readonly number[] {
  return [
    offset < target.span.end ? 0 : 1,
    target.span.end - target.span.start,
    ['definition', 'reference', 'keyword', 'callable'].indexOf(target.kind),
  ];
}
