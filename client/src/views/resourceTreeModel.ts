// The shape of the Resources tree: groups by type, then names, then variants where a name has more than one. Plain data
// made of the server's answer and the filter; how it looks is decided in `resourceItems.ts`.

import type { ResourceNode } from '../../../shared/protocol/requests';

/** A workspace folder; only where there are several. */
export interface FolderNode {
  readonly kind: 'folder';
  readonly label: string;
  readonly children: readonly GroupNode[];
}

export interface GroupNode {
  readonly kind: 'group';
  /** The folder's label; empty where there is only one. */
  readonly folder: string;
  readonly label: string;
  readonly children: readonly (NameNode | VariantNode)[];
  readonly resources: readonly ResourceNode[];
}

/** A name with several variants. */
export interface NameNode {
  readonly kind: 'name';
  readonly folder: string;
  readonly label: string;
  readonly group: string;
  readonly children: readonly VariantNode[];
  readonly resources: readonly ResourceNode[];
}

/** One resource; labelled with its variant below a name, otherwise with its whole id. */
export interface VariantNode {
  readonly kind: 'resource';
  readonly label: string;
  /** Tells apart the definitions of one id. */
  readonly occurrence: number;
  readonly resource: ResourceNode;
}

export type TreeNode = FolderNode | GroupNode | NameNode | VariantNode;

/** In the order in which definitions are usually written; Featureform keeps sources and transformations under one type. */
const groups: readonly { readonly label: string; readonly holds: (resource: ResourceNode) => boolean }[] = [
  { label: 'Providers', holds: ({ type }) => type === 'provider' },
  { label: 'Sources', holds: (resource) => resource.type === 'source' && !isTransformation(resource) },
  { label: 'Transformations', holds: isTransformation },
  { label: 'Entities', holds: ({ type }) => type === 'entity' },
  { label: 'Features', holds: ({ type }) => type === 'feature' },
  { label: 'Labels', holds: ({ type }) => type === 'label' },
  { label: 'Training Sets', holds: ({ type }) => type === 'training-set' },
  { label: 'Models', holds: ({ type }) => type === 'model' },
  { label: 'Users', holds: ({ type }) => type === 'user' },
];

/** Groups without a resource are left out. */
export function buildResourceTree(resources: readonly ResourceNode[], filter: string, folder = ''): readonly GroupNode[] {
  const shown = resources.filter(matcher(filter));
  return groups.flatMap(({ label, holds }) => {
    const members = shown.filter(holds);
    return members.length === 0 ? [] : [{ kind: 'group', folder, label, children: buildNames(folder, label, members), resources: members }];
  });
}

/** The same for each folder; folders without a resource are left out. */
export function buildFolderTree(
  resources: readonly ResourceNode[],
  filter: string,
  folderOf: (resource: ResourceNode) => string,
): readonly FolderNode[] {
  return [...groupBy(resources, folderOf)].flatMap(([label, members]) => {
    const children = buildResourceTree(members, filter, label);
    return children.length === 0 ? [] : [{ kind: 'folder', label, children }];
  });
}

/** The items by their key, in the order in which the keys come up. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groupsByKey = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const same = groupsByKey.get(key);
    if (same === undefined) groupsByKey.set(key, [item]);
    else same.push(item);
  }
  return groupsByKey;
}

/** Every word of the filter must occur in the id, the kind, the provider or the description. */
export function matcher(filter: string): (resource: ResourceNode) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (resource) => {
    const text = [resource.id, resource.kind, resource.provider, resource.description].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function isTransformation({ kind }: ResourceNode): boolean {
  return kind.endsWith('-transformation');
}

function buildNames(folder: string, group: string, members: readonly ResourceNode[]): readonly (NameNode | VariantNode)[] {
  return [...groupBy(members, (resource) => resource.name)].map(([name, resources]) => {
    const [only, ...others] = resources;
    if (only !== undefined && others.length === 0) return { kind: 'resource', label: only.id, occurrence: 0, resource: only };
    const children = resources.map((resource, index): VariantNode => ({
      kind: 'resource',
      label: resource.variant ?? resource.name,
      occurrence: resources.slice(0, index).filter(({ key }) => key === resource.key).length,
      resource,
    }));
    return { kind: 'name', folder, label: name, group, children, resources };
  });
}
