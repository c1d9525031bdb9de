// The order in which both sides list the resources of a workspace.

import type { ResourceNode } from './requests';

/** What others are made of goes first. */
export const resourceTypes = ['user', 'provider', 'source', 'entity', 'feature', 'label', 'training-set', 'model'] as const;

/** By type, name and variant; what is defined several times by file and place. */
export function compareResources(a: ResourceNode, b: ResourceNode): number {
  return (
    rank(a) - rank(b) ||
    compareText(a.name, b.name) ||
    compareText(a.variant ?? '', b.variant ?? '') ||
    compareText(a.uri, b.uri) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character
  );
}

function rank({ type }: ResourceNode): number {
  return (resourceTypes as readonly string[]).indexOf(type);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
