// Renames a name that a query gives itself, within that query. The query is read again with the new name: every name must mean
// what it meant before.

import type { WorkspaceEdit } from 'vscode-languageserver-types';
import type { NameTable, SqlSymbol } from '../sql/nameTable';
import { parseSql } from '../sql/parser';
import { resolveNames } from '../sql/scopes';
import type { Name, SqlNode } from '../sql/syntaxTree';
import { nodesOf } from '../sql/walk';
import type { Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import type { PrepareRenameAnswer } from './prepareRename';
import { rangeOf } from './ranges';
import type { RenameAnswer } from './rename';
import { sqlNameAt, symbolWords, type SqlNameTarget } from './sqlNames';

/** The name under the cursor, if the query gives it; what its result is called is not its own affair. */
export function prepareSqlRename(file: FileSnapshot, offset: number): PrepareRenameAnswer | undefined {
  const target = sqlNameAt(file, offset);
  if (target === undefined) return undefined;
  const reason = obstacle(target);
  if (reason !== undefined) return { kind: 'refused', reason: refusal(target.symbol, reason) };
  const span = writtenSpan(file, target, target.name);
  if (span === undefined) return { kind: 'refused', reason: refusal(target.symbol, 'it is not written here as it reads') };
  return { kind: 'place', range: rangeOf(file.lines, span), placeholder: target.name.text };
}

export function sqlRename(file: FileSnapshot, offset: number, newName: string): RenameAnswer | undefined {
  const target = sqlNameAt(file, offset);
  if (target === undefined) return undefined;
  const { symbol, tree, names } = target;
  const refuse = (reason: string): RenameAnswer => ({ kind: 'refused', reason: refusal(symbol, reason) });
  const reason = obstacle(target);
  if (reason !== undefined) return refuse(reason);
  const newText = writtenName(newName.trim());
  if (newText === undefined) return refuse(newName.trim() === '' ? 'a name is expected' : `${JSON.stringify(newName)} is no name`);
  const places = [symbol.name, ...symbol.references].sort((a, b) => a.span.start - b.span.start);
  const spans = places.map((name) => writtenSpan(file, target, name));
  if (spans.some((span) => span === undefined)) return refuse('a use of it is not written in this file as it reads');
  const renamed = replaced(tree.text, places, newText);
  if (parseSql(renamed).errors.length !== tree.errors.length) return refuse(`Spark would not parse the query with "${newName}" for it`);
  if (!meansTheSame(names, resolveNames(parseSql(renamed)), places, newText))
    return refuse(`"${newName}" means something else in the query`);
  const edits = spans.flatMap((span) => (span === undefined ? [] : [{ range: rangeOf(file.lines, span), newText }]));
  const edit: WorkspaceEdit = { changes: { [file.uri]: edits } };
  return { kind: 'edit', edit };
}

function refusal({ kind, name }: SqlSymbol, reason: string): string {
  return `the ${symbolWords[kind]} "${name.text}" cannot be renamed: ${reason}`;
}

/** Why the name must stay, whatever the new one is. */
function obstacle({ symbol, names, tree }: SqlNameTarget): string | undefined {
  if (mayBeKeyword(symbol.name, tree)) return 'the query is wrong right behind it, where it may be meant as a keyword';
  if (symbol.exported) return 'it is a column of the result, which other definitions may read';
  if (symbol.kind !== 'column') return undefined;
  const unsure = unresolved(tree.statement, names).find((name) => name.text.toLowerCase() === symbol.name.text.toLowerCase());
  return unsure === undefined ? undefined : 'the query uses the name where it may mean a column of a source';
}

/** `FROM t QUALIFY rank() = 1`, `FROM t SAMPLE (10)`: Spark takes the word for an alias and fails behind it. */
function mayBeKeyword({ span: { end } }: Name, tree: SqlNameTarget['tree']): boolean {
  return tree.errors.some(({ span }) => span.start >= end && /^[\s(]*$/.test(tree.text.slice(end, span.start)));
}

/** The names of columns that are not known to be the query's own. */
function unresolved(root: SqlNode, names: NameTable): readonly Name[] {
  const columns = [...nodesOf(root)].filter((node) => node.kind === 'column');
  return columns.flatMap(({ parts }) => parts.filter((name) => names.symbolOf(name) === undefined));
}

/** As it is written in SQL: in backquotes where it must be. */
function writtenName(name: string): string | undefined {
  if (name === '' || /[\p{Cc}"'\\{}]/u.test(name)) return undefined;
  const bare = name.startsWith('`') && name.endsWith('`') && name.length > 2 ? name.slice(1, -1).replaceAll('``', '`') : name;
  return /^[A-Za-z_]\w*$/.test(bare) ? bare : `\`${bare.replaceAll('`', '``')}\``;
}

/** Where a name stands in the file, character by character. */
function writtenSpan(file: FileSnapshot, { text }: SqlNameTarget, { span }: Name): Span | undefined {
  const range = text.soleRange(span);
  if (range?.uri !== file.uri) return undefined;
  const written = file.text.slice(range.span.start, range.span.end);
  return written === text.value.slice(span.start, span.end) ? range.span : undefined;
}

function replaced(sql: string, places: readonly Name[], newText: string): string {
  let result = sql;
  for (const { span } of [...places].sort((a, b) => b.span.start - a.span.start)) {
    result = result.slice(0, span.start) + newText + result.slice(span.end);
  }
  return result;
}

/** Each symbol at its new place, with its uses at theirs. */
function meansTheSame(before: NameTable, after: NameTable, places: readonly Name[], newText: string): boolean {
  const moved = (at: number): number =>
    places.reduce((sum, { span }) => (span.start < at ? sum + newText.length - (span.end - span.start) : sum), at);
  const shape = ({ symbols }: NameTable, place: (at: number) => number): string =>
    symbols
      .map(({ kind, name, references }) => {
        const uses = references.map(({ span }) => place(span.start)).sort((a, b) => a - b);
        return `${kind} ${place(name.span.start)}: ${uses.join(' ')}`;
      })
      .sort()
      .join('\n');
  return shape(before, moved) === shape(after, (at) => at);
}
