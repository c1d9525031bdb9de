// Finding nodes by what people type of their names.

import type { LineageGraph, LineageNode } from './lineageGraph';

/** The name as people write it: `name.variant`. */
export function idText({ name, variant }: Pick<LineageNode, 'name' | 'variant'>): string {
  return variant === undefined ? name : `${name}.${variant}`;
}

/**
 * The nodes that have all words of a text in their name, variant or provider, whatever the case: exact names first, then those
 * that begin with the text, then the others, each in the order of the graph.
 */
export function searchNodes({ nodes }: LineageGraph, text: string, limit: number): readonly LineageNode[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const ranked: LineageNode[][] = [[], [], []];
  for (const node of nodes) {
    const id = idText(node).toLowerCase();
    const all = `${id} ${node.provider?.toLowerCase() ?? ''}`;
    if (!words.every((word) => all.includes(word))) continue;
    const rank = id === wanted || node.name.toLowerCase() === wanted ? 0 : id.startsWith(wanted) ? 1 : 2;
    ranked[rank]?.push(node);
  }
  return ranked.flat().slice(0, limit);
}
