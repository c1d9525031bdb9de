import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { Resource, ResourceKind } from '../definitions/resources';
import { treeOf } from '../sql/treeOf';
import { nodesOf } from '../sql/walk';
import type { MappedText } from '../text/mappedText';
import { encloses, type Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { idOf, kindWords } from './resourceIds';
import { writtenSpan } from './sqlTexts';

/**
 * The outline of a file: its resources in text order, what stands inside another (features of an entity) below it, and below a
 * transformation the queries of its WITH.
 */
export function documentSymbol(snapshot: Snapshot, uri: string): readonly DocumentSymbol[] {
  const file = snapshot.files.get(uri);
  if (file === undefined) return [];
  const roots: DocumentSymbol[] = [];
  const open: { readonly span: Span; readonly children: DocumentSymbol[] }[] = [];
  const inOrder = [...file.definitions.resources].sort(
    (a, b) => a.span.start - b.span.start || b.span.end - a.span.end || a.order - b.order,
  );
  for (const resource of inOrder) {
    while (open.length > 0 && !isInside(open.at(-1)?.span, resource.span)) open.pop();
    const children = resource.sql === undefined ? [] : queriesOfWith(file, resource, resource.sql.text);
    (open.at(-1)?.children ?? roots).push(symbolOf(snapshot, file, resource, children));
    open.push({ span: resource.span, children });
  }
  return roots;
}

export const symbolKinds: Readonly<Record<ResourceKind, SymbolKind>> = {
  spark: SymbolKind.Module,
  'offline-provider': SymbolKind.Module,
  'online-provider': SymbolKind.Module,
  'file-store': SymbolKind.Module,
  file: SymbolKind.File,
  'parquet-file': SymbolKind.File,
  'delta-table': SymbolKind.File,
  'iceberg-table': SymbolKind.File,
  table: SymbolKind.File,
  'sql-transformation': SymbolKind.Function,
  'dataframe-transformation': SymbolKind.Function,
  entity: SymbolKind.Class,
  feature: SymbolKind.Field,
  'ondemand-feature': SymbolKind.Field,
  'feature-stream': SymbolKind.Field,
  embedding: SymbolKind.Field,
  label: SymbolKind.Property,
  'label-stream': SymbolKind.Property,
  'training-set': SymbolKind.Struct,
  model: SymbolKind.Object,
  user: SymbolKind.Object,
};

/** Two resources of one call (`register_resources`) share its span and stand beside each other. */
function isInside(outer: Span | undefined, inner: Span): boolean {
  return outer !== undefined && encloses(outer, inner) && (outer.start !== inner.start || outer.end !== inner.end);
}

function symbolOf(snapshot: Snapshot, file: FileSnapshot, resource: Resource, children: DocumentSymbol[]): DocumentSymbol {
  // The protocol demands that the selection lies within the range, which a name taken from a variable elsewhere does not.
  const selection = encloses(resource.span, resource.selection)
    ? resource.selection
    : { start: resource.span.start, end: resource.span.start };
  return {
    // The protocol demands more than blanks.
    name: idOf(snapshot, resource).trim() || kindWords[resource.kind],
    detail: kindWords[resource.kind],
    kind: symbolKinds[resource.kind],
    range: rangeOf(file.lines, resource.span),
    selectionRange: rangeOf(file.lines, selection),
    children,
  };
}

/** Those that are written in the definition itself, with what they define in turn. */
function queriesOfWith(file: FileSnapshot, { span: around }: Resource, text: MappedText): DocumentSymbol[] {
  if (!/\bwith\b/i.test(text.value)) return [];
  const roots: DocumentSymbol[] = [];
  const open: { readonly span: Span; readonly children: DocumentSymbol[] }[] = [];
  for (const node of nodesOf(treeOf(text.value).statement)) {
    if (node.kind !== 'cte') continue;
    const span = writtenSpan(file, text, node.span);
    const name = writtenSpan(file, text, node.name.span);
    if (span === undefined || name === undefined || node.name.text.trim() === '' || !encloses(around, span)) continue;
    while (open.length > 0 && !isInside(open.at(-1)?.span, node.span)) open.pop();
    const children: DocumentSymbol[] = [];
    const ranges = { range: rangeOf(file.lines, span), selectionRange: rangeOf(file.lines, name) };
    (open.at(-1)?.children ?? roots).push({ name: node.name.text, detail: 'query of WITH', kind: SymbolKind.Struct, ...ranges, children });
    open.push({ span: node.span, children });
  }
  return roots;
}
