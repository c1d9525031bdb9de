import { describe, expect, it } from 'vitest';
import { buildFolderTree, buildResourceTree, matcher, type TreeNode } from '../../../client/src/views/resourceTreeModel';
import type { ResourceNode } from '../../../shared/protocol/requests';

const resources = [
  resource('provider:spark', 'spark'),
  resource('source:flights.v1', 'parquet-file'),
  resource('source:daily.v1', 'sql-transformation'),
  resource('source:daily.v2', 'sql-transformation', { description: 'Flights of each day' }),
  resource('source:delays.v1', 'dataframe-transformation', { provider: 'emr' }),
  resource('feature:daily.v1', 'feature'),
  resource('training-set:all.v1', 'training-set'),
];

describe('buildResourceTree', () => {
  it('groups by type, then by name where a name has several variants', () => {
    expect(outline(buildResourceTree(resources, ''))).toEqual([
      'Providers',
      '  spark',
      'Sources',
      '  flights.v1',
      'Transformations',
      '  daily',
      '    v1',
      '    v2',
      '  delays.v1',
      'Features',
      '  daily.v1',
      'Training Sets',
      '  all.v1',
    ]);
  });

  it('shows what the filter matches, under the groups that are left', () => {
    expect(outline(buildResourceTree(resources, 'daily'))).toEqual([
      'Transformations',
      '  daily',
      '    v1',
      '    v2',
      'Features',
      '  daily.v1',
    ]);
    expect(outline(buildResourceTree(resources, 'daily v2'))).toEqual(['Transformations', '  daily.v2']);
    expect(outline(buildResourceTree(resources, 'nothing'))).toEqual([]);
  });

  it('tells apart the definitions of one id', () => {
    const twice = [resource('source:daily.v1', 'sql-transformation'), resource('source:daily.v1', 'sql-transformation')];
    const [group] = buildResourceTree(twice, '');
    const [name] = group?.children ?? [];
    expect(name?.kind === 'name' ? name.children.map(({ occurrence }) => occurrence) : undefined).toEqual([0, 1]);
  });
});

describe('buildFolderTree', () => {
  const two = [
    resource('source:daily.v1', 'sql-transformation', { uri: 'file:///north/d.py' }),
    resource('provider:spark', 'spark', { uri: 'file:///south/d.py' }),
    resource('source:daily.v1', 'sql-transformation', { uri: 'file:///south/d.py' }),
  ];
  const folderOf = ({ uri }: ResourceNode): string => uri.split('/')[3] ?? '';

  it('keeps the folders apart, and leaves out those that the filter empties', () => {
    expect(outline(buildFolderTree(two, '', folderOf))).toEqual([
      'north',
      '  Transformations',
      '    daily.v1',
      'south',
      '  Providers',
      '    spark',
      '  Transformations',
      '    daily.v1',
    ]);
    expect(outline(buildFolderTree(two, 'spark', folderOf))).toEqual(['south', '  Providers', '    spark']);
  });

  it('tells the groups of one folder from those of the other', () => {
    const groups = buildFolderTree(two, 'daily', folderOf).flatMap(({ children }) => children);
    expect(groups.map(({ folder, label }) => [folder, label])).toEqual([
      ['north', 'Transformations'],
      ['south', 'Transformations'],
    ]);
  });
});

describe('matcher', () => {
  const matching = (filter: string): readonly string[] => resources.filter(matcher(filter)).map(({ key }) => key);

  it('looks at ids, kinds, providers and descriptions, whatever the case', () => {
    expect(matching('DATAFRAME')).toEqual(['source:delays.v1']);
    expect(matching('emr')).toEqual(['source:delays.v1']);
    expect(matching('each day')).toEqual(['source:daily.v2']);
  });

  it('wants every word', () => {
    expect(matching('v1 feature')).toEqual(['feature:daily.v1']);
    expect(matching('  ')).toEqual(resources.map(({ key }) => key));
  });
});

function outline(nodes: readonly TreeNode[], indent = ''): readonly string[] {
  return nodes.flatMap((node) => [indent + node.label, ...(node.kind === 'resource' ? [] : outline(node.children, `${indent}  `))]);
}

function resource(key: string, kind: string, more: Partial<ResourceNode> = {}): ResourceNode {
  const [type = '', id = ''] = key.split(':');
  const [name = '', variant] = id.split('.');
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  return {
    ...{ key, id, type, kind, name, variant, provider: undefined, description: undefined, uri: 'file:///d.py', selection: range, range },
    ...{ runnable: kind.endsWith('-transformation'), errors: 0, warnings: 0, inputs: [], inputKeys: [] },
    ...more,
  };
}
