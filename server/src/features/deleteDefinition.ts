// Deletes the definition under the cursor, and tells in its title how many depend on it.

import { type CodeAction, CodeActionKind } from 'vscode-languageserver-types';
import type { Resource } from '../definitions/resources';
import type { Statement } from '../python/ast';
import { blocksOf } from '../python/walk';
import { encloses, type Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { idOf, isConstantId } from './resourceIds';

/** Offered on the name of a definition whose statement defines nothing else. */
export function deleteDefinition(snapshot: Snapshot, uri: string, selection: Span): readonly CodeAction[] {
  const file = snapshot.files.get(uri);
  const resource = file?.definitions.resources.find((one) => encloses(one.selection, selection));
  if (file === undefined || resource === undefined || !isConstantId(resource)) return [];
  const statement = statementOf(file.module.body, resource);
  const inside = statement === undefined ? [] : file.definitions.resources.filter(({ span }) => encloses(statement.span, span));
  // The class of an entity goes with its features; any other statement must be about the one definition.
  if (statement === undefined || (resource.type !== 'entity' && inside.length > 1)) return [];
  const lost = new Set(inside.map((one) => snapshot.keyOf(one)));
  const isLost = (key: string): boolean => snapshot.index.definitions(key).length <= 1;
  const left = new Set([...lost].filter(isLost).flatMap((key) => snapshot.graph.downstream(key)));
  const count = [...left].filter((key) => !lost.has(key)).length;
  const warning = count === 0 ? '' : count === 1 ? ', on which 1 definition depends' : `, on which ${count} definitions depend`;
  return [
    {
      title: `Delete "${idOf(snapshot, resource)}"${warning}`,
      kind: CodeActionKind.Refactor,
      edit: { changes: { [uri]: [{ range: rangeOf(file.lines, wholeLines(file, statement.span)), newText: '' }] } },
    },
  ];
}

/** The innermost statement that makes the definition; none where its block would be left empty. */
function statementOf(block: readonly Statement[], resource: Resource): Statement | undefined {
  const around = block.find(({ span }) => encloses(span, resource.span));
  if (around === undefined) return undefined;
  const inner = around.kind === 'function' ? undefined : statementOf(blocksOf(around), resource);
  if (inner !== undefined) return inner;
  const isOwn = ['function', 'class', 'assign', 'expression'].includes(around.kind);
  return isOwn && block.length > 1 ? around : undefined;
}

/** From the beginning of its first line to that of the next one with text; nothing where others share its lines. */
function wholeLines({ lines, text }: FileSnapshot, span: Span): Span {
  const start = lines.lineStart(lines.positionAt(span.start).line);
  const last = lines.positionAt(span.end).line;
  if (text.slice(start, span.start).trim() !== '' || !/^\s*(?:#.*)?$/.test(text.slice(span.end, lines.lineEnd(last)))) return span;
  let next = last + 1;
  while (next < lines.lineCount && text.slice(lines.lineStart(next), lines.lineEnd(next)).trim() === '') next++;
  return { start, end: lines.lineStart(next) };
}
