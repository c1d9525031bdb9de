// Where a new drawing is put in the window. Pure.

import type { GraphLayout, PlacedNode } from '../../shared/lineage/graphLayout';
import { centreOn, fitView, keepInReach, revealBox, type Size, type View } from './viewport';

export interface PlacementQuestion {
  readonly before: GraphLayout | undefined;
  readonly after: GraphLayout;
  /** Where the drawing before stood. */
  readonly view: View;
  readonly window: Size;
  readonly focus: string | undefined;
  /** Nodes by which the eye holds on, the first one that is in both drawings. */
  readonly anchors: readonly (string | undefined)[];
  /** Whether the focus is to be brought into view. */
  readonly seekFocus: boolean;
}

/** A drawing that can be read as a whole at this size is shown as a whole. */
const readable = 0.6;
/** Otherwise what is around the focus is shown at this one. */
const around = 0.85;

export function placeDrawing({ before, after, view, window, focus, anchors, seekFocus }: PlacementQuestion): View {
  const places = new Map(after.nodes.map((node) => [node.id, node]));
  const focused = focus === undefined ? undefined : places.get(focus);
  const anchor = before && findAnchor(before, places, anchors);
  if (!anchor) return firstView(after, focused, window);
  const [was, is] = anchor;
  const held = { x: view.x + (was.x - is.x) * view.scale, y: view.y + (was.y - is.y) * view.scale, scale: view.scale };
  if (!seekFocus || !focused) return held;
  if (fitView(after, window).scale < view.scale) return revealBox(held, focused, window);
  return centreOn({ x: 0, y: 0, width: after.width, height: after.height }, window, view.scale);
}

function findAnchor(
  before: GraphLayout,
  after: ReadonlyMap<string, PlacedNode>,
  anchors: readonly (string | undefined)[],
): readonly [was: PlacedNode, is: PlacedNode] | undefined {
  const known = new Map(before.nodes.filter(({ id }) => after.has(id)).map((node) => [node.id, node]));
  const id = anchors.find((one) => one !== undefined && known.has(one)) ?? known.keys().next().value;
  const [was, is] = id === undefined ? [undefined, undefined] : [known.get(id), after.get(id)];
  return was && is ? [was, is] : undefined;
}

function firstView(layout: GraphLayout, focused: PlacedNode | undefined, window: Size): View {
  const fitted = fitView(layout, window);
  if (!focused || fitted.scale >= readable) return fitted;
  return keepInReach(centreOn(focused, window, around), layout, window);
}
