// A notebook as it lies on a disk (`.ipynb`, nbformat 4): its Python cells as one text, every character of which knows its
// place in the file.

import { joinCells } from '../python/notebookText';
import { type JsonNode, mappedStringOf, parseJson, stringValueOf } from '../text/jsonText';
import { LineIndex, type LinePosition } from '../text/lineIndex';
import { MappedText } from '../text/mappedText';
import type { Span } from '../text/span';

export interface NotebookFile {
  /** What the file means to the core: the Python cells, in order. */
  readonly text: string;
  /** Its cells of Python, by their place in the text. */
  readonly cells: readonly NotebookCell[];
  /** Why nothing of it can be read. */
  readonly problem: string | undefined;
  /** The place in the file, by line, of a part of the text. */
  rangeInFile(span: Span): { readonly start: LinePosition; readonly end: LinePosition };
}

export interface NotebookCell extends Span {
  /** Which cell of the notebook it is, of all kinds, from one. */
  readonly number: number;
}

/** Reads the text of an `.ipynb` file. A file that cannot be read has no cells, and a problem where it has to do with Featureform. */
export function readNotebookFile(uri: string, raw: string): NotebookFile {
  const root = parseJson(raw);
  if (!('kind' in root)) return broken(raw, uri, root.offset, `the notebook is not valid JSON: ${root.message}`);
  const format = member(root, 'nbformat');
  const listed = member(root, 'cells');
  const version = format && raw.slice(format.span.start, format.span.end);
  if (version !== undefined && version !== '4') {
    return broken(raw, uri, format?.span.start ?? 0, `nbformat ${version} is not read; 4 was expected`);
  }
  if (listed?.kind !== 'array') return broken(raw, uri, root.span.start, 'the notebook has no list of "cells"');
  const sources: { readonly number: number; readonly mapped: MappedText }[] = [];
  if (isPython(raw, root)) {
    for (const [index, cell] of listed.items.entries()) {
      if (text(raw, member(cell, 'cell_type')) !== 'code' || !isPythonCell(raw, cell)) continue;
      sources.push({ number: index + 1, mapped: sourceOf(raw, uri, cell) });
    }
  }
  const joined = joinCells(sources.map(({ mapped }) => mapped.value));
  const parts: MappedText[] = [];
  let at = 0;
  for (const [index, { start, end }] of joined.cells.entries()) {
    const mapped = sources[index]?.mapped ?? MappedText.empty;
    const place = mapped.sourceLocation({ start: 0, end: 0 })?.span ?? listed.span;
    parts.push(MappedText.atomic(joined.text.slice(at, start), uri, place), mapped);
    at = end;
  }
  const cells = joined.cells.map((span, index) => ({ ...span, number: sources[index]?.number ?? 0 }));
  return notebook(raw, joined.text, cells, MappedText.concat(parts), undefined);
}

function broken(raw: string, uri: string, offset: number, problem: string): NotebookFile {
  const mapped = MappedText.atomic('\n', uri, { start: offset, end: offset });
  // Other people's notebooks are none of our business.
  return notebook(raw, mapped.value, [], mapped, /featureform/i.test(raw) ? problem : undefined);
}

function notebook(
  raw: string,
  joined: string,
  cells: readonly NotebookCell[],
  mapped: MappedText,
  problem: string | undefined,
): NotebookFile {
  let lines: LineIndex | undefined;
  return {
    text: joined,
    cells,
    problem,
    rangeInFile(span) {
      lines ??= new LineIndex(raw);
      const { start, end } = mapped.sourceLocation(span)?.span ?? { start: 0, end: 0 };
      return { start: lines.positionAt(start), end: lines.positionAt(end) };
    },
  };
}

/** The source of a cell: a string, or a list of them. */
function sourceOf(raw: string, uri: string, cell: JsonNode): MappedText {
  const source = member(cell, 'source');
  const strings = source?.kind === 'array' ? source.items : source === undefined ? [] : [source];
  return MappedText.concat(strings.filter(({ kind }) => kind === 'string').map((one) => mappedStringOf(raw, uri, one)));
}

/** A notebook that does not say which language it is in is one of Python. */
function isPython(raw: string, root: JsonNode): boolean {
  const metadata = member(root, 'metadata');
  const named = [member(member(metadata, 'language_info'), 'name'), member(member(metadata, 'kernelspec'), 'language')];
  const language = named.map((node) => text(raw, node)).find((one) => one !== undefined);
  return language === undefined || /python|pyspark/i.test(language);
}

/** A cell can be of another language than its notebook. */
function isPythonCell(raw: string, cell: JsonNode): boolean {
  const language = text(raw, member(member(member(cell, 'metadata'), 'vscode'), 'languageId'));
  return language === undefined || language === 'python';
}

function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.get(name) : undefined;
}

function text(raw: string, node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? stringValueOf(raw, node) : undefined;
}
