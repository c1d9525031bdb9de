// A connection as it would be if notebooks were single documents: what comes in about a cell is about its notebook, and what
// goes out about a notebook is about its cells. Handlers know nothing of it.

import type { Connection, PublishDiagnosticsParams, SemanticTokens, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver/node';
import { canonicalUri } from '../workspace/fileUris';
import type { CellPlaces } from './cellPlaces';
import { tokensWithin } from './cellTokens';

type Handler = (...args: unknown[]) => unknown;

/** Every handler is wrapped, in the connection itself and in its groups (`languages.diagnostics`). */
export function throughCells(connection: Connection, places: CellPlaces): Connection {
  const send = sender(places, (params) => connection.sendDiagnostics(params));
  return new Proxy(seenThrough(connection, places), {
    get: (target, name) => (name === 'sendDiagnostics' ? send : (Reflect.get(target, name, target) as unknown)),
  });
}

function seenThrough<T extends object>(group: T, places: CellPlaces): T {
  return new Proxy(group, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof name === 'string' && typeof value === 'function' && /^on(?:[A-Z]|$)/.test(name)) {
        return (...args: unknown[]): unknown => {
          const handler = args.pop() as Handler;
          return Reflect.apply(value, target, [...args, wrapped(handler, places)]);
        };
      }
      if (typeof value === 'function') return value.bind(target) as unknown;
      return typeof value === 'object' && value !== null ? seenThrough(value, places) : value;
    },
  });
}

function wrapped(handler: Handler, places: CellPlaces): Handler {
  return async (params, ...rest) => {
    const document = documentOf(params);
    const answer = await handler(places.toCore(params), ...rest);
    const cell = document === undefined ? undefined : places.cell(document);
    if (isTokens(answer)) return cell === undefined ? answer : tokensWithin(answer, cell);
    if (isWorkspaceReport(answer)) return { items: answer.items.flatMap((item) => reportsOf(item, places)) };
    return places.toClient(answer, document);
  };
}

/** The problems of an open notebook are sent cell by cell; those of a cell that is gone are taken back. */
function sender(
  places: CellPlaces,
  send: (params: PublishDiagnosticsParams) => Promise<void>,
): (params: PublishDiagnosticsParams) => Promise<void> {
  const shown = new Map<string, ReadonlySet<string>>();
  return async (params) => {
    const { uri, diagnostics } = params;
    const key = canonicalUri(uri);
    const cells = places.byCell(uri, diagnostics);
    const gone = [...(shown.get(key) ?? [])].filter((cell) => cells?.has(cell) !== true);
    for (const cell of gone) await send({ uri: cell, diagnostics: [] });
    if (cells === undefined) {
      shown.delete(key);
      return send({ ...params, diagnostics: diagnostics.map((one) => placedIn(uri, one, places)) });
    }
    // What was said of the file before it was opened as a notebook is said of its cells now.
    if (!shown.has(key)) await send({ uri, diagnostics: [] });
    shown.set(key, new Set(cells.keys()));
    for (const [cell, own] of cells) await send({ uri: cell, diagnostics: [...own] });
  };
}

/** The report on an open notebook is one on each of its cells. */
function reportsOf(report: WorkspaceDocumentDiagnosticReport, places: CellPlaces): readonly WorkspaceDocumentDiagnosticReport[] {
  if (report.kind !== 'full') return [report];
  const { items, uri } = report;
  const cells = places.byCell(uri, items);
  if (cells === undefined) return [{ ...report, items: items.map((item) => placedIn(uri, item, places)) }];
  const own: WorkspaceDocumentDiagnosticReport[] = [...cells].map(([cell, found]) => ({ ...report, uri: cell, items: [...found] }));
  return [{ ...report, items: [] }, ...own];
}

function placedIn<T extends { readonly range: unknown }>(uri: string, item: T, places: CellPlaces): T {
  const placed = places.toClient({ uri, range: item.range });
  return { ...places.toClient(item), range: placed.range };
}

function documentOf(params: unknown): string | undefined {
  const { textDocument, item } = (params ?? {}) as Readonly<Record<string, { readonly uri?: unknown } | undefined>>;
  const uri = textDocument?.uri ?? item?.uri;
  return typeof uri === 'string' ? uri : undefined;
}

function isTokens(answer: unknown): answer is SemanticTokens {
  return typeof answer === 'object' && answer !== null && 'data' in answer && Array.isArray(answer.data);
}

function isWorkspaceReport(answer: unknown): answer is { readonly items: readonly WorkspaceDocumentDiagnosticReport[] } {
  if (typeof answer !== 'object' || answer === null || !('items' in answer) || !Array.isArray(answer.items)) return false;
  const [first] = answer.items as readonly unknown[];
  return typeof first === 'object' && first !== null && 'kind' in first && 'uri' in first;
}
