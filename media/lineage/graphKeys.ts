// Where the arrow keys lead in a graph: along its edges, and among the nodes of a layer. Pure.

import type { GraphLayout, PlacedNode } from '../../shared/lineage/graphLayout';
import type { LineageIndex } from '../../shared/lineage/lineageIndex';

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** The node that an arrow leads to from another one; undefined where there is none. */
export function nextNode(layout: GraphLayout, index: LineageIndex, id: string, arrow: Arrow): string | undefined {
  const { direction, nodes } = layout;
  const node = nodes.find((one) => one.id === id);
  if (!node) return nodes[0]?.id;
  const isRight = direction === 'right';
  const forward = isRight ? 'ArrowRight' : 'ArrowDown';
  const backward = isRight ? 'ArrowLeft' : 'ArrowUp';
  if (arrow === forward || arrow === backward) {
    const near = new Set(arrow === forward ? index.outputs(id) : index.inputs(id));
    near.delete(id);
    return nearest(
      node,
      nodes.filter((one) => near.has(one.id)),
      isRight,
    )?.id;
  }
  const step = arrow === (isRight ? 'ArrowUp' : 'ArrowLeft') ? -1 : 1;
  // Layers of parts that nothing connects may stand beside each other.
  const layer = nodes
    .filter((one) => (isRight ? one.x === node.x : one.y === node.y))
    .sort((a, b) => across(a, isRight) - across(b, isRight));
  return layer[layer.indexOf(node) + step]?.id;
}

function nearest(node: PlacedNode, candidates: readonly PlacedNode[], isRight: boolean): PlacedNode | undefined {
  const distance = (one: PlacedNode): number =>
    Math.abs(across(one, isRight) - across(node, isRight)) + Math.abs(isRight ? one.x - node.x : one.y - node.y) / 8;
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0];
}

function across({ x, y, width, height }: PlacedNode, isRight: boolean): number {
  return isRight ? y + height / 2 : x + width / 2;
}
