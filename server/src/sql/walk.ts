// Walks over a tree without knowing the kinds of its nodes.

import type { SqlNode } from './syntaxTree';

/** The nodes directly under a node, in the order of the text. */
export function childrenOf(node: SqlNode): readonly SqlNode[] {
  const children: SqlNode[] = [];
  const values: unknown[] = Object.values(node);
  for (const value of values) {
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/**
 * A node and all below it, in the order of the text. Chains such as `a OR b OR c …` are trees of great depth: nothing here calls
 * itself. What `within` refuses is given, but not what is below it.
 */
export function* nodesOf(root: SqlNode, within: (node: SqlNode) => boolean = () => true): Generator<SqlNode> {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (within(node)) waiting.push(...childrenOf(node).toReversed());
  }
}

function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'span' in value && !('inner' in value);
}
