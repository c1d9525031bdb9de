import type { GraphLayout } from '../../shared/lineage/graphLayout';
import type { Point, View } from './viewport';

/** So many pixels beside a node are still on it: at a small scale nodes are tiny. */
const slack = 3;

/** The id of the node at a point of the window, also where it is only drawn. */
export function nodeAt({ nodes }: GraphLayout, { x, y, scale }: View, point: Point): string | undefined {
  const at = { x: (point.x - x) / scale, y: (point.y - y) / scale };
  const around = slack / scale;
  return nodes.find(
    (node) =>
      at.x >= node.x - around && at.x <= node.x + node.width + around && at.y >= node.y - around && at.y <= node.y + node.height + around,
  )?.id;
}
