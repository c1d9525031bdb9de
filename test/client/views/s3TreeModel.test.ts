import { describe, expect, it } from 'vitest';
import { S3TreeModel } from '../../../client/src/views/s3TreeModel';
import { idOfNode, parentOf, type ParentNode, type S3Node } from '../../../client/src/views/s3TreeNode';
import type { S3StoreNode } from '../../../shared/protocol/requests';
import { TableProblem } from '../../../shared/table/tableProblem';
import { deferred } from '../../support/deferred';
import { MemoryObjectStore } from '../../support/memoryObjectStore';

const outputs = {
  'lake/fraud/featureform/Transformation/daily/v1/2024-05-01-00-00-00-000001/_SUCCESS': 0,
  'lake/fraud/featureform/Transformation/daily/v1/2024-05-01-00-00-00-000001/part-00000-a.snappy.parquet': 1000,
  'lake/fraud/featureform/Transformation/daily/v1/2024-05-03-00-00-00-000000/part-00000-b.snappy.parquet': 500,
  'lake/fraud/featureform/Transformation/daily/v1/2024-05-03-00-00-00-000000/part-00001-b.snappy.parquet': 250,
  'lake/fraud/featureform/Transformation/daily/v10/2024-05-02-00-00-00-000000/part-00000-c.snappy.parquet': 10,
  'lake/fraud/featureform/Transformation/hourly/v1/2022-08-19 17:37:36.546384/part-00000-d.parquet': 10,
  'lake/fraud/featureform/DFTransformations/daily/v1/transformation.pkl': 7,
  'lake/fraud/featureform/Primary/raw/v1': 7,
  'lake/fraud/featureform/TrainingSet/fraud/v1/2024-05-02-00-00-00-000000/part-00000-e.parquet': 10,
  'lake/fraud/featureform/Materialization/amount/v1/2024-05-02-00-00-00-000000/part-00000-f.parquet': 10,
  'lake/fraud/featureform/BatchFeatures/1f3c/2024-05-02-00-00-00-000000/part-00000-g.parquet': 10,
};

function provider(place: S3StoreNode['place']): S3StoreNode {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
  return { key: 'provider:emr', provider: 'emr', place, uri: 'file:///w/a.py', selection: range, range };
}

const lake = provider({ kind: 'known', bucket: 'lake', path: 'fraud', region: 'eu-west-1' });

function treeOver(objects: Readonly<Record<string, number>>, stores: readonly S3StoreNode[] = [lake]) {
  const store = new MemoryObjectStore(objects);
  const changes: string[] = [];
  const told: string[] = [];
  const tree = new S3TreeModel({
    store: () => store,
    onChange: (node) => changes.push(node === undefined ? 'all' : labelOf(node)),
    onRuns: ({ bucket, key }, runs) => told.push(`s3://${bucket}/${key} ${runs.map(({ name }) => name).join(' ')}`),
  });
  tree.setStores(stores);
  return { store, changes, told, tree };
}

function labelOf(node: S3Node): string {
  switch (node.kind) {
    case 'provider':
      return node.store.provider;
    case 'folder':
    case 'file':
    case 'note':
      return node.label;
    case 'others':
      return 'others';
    case 'location':
      return `s3://${node.location.bucket}/${node.location.key}`;
    case 'more':
      return `more: ${node.shown} of ${node.total ?? '?'}`;
    case 'problem':
      return `problem: ${node.problem.summary}`;
    case 'remedy':
      return `remedy: ${node.remedy.kind}`;
  }
}

/** Everything, unfolded down to the files. */
async function outline(tree: S3TreeModel, nodes: readonly S3Node[] = tree.roots, indent = ''): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const node of nodes) {
    const contents = node.kind === 'folder' ? tree.contentsOf(node) : undefined;
    const facts = contents && ` (${contents.files} files, ${contents.bytes} bytes${contents.success ? ', complete' : ''})`;
    lines.push(`${indent}${labelOf(node)}${facts ?? ''}`, ...(await outline(tree, await tree.children(node), `${indent}  `)));
  }
  return lines;
}

/** The row that the labels lead to. */
async function at(tree: S3TreeModel, ...labels: readonly string[]): Promise<S3Node> {
  let rows = tree.roots;
  let found: S3Node | undefined;
  for (const label of labels) {
    found = rows.find((row) => labelOf(row) === label);
    if (found === undefined) throw new Error(`no row "${label}" among ${rows.map(labelOf).join(', ')}`);
    rows = await tree.children(found);
  }
  if (found === undefined) throw new Error('no label was given');
  return found;
}

async function folderAt(tree: S3TreeModel, ...labels: readonly string[]): Promise<ParentNode> {
  const found = await at(tree, ...labels);
  if (found.kind !== 'provider' && found.kind !== 'folder' && found.kind !== 'location') throw new Error(`${found.kind} holds nothing`);
  return found;
}

describe('the outputs of a provider', () => {
  it('stand as Featureform lays them out, the newest run first, exactly those of a variant', async () => {
    const { tree } = treeOver(outputs);
    expect(await outline(tree)).toEqual([
      'emr',
      '  Transformations',
      '    daily',
      '      v1',
      '        2024-05-03-00-00-00-000000 (2 files, 750 bytes)',
      '          part-00000-b.snappy.parquet',
      '          part-00001-b.snappy.parquet',
      '        2024-05-01-00-00-00-000001 (1 files, 1000 bytes, complete)',
      '          part-00000-a.snappy.parquet',
      '      v10',
      '        2024-05-02-00-00-00-000000 (1 files, 10 bytes)',
      '          part-00000-c.snappy.parquet',
      '    hourly',
      '      v1',
      '        2022-08-19 17:37:36.546384 (1 files, 10 bytes)',
      '          part-00000-d.parquet',
      '  Training Sets',
      '    fraud',
      '      v1',
      '        2024-05-02-00-00-00-000000 (1 files, 10 bytes)',
      '          part-00000-e.parquet',
      '  Materializations',
      '    amount',
      '      v1',
      '        2024-05-02-00-00-00-000000 (1 files, 10 bytes)',
      '          part-00000-f.parquet',
      '  Batch Features',
      '    1f3c',
      '      2024-05-02-00-00-00-000000 (1 files, 10 bytes)',
      '        part-00000-g.parquet',
    ]);
  });

  it('tells the runs of a definition when they are listed, and of no other', async () => {
    const { tree, told } = treeOver(outputs);
    await tree.children(await at(tree, 'emr', 'Transformations', 'daily'));
    expect(told).toEqual([]);
    const variant = await at(tree, 'emr', 'Transformations', 'daily', 'v1');
    await tree.children(variant);
    await tree.children(variant);
    expect(told).toEqual(['s3://lake/fraud/featureform/Transformation/daily/v1/ 2024-05-03-00-00-00-000000 2024-05-01-00-00-00-000001']);
  });

  it('cost one request a level, and nothing until they are unfolded', async () => {
    const { tree, store } = treeOver(outputs);
    expect(tree.roots.map(labelOf)).toEqual(['emr']);
    expect(store.asked).toEqual([]);
    await at(tree, 'emr', 'Transformations', 'daily');
    await at(tree, 'emr', 'Transformations', 'daily', 'v1');
    expect(store.asked).toEqual([
      'list lake fraud/featureform/',
      'list lake fraud/featureform/Transformation/',
      'list lake fraud/featureform/Transformation/daily/',
      'list lake fraud/featureform/Transformation/daily/v1/',
    ]);
  });

  it('of a store without a folder of its own begin at the bucket', async () => {
    const { tree } = treeOver({ 'b/featureform/TrainingSet/t/v/2024-05-02-00-00-00-000000/p.parquet': 1 }, [
      provider({ kind: 'known', bucket: 'b', path: '' }),
    ]);
    expect((await outline(tree)).slice(0, 2)).toEqual(['emr', '  Training Sets']);
  });

  it('that are not there yet are said to be none', async () => {
    const { tree } = treeOver({});
    expect(await outline(tree)).toEqual(['emr', '  Featureform has written nothing here yet']);
  });

  it('of a bucket that nobody knows ask for nothing', async () => {
    const { tree, store } = treeOver(outputs, [provider({ kind: 'unknown', reason: 'because' })]);
    expect(await outline(tree)).toEqual(['emr', '  The bucket is not known']);
    expect(store.asked).toEqual([]);
  });

  it('leave out markers of folders and what Spark hides', async () => {
    const run = 'lake/fraud/featureform/Transformation/daily/v1/2024-05-01-00-00-00-000000';
    const { tree } = treeOver({
      [`${run}/`]: 0,
      [`${run}_$folder$`]: 0,
      [`${run}/_temporary/0/part-0.parquet`]: 3,
      [`${run}/.part-0.parquet.crc`]: 3,
      [`${run}/part-0.parquet`]: 5,
      [`${run}/dt=1/part-1.parquet`]: 6,
    });
    expect((await outline(tree)).slice(3)).toEqual([
      '      v1',
      '        2024-05-01-00-00-00-000000 (2 files, 11 bytes)',
      '          dt=1',
      '            part-1.parquet',
      '          part-0.parquet',
    ]);
  });
});

describe('long listings', () => {
  const names = Object.fromEntries(
    Array.from({ length: 450 }, (_, index) => [
      `lake/fraud/featureform/Transformation/t${String(index).padStart(3, '0')}/v1/x/p.parquet`,
      1,
    ]),
  );

  it('come in pages, each when it is asked for', async () => {
    const { tree, store, changes } = treeOver(names);
    const group = await folderAt(tree, 'emr', 'Transformations');
    const first = await tree.children(group);
    expect([first.length, first.map(labelOf).at(-1)]).toEqual([201, 'more: 200 of ?']);
    changes.length = 0;
    const next = await tree.loadMore(group);
    expect(next && labelOf(next)).toBe('t200');
    expect(changes).toEqual(['Transformations']);
    await tree.loadMore(group);
    const all = await tree.children(group);
    expect([all.length, all.map(labelOf).at(-1)]).toEqual([450, 't449']);
    expect(store.asked.slice(1)).toEqual(Array.from({ length: 3 }, () => 'list lake fraud/featureform/Transformation/'));
  });

  it('that break off say why below what is there, and go on when asked again', async () => {
    const { tree, store } = treeOver(names);
    const group = await folderAt(tree, 'emr', 'Transformations');
    store.refuse = () => new TableProblem('unreachable', 'the line is dead');
    await tree.loadMore(group);
    const broken = await tree.children(group);
    expect(broken.slice(200).map(labelOf)).toEqual(['problem: The line is dead', 'more: 200 of ?']);
    store.refuse = undefined;
    await tree.loadMore(group);
    const mended = await tree.children(group);
    expect(mended.slice(399).map(labelOf)).toEqual(['t399', 'more: 400 of ?']);
  });

  it('of runs show the newest, and count what is in the runs that are shown', async () => {
    const folder = 'lake/fraud/featureform/Transformation/daily/v1';
    const runs = Array.from(
      { length: 1001 },
      (_, index) => `2024-${String(1 + Math.floor(index / 100)).padStart(2, '0')}-01-00-00-00-${String(index).padStart(6, '0')}`,
    );
    const { tree, store, changes } = treeOver(Object.fromEntries(runs.map((run) => [`${folder}/${run}/p.parquet`, 7])));
    const variant = await folderAt(tree, 'emr', 'Transformations', 'daily', 'v1');
    const shown = await tree.children(variant);
    expect([shown.length, shown.map(labelOf)[0], shown.map(labelOf).at(-1)]).toEqual([201, runs.at(-1), 'more: 200 of 1001']);
    // One page whole, which is too short; two of folders.
    expect(store.asked.filter((asked) => asked === `list lake fraud/featureform/Transformation/daily/v1/`)).toHaveLength(3);
    await expect.poll(() => changes.filter((label) => runs.includes(label)).length).toBe(200);
    const [newest] = shown;
    expect(newest?.kind === 'folder' && tree.contentsOf(newest)).toMatchObject({ files: 1, bytes: 7, complete: true });
    expect(store.asked).toHaveLength(6 + 200);
  });
});

describe('what cannot be listed', () => {
  it.each([
    [
      new TableProblem('no-credentials', 'the sign-in of profile "dev" has expired: run aws sso login --profile dev, then try again'),
      'The sign-in of profile "dev" has expired: run aws sso login --profile dev, then try again',
      ['remedy: signIn', 'remedy: chooseProfile', 'remedy: openSettings', 'remedy: retry'],
    ],
    [
      new TableProblem('denied', 's3://lake/fraud/featureform/ may not be listed: no'),
      'May not be listed: no',
      ['remedy: chooseProfile', 'remedy: openSettings', 'remedy: retry'],
    ],
    [new TableProblem('unreachable', 'nobody answers'), 'Nobody answers', ['remedy: openSettings', 'remedy: retry']],
    [new TableProblem('missing', 'there is no bucket "lake"'), 'There is no bucket "lake"', ['remedy: retry']],
  ])('says why, and what to do: %s', async (error, shown, remedies) => {
    const { tree, store } = treeOver(outputs);
    store.refuse = () => error;
    const [problem, ...others] = await tree.children(await folderAt(tree, 'emr'));
    expect(others).toEqual([]);
    expect(problem && labelOf(problem)).toBe(`problem: ${shown}`);
    expect((await tree.children(problem as S3Node)).map(labelOf)).toEqual(remedies);
  });

  it('names the command that signs in, and nothing that a message might add to it', async () => {
    const { tree, store } = treeOver(outputs);
    const remedy = async (message: string): Promise<unknown> => {
      store.refuse = () => new TableProblem('no-credentials', message);
      tree.refresh();
      const [problem] = await tree.children(await folderAt(tree, 'emr'));
      const [first] = await tree.children(problem as S3Node);
      return first?.kind === 'remedy' && first.remedy;
    };
    expect(await remedy('expired: run aws sso login --profile my-team.dev.')).toEqual({
      kind: 'signIn',
      command: 'aws sso login --profile my-team.dev',
    });
    expect(await remedy('expired: run "aws sso login"')).toEqual({ kind: 'signIn', command: 'aws sso login' });
    expect(await remedy('expired: run aws sso login --profile "the team"')).toEqual({
      kind: 'signIn',
      command: 'aws sso login --profile "the team"',
    });
    expect(await remedy('expired: run aws sso login --profile a;reboot')).toEqual({ kind: 'signIn', command: 'aws sso login --profile a' });
    expect(await remedy('expired: run aws sso login --profile "$(reboot)"')).toEqual({ kind: 'signIn', command: 'aws sso login' });
  });

  it('is asked for again after a refresh, and not before', async () => {
    const { tree, store, changes } = treeOver(outputs);
    store.refuse = () => new TableProblem('denied', 'no');
    const row = await folderAt(tree, 'emr');
    await tree.children(row);
    expect(store.asked).toHaveLength(1);
    store.refuse = undefined;
    changes.length = 0;
    tree.refresh(row);
    expect(changes).toEqual(['emr']);
    expect((await tree.children(row)).map(labelOf)).toEqual(['Transformations', 'Training Sets', 'Materializations', 'Batch Features']);
  });
});

describe('a refresh', () => {
  it('forgets everything, or a row with what is below it', async () => {
    const { tree, store } = treeOver(outputs);
    await outline(tree);
    const all = store.asked.length;
    await outline(tree);
    expect(store.asked).toHaveLength(all);
    tree.refresh(await at(tree, 'emr', 'Transformations', 'daily'));
    await outline(tree);
    // The name, its two variants, and their three runs.
    expect(store.asked).toHaveLength(all + 6);
    tree.refresh();
    await outline(tree);
    expect(store.asked).toHaveLength(2 * all + 6);
  });

  it('ends what is still being listed', async () => {
    const { tree, store } = treeOver(outputs);
    const { promise, resolve } = deferred();
    store.before = () => promise;
    const listing = tree.children(tree.roots[0] as S3Node);
    tree.refresh();
    resolve();
    expect((await listing).map(({ kind }) => kind)).toEqual(['problem']);
    store.before = undefined;
    expect((await tree.children(tree.roots[0] as S3Node)).map(labelOf)).toContain('Transformations');
  });

  it('comes with another bucket of a provider', async () => {
    const { tree } = treeOver({ ...outputs, 'pond/featureform/TrainingSet/t/v/x': 1 });
    expect((await tree.children(tree.roots[0] as S3Node)).map(labelOf)).toHaveLength(4);
    tree.setStores([provider({ kind: 'known', bucket: 'pond', path: '' })]);
    expect((await tree.children(tree.roots[0] as S3Node)).map(labelOf)).toEqual(['Training Sets']);
  });
});

describe('other locations', () => {
  it('stand behind the providers, with what folders among them hold', async () => {
    const { tree } = treeOver({ 'public/a/t.parquet': 1, 'public/a/_SUCCESS': 0, 'public/a/b/c.csv': 2, 'public/ab.parquet': 3 });
    tree.setOpened([
      { location: { bucket: 'public', key: 'a' }, isFolder: true },
      { location: { bucket: 'public', key: 'ab.parquet' }, isFolder: false },
    ]);
    expect((await outline(tree)).slice(2)).toEqual([
      'others',
      '  s3://public/a',
      '    b',
      '      c.csv',
      '    _SUCCESS',
      '    t.parquet',
      '  s3://public/ab.parquet',
    ]);
  });

  it('of a whole bucket begin with its folders', async () => {
    const { tree } = treeOver({ 'public/a/t.parquet': 1, 'public/b.parquet': 1 }, []);
    tree.setOpened([{ location: { bucket: 'public', key: '' }, isFolder: true }]);
    expect(await outline(tree)).toEqual(['others', '  s3://public/', '    a', '      t.parquet', '    b.parquet']);
  });
});

describe('rows', () => {
  it('have ids of their own, and parents', async () => {
    const { tree } = treeOver(outputs);
    tree.setOpened([{ location: { bucket: 'lake', key: 'fraud/featureform/Transformation' }, isFolder: true }]);
    const ids: string[] = [];
    const visit = async (nodes: readonly S3Node[], parent: S3Node | undefined): Promise<void> => {
      for (const node of nodes) {
        ids.push(idOfNode(node));
        const known = parentOf(node);
        expect(known && idOfNode(known)).toBe(parent && idOfNode(parent));
        await visit(await tree.children(node), node);
      }
    };
    await visit(tree.roots, undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
