// Which cells are selected, and where a key moves. Pure: a selection goes in, a selection comes out.

import type { CellRange } from '../../shared/protocol/tableView';

export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle from the anchor to the active cell, which keys move. */
export interface GridSelection {
  readonly anchor: CellPosition;
  readonly active: CellPosition;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that PageUp and PageDown move by. */
  readonly page: number;
}

export interface KeyPress {
  readonly key: string;
  /** Control, or Command on a Mac. */
  readonly control: boolean;
  readonly shift: boolean;
}

export function selectCell(position: CellPosition): GridSelection {
  return { anchor: position, active: position };
}

export function extendTo(selection: GridSelection, position: CellPosition): GridSelection {
  return { anchor: selection.anchor, active: position };
}

export function selectedRange({ anchor, active }: GridSelection): CellRange {
  return {
    startRow: Math.min(anchor.row, active.row),
    endRow: Math.max(anchor.row, active.row) + 1,
    startColumn: Math.min(anchor.column, active.column),
    endColumn: Math.max(anchor.column, active.column) + 1,
  };
}

export function isSelected(range: CellRange, row: number, column: number): boolean {
  return row >= range.startRow && row < range.endRow && column >= range.startColumn && column < range.endColumn;
}

/** The selection after a key; undefined when the key does not move. */
export function moveSelection(selection: GridSelection, press: KeyPress, size: GridSize): GridSelection | undefined {
  if (press.control && press.key.toLowerCase() === 'a') {
    return { anchor: { row: size.rows - 1, column: size.columns - 1 }, active: { row: 0, column: 0 } };
  }
  const moved = movePosition(selection.active, press, size);
  if (!moved) return undefined;
  const position = {
    row: Math.max(0, Math.min(moved.row, size.rows - 1)),
    column: Math.max(0, Math.min(moved.column, size.columns - 1)),
  };
  return press.shift ? extendTo(selection, position) : selectCell(position);
}

function movePosition({ row, column }: CellPosition, { key, control }: KeyPress, size: GridSize): CellPosition | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: control ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: control ? size.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: control ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: control ? size.columns - 1 : column + 1 };
    case 'PageUp':
      return { row: row - size.page, column };
    case 'PageDown':
      return { row: row + size.page, column };
    case 'Home':
      return { row: control ? 0 : row, column: 0 };
    case 'End':
      return { row: control ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return undefined;
  }
}
