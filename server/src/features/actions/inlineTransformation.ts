// Puts the query of a SQL transformation into a query that reads it, as a query of WITH.

import { CodeActionKind } from 'vscode-languageserver-types';
import type { Resource, SqlText } from '../../definitions/resources';
import type { TextEdit } from '../../rules/rule';
import { treeOf } from '../../sql/treeOf';
import { resolveNames } from '../../sql/scopes';
import type { SqlNode, SqlTree } from '../../sql/syntaxTree';
import type { Template } from '../../sql/templates';
import { nodesOf } from '../../sql/walk';
import { SYMBOL } from '../../text/mappedText';
import { type Span, touches } from '../../text/span';
import { isQueryFile } from '../../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';
import { deleteDefinition } from '../deleteDefinition';
import { referenceOfTemplate } from '../resourceAt';
import { idOf } from '../resourceIds';
import { encodeFor, expressionsAt, literalAt } from './pythonLiterals';
import { queryDefinitionAt, type QueryDefinition, type Refactoring, writtenAt } from './refactoring';

/** Offered on a template that names a transformation of one query. */
export function inlineTransformation(snapshot: Snapshot, file: FileSnapshot, selection: Span): readonly Refactoring[] {
  const definition = queryDefinitionAt(snapshot, file, selection);
  const template = definition?.sql.scan.templates.find(({ span }) => touches(span, definition.offset));
  const reference = definition === undefined || template === undefined ? undefined : referenceOfTemplate(definition.resource, template);
  if (definition === undefined || template === undefined || reference === undefined) return [];
  const key = snapshot.keyOf(reference);
  const [source, ...duplicates] = snapshot.index.definitions(key);
  if (source?.kind !== 'sql-transformation' || source.sql === undefined || duplicates.length > 0 || source === definition.resource)
    return [];
  const title = `Write "${idOf(snapshot, reference)}" as a query of WITH`;
  const kind = CodeActionKind.RefactorInline;
  const uses = definition.sql.scan.templates.filter((one) => {
    const other = referenceOfTemplate(definition.resource, one);
    return other !== undefined && snapshot.keyOf(other) === key;
  });
  const edits = inline(file, definition, source, source.sql, uses);
  if (typeof edits === 'string') return [{ title, kind, disabled: edits }];
  const deleted = snapshot.index.mentions(key).some(({ from }) => from !== definition.resource)
    ? []
    : deletion(snapshot, source, uses, file);
  const both: Refactoring = { title: `${title}, and delete it`, kind, edits: [...edits, ...deleted] };
  return [{ title, kind, edits }, ...(deleted.length === 0 ? [] : [both])];
}

/** Only where the name of the definition occurs nowhere else, not even in a comment. */
function deletion(snapshot: Snapshot, source: Resource, uses: readonly Template[], file: FileSnapshot): readonly TextEdit[] {
  const home = snapshot.files.get(source.uri);
  const [action] = deleteDefinition(snapshot, source.uri, source.selection);
  const changes = action?.edit?.changes?.[source.uri] ?? [];
  const words = new RegExp(`(?<![\\w])${source.name.text ?? ''}(?![\\w])`, 'g');
  const count = (text: string): number => text.match(words)?.length ?? 0;
  const others = [...snapshot.files.values()].reduce((sum, { text }) => sum + count(text), 0);
  const own = count(home?.text.slice(source.span.start, source.span.end) ?? '');
  if (home === undefined || others > own + uses.length || source.function === undefined || file.uri !== home.uri) return [];
  return changes.map(({ range, newText }) => ({
    uri: source.uri,
    span: { start: home.lines.offsetAt(range.start), end: home.lines.offsetAt(range.end) },
    newText,
  }));
}

/** The edits, or why there are none. */
function inline(
  file: FileSnapshot,
  { resource, sql }: QueryDefinition,
  source: Resource,
  inner: SqlText,
  uses: readonly Template[],
): readonly TextEdit[] | string {
  const name = source.name.text ?? '';
  const tree = treeOf(sql.text.value);
  const query = treeOf(inner.text.value);
  const reason = reasonAgainst(resource, source, inner, uses) ?? reasonOfTrees(tree, query, name, uses);
  if (reason !== undefined) return reason;
  const { statement } = tree;
  if (statement.kind !== 'query') return 'the query has errors';
  if (statement.with?.recursive === true) return 'the query is recursive';
  const text = query.text.slice(query.statement.span.start, query.statement.span.end);
  const cte = `${name} AS (${text})`;
  const start = statement.with?.ctes[0]?.span.start ?? statement.span.start;
  const added = encode(file, sql, start, statement.with === undefined ? `WITH ${cte} ` : `${cte}, `);
  if (typeof added === 'string') return added;
  const edits: TextEdit[] = [added];
  for (const { span } of uses) {
    const written = writtenAt(sql.text, span, file.uri);
    if (written === undefined) return 'the query is put together from several texts';
    edits.push({ uri: file.uri, span: written, newText: name });
  }
  return edits;
}

function reasonAgainst(resource: Resource, source: Resource, inner: SqlText, uses: readonly Template[]): string | undefined {
  const name = source.name.text ?? '';
  if (!/^[A-Za-z_]\w*$/.test(name)) return `"${name}" cannot name a query without quotation marks`;
  if (inner.conditional || inner.text.value.includes(SYMBOL)) return `the query of "${name}" is known at run time alone`;
  const alias = aliasAmong(source, inner.scan.templates);
  if (alias !== undefined) return `"${alias}" is a parameter of "${name}"`;
  const own = aliasAmong(resource, uses) ?? aliasAmong(resource, inner.scan.templates);
  if (own !== undefined) return `"${own}" is a parameter of the function`;
  const [here, other] = [resource.provider?.name?.key, source.provider?.name?.key];
  return here !== undefined && other !== undefined && here !== other ? `"${name}" runs on the provider "${other}"` : undefined;
}

/** A template that means an input by the parameter that stands for it. */
function aliasAmong({ inputs, function: definition }: Resource, templates: readonly Template[]): string | undefined {
  if (inputs === undefined) return undefined;
  const parameters = new Set(definition?.parameters.map(({ name }) => name));
  return templates.find(({ inner }) => parameters.has(inner))?.inner;
}

function reasonOfTrees(tree: SqlTree, query: SqlTree, name: string, uses: readonly Template[]): string | undefined {
  if (tree.errors.length > 0) return 'the query has errors';
  if (query.errors.length > 0 || query.statement.kind !== 'query') return `the query of "${name}" has errors`;
  const key = name.toLowerCase();
  // The relation itself may have the name for its alias.
  const taken = resolveNames(tree).symbols.some((symbol) => {
    const own = symbol.node.kind === 'table' && uses.some(({ span }) => span.start === symbol.node.span.start);
    return (symbol.kind === 'cte' || (symbol.kind === 'relation' && !own)) && symbol.name.text.toLowerCase() === key;
  });
  if (taken || readsTable(tree.statement, key) || readsTable(query.statement, key))
    return `the query gives the name "${name}" to something else`;
  return undefined;
}

function readsTable(root: SqlNode, key: string): boolean {
  for (const node of nodesOf(root)) {
    const isTable = node.kind === 'table' || node.kind === 'tableQuery';
    if (isTable && node.name.length === 1 && node.name[0]?.text.toLowerCase() === key) return true;
  }
  return false;
}

/** An insertion in the query, as its literal writes the text, or why there is none. */
function encode(file: FileSnapshot, { text }: SqlText, offset: number, added: string): TextEdit | string {
  const at = text.sourceLocation({ start: offset, end: offset + 1 });
  if (at?.uri !== file.uri) return 'the query is put together from several texts';
  const span = { start: at.span.start, end: at.span.start };
  if (isQueryFile(file.uri)) return { uri: file.uri, span, newText: added };
  const literal = literalAt(file.module, at.span);
  const changed = expressionsAt(file.module, at.span).some(({ kind }) => kind === 'call' || kind === 'binary');
  if (literal === undefined || changed) return 'the query is put together at run time';
  const newText = encodeFor(literal, added);
  return newText === undefined ? 'the literal cannot hold the query' : { uri: file.uri, span, newText };
}
