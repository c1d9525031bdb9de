// Edits that stay inside one definition: what rules said of the rest of the file holds, at its new place.

import type { DefinitionFile, Finding, Registration } from '../definitions/resources';
import type { FunctionDefinition, Module } from '../python/ast';
import { commonPrefix } from '../text/commonPrefix';
import { encloses, type Span } from '../text/span';
import type { FileSnapshot } from './snapshot';

/** The one statement that an edit changed, in the text before and after. What stands behind it has moved as a whole. */
export interface LocalEdit {
  readonly before: Span;
  readonly after: Span;
}

/**
 * The decorated function at the top level that holds everything that differs between two states of a file, if there is one:
 * it is still called the same, and the file means the same around it. Undefined for every other edit, and for files with
 * syntax errors. That other files see no difference is for the asker to know.
 */
export function localEditOf(before: FileSnapshot, after: FileSnapshot): LocalEdit | undefined {
  const [old, now] = [before.module, after.module];
  if (old.problems.length > 0 || now.problems.length > 0 || old.body.length !== now.body.length) return undefined;
  const start = commonPrefix(before.text, after.text);
  const delta = after.text.length - before.text.length;
  const from = functionAround(old, start);
  const to = functionAround(now, start);
  if (from === undefined || to === undefined || from.index !== to.index || from.definition.name !== to.definition.name) return undefined;
  const edit = { before: from.definition.span, after: to.definition.span };
  if (edit.before.start !== edit.after.start || edit.before.end + delta !== edit.after.end) return undefined;
  // The end of the function begins what is the same in both texts.
  if (before.text.slice(edit.before.end) !== after.text.slice(edit.after.end)) return undefined;
  return meansTheSameAround(before.definitions, after.definitions, edit) ? edit : undefined;
}

/** Two edits of the same statement, as one. */
export function joinLocalEdits(first: LocalEdit, second: LocalEdit): LocalEdit | undefined {
  const same = first.after.start === second.before.start && first.after.end === second.before.end;
  return same ? { before: first.before, after: second.after } : undefined;
}

/** The part of what was read of a file that stands inside a span. */
export function definitionsWithin(definitions: DefinitionFile, span: Span): DefinitionFile {
  const isInside = (item: { readonly span: Span }): boolean => encloses(span, item.span);
  return {
    ...definitions,
    resources: definitions.resources.filter(isInside),
    registrations: definitions.registrations.filter(isInside),
    references: definitions.references.filter(isInside),
    findings: definitions.findings.filter(isInside),
  };
}

function functionAround(module: Module, offset: number): { readonly definition: FunctionDefinition; readonly index: number } | undefined {
  const index = module.body.findLastIndex((statement) => statement.span.start <= offset);
  const definition = module.body[index];
  if (definition?.kind !== 'function' || definition.decorators.length === 0 || definition.span.end < offset) return undefined;
  return { definition, index };
}

/** A body may assign to attributes of objects that later statements use: then those mean something else. */
function meansTheSameAround(before: DefinitionFile, after: DefinitionFile, edit: LocalEdit): boolean {
  const outside = (definitions: DefinitionFile, span: Span): string[] => [
    ...definitions.registrations.filter((item) => !encloses(span, item.span)).map(registrationKey),
    ...definitions.findings.filter((item) => !encloses(span, item.span)).map(findingKey),
  ];
  const [old, now] = [outside(before, edit.before), outside(after, edit.after)];
  return old.length === now.length && old.every((key, i) => key === now[i]);
}

function registrationKey({ callable, receiverClass }: Registration): string {
  return receiverClass === undefined ? callable : `${receiverClass}.${callable}`;
}

function findingKey({ kind, name }: Finding): string {
  return `${kind} ${name}`;
}
