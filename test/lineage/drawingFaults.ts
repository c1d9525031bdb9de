// What is wrong with a drawing of a graph, whatever it looks like.

import type { GraphLayout, LayoutGraph, LayoutPoint, PlacedNode } from '../../shared/lineage/graphLayout';

/** Overlaps, edges through nodes or against the direction, and what lies outside the bounds: a sentence each. */
export function drawingFaults(graph: LayoutGraph, layout: GraphLayout): readonly string[] {
  const placed = new Map(layout.nodes.map((node) => [node.id, node]));
  return [
    ...graph.nodes.filter(({ id }) => !placed.has(id)).map(({ id }) => `${id} is missing`),
    ...overlaps(layout.nodes),
    ...outside(layout),
    ...layout.edges.flatMap((edge) => edgeFaults(edge, layout, placed)),
  ];
}

function overlaps(nodes: readonly PlacedNode[]): readonly string[] {
  const faults: string[] = [];
  const byStart = nodes.toSorted((a, b) => a.x - b.x);
  for (const [index, a] of byStart.entries()) {
    for (const b of byStart.slice(index + 1)) {
      if (b.x >= a.x + a.width) break;
      if (a.y < b.y + b.height && b.y < a.y + a.height) faults.push(`${a.id} overlaps ${b.id}`);
    }
  }
  return faults;
}

function outside({ nodes, edges, width, height }: GraphLayout): readonly string[] {
  const isInside = ({ x, y }: LayoutPoint): boolean => x >= -0.5 && y >= -0.5 && x <= width + 0.5 && y <= height + 0.5;
  return [
    ...nodes
      .filter((node) => !isInside(node) || !isInside({ x: node.x + node.width, y: node.y + node.height }))
      .map(({ id }) => `${id} lies outside`),
    ...edges.filter(({ points }) => !points.every(isInside)).map(({ from, to }) => `${from} > ${to} leaves the bounds`),
  ];
}

function edgeFaults(
  { from, to, points, back }: GraphLayout['edges'][number],
  { direction, nodes }: GraphLayout,
  placed: ReadonlyMap<string, PlacedNode>,
): readonly string[] {
  const name = `${from} > ${to}`;
  const along = ({ x, y }: LayoutPoint): number => (direction === 'right' ? x : y);
  const steps = points.slice(1).map((point, index) => along(point) - along(points[index] ?? point));
  const [a, b] = [placed.get(from), placed.get(to)];
  const [first, last] = [points[0], points.at(-1)];
  if (!a || !b || !first || !last) return [`${name} has no ends`];
  const faults: string[] = [];
  if (from !== to && !steps.every((step) => (back ? step < 0 : step > 0))) faults.push(`${name} turns round`);
  const end = (node: PlacedNode): number => along(node) + (direction === 'right' ? node.width : node.height);
  if (along(first) !== (back && from !== to ? along(a) : end(a))) faults.push(`${name} does not begin at its node`);
  if (along(last) !== (back ? end(b) : along(b))) faults.push(`${name} does not end at its node`);
  // Between two points the curve stays in the box that they span; over a layer it is straight.
  for (const [index, point] of points.slice(1).entries()) {
    const before = points[index] ?? point;
    const box = {
      left: Math.min(before.x, point.x),
      right: Math.max(before.x, point.x),
      top: Math.min(before.y, point.y),
      bottom: Math.max(before.y, point.y),
    };
    for (const node of nodes) {
      if (node.id === from || node.id === to) continue;
      const hit = node.x < box.right && node.x + node.width > box.left && node.y < box.bottom && node.y + node.height > box.top;
      if (hit) faults.push(`${name} runs through ${node.id}`);
    }
  }
  return faults;
}
