// Places in notebooks, between a client, which knows cells, and the core, which knows one text for each notebook. What the
// protocol says of places has few shapes, whatever the request: a position, a range, and the URI of the document that they
// count in. So messages are converted by shape, and a request that is new needs nothing here.

import type { Position, Range } from 'vscode-languageserver-types';
import { canonicalUri, isNotebook } from '../workspace/fileUris';
import type { OpenCell, OpenNotebooks } from './openNotebooks';

export interface CellPlacesOptions {
  readonly notebooks: OpenNotebooks;
  /** The place in the `.ipynb` file of a range of a notebook that is not open; undefined for any other document. */
  readonly rangeInFile: (uri: string, range: Range) => Range | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Stands for what lies in another cell than the one that was asked about. */
const ELSEWHERE = Symbol('elsewhere');

export class CellPlaces {
  constructor(private readonly options: CellPlacesOptions) {}

  /** The cell of a URI, if it is one. */
  cell(uri: string): (OpenCell & { readonly notebook: string }) | undefined {
    const notebook = this.options.notebooks.homeOf(uri);
    const found = notebook === undefined ? undefined : this.cellsOf(notebook).find((one) => one.uri === uri);
    return found === undefined || notebook === undefined ? undefined : { ...found, notebook };
  }

  /** The parameters of a request, with the notebook in place of a cell. */
  toCore<T>(params: T): T {
    return this.incoming(params, undefined) as T;
  }

  /** The answer to a request about `document`, which is the URI that the client sent, if it is about one. */
  toClient<T>(answer: T, document?: string): T {
    const found = this.outgoing(answer, document === undefined ? undefined : this.cell(document));
    return (found === ELSEWHERE ? null : found) as T;
  }

  /** Things with a range in an open notebook, by the cells that they stand in; undefined for any other document. */
  byCell<T extends { readonly range: Range }>(uri: string, items: readonly T[]): ReadonlyMap<string, readonly T[]> | undefined {
    const notebook = canonicalUri(uri);
    if (!this.options.notebooks.all.has(notebook)) return undefined;
    return new Map(this.cellsOf(notebook).map((cell) => [cell.uri, items.flatMap((item) => this.within(item, { ...cell, notebook }))]));
  }

  private within<T>(item: T, cell: OpenCell & { readonly notebook: string }): T[] {
    const found = this.outgoing(item, cell);
    return found === ELSEWHERE ? [] : [found as T];
  }

  private cellsOf(notebook: string): readonly OpenCell[] {
    return this.options.notebooks.all.get(canonicalUri(notebook))?.cells ?? [];
  }

  private incoming(value: unknown, cell: OpenCell | undefined): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.incoming(item, cell));
    if (!isObject(value)) return value;
    if (isPosition(value)) return cell === undefined ? value : { ...value, line: value.line + cell.firstLine };
    const { textDocument, uri } = value;
    const named = isObject(textDocument) ? textDocument['uri'] : uri;
    const own = typeof named === 'string' ? this.cell(named) : undefined;
    const converted = mapProperties(value, (one) => this.incoming(one, own ?? cell));
    return typeof uri === 'string' && own !== undefined ? { ...converted, uri: own.notebook } : converted;
  }

  /** `cell` is what positions without a document of their own count in. */
  private outgoing(value: unknown, cell: (OpenCell & { readonly notebook: string }) | undefined): unknown {
    if (Array.isArray(value)) {
      return value.map((item: unknown) => this.outgoing(item, cell)).filter((item) => item !== ELSEWHERE);
    }
    if (!isObject(value)) return value;
    if (isPosition(value)) return cell === undefined ? value : (lineIn(cell, value) ?? ELSEWHERE);
    if (isRange(value)) return cell === undefined ? value : (rangeIn(cell, value) ?? ELSEWHERE);
    if (isObject(value['changes'])) return this.changes(value, value['changes']);
    if (Array.isArray(value['documentChanges'])) {
      return { ...value, documentChanges: value['documentChanges'].flatMap((one: unknown) => this.documentChange(one)) };
    }
    for (const name of ['uri', 'targetUri']) {
      const uri = value[name];
      if (typeof uri === 'string') return isNotebook(uri) ? this.placed(value, name, uri, cell) : this.apart(value, cell);
    }
    if (typeof value['startLine'] === 'number') return cell === undefined ? value : foldIn(cell, value);
    return this.properties(value, cell);
  }

  private properties(value: Json, cell: (OpenCell & { readonly notebook: string }) | undefined): unknown {
    // A call stands in its caller, wherever that is.
    const from = value['from'];
    const converted: Record<string, unknown> = {};
    for (const [name, one] of Object.entries(value)) {
      if (name === 'data') converted[name] = one;
      else if (name === 'fromRanges' && isObject(from)) converted[name] = this.rangesIn(from, one);
      else {
        const found = this.outgoing(one, cell);
        // What an object says of its own place decides for all of it; of the rest only that part is left out.
        if (found === ELSEWHERE && (name === 'range' || name === 'position' || name === 'textEdit')) return ELSEWHERE;
        if (found !== ELSEWHERE) converted[name] = found;
      }
    }
    return converted;
  }

  /** An object of another document: its places count in that, but for the one that was asked about. */
  private apart(value: Json, asked: (OpenCell & { readonly notebook: string }) | undefined): unknown {
    const origin = this.outgoing(value['originSelectionRange'], asked);
    const converted = this.properties(value, undefined) as Json;
    return origin === undefined || origin === ELSEWHERE ? converted : { ...converted, originSelectionRange: origin };
  }

  private rangesIn(caller: Json, ranges: unknown): unknown {
    const { uri } = caller;
    if (typeof uri !== 'string' || !isNotebook(uri) || !Array.isArray(ranges)) return ranges;
    const cell = this.cellOf(uri, rangesOf(caller));
    if (cell !== undefined) return this.outgoing(ranges, cell);
    return ranges.map((range: Range) => this.options.rangeInFile(canonicalUri(uri), range) ?? range);
  }

  /** An object with a notebook's URI and ranges in it: in the cell where it begins, or in the file of a notebook that is closed. */
  private placed(value: Json, name: string, uri: string, asked: (OpenCell & { readonly notebook: string }) | undefined): unknown {
    const cell = this.cellOf(uri, rangesOf(value));
    const place = (range: Range): Range =>
      cell === undefined ? (this.options.rangeInFile(canonicalUri(uri), range) ?? range) : (rangeIn(cell, range) ?? whole(cell));
    const converted = Object.entries(value).map(([key, one]) => {
      if (key === name) return [key, cell?.uri ?? uri];
      if (key === 'originSelectionRange') return [key, this.outgoing(one, asked)];
      return [key, isObject(one) && isRange(one) ? place(one) : one];
    });
    return Object.fromEntries(converted);
  }

  private cellOf(uri: string, [range]: readonly Range[]): (OpenCell & { readonly notebook: string }) | undefined {
    const cells = this.cellsOf(uri);
    const cell = range === undefined ? cells[0] : (cells.findLast(({ firstLine }) => firstLine <= range.start.line) ?? cells[0]);
    return cell && { ...cell, notebook: canonicalUri(uri) };
  }

  private changes(edit: Json, changes: Json): unknown {
    const converted: Record<string, unknown[]> = {};
    for (const [uri, edits] of Object.entries(changes)) {
      if (!Array.isArray(edits)) continue;
      for (const [target, one] of this.edits(uri, edits)) (converted[target] ??= []).push(one);
    }
    return { ...edit, changes: converted };
  }

  private documentChange(change: unknown): readonly unknown[] {
    if (!isObject(change) || !isObject(change['textDocument']) || !Array.isArray(change['edits'])) return [change];
    const { uri } = change['textDocument'];
    if (typeof uri !== 'string' || !isNotebook(uri)) return [change];
    const targets = new Map<string, unknown[]>();
    for (const [target, one] of this.edits(uri, change['edits'])) targets.set(target, [...(targets.get(target) ?? []), one]);
    return [...targets].map(([target, edits]) => ({ ...change, textDocument: { uri: target, version: null }, edits }));
  }

  /** Edits of one document, each with the document that it really is made in. */
  private edits(uri: string, edits: readonly unknown[]): readonly (readonly [uri: string, edit: unknown])[] {
    if (!isNotebook(uri)) return edits.map((edit) => [uri, edit]);
    return edits.map((edit) => {
      if (!isObject(edit) || !isObject(edit['range']) || !isRange(edit['range'])) return [uri, edit];
      const { newText, range } = edit;
      const cell = this.cellOf(uri, [range]);
      if (cell !== undefined) return [cell.uri, { ...edit, range: rangeIn(cell, range) ?? whole(cell) }];
      const inFile = this.options.rangeInFile(canonicalUri(uri), range);
      if (inFile === undefined || typeof newText !== 'string') return [uri, edit];
      // In the file the text stands inside a string of JSON.
      return [uri, { ...edit, range: inFile, newText: JSON.stringify(newText).slice(1, -1) }];
    });
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPosition(value: unknown): value is Position {
  return isObject(value) && typeof value['line'] === 'number' && typeof value['character'] === 'number';
}

function isRange(value: Json): value is Json & Range {
  return isPosition(value['start']) && isPosition(value['end']);
}

function rangesOf(value: Json): readonly Range[] {
  const named = ['selectionRange', 'targetSelectionRange', 'range', 'targetRange'].map((name) => value[name]);
  return named.flatMap((one) => (isObject(one) && isRange(one) ? [one] : []));
}

function mapProperties(value: Json, convert: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === 'data' ? one : convert(one)]));
}

function lineIn({ firstLine, lineCount }: OpenCell, { line, character }: Position): Position | undefined {
  return line >= firstLine && line < firstLine + lineCount ? { line: line - firstLine, character } : undefined;
}

/** A range that begins in the cell; one that ends behind it ends with it. */
function rangeIn(cell: OpenCell, { start, end }: Range): Range | undefined {
  const first = lineIn(cell, start);
  if (first === undefined) return undefined;
  return { start: first, end: lineIn(cell, end) ?? { line: cell.lineCount, character: 0 } };
}

function whole({ lineCount }: OpenCell): Range {
  return { start: { line: 0, character: 0 }, end: { line: lineCount, character: 0 } };
}

/** Folding ranges are lines alone. */
function foldIn(cell: OpenCell, fold: Json): unknown {
  const start = lineIn(cell, { line: Number(fold['startLine']), character: 0 });
  const end = lineIn(cell, { line: Number(fold['endLine']), character: 0 });
  return start === undefined || end === undefined ? ELSEWHERE : { ...fold, startLine: start.line, endLine: end.line };
}
