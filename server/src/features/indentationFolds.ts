// What an editor folds of Python by itself: blocks by their indentation, and regions between the comments that mark them.

import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import type { LineIndex } from '../text/lineIndex';

export type LineFold = Readonly<FoldingRange>;

const TAB_SIZE = 4;
const REGION = /^\s*#\s*(end)?region\b/;
/** The end of a literal in a line of its own. */
const CLOSING = /^\s*(?:"""|''')/;

/** `interior` are lines that begin within a literal: they belong to the block around them, whatever their indentation. */
export function indentationFolds(text: string, lines: LineIndex, interior: ReadonlySet<number>): readonly LineFold[] {
  const folds: LineFold[] = [];
  const open: { readonly line: number; readonly indentation: number }[] = [];
  const regions: number[] = [];
  let last = 0;
  const close = (indentation: number): void => {
    for (let block = open.at(-1); block !== undefined && block.indentation >= indentation; block = open.at(-1)) {
      open.pop();
      if (last > block.line) folds.push({ startLine: block.line, endLine: last });
    }
  };
  for (let line = 0; line < lines.lineCount; line++) {
    const written = text.slice(lines.lineStart(line), lines.lineEnd(line));
    if (written.trim() === '') continue;
    if (!interior.has(line) || CLOSING.test(written)) {
      const region = REGION.exec(written);
      if (region?.[1] === undefined && region !== null) regions.push(line);
      const start = region?.[1] === undefined ? undefined : regions.pop();
      if (start !== undefined) folds.push({ startLine: start, endLine: line, kind: FoldingRangeKind.Region });
      const indentation = widthOf(written);
      close(indentation);
      open.push({ line, indentation });
    }
    last = line;
  }
  close(0);
  return folds;
}

function widthOf(line: string): number {
  let width = 0;
  for (const char of line) {
    if (char === '\t') width += TAB_SIZE - (width % TAB_SIZE);
    else if (char === ' ') width++;
    else break;
  }
  return width;
}
