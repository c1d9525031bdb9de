// How wide texts are in the fonts of the grid.

import type { TableColumnView } from '../../shared/protocol/tableView';

let context: CanvasRenderingContext2D | null | undefined;

type Font = 'plain' | 'bold' | 'code';

/** The width of a cell's text. */
export function textWidth(text: string, family: TableColumnView['family']): number {
  return measure(text, family === 'nested' || family === 'binary' ? 'code' : 'plain');
}

/** The buttons of a header, and the space before them. */
const headerButtons = 18;

export function headerWidth({ name, type }: TableColumnView): number {
  return Math.max(measure(name, 'bold'), measure(type.slice(0, 60), 'code')) + headerButtons;
}

function measure(text: string, font: Font): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 8;
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  const codeFamily = getComputedStyle(document.body).getPropertyValue('--vscode-editor-font-family') || 'monospace';
  context.font = `${font === 'bold' ? '600 ' : ''}${fontSize} ${font === 'code' ? codeFamily : fontFamily}`;
  return context.measureText(text).width;
}
