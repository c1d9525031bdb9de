// A table of texts for terminals: aligned columns under a rule, each cell on one line.

import { displayWidth } from './displayWidth';
import { styled, type CommandIo } from './io';

export interface TextTable {
  readonly head: readonly string[];
  /** A second line of the head. */
  readonly subhead?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Of each column, whether its cells stand to the right. */
  readonly toTheRight: readonly boolean[];
}

const maxCellWidth = 40;

/** Lines that each end with a line break. */
export function textTable({ head, subhead, rows, toTheRight }: TextTable, io: Pick<CommandIo, 'color'>): string {
  const [names, types] = [head.map(shorten), subhead?.map(shorten)];
  const texts = rows.map((row) => row.map(shorten));
  const widths = names.map((name, i) => Math.max(...[name, types?.[i] ?? '', ...texts.map((row) => row[i] ?? '')].map(displayWidth)));
  const line = (cells: readonly string[], style?: 'bold' | 'dim'): string =>
    cells
      .map((cell, i) => {
        const padding = ' '.repeat(Math.max(0, (widths[i] ?? 0) - displayWidth(cell)));
        const aligned = toTheRight[i] === true ? padding + cell : cell + padding;
        return style === undefined ? aligned : styled(io, style, aligned);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((size) => '─'.repeat(size)).join('  ');
  return [line(names, 'bold'), ...(types ? [line(types, 'dim')] : []), styled(io, 'dim', rule), ...texts.map((row) => line(row)), ''].join(
    '\n',
  );
}

function shorten(text: string): string {
  return shortened(text, maxCellWidth);
}

/** The text on one line, with an ellipsis where it was cut. */
export function shortened(text: string, width: number): string {
  const graphemes = [...segmenter.segment(text.replace(/[\r\n\t]/g, ' '))].map(({ segment }) => segment);
  return graphemes.length <= width ? graphemes.join('') : `${graphemes.slice(0, width - 1).join('')}…`;
}

const segmenter = new Intl.Segmenter();
