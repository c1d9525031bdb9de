// What a variable of Python holds, where that is something that a file registers: `spark`, `transactions`, `User`.

import type { Resource } from '../definitions/resources';
import type { Module, Statement } from '../python/ast';
import { usesOfName } from '../python/nameUses';
import { expressionsOf, statementsWithin, withoutParentheses } from '../python/walk';
import { touches, type Location, type Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { importedFile } from './pythonImports';

export interface Held extends Location {
  /** The resource; undefined for what is registered and is none, such as credentials. */
  readonly resource: Resource | undefined;
  /** The whole registration. */
  readonly whole: Span;
}

/** How many files a name may be handed on through. */
const MOST_IMPORTS = 8;

/** The variable under the cursor with the registrations that it may hold; undefined where there is no such variable. */
export function heldAt(
  snapshot: Snapshot,
  roots: readonly string[],
  uri: string,
  offset: number,
): { readonly span: Span; readonly held: readonly Held[] } | undefined {
  const file = snapshot.files.get(uri);
  const span = file && nameAt(file.text, offset);
  if (file === undefined || span === undefined) return undefined;
  const name = file.text.slice(span.start, span.end);
  const use = usesOfName(file.module, name).find((one) => one.span.start === span.start);
  if (use === undefined) return undefined;
  const isOwn = (place: Span): boolean =>
    usesOfName(file.module, name).some((one) => one.span.start === place.start && one.owner.id === use.owner.id);
  const held = heldBy(snapshot, roots, file, name, isOwn, 0);
  return held.length === 0 ? undefined : { span, held };
}

function heldBy(
  snapshot: Snapshot,
  roots: readonly string[],
  file: FileSnapshot,
  name: string,
  isOwn: (place: Span) => boolean,
  depth: number,
): readonly Held[] {
  return statementsWithin(file.module.body, 'enterNested').flatMap((statement): readonly Held[] => {
    switch (statement.kind) {
      case 'assign': {
        const isTarget = statement.targets
          .map(withoutParentheses)
          .some((one) => one.kind === 'name' && one.name === name && isOwn(one.span));
        return isTarget ? registeredBy(file, statement) : [];
      }
      case 'function':
      case 'class':
        return statement.name === name && isOwn(statement.nameSpan) ? definedBy(file, statement.nameSpan) : [];
      case 'importFrom': {
        const imported = statement.names.find((one) => (one.alias ?? one.name) === name && isOwn(one.aliasSpan ?? one.nameSpan));
        const home = imported && importedFile(snapshot, roots, file.uri, statement.module, statement.level);
        const other = home === undefined ? undefined : snapshot.files.get(home);
        if (imported === undefined || other === undefined || depth >= MOST_IMPORTS) return [];
        return heldBy(snapshot, roots, other, imported.name, ownedByModule(other.module, imported.name), depth + 1);
      }
      default:
        return [];
    }
  });
}

function ownedByModule(module: Module, name: string): (place: Span) => boolean {
  const starts = new Set(
    usesOfName(module, name)
      .filter(({ owner }) => owner.kind === 'module')
      .map(({ span }) => span.start),
  );
  return (place) => starts.has(place.start);
}

/** `transactions = spark.register_file(…)` */
function registeredBy({ uri, definitions }: FileSnapshot, statement: Statement): readonly Held[] {
  const value = expressionsOf(statement).at(-1);
  const call = value && withoutParentheses(value);
  if (call?.kind !== 'call') return [];
  return definitions.registrations
    .filter(({ span, decorator }) => !decorator && span.start === call.span.start && span.end === call.span.end)
    .map(({ span, nameSpan }) => {
      const made = definitions.resources.find((one) => one.registration?.span.start === span.start && one.span.start === span.start);
      return { uri, span: made?.selection ?? nameSpan, whole: span, resource: made };
    });
}

/** A decorated function, or the class of an entity. */
function definedBy({ uri, definitions }: FileSnapshot, nameSpan: Span): readonly Held[] {
  return definitions.resources
    .filter(({ selection }) => selection.start === nameSpan.start)
    .map((resource) => ({ uri, span: resource.selection, whole: resource.span, resource }));
}

function nameAt(text: string, offset: number): Span | undefined {
  const from = Math.max(0, offset - 200);
  for (const match of text.slice(from, offset + 200).matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) {
    const span = { start: from + match.index, end: from + match.index + match[0].length };
    if (touches(span, offset)) return span;
  }
  return undefined;
}
