// The layout of a graph in layers, by the steps of Sugiyama, Tagawa and Toda ("Methods for Visual Understanding of Hierarchical
// System Structures", 1981): break cycles, assign layers, reduce crossings, place, route. Parts that no edge connects are laid out
// each for itself. The same question always gets the same answer, and an earlier answer is kept to where that is good.

import type { GraphLayout, LayoutGraph, LayoutOptions, LayoutSize, PlacedNode, RoutedEdge } from './graphLayout';
import {
  earlierMiddles,
  layoutComponent,
  toPoint,
  type ComponentEdge,
  type ComponentLayout,
  type ComponentNode,
  type EarlierMiddles,
  type FlatPoint,
} from './layout/layoutComponent';
import { packBoxes } from './layout/packBoxes';

const noSize: LayoutSize = { width: 0, height: 0 };

/**
 * @param graph edges whose ends are not among its nodes are left out
 * @param sizes of nodes, by id
 * @param previous a layout of the graph as it was: nodes that are in it keep their order as far as that costs few crossings
 */
export function layoutGraph(
  graph: LayoutGraph,
  sizes: ReadonlyMap<string, LayoutSize>,
  options: LayoutOptions,
  previous?: GraphLayout,
): GraphLayout {
  const { direction } = options;
  const middles = previous && earlierMiddles(previous, direction);
  const parts = findParts(graph, sizes, options);
  const laidOut = parts.map((part) => ({ part, layout: layoutComponent(part.nodes, part.edges, options, middles) }));
  const inOrder = shelfOrder(laidOut, previous, middles);
  const boxes = inOrder.map(({ layout }) => toBox(layout, options));
  const packed = packBoxes(boxes, 2 * options.nodeGap);
  const nodes: PlacedNode[] = [];
  const edges: RoutedEdge[] = [];
  for (const [index, { part, layout }] of inOrder.entries()) {
    const { x: left, y: top } = packed.places[index] ?? { x: 0, y: 0 };
    const move = (point: FlatPoint): { readonly x: number; readonly y: number } => {
      const { x, y } = toPoint(point, direction);
      return { x: x + left, y: y + top };
    };
    for (const [at, { id, along, across }] of part.nodes.entries()) {
      const place = layout.nodes[at];
      if (!place) continue;
      const corner = move({ along: place.along, across: place.across - across / 2 });
      const { x: width, y: height } = toPoint({ along, across }, direction);
      nodes.push({ id, ...corner, width, height, layer: place.layer });
    }
    for (const [at, { column, fromId, toId }] of part.edges.entries()) {
      const routed = layout.edges[at];
      if (!routed) continue;
      edges.push({ from: fromId, to: toId, ...(column && { column }), points: routed.points.map(move), back: routed.back });
    }
  }
  const crossings = laidOut.reduce((sum, { layout }) => sum + layout.crossings, 0);
  return { direction, nodes, edges, width: packed.width, height: packed.height, crossings };
}

interface PartEdge extends ComponentEdge {
  readonly fromId: string;
  readonly toId: string;
  readonly column: { readonly from: string; readonly to: string } | undefined;
}

interface Part {
  readonly nodes: ComponentNode[];
  readonly edges: PartEdge[];
}

interface LaidOutPart {
  readonly part: Part;
  readonly layout: ComponentLayout;
}

/** What edges connect, in the order of the first nodes. */
function findParts({ nodes, edges }: LayoutGraph, sizes: ReadonlyMap<string, LayoutSize>, { direction }: LayoutOptions): readonly Part[] {
  const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
  const leader = Int32Array.from(nodes, (_, index) => index);
  const find = (start: number): number => {
    let node = start;
    while (leader[node] !== node) node = leader[node] = leader[leader[node] ?? 0] ?? 0;
    return node;
  };
  for (const { from, to } of edges) {
    const [a, b] = [numbers.get(from), numbers.get(to)];
    if (a === undefined || b === undefined) continue;
    const [first, second] = [find(a), find(b)];
    leader[Math.max(first, second)] = Math.min(first, second);
  }
  const parts = new Map<number, Part>();
  const numberInPart = new Int32Array(nodes.length);
  for (const [index, { id }] of nodes.entries()) {
    const key = find(index);
    const part = parts.get(key) ?? { nodes: [], edges: [] };
    parts.set(key, part);
    numberInPart[index] = part.nodes.length;
    const { width, height } = sizes.get(id) ?? noSize;
    part.nodes.push(direction === 'right' ? { id, along: width, across: height } : { id, along: height, across: width });
  }
  for (const edge of edges) {
    const [a, b] = [numbers.get(edge.from), numbers.get(edge.to)];
    if (a === undefined || b === undefined) continue;
    const ends = { from: numberInPart[a] ?? 0, to: numberInPart[b] ?? 0, fromId: edge.from, toId: edge.to };
    parts.get(find(a))?.edges.push(...expandColumns(edge, sizes, direction).map((one) => ({ ...ends, ...one })));
  }
  return [...parts.values()];
}

type Ends = Pick<PartEdge, 'fromOffset' | 'toOffset' | 'column'>;

/** An edge between columns ends at each of them, where they are shown. */
function expandColumns(
  { from, to, columns }: LayoutGraph['edges'][number],
  sizes: ReadonlyMap<string, LayoutSize>,
  direction: LayoutOptions['direction'],
): readonly Ends[] {
  const offset = (id: string, column: string): number | undefined => {
    const { width, height, ports } = sizes.get(id) ?? noSize;
    const port = ports?.get(column);
    return port === undefined ? undefined : port - (direction === 'right' ? height : width) / 2;
  };
  const found = new Map<string, Ends>();
  for (const column of columns ?? []) {
    const [fromOffset, toOffset] = [offset(from, column.from), offset(to, column.to)];
    if (fromOffset === undefined && toOffset === undefined) continue;
    const key = `${String(fromOffset)} ${String(toOffset)}`;
    if (!found.has(key)) found.set(key, { fromOffset: fromOffset ?? 0, toOffset: toOffset ?? 0, column });
  }
  return found.size === 0 ? [{ fromOffset: 0, toOffset: 0, column: undefined }] : [...found.values()];
}

function toBox({ along, across }: ComponentLayout, { direction }: LayoutOptions): { readonly width: number; readonly height: number } {
  const { x: width, y: height } = toPoint({ along, across }, direction);
  return { width, height };
}

/** Parts that were there stand as they did, new ones behind them, the largest first. */
function shelfOrder(
  laidOut: readonly LaidOutPart[],
  previous: GraphLayout | undefined,
  middles: EarlierMiddles | undefined,
): readonly LaidOutPart[] {
  const corners = new Map(middles && previous ? previous.nodes.map(({ id, x, y }) => [id, { x, y }]) : []);
  const known = new Map<LaidOutPart, { readonly x: number; readonly y: number }>();
  for (const one of laidOut) {
    const places = one.part.nodes.flatMap(({ id }) => corners.get(id) ?? []);
    if (places.length === 0) continue;
    const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
    known.set(one, { x: least(places.map(({ x }) => x)), y: least(places.map(({ y }) => y)) });
  }
  const fresh = laidOut.filter((one) => !known.has(one));
  return [
    ...[...known].sort(([, a], [, b]) => a.y - b.y || a.x - b.x).map(([one]) => one),
    ...fresh.sort((a, b) => b.layout.across - a.layout.across || b.layout.along - a.layout.along),
  ];
}
