// How a drawing comes from an earlier one to a later: each node goes straight from where it was to where it is, and edges go with
// their nodes.

import type { GraphLayout, LayoutPoint, PlacedNode, RoutedEdge } from '../../shared/lineage/graphLayout';

export interface Movement {
  /** From where it is to where it was, of each node that was there. */
  readonly steps: ReadonlyMap<string, LayoutPoint>;
}

const still: LayoutPoint = { x: 0, y: 0 };

/** @returns undefined when nothing moves. */
export function movementBetween(before: GraphLayout | undefined, after: GraphLayout, shift: LayoutPoint): Movement | undefined {
  if (!before) return undefined;
  const places = new Map(before.nodes.map((node) => [node.id, node]));
  const steps = new Map<string, LayoutPoint>();
  let moves = false;
  for (const { id, x, y } of after.nodes) {
    const was = places.get(id);
    if (!was) continue;
    const step = { x: was.x + shift.x - x, y: was.y + shift.y - y };
    if (step.x !== 0 || step.y !== 0) moves = true;
    steps.set(id, step);
  }
  return moves ? { steps } : undefined;
}

/** A layout on its way. @param left from one, where everything is as it was, to zero. */
export function layoutOnItsWay(layout: GraphLayout, { steps }: Movement, left: number): GraphLayout {
  return {
    ...layout,
    nodes: layout.nodes.map((node) => moveNode(node, steps.get(node.id) ?? still, left)),
    edges: layout.edges.map((edge) => moveEdge(edge, steps.get(edge.from) ?? still, steps.get(edge.to) ?? still, left)),
  };
}

function moveNode(node: PlacedNode, step: LayoutPoint, left: number): PlacedNode {
  return step === still ? node : { ...node, x: node.x + step.x * left, y: node.y + step.y * left };
}

function moveEdge(edge: RoutedEdge, from: LayoutPoint, to: LayoutPoint, left: number): RoutedEdge {
  if (from === still && to === still) return edge;
  const last = Math.max(1, edge.points.length - 1);
  const points = edge.points.map(({ x, y }, index) => {
    const share = index / last;
    return { x: x + left * (from.x * (1 - share) + to.x * share), y: y + left * (from.y * (1 - share) + to.y * share) };
  });
  return { ...edge, points };
}

/** Slows down towards the end. */
export function ease(time: number): number {
  return 1 - (1 - Math.min(1, time)) ** 3;
}

/** Whether the user has asked for as little of it as possible. */
export function prefersStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
