// Writes table functions of other systems as Spark does. Spark's parser takes them for functions that it does not know yet.

import { CodeActionKind } from 'vscode-languageserver-types';
import type { TextEdit } from '../../rules/rule';
import { treeOf } from '../../sql/treeOf';
import type { TableFunction } from '../../sql/relationTree';
import type { SqlNode } from '../../sql/syntaxTree';
import { nodesOf } from '../../sql/walk';
import type { MappedText } from '../../text/mappedText';
import { type Span, touches } from '../../text/span';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';
import { queryDefinitionAt, type Refactoring } from './refactoring';

/** What stands in front of the arguments, and behind them. */
const SPARK: ReadonlyMap<string, readonly [before: string, after: string]> = new Map([
  ['unnest', ['explode(', ')']],
  ['generate_series', ['explode(sequence(', '))']],
]);

/** Offered on the name of the function. */
export function tableFunctions(snapshot: Snapshot, file: FileSnapshot, selection: Span): readonly Refactoring[] {
  const query = queryDefinitionAt(snapshot, file, selection);
  if (query === undefined || !/unnest|generate_series/i.test(query.sql.text.value)) return [];
  const tree = treeOf(query.sql.text.value);
  const found = functionAt(tree.statement, query.offset);
  const spark = SPARK.get(found?.call.name[0]?.text.toLowerCase() ?? '');
  if (tree.errors.length > 0 || found === undefined || spark === undefined) return [];
  const title = `Write "${spark[0].slice(0, -1)}"`;
  const kind = CodeActionKind.RefactorRewrite;
  const edits = editsOf(tree.text, found, spark).map((edit) => written(edit, query.sql.text, file.uri));
  const known = edits.filter((edit) => edit !== undefined);
  if (known.length < edits.length) return [{ title, kind, disabled: 'the query is put together from several texts' }];
  return [{ title, kind, edits: known }];
}

function functionAt(root: SqlNode, offset: number): TableFunction | undefined {
  for (const node of nodesOf(root)) {
    if (node.kind !== 'tableFunction') continue;
    const [name, ...more] = node.call.name;
    if (name !== undefined && more.length === 0 && touches(name.span, offset)) return node;
  }
  return undefined;
}

interface QueryEdit {
  readonly span: Span;
  readonly newText: string;
}

/** What stands beside it may be read by its arguments. An alias alone names the column, too. */
function editsOf(text: string, { lateral, call, alias }: TableFunction, [before, after]: readonly [string, string]): readonly QueryEdit[] {
  const beside = !lateral && /(?:,|\bjoin)\s*$/i.test(text.slice(0, call.span.start));
  const { start, end } = call.argumentSpan;
  const edits = [
    { span: { start: call.span.start, end: start }, newText: `${beside ? 'LATERAL ' : ''}${before}` },
    { span: { start: end, end: call.span.end }, newText: after },
  ];
  if (alias === undefined || alias.columns.length > 0) return edits;
  const name = alias.name.span;
  return [...edits, { span: { start: name.end, end: name.end }, newText: `(${text.slice(name.start, name.end)})` }];
}

function written({ span, newText }: QueryEdit, text: MappedText, uri: string): TextEdit | undefined {
  const place = text.sourceLocation(span);
  if (place?.uri !== uri || (span.start < span.end && text.sourceRanges(span).length !== 1)) return undefined;
  return { uri, span: place.span, newText };
}
