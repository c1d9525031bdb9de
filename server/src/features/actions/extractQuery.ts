// Makes a query of WITH a transformation of its own, in front of the one it stands in.

import { CodeActionKind } from 'vscode-languageserver-types';
import type { Resource } from '../../definitions/resources';
import type { TextEdit } from '../../rules/rule';
import type { NameTable, SqlSymbol } from '../../sql/nameTable';
import { treeOf } from '../../sql/treeOf';
import type { TableReference } from '../../sql/relationTree';
import { resolveNames } from '../../sql/scopes';
import type { Cte, Name, Query, SqlTree } from '../../sql/syntaxTree';
import { nodesOf } from '../../sql/walk';
import { SYMBOL } from '../../text/mappedText';
import { encloses, touches, type Span } from '../../text/span';
import { isQueryFile } from '../../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';
import { isPythonName } from '../pythonWords';
import { expressionsAt, literalAt } from './pythonLiterals';
import { decoratorOf, isBound, placeBefore, queryDefinitionAt, type QueryDefinition, type Refactoring, writtenAt } from './refactoring';

/** Offered on the name of the query. */
export function extractQuery(snapshot: Snapshot, file: FileSnapshot, selection: Span): readonly Refactoring[] {
  const definition = isQueryFile(file.uri) ? undefined : queryDefinitionAt(snapshot, file, selection);
  if (definition?.resource.function === undefined || definition.sql.origin !== 'return') return [];
  const tree = treeOf(definition.sql.text.value);
  if (tree.statement.kind !== 'query' || tree.statement.with === undefined) return [];
  const cte = tree.statement.with.ctes.find(({ name }) => touches(name.span, definition.offset));
  if (cte === undefined || cte.query.kind !== 'query') return [];
  const title = `Make "${cte.name.text}" a transformation of its own`;
  const kind = CodeActionKind.RefactorExtract;
  const extraction = extract(snapshot, file, definition, { tree, whole: tree.statement, cte, query: cte.query });
  return [typeof extraction === 'string' ? { title, kind, disabled: extraction } : { title, kind, edits: extraction }];
}

interface Extracted {
  readonly tree: SqlTree;
  readonly whole: Query;
  readonly cte: Cte;
  readonly query: Query;
}

/** The edits, or why there are none. */
function extract(snapshot: Snapshot, file: FileSnapshot, definition: QueryDefinition, extracted: Extracted): readonly TextEdit[] | string {
  const { resource, sql } = definition;
  const { tree, whole, cte, query } = extracted;
  const names = resolveNames(tree);
  const name = cte.name.text;
  const symbol = names.symbolOf(cte.name);
  const uses = symbol === undefined ? undefined : tablesOf(tree, symbol);
  const reason =
    tree.errors.length > 0 ? 'the query has errors' : (reasonAgainst(snapshot, file, name) ?? dependence(extracted, definition, names));
  if (reason !== undefined) return reason;
  if (uses === undefined) return `"${name}" is used otherwise than behind FROM or JOIN`;
  if (uses.length === 0) return `nothing reads "${name}"`;
  const template = templateOf(resource, name);
  if (template === undefined) return 'the variant is known at run time alone';
  const keepsLines = tree.tokens.some(({ span }) => encloses(query.span, span) && tree.text.slice(span.start, span.end).includes('\n'));
  const made = definitionText(file, resource, name, { written: writtenAt(sql.text, query.span, file.uri), keepsLines });
  if (typeof made === 'string') return made;
  if (!sql.scan.templates.some(({ span }) => encloses(query.span, span))) return `"${name}" reads no source`;
  const edits: TextEdit[] = [made.edit];
  const replaced = [
    { span: removedSpan(whole, cte), newText: '' },
    ...uses.map((use) => useOf(use, name, made.doubled ? doubledBraces(template) : template)),
  ];
  for (const { span, newText } of replaced) {
    const written = writtenAt(sql.text, span, file.uri);
    if (written === undefined) return 'the query is put together from several texts';
    edits.push({ uri: file.uri, span: written, newText });
  }
  return edits;
}

function reasonAgainst(snapshot: Snapshot, file: FileSnapshot, name: string): string | undefined {
  if (!isPythonName(name)) return `"${name}" cannot name a function`;
  if (snapshot.index.variants('source', name).length > 0) return `there is a source "${name}" already`;
  if (isBound(file, name)) return `"${name}" is defined in the module already`;
  return undefined;
}

/** What the query takes from the one around it. */
function dependence({ tree, whole, cte, query }: Extracted, { resource, sql }: QueryDefinition, names: NameTable): string | undefined {
  if (whole.with?.recursive === true) return 'the query is recursive';
  if (cte.columns.length > 0) return `"${cte.name.text}" names its columns in front of the query`;
  const others = (whole.with?.ctes ?? []).filter((one) => one !== cte);
  const used = others.find(({ name }) => names.symbolOf(name)?.references.some(({ span }) => encloses(query.span, span)) === true);
  if (used !== undefined) return `"${cte.name.text}" reads "${used.name.text}", another query of WITH`;
  if (tree.text.slice(query.span.start, query.span.end).includes(SYMBOL)) return 'a part of the query is known at run time alone';
  const parameters = new Set(resource.function?.parameters.map((parameter) => parameter.name));
  const alias = sql.scan.templates.find(
    ({ span, inner }) => encloses(query.span, span) && resource.inputs !== undefined && parameters.has(inner),
  );
  return alias === undefined ? undefined : `"${alias.inner}" is a parameter of the function`;
}

/** Where the query is read as a table; undefined where it is read in another way. */
function tablesOf(tree: SqlTree, symbol: SqlSymbol): readonly TableReference[] | undefined {
  const nodes = [...nodesOf(tree.statement)];
  const isUse = (name: Name | undefined): boolean => name !== undefined && symbol.references.includes(name);
  if (nodes.some((node) => node.kind === 'tableQuery' && node.name.some(isUse))) return undefined;
  return nodes.filter((node) => node.kind === 'table').filter(({ name }) => name.length === 1 && isUse(name[0]));
}

/** With the name as alias, which columns may be qualified by. */
function useOf(
  { name, alias, sample, timeTravel }: TableReference,
  cteName: string,
  template: string,
): { readonly span: Span; readonly newText: string } {
  const span = name[0]?.span ?? { start: 0, end: 0 };
  const plain = alias !== undefined || sample !== undefined || timeTravel !== undefined;
  return { span, newText: plain ? template : `${template} AS ${cteName}` };
}

function templateOf({ variant }: Resource, name: string): string | undefined {
  if (variant?.kind !== 'written') return `{{${name}}}`;
  return variant.name.text === undefined ? undefined : `{{${name}.${variant.name.text}}}`;
}

function doubledBraces(template: string): string {
  return template.replace(/[{}]/g, '$&$&');
}

/** With the comma that becomes needless, or with WITH where nothing is left of it. */
function removedSpan(whole: Query, cte: Cte): Span {
  const ctes = whole.with?.ctes ?? [];
  const index = ctes.indexOf(cte);
  const [before, after] = [ctes[index - 1], ctes[index + 1]];
  if (after !== undefined) return { start: cte.span.start, end: after.span.start };
  if (before !== undefined) return { start: before.span.end, end: cte.span.end };
  return { start: whole.span.start, end: whole.body.span.start };
}

/** Arguments that hold for the new definition as well. */
const COPIED: ReadonlySet<string> = new Set(['variant', 'owner', 'provider', 'tags', 'properties', 'schedule']);

function definitionText(
  file: FileSnapshot,
  resource: Resource,
  name: string,
  { written, keepsLines }: { readonly written: Span | undefined; readonly keepsLines: boolean },
): { readonly edit: TextEdit; readonly doubled: boolean } | string {
  const { text } = file;
  const decorator = decoratorOf(resource);
  const literal = written === undefined ? undefined : literalAt(file.module, written);
  if (written === undefined || literal === undefined || decorator === undefined) return 'the query is put together from several texts';
  if (expressionsAt(file.module, written).some(({ kind }) => kind === 'call' || kind === 'binary'))
    return 'the query is put together at run time';
  const bound = resource.registration?.arguments ?? [];
  if (bound.some(({ form }) => form !== 'keyword')) return 'the arguments of the decorator are not all keywords';
  const copied = bound.filter((argument) => COPIED.has(argument.name)).map(({ span }) => text.slice(span.start, span.end));
  const { offset, indent } = placeBefore(file, resource.span);
  const query = text.slice(written.start, written.end);
  const inner = `${indent}        `;
  const quoted = query.includes('\n')
    ? `${literal.prefix}${literal.quote}\n${inner}${keepsLines ? query : indented(text, written, inner)}\n${indent}    ${literal.quote}`
    : `${literal.prefix}${literal.quote}${query}${literal.quote}`;
  const lines = [
    `@${text.slice(decorator.callee.start, decorator.callee.end)}(${copied.join(', ')})`,
    `def ${name}():`,
    `    return ${quoted}`,
    '',
    '',
  ];
  const newText = lines.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('');
  return { edit: { uri: file.uri, span: { start: offset, end: offset }, newText }, doubled: literal.kind === 'formattedString' };
}

/** The lines of a text as they stand to each other, the first of them at `indent`. */
function indented(text: string, { start, end }: Span, indent: string): string {
  const [first = '', ...rest] = text.slice(start, end).split('\n');
  const margins = rest.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const front = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const shortest = margins.reduce((a, b) => (b.length < a.length ? b : a), margins[0] ?? '');
  // What begins in the middle of a line has no margin of its own.
  const margin = front.trim() === '' && front.length <= shortest.length ? front : shortest;
  if (margins.some((one) => !one.startsWith(margin))) return [first, ...rest].join('\n');
  return [first, ...rest.map((line) => (line.trim() === '' ? line : indent + line.slice(margin.length)))].join('\n');
}
