// How large the cards of nodes are, and where the edges of their columns end. What draws them keeps to it.

import type { LayoutSize } from './graphLayout';
import type { LineageNode } from './lineageGraph';

export const cardWidth = 216;
export const cardHeight = 50;
export const columnHeight = 20;
/** Between the head of a card and its columns, and below them. */
export const columnsPadding = 4;
/** Cards with more show the first ones, and how many more there are. */
export const mostColumns = 24;

/** The columns that a card writes down. */
export function writtenColumns({ columns = [] }: LineageNode): {
  readonly columns: NonNullable<LineageNode['columns']>;
  readonly more: number;
} {
  if (columns.length <= mostColumns) return { columns, more: 0 };
  return { columns: columns.slice(0, mostColumns - 1), more: columns.length - mostColumns + 1 };
}

/** @param withColumns whether cards show their columns, where they are known. */
export function cardSize(node: LineageNode, withColumns: boolean): LayoutSize {
  const { columns, more } = writtenColumns(node);
  if (!withColumns || columns.length === 0) return { width: cardWidth, height: cardHeight };
  const rows = columns.length + (more > 0 ? 1 : 0);
  const first = cardHeight + columnsPadding + columnHeight / 2;
  const ports = new Map((node.columns ?? []).map(({ name }, index) => [name, first + Math.min(index, rows - 1) * columnHeight]));
  return { width: cardWidth, height: cardHeight + 2 * columnsPadding + rows * columnHeight, ports };
}
