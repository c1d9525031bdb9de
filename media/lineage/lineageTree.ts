// What the list form shows, as a tree: the focus with what feeds it and what it feeds; or, of the whole graph, what nothing feeds,
// with all that comes of it. Pure: which items are open goes in, rows come out.

import type { LineageNode } from '../../shared/lineage/lineageGraph';
import type { LineageIndex } from '../../shared/lineage/lineageIndex';
import { countOf, nodeFacts } from '../../shared/lineage/nodeText';
import { idText } from '../../shared/lineage/searchNodes';

export type TreeSide = 'inputs' | 'outputs';

export interface TreeRow {
  /** Unique in the tree, and the same for the same place in it: the way from the root. */
  readonly key: string;
  readonly level: number;
  /** The node, but for the headings of the two sides. */
  readonly node: LineageNode | undefined;
  readonly text: string;
  /** What else there is to know of it. */
  readonly detail: string;
  /** Undefined for what has nothing below it. */
  readonly isOpen: boolean | undefined;
  readonly position: number;
  readonly size: number;
}

export interface TreeQuestion {
  readonly index: LineageIndex;
  readonly focus: string | undefined;
  /** Keys of items that are open, though they begin closed, and of those that are closed, though they begin open. */
  readonly toggled: ReadonlySet<string>;
}

export function treeRows({ index, focus, toggled }: TreeQuestion): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const focused = focus === undefined ? undefined : index.nodes.get(focus);
  const add = (
    node: LineageNode,
    key: string,
    level: number,
    side: TreeSide,
    place: readonly [number, number],
    path: readonly string[],
  ): void => {
    const isAgain = path.includes(node.id);
    const below = isAgain ? [] : side === 'inputs' ? index.inputs(node.id) : index.outputs(node.id);
    const isOpen = below.length === 0 ? undefined : toggled.has(key);
    rows.push({ key, level, node, text: idText(node), detail: detailOf(node, index, isAgain), isOpen, position: place[0], size: place[1] });
    if (isOpen === true) addAll(below, key, level + 1, side, [...path, node.id]);
  };
  const addAll = (ids: readonly string[], key: string, level: number, side: TreeSide, path: readonly string[]): void => {
    for (const [at, id] of ids.entries()) {
      const node = index.nodes.get(id);
      if (node) add(node, `${key}\n${id}`, level, side, [at + 1, ids.length], path);
    }
  };
  if (!focused) {
    const first = index.graph.nodes.filter(({ id }) => index.inputs(id).every((input) => input === id));
    // Of a graph that is all cycles, every node is a first one.
    addAll(
      (first.length > 0 ? first : index.graph.nodes).map(({ id }) => id),
      '',
      1,
      'outputs',
      [],
    );
    return rows;
  }
  const { id } = focused;
  const isOpen = !toggled.has(id);
  rows.push({
    key: id,
    level: 1,
    node: focused,
    text: idText(focused),
    detail: detailOf(focused, index, false),
    isOpen,
    position: 1,
    size: 1,
  });
  if (!isOpen) return rows;
  const sides: readonly (readonly [TreeSide, string, readonly string[]])[] = [
    ['inputs', 'Upstream', index.inputs(id)],
    ['outputs', 'Downstream', index.outputs(id)],
  ];
  for (const [at, [side, text, below]] of sides.entries()) {
    const key = `${id}\n${side}`;
    const isSideOpen = below.length === 0 ? undefined : !toggled.has(key);
    const detail = below.length === 0 ? 'nothing' : String(below.length);
    rows.push({ key, level: 2, node: undefined, text, detail, isOpen: isSideOpen, position: at + 1, size: 2 });
    if (isSideOpen === true) addAll(below, key, 3, side, [id]);
  }
  return rows;
}

function detailOf(node: LineageNode, index: LineageIndex, isAgain: boolean): string {
  const [inputs, outputs] = [index.inputs(node.id).length, index.outputs(node.id).length];
  return [
    ...nodeFacts(node),
    ...(inputs > 0 ? [`fed by ${inputs.toLocaleString('en')}`] : []),
    outputs > 0 ? `feeds ${outputs.toLocaleString('en')}` : 'feeds nothing',
    ...(isAgain ? ['shown above: they feed each other'] : []),
  ].join(', ');
}

/** How many nodes a graph has, for a heading. */
export function treeTitle(index: LineageIndex, focus: string | undefined): string {
  const focused = focus === undefined ? undefined : index.nodes.get(focus);
  return focused ? `Lineage of ${idText(focused)}` : `Lineage, ${countOf(index.nodes.size, 'resource')}`;
}
