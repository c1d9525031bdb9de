// What formatting changes in a file on the disk, which is not always the text that the core knows of it: a notebook is JSON, and
// any file may begin with a byte order mark.

import type { TextEdit } from 'vscode-languageserver-types';
import { LineIndex } from '../text/lineIndex';
import { isNotebook } from '../workspace/fileUris';
import { type NotebookFile, readNotebookFile } from '../workspace/notebookFile';
import { type FileEdit, smallerEdits } from './formatLines';

// For those who write the edits to the file, or show them.
export { linesOf } from './formatLines';
export { documentAfter } from './textEdits';

/**
 * The edits of a document as edits of its file, in order, each of as few lines as possible. Undefined where the file does not hold the
 * text of the document.
 */
export function formatFile(uri: string, raw: string, text: string, edits: readonly TextEdit[]): readonly FileEdit[] | undefined {
  const mark = raw.startsWith('\uFEFF') ? 1 : 0;
  const unmarked = raw.slice(mark);
  const notebook = isNotebook(uri) ? readNotebookFile(uri, unmarked) : undefined;
  if ((notebook?.text ?? unmarked) !== text) return undefined;
  const lines = new LineIndex(text);
  const inText = edits.map(({ range, newText }) => ({
    span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
    newText,
  }));
  const small = inText.toSorted((a, b) => a.span.start - b.span.start).flatMap((edit) => smallerEdits(text, edit));
  const inFile = notebook === undefined ? small : small.map(inNotebook(unmarked, notebook));
  return inFile.map(({ span, newText }) => ({ span: { start: span.start + mark, end: span.end + mark }, newText }));
}

/** From an edit of the text of a notebook to one of its file, where each line is a string of JSON, or all lines of a cell are one. */
function inNotebook(raw: string, notebook: NotebookFile): (edit: FileEdit) => FileEdit {
  const lines = new LineIndex(raw);
  const rangeOf = (offset: number): { readonly start: number; readonly end: number } => {
    const { start, end } = notebook.rangeInFile({ start: offset, end: offset + 1 });
    return { start: lines.offsetAt(start), end: lines.offsetAt(end) };
  };
  return ({ span, newText }) => {
    const cell = notebook.cells.find(({ start, end }) => start <= span.start && span.end <= end) ?? span;
    // A line ends with its string: what is replaced reaches up to the next character, whichever string that is in.
    const place = { start: rangeOf(span.start).start, end: span.end < cell.end ? rangeOf(span.end).start : rangeOf(span.end - 1).end };
    const lineEnd = notebook.text.indexOf('\n', cell.start);
    const between =
      lineEnd >= 0 && lineEnd + 1 < cell.end
        ? raw.slice(rangeOf(lineEnd).end, rangeOf(lineEnd + 1).start)
        : betweenStrings(raw, rangeOf(cell.start).start - 1);
    // Some programs write all else as escapes.
    const isAscii = !/[^\0-\x7F]/.test(raw.slice(rangeOf(cell.start).start, rangeOf(cell.end - 1).end));
    const written = newText.split('\n').map((line) => escaped(line, isAscii));
    return { span: place, newText: written.join(`\\n${between}`) };
  };
}

/** What stands between two strings of a list, by the one string that it has; nothing where it is no list. */
function betweenStrings(raw: string, quote: number): string {
  const blank = /\s*$/.exec(raw.slice(0, quote))?.[0] ?? '';
  return raw[quote - blank.length - 1] === '[' ? `",${blank}"` : '';
}

function escaped(text: string, isAscii: boolean): string {
  const written = JSON.stringify(text).slice(1, -1);
  if (!isAscii) return written;
  return written.replace(/[^\0-\x7F]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
