import type { Cell, ColumnType } from '../table';

/** A text that stands for a value other than null: the same for equal values of a type, so there is one zero. */
export function valueText(type: ColumnType, cell: Cell): string {
  if (type.kind !== 'scalar') return JSON.stringify(cell);
  return cell === '-0.0' && (type.name === 'double' || type.name === 'float') ? '0' : String(cell);
}

/** The value that the text stands for. */
export function valueOfText(type: ColumnType, text: string): Cell {
  return type.kind === 'scalar' ? text : (JSON.parse(text) as Cell);
}
