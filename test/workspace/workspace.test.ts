import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PythonParser } from '../../server/src/python/parser';
import { checkFile } from '../../server/src/rules/check';
import { defaultProject } from '../../server/src/workspace/project';
import type { Snapshot } from '../../server/src/workspace/snapshot';
import { Workspace } from '../../server/src/workspace/workspace';
import { generateWorkspace } from '../support/generatedWorkspace';
import { MemoryHost, uriOf } from '../support/memoryHost';
import { parserForTests } from '../support/python';

let parser: PythonParser;
beforeAll(async () => {
  parser = await parserForTests();
});

async function open(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const host = new MemoryHost(Object.entries(files).map(([path, text]) => [uriOf(path), text] as const));
  const workspace = new Workspace(host, parser, defaultProject);
  await workspace.load();
  return workspace;
}

function sources(snapshot: Snapshot): string[] {
  return snapshot.index.all.filter((one) => one.type === 'source').map((one) => snapshot.keyOf(one));
}

/** Everything that rules and features can ask of a snapshot, as text. */
function described(snapshot: Snapshot): Map<string, string> {
  const texts = new Map<string, string>();
  for (const uri of snapshot.files.keys()) {
    const problems = checkFile(snapshot, uri).map(
      (one) => `${one.ruleId} ${one.problem.span.start}-${one.problem.span.end} ${one.problem.message}`,
    );
    texts.set(uri, problems.join('\n'));
  }
  const keys = [...new Set(snapshot.index.all.map((one) => snapshot.keyOf(one)))].sort();
  texts.set(
    'graph',
    keys
      .map((key) => {
        const { graph, index } = snapshot;
        const mentions = index.mentions(key).map((one) => `${one.uri}:${one.reference.span.start}`);
        return `${key} x${index.definitions(key).length} <- ${graph.inputs(key).join()} -> ${[...graph.dependents(key)].sort().join()} @ ${mentions.sort().join()} ${graph.cycleThrough(key)?.join('>') ?? ''}`;
      })
      .join('\n'),
  );
  texts.set('era', snapshot.era);
  return texts;
}

function file(name: string, variant: string): string {
  return `spark.register_file(name="${name}", variant="${variant}", file_path="s3://b/x.csv")\n`;
}

const provider = 'import featureform as ff\nspark = ff.get_spark("emr")\nVARIANT = "v1"\n';

describe('an edit', () => {
  it('reaches files that import a constant', async () => {
    const workspace = await open({
      'provider.py': provider,
      'b.py':
        'from provider import spark, VARIANT\n@spark.sql_transformation(variant=VARIANT)\ndef b():\n    return "SELECT * FROM {{x.y}}"\n',
    });
    expect(sources(workspace.snapshot)).toEqual(['source:b.v1']);
    const change = workspace.update(uriOf('provider.py'), provider.replace('v1', 'v2'));
    expect(sources(change.snapshot)).toEqual(['source:b.v2']);
    expect(change).toMatchObject({ surfaceChanged: true, affected: [uriOf('provider.py'), uriOf('b.py')] });
  });

  it('that stays inside a definition concerns its file only', async () => {
    const files = generateWorkspace(300);
    const workspace = await open(Object.fromEntries(files.map((file) => [file.name, file.text])));
    const before = workspace.snapshot;
    const first = files[1] ?? { name: '', text: '' };
    const change = workspace.update(uriOf(first.name), first.text.replace('"""One row', '"""Exactly one row'));
    expect(change).toMatchObject({ surfaceChanged: false, affected: [uriOf(first.name)] });
    const others = [...before.files.keys()].filter((uri) => uri !== uriOf(first.name));
    expect(others.every((uri) => change.snapshot.files.get(uri) === before.files.get(uri))).toBe(true);
    expect(before.files.get(uriOf(first.name))?.text).toBe(first.text);
  });

  it('of a new or removed file is seen by those that import from it', async () => {
    const workspace = await open({
      'b.py':
        'from names import NAME\nimport featureform as ff\nspark = ff.get_spark("emr")\n@spark.sql_transformation(name=NAME, variant="v")\ndef b():\n    return "SELECT * FROM {{x.y}}"\n',
    });
    expect(sources(workspace.snapshot)).toEqual(['source:${names.NAME}.v']);
    const added = workspace.update(uriOf('names.py'), 'NAME = "found"\n');
    expect(sources(added.snapshot)).toEqual(['source:found.v']);
    const removed = workspace.remove(uriOf('names.py'));
    expect(sources(removed.snapshot)).toEqual(['source:${names.NAME}.v']);
    expect(removed.affected).toContain(uriOf('b.py'));
  });

  it('leaves nothing of what it removes, also behind a move in a file that it imports from', async () => {
    const workspace = await open({
      'a.py': provider,
      'b.py': 'from a import spark\nspark.register_file(name="b", variant="v1", file_path="s3://x/b.csv")\n',
    });
    workspace.update(uriOf('a.py'), `# moved\n${provider}`);
    workspace.settled(uriOf('b.py'));
    const change = workspace.update(uriOf('b.py'), 'from a import spark\n');
    expect(change.surfaceChanged).toBe(true);
    expect(change.snapshot.index.names('source')).toEqual([]);
  });

  it('moves what another file imports only when somebody asks for it', async () => {
    const workspace = await open({
      'a.py': `${provider}QUERY = "SELECT * FROM {{x.y}}"\n`,
      'b.py': 'from a import spark, QUERY\n@spark.sql_transformation(variant="v1")\ndef b():\n    return QUERY\n',
      'c.py': 'from a import spark\n',
    });
    const before = workspace.snapshot;
    workspace.update(uriOf('a.py'), `# moved\n${provider}QUERY = "SELECT * FROM {{x.y}}"\n`);
    const place = (uri: string): number | undefined =>
      workspace
        .settled(uri)
        .files.get(uriOf('b.py'))
        ?.definitions.resources[0]?.references.find(({ template }) => template)?.span.start;
    const old = before.files.get(uriOf('b.py'))?.definitions.resources[0]?.references.find(({ template }) => template)?.span.start ?? 0;
    expect(place(uriOf('c.py'))).toBe(old);
    expect(place(uriOf('a.py'))).toBe(old + '# moved\n'.length);
  });

  it('leaves the variants of a name in the order of files and lines', async () => {
    const workspace = await open({ 'a.py': provider, 'b.py': provider + file('x', 'v1') });
    workspace.update(uriOf('a.py'), provider + file('x', 'v2'));
    expect(workspace.snapshot.index.variants('source', 'x').map(({ uri }) => uri)).toEqual([uriOf('a.py'), uriOf('b.py')]);
  });

  it('can change the era of the whole workspace', async () => {
    const query = '@spark.sql_transformation()\ndef b():\n    return "SELECT * FROM {{x.y}}"\n';
    const workspace = await open({ 'b.py': query, 'c.py': 'import featureform as ff\n' });
    expect(workspace.snapshot.era).toBe('current');
    const change = workspace.update(
      uriOf('c.py'),
      'import featureform as ff\nspark = ff.register_spark(name="s", emr_cluster_id="j-1", bucket_path="b")\n',
    );
    expect(change.snapshot.era).toBe('legacy');
    expect(sources(change.snapshot)).toEqual(['source:b.default']);
    expect(change.affected).toEqual([uriOf('c.py'), uriOf('b.py')]);
  });

  it('that decides what a name without a variant means concerns every file', async () => {
    const query = (name: string): string => `@spark.sql_transformation()\ndef b():\n    return "SELECT * FROM {{${name}}}"\n`;
    const legacy = 'import featureform as ff\nspark = ff.register_spark(name="s", emr_cluster_id="j-1", bucket_path="b")\n';
    const found = (workspace: Workspace): readonly string[] => checkFile(workspace.snapshot, uriOf('b.py')).map(({ ruleId }) => ruleId);

    const current = await open({ 'a.py': provider, 'b.py': `${provider}${query('c')}`, 'c.py': `${provider}${file('c', 'v1')}` });
    expect(found(current)).toEqual(['missing-variant']);
    expect(current.update(uriOf('a.py'), `${provider}ff.set_run("x")\n`).affected).toEqual(['a.py', 'b.py', 'c.py'].map(uriOf));
    expect(found(current)).toEqual([]);

    const old = await open({ 'a.py': legacy, 'b.py': query('c'), 'c.py': file('c', 'default') });
    expect(found(old)).toEqual(['missing-variant']);
    const last = `${legacy}@spark.sql_transformation(inputs=[("c", "default")])\ndef a(c):\n    return "SELECT * FROM {{c}}"\n`;
    expect(old.update(uriOf('a.py'), last).affected).toEqual(['a.py', 'b.py', 'c.py'].map(uriOf));
    expect(found(old)).toEqual([]);
  });

  it('survives imports in a circle', async () => {
    const workspace = await open({ 'a.py': 'from b import B\nA = "a"\n', 'b.py': 'from a import A\nB = A\n' });
    const change = workspace.update(uriOf('a.py'), 'from b import B\nA = "c"\n');
    expect([...change.snapshot.files.keys()]).toEqual([uriOf('a.py'), uriOf('b.py')]);
  });
});

describe('any sequence of edits', () => {
  const files = generateWorkspace(60);
  const texts = files.map((file) => file.text);
  const pieces = [
    'v1',
    'raw',
    '{{',
    '}}',
    '"',
    'name="',
    'cleaned_0_0',
    'daily_0_1',
    '\n',
    '    ',
    'spark',
    '# x\n',
    'def f():\n    pass\n',
    'emr_cluster_id="j"',
    '(',
  ];

  it('leaves what reading everything anew would give, and names every file whose problems changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            file: fc.nat({ max: files.length - 1 }),
            at: fc.double({ min: 0, max: 1, noNaN: true }),
            length: fc.nat({ max: 30 }),
            insert: fc.constantFrom(...pieces, ''),
            remove: fc.boolean(),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (edits) => {
          const now = new Map(files.map((file, i) => [uriOf(file.name), texts[i] ?? '']));
          const host = new MemoryHost(now);
          const workspace = new Workspace(host, parser, defaultProject);
          await workspace.load();
          let before = described(workspace.snapshot);
          for (const edit of edits) {
            const uri = uriOf(files[edit.file]?.name ?? '');
            const text = now.get(uri) ?? '';
            const change = edit.remove && edit.length < 4 ? workspace.remove(uri) : workspace.update(uri, edited(text, edit));
            if (edit.remove && edit.length < 4) now.delete(uri);
            else now.set(uri, edited(text, edit));
            const after = described(change.snapshot);
            const fresh = new Workspace(new MemoryHost(now), parser, defaultProject);
            await fresh.load();
            expect(after).toEqual(described(fresh.snapshot));
            const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
              (key) => key.startsWith('file:') && before.get(key) !== after.get(key),
            );
            expect(differing.filter((uri) => !change.affected.includes(uri))).toEqual([]);
            before = after;
          }
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  }, 60_000);
});

function edited(text: string, edit: { readonly at: number; readonly length: number; readonly insert: string }): string {
  const at = Math.floor(text.length * edit.at);
  return text.slice(0, at) + edit.insert + text.slice(at + edit.length);
}
