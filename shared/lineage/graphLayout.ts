// What a layout of a graph is made of and what it gives. Lengths are in pixels at a zoom of one; x grows to the right and y
// downwards, and nothing lies left of or above the origin.

export interface LayoutSize {
  readonly width: number;
  readonly height: number;
  /**
   * How far below the upper edge of the node (right of its left edge, where layers go down) the edges of a column end, by
   * the column's name. Edges without columns, or of columns that are not named here, end in the middle.
   */
  readonly ports?: ReadonlyMap<string, number>;
}

export type LayoutDirection = 'right' | 'down';

export interface LayoutOptions {
  /** Where edges lead. */
  readonly direction: LayoutDirection;
  /** Between nodes of one layer. */
  readonly nodeGap: number;
  /** Between layers, where nothing needs more. */
  readonly layerGap: number;
  /** Around an edge that passes by a node of a layer that it crosses. */
  readonly edgeGap: number;
}

export const defaultLayoutOptions: LayoutOptions = { direction: 'right', nodeGap: 16, layerGap: 72, edgeGap: 10 };

/** The graph as far as a layout looks at it; a `LineageGraph` is one. */
export interface LayoutGraph {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly LayoutEdge[];
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  readonly columns?: readonly { readonly from: string; readonly to: string }[];
}

export interface PlacedNode {
  readonly id: string;
  /** The left upper corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Counted from zero within its component, along the direction. */
  readonly layer: number;
}

export interface LayoutPoint {
  readonly x: number;
  readonly y: number;
}

export interface RoutedEdge {
  readonly from: string;
  readonly to: string;
  /** Where the edge is one of several between columns. */
  readonly column?: { readonly from: string; readonly to: string };
  /**
   * From the border of the first node to that of the last one. The curve leaves each point in the layers' direction and
   * comes to the next one in it: one cubic each, with control points halfway.
   */
  readonly points: readonly LayoutPoint[];
  /** True for an edge against the direction, without which there would be no cycle. */
  readonly back: boolean;
}

export interface GraphLayout {
  readonly direction: LayoutDirection;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly RoutedEdge[];
  readonly width: number;
  readonly height: number;
  /** How many pairs of edges cross between layers. */
  readonly crossings: number;
}
