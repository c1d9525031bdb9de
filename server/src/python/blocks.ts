// The top-level blocks of a module: a statement that begins at the first column with everything that belongs to it.
// Blocks are parsed apart from each other, so that a broken one hurts only itself and an unchanged one is not parsed again.

import type { LogicalLine } from './lines';
import type { Span } from '../text/span';

export interface BlockSpan extends Span {
  readonly lines: readonly LogicalLine[];
}

const CONTINUES = /(?:else|elif|except|finally)\b/y;

/** Together the blocks cover the whole text; blank lines and comments belong to the block above them. */
export function splitBlocks(text: string, lines: readonly LogicalLine[]): readonly BlockSpan[] {
  const blocks: { start: number; end: number; lines: LogicalLine[] }[] = [];
  let current: { start: number; end: number; lines: LogicalLine[] } = { start: 0, end: text.length, lines: [] };
  let decorated = false;
  for (const line of lines) {
    if (line.column === 0) {
      CONTINUES.lastIndex = line.start;
      if (!decorated && current.lines.length > 0 && !CONTINUES.test(text)) {
        current.end = line.lineStart;
        blocks.push(current);
        current = { start: line.lineStart, end: text.length, lines: [] };
      }
      decorated = text[line.start] === '@';
    }
    current.lines.push(line);
  }
  blocks.push(current);
  return blocks;
}
