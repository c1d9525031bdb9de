// Edits that stay inside one definition: what rules said of the rest of the file holds, at its new place.

import type { DefinitionFile, Finding, Registration } from '../definitions/resources';
import type { FunctionDefinition, Module } from '../python/ast';
import { commonPrefix } from '../text/commonPrefix';
import { encloses, type Span } from '../text/span';
import type { FileIndex } from './resourceIndex';
import type { FileSnapshot, ResourceKey, Snapshot } from './snapshot';
import { definesTwice } from './surface';

/** The one statement that an edit changed, in the text before and after. What stands behind it has moved as a whole. */
export interface LocalEdit {
  readonly before: Span;
  readonly after: Span;
  /** Other statements of the file, in the text after the edit, of which something else may be said now. */
  readonly doubtful: readonly Span[];
  /** The file and all others as they were. */
  readonly previous: Snapshot;
}

/** What an edit changed for others: the keys of which something else may be said, and the file's part of the index. */
export interface EditReach {
  readonly keys: ReadonlySet<ResourceKey> | 'all';
  readonly before: FileIndex;
  readonly after: FileIndex;
  readonly previous: Snapshot;
}

/**
 * The decorated function at the top level that holds everything that differs between two states of a file, if there is one:
 * it is still called the same, and the file means the same around it. Undefined for every other edit, for files with syntax
 * errors and for those that define one resource twice: what one of the definitions says decides whether the other contradicts it.
 * That no other file is read differently is for the asker to know.
 */
export function localEditOf(before: FileSnapshot, after: FileSnapshot, reach: EditReach): LocalEdit | undefined {
  if (reach.keys === 'all' || definesTwice(reach.before) || definesTwice(reach.after)) return undefined;
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
  if (!meansTheSameAround(before.definitions, after.definitions, edit)) return undefined;
  const doubtful = statementsWith(reach.keys, after, reach.after);
  return doubtful && { ...edit, doubtful: doubtful.filter((span) => span.start !== edit.after.start), previous: reach.previous };
}

/** The statements that define or mention one of the keys; undefined where that stands outside of all, as in a query of its own file. */
function statementsWith(keys: ReadonlySet<ResourceKey>, { uri, module }: FileSnapshot, index: FileIndex): readonly Span[] | undefined {
  const found = new Set<Span>();
  for (const key of keys) {
    const places = [
      ...(index.definitions.get(key) ?? []),
      ...(index.mentions.get(key) ?? []).map(({ reference, from }) =>
        from?.uri === uri ? from : { uri: reference.uri ?? uri, span: reference.span },
      ),
    ];
    for (const place of places) {
      const statement = module.body.findLast(({ span }) => span.start <= place.span.start);
      if (place.uri !== uri || statement === undefined || !encloses(statement.span, place.span)) return undefined;
      found.add(statement.span);
    }
  }
  return [...found];
}

/** Two edits of the same statement, as one. */
export function joinLocalEdits(first: LocalEdit, second: LocalEdit): LocalEdit | undefined {
  const same = first.after.start === second.before.start && first.after.end === second.before.end;
  if (!same) return undefined;
  const doubtful = [...first.doubtful.map((span) => movedBy(span, second.before, second.after)), ...second.doubtful];
  return { before: first.before, after: second.after, doubtful, previous: first.previous };
}

/** The statements of which something else may be said, in the text before the edit. */
export function spansBefore({ before, after, doubtful }: LocalEdit): readonly Span[] {
  return [before, ...doubtful.map((span) => movedBy(span, after, before))];
}

/** Where a statement stands in the other text, one statement having changed from one span to another. */
function movedBy(span: Span, from: Span, to: Span): Span {
  const delta = span.start >= from.end ? to.end - from.end : 0;
  return { start: span.start + delta, end: span.end + delta };
}

/** The part of what was read of a file that stands inside one of the spans. */
export function definitionsWithin(definitions: DefinitionFile, spans: readonly Span[]): DefinitionFile {
  const isInside = (item: { readonly span: Span }): boolean => spans.some((span) => encloses(span, item.span));
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
function meansTheSameAround(before: DefinitionFile, after: DefinitionFile, edit: { readonly before: Span; readonly after: Span }): boolean {
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
