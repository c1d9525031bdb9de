// Which columns are shown and where. Pure: an arrangement goes in, an arrangement comes out.

import type { ColumnChoice } from '../../shared/protocol/tableView';

/** Columns are indexes into the columns of the table. */
export interface ColumnArrangement {
  /** All columns, hidden ones among them. */
  readonly order: readonly number[];
  readonly hidden: ReadonlySet<number>;
  readonly pinned: ReadonlySet<number>;
}

/** The columns in the order in which they stand, the pinned ones first. */
export interface ShownColumns {
  readonly columns: readonly number[];
  readonly pinned: number;
}

/** Takes up a choice that was made when the table may have had other columns: new ones stand after the one before them. */
export function restoreArrangement(names: readonly string[], choice: ColumnChoice): ColumnArrangement {
  const order = indexesOf(names, choice.order);
  const known = new Set(order);
  for (const index of names.keys()) {
    if (!known.has(index)) order.splice(order.indexOf(index - 1) + 1, 0, index);
  }
  const hidden = new Set(indexesOf(names, choice.hidden));
  // Something has to be left to look at.
  if (hidden.size >= names.length) hidden.clear();
  return { order, hidden, pinned: new Set(indexesOf(names, choice.pinned)) };
}

export function columnChoice(names: readonly string[], { order, hidden, pinned }: ColumnArrangement): ColumnChoice {
  const named = (indexes: Iterable<number>): string[] => [...indexes].flatMap((index) => names[index] ?? []);
  const untouched = order.every((column, index) => column === index);
  return { order: untouched ? [] : named(order), hidden: named(hidden), pinned: named(pinned) };
}

export function shownColumns({ order, hidden, pinned }: ColumnArrangement): ShownColumns {
  const shown = order.filter((column) => !hidden.has(column));
  const first = shown.filter((column) => pinned.has(column));
  return { columns: [...first, ...shown.filter((column) => !pinned.has(column))], pinned: first.length };
}

/** Hides columns, but never the last ones. */
export function hideColumns(arrangement: ColumnArrangement, columns: readonly number[]): ColumnArrangement {
  const hidden = new Set([...arrangement.hidden, ...columns]);
  return hidden.size >= arrangement.order.length ? arrangement : { ...arrangement, hidden };
}

export function showColumns(arrangement: ColumnArrangement, columns: readonly number[]): ColumnArrangement {
  return { ...arrangement, hidden: without(arrangement.hidden, columns) };
}

export function pinColumn(arrangement: ColumnArrangement, column: number, pinned: boolean): ColumnArrangement {
  return { ...arrangement, pinned: pinned ? new Set([...arrangement.pinned, column]) : without(arrangement.pinned, [column]) };
}

/** Moves a shown column to where another one stands, among the pinned ones when that one is pinned. */
export function moveColumn(arrangement: ColumnArrangement, from: number, to: number): ColumnArrangement {
  return moveWithin(arrangement, shownColumns(arrangement).columns, from, to);
}

/** All columns as a list has them: the pinned ones first, hidden ones among them. */
export function listedColumns({ order, pinned }: ColumnArrangement): readonly number[] {
  return [...order.filter((column) => pinned.has(column)), ...order.filter((column) => !pinned.has(column))];
}

/** As `moveColumn`, by the places in the list of all columns. */
export function moveListed(arrangement: ColumnArrangement, from: number, to: number): ColumnArrangement {
  return moveWithin(arrangement, listedColumns(arrangement), from, to);
}

function moveWithin(arrangement: ColumnArrangement, columns: readonly number[], from: number, to: number): ColumnArrangement {
  const [moved, target] = [columns[from], columns[to]];
  if (moved === undefined || target === undefined || moved === target) return arrangement;
  const { pinned } = arrangement;
  if (pinned.has(moved) !== pinned.has(target) && Math.abs(from - to) === 1) return pinColumn(arrangement, moved, pinned.has(target));
  const order = arrangement.order.filter((column) => column !== moved);
  order.splice(order.indexOf(target) + (from < to ? 1 : 0), 0, moved);
  return pinColumn({ ...arrangement, order }, moved, pinned.has(target));
}

function without(columns: ReadonlySet<number>, removed: readonly number[]): ReadonlySet<number> {
  return new Set([...columns].filter((column) => !removed.includes(column)));
}

/** Each name takes its first column, a name that is there twice the next one. */
function indexesOf(names: readonly string[], wanted: readonly string[]): number[] {
  const found: number[] = [];
  for (const name of wanted) {
    const index = names.findIndex((candidate, at) => candidate === name && !found.includes(at));
    if (index >= 0) found.push(index);
  }
  return found;
}
