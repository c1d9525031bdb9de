// Problems kept over edits are those that a check of everything anew finds: random edits inside the definitions of every case
// of the rules' specifications.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosisCache } from '../../server/src/features/diagnosisCache';
import type { Span } from '../../server/src/text/span';
import { checkFile } from '../../server/src/rules/check';
import { defaultProject } from '../../server/src/workspace/project';
import type { Snapshot } from '../../server/src/workspace/snapshot';
import { Workspace } from '../../server/src/workspace/workspace';
import { parseAnnotations } from '../support/fixture/annotations';
import { parseSpecification } from '../support/fixture/specification';
import { generateWorkspace } from '../support/generatedWorkspace';
import { MemoryHost, uriOf } from '../support/memoryHost';
import { Random } from '../support/mutations';
import { parserForTests } from '../support/python';

const folder = join(import.meta.dirname, '../specs/rules');
const rounds = 6;

const pieces = [
  'x',
  '1',
  ' ',
  '\n',
  '\n    ',
  ', ',
  '.',
  'df',
  'spark',
  'df = 1\n    ',
  'return df\n    ',
  'import json\n    ',
  'global spark\n    ',
  'spark.extra = spark\n    ',
  '{{payments.v1}}',
  '{{payments.v9}} ',
  '{{',
  '# note\n    ',
  '# sparkform: ignore\n    ',
  '😀',
];

/** A text with a small change somewhere inside one of the spans. */
function edited(text: string, spans: readonly Span[], random: Random): string {
  const { start, end } = spans.length === 0 ? { start: 0, end: text.length } : random.pick(spans);
  const at = start + random.below(end - start + 1);
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(Math.min(text.length, at + 1 + random.below(8)));
    case 1:
      return text.slice(0, at) + text.slice(at, at + random.below(12)) + text.slice(at);
    default:
      return text.slice(0, at) + random.pick(pieces) + text.slice(at);
  }
}

/** The decorated functions of a file, or what is inside those of the name. */
function definitionSpans(snapshot: Snapshot, uri: string, name?: RegExp): readonly Span[] {
  const body = snapshot.files.get(uri)?.module.body ?? [];
  return body.flatMap((statement) => {
    if (statement.kind !== 'function' || statement.decorators.length === 0) return [];
    if (name === undefined) return [statement.span];
    return name.test(statement.name) ? [statement.bodySpan] : [];
  });
}

class EditedWorkspace {
  private readonly cache = new DiagnosisCache(({ cause }) => {
    throw cause;
  });
  private readonly now: Map<string, string>;
  /** Edits that were known to stay inside one definition. */
  local = 0;

  private constructor(
    files: ReadonlyMap<string, string>,
    private readonly workspace: Workspace,
  ) {
    this.now = new Map(files);
    this.problems();
  }

  static async open(files: ReadonlyMap<string, string>): Promise<EditedWorkspace> {
    const workspace = new Workspace(new MemoryHost(files), await parserForTests(), defaultProject);
    await workspace.load();
    return new EditedWorkspace(files, workspace);
  }

  async editAtRandom(random: Random, name?: RegExp): Promise<void> {
    const uri = random.pick([...this.now.keys()]);
    const before = this.now.get(uri) ?? '';
    const after = edited(before, definitionSpans(this.workspace.snapshot, uri, name), random);
    this.update(uri, after);
    // Now and then somebody types on before the problems are asked for.
    if (random.below(3) > 0) await this.expectSameAsAnew();
    // A text that is broken for good would say nothing about the edits after it.
    const isBroken = (this.workspace.snapshot.files.get(uri)?.module.problems.length ?? 0) > 0;
    if (isBroken || random.below(2) === 0) this.update(uri, before);
    await this.expectSameAsAnew();
  }

  async edit(uri: string, text: string): Promise<void> {
    this.update(uri, text);
    await this.expectSameAsAnew();
  }

  private update(uri: string, text: string): void {
    this.now.set(uri, text);
    const change = this.workspace.update(uri, text);
    if (change.local !== undefined) this.local++;
    this.cache.invalidate([uri], change.affected, change.local);
    // As the service does, once it has looked for the file.
    for (const query of this.workspace.queries.wanted()) this.cache.invalidate([query], this.workspace.miss(query).affected);
  }

  rulesOf(uri: string): readonly string[] {
    return this.cache.diagnosesOf(this.workspace.settled(uri), uri).map(({ ruleId }) => ruleId);
  }

  private problems(): unknown {
    return [...this.now.keys()].map((uri) => this.cache.diagnosesOf(this.workspace.settled(uri), uri));
  }

  private async expectSameAsAnew(): Promise<void> {
    const fresh = new Workspace(new MemoryHost(this.now), await parserForTests(), defaultProject);
    const snapshot = await fresh.load();
    const anew = [...this.now.keys()].map((uri) => checkFile(snapshot, uri));
    expect({ texts: [...this.now.values()], problems: this.problems() }).toEqual({ texts: [...this.now.values()], problems: anew });
  }
}

describe('the problems after any edits inside definitions', () => {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.md')) continue;
    it(`are those of a check of everything anew: ${path}`, async () => {
      const random = new Random(path.length * 7919);
      for (const { files } of parseSpecification(readFileSync(join(folder, path), 'utf8'))) {
        const texts = new Map([...files].map(([name, text]) => [uriOf(name), parseAnnotations(text).text] as const));
        const workspace = await EditedWorkspace.open(texts);
        for (let round = 0; round < rounds; round++) await workspace.editAtRandom(random);
      }
    });
  }

  it('are those of a check of everything anew, where two files define the same and one changes what it says', async () => {
    const text = `@spark.df_transformation(variant="v1", inputs=[("a", "v1")])\ndef twice(df):\n    return df\n`;
    const workspace = await EditedWorkspace.open(new Map([uriOf('a.py'), uriOf('b.py')].map((uri) => [uri, text])));
    await workspace.edit(uriOf('a.py'), text.replace('return df', 'return df.limit(1)'));
    await workspace.edit(uriOf('a.py'), text);
  });

  it.each(['df', 'sql'])('are those of a check of everything anew, where one file defines the same twice, by %s', async (kind) => {
    const [decorator, body] =
      kind === 'df' ? ['inputs=[("a", "v1")]', '(df):\n    return df'] : ['description=""', '():\n    return "SELECT 1 AS one"'];
    const definition = `@spark.${kind}_transformation(name="twice", variant="v1", ${decorator})\ndef twice${body}\n`;
    const text = `import featureform as ff\n\nspark = ff.register_spark("s")\n\n${definition}\n${definition}`;
    const uri = uriOf('a.py');
    const workspace = await EditedWorkspace.open(new Map([[uri, text]]));
    await workspace.edit(uri, kind === 'df' ? text.replace('return df', 'return df.limit(1)') : text.replace('AS one', 'AS two'));
    expect(workspace.rulesOf(uri)).toContain('duplicate-resource');
    await workspace.edit(uri, text);
    expect(workspace.rulesOf(uri)).not.toContain('duplicate-resource');
  });

  it('are those of a check of everything anew, where a definition no longer takes its query from a constant that is wrong', async () => {
    const definition = `@spark.sql_transformation(variant="v1")\ndef taken():\n    return BROKEN\n`;
    const text = `import featureform as ff\n\nspark = ff.get_spark("s")\nBROKEN = "SELECT (a FROM b"\nWHOLE = "SELECT 1 AS a"\n\n${definition}`;
    const uri = uriOf('a.py');
    const workspace = await EditedWorkspace.open(new Map([[uri, text]]));
    expect(workspace.rulesOf(uri)).toContain('sql-syntax-error');
    await workspace.edit(uri, text.replace('return BROKEN', 'return WHOLE'));
    expect(workspace.rulesOf(uri)).not.toContain('sql-syntax-error');
  });

  it('are those of a check of everything anew, where providers change that other files import', async () => {
    const providers = `import featureform as ff
client = ff.Client()
store = ff.register_s3(name="store", credentials=credentials, bucket_region="us-east-1", bucket_name="lake", path="files")
other = ff.register_gcs(name="other", credentials=credentials, bucket_name="sea")
spark = ff.register_spark(name="spark", executor=executor, filestore=store)
`;
    const users = `from providers import spark\norders = spark.register_file(name="orders", variant="v1", file_path="s3://lake/orders.csv")\n`;
    const fetched = `import featureform as ff\nspark = ff.Client().get_spark("spark")\nspark.register_file(name="clicks", variant="v1", file_path="s3://lake/clicks.csv")\n`;
    const features = `import featureform as ff\nfrom users import orders\norders.register_resources(entity="user", features=[{"name": "f", "variant": "v1", "column": "c", "type": "int"}])\n`;
    const files = { 'providers.py': providers, 'users.py': users, 'fetched.py': fetched, 'features.py': features };
    const workspace = await EditedWorkspace.open(new Map(Object.entries(files).map(([name, text]) => [uriOf(name), text])));
    const problems = (): readonly string[] => ['users.py', 'fetched.py'].flatMap((name) => workspace.rulesOf(uriOf(name)));
    expect(problems()).toEqual([]);
    const edits: readonly (readonly [from: string, to: string, found: readonly string[]])[] = [
      ['"lake"', '"river"', ['foreign-bucket', 'foreign-bucket']],
      ['filestore=store', 'filestore=other', ['invalid-location', 'invalid-location']],
      ['name="spark"', 'name="sparks"', []],
      ['filestore=store', 'ilestore=store', []],
      ['register_spark', 'register_snowflake', []],
    ];
    for (const [from, to, found] of edits) {
      await workspace.edit(uriOf('providers.py'), providers.replace(from, to));
      if (found.length > 0) expect(problems()).toEqual(found);
      await workspace.edit(uriOf('providers.py'), providers);
    }
    const random = new Random(77);
    for (let round = 0; round < 60; round++) await workspace.editAtRandom(random);
  });

  it('are found by looking at few definitions, where an edit changes what others see', async () => {
    const source = (variant: string): string =>
      `@spark.sql_transformation(name="base", variant="${variant}")\ndef base():\n    return "SELECT 1 AS a FROM {{raw.v1}}"\n`;
    const reader = (name: string, input: string): string =>
      `@spark.sql_transformation(variant="v1")\ndef ${name}():\n    return "SELECT a FROM {{${input}}}"\n`;
    const text = [
      'import featureform as ff\n\nclient = ff.Client()\nspark = client.get_spark("s")\nspark.register_file(name="raw", variant="v1", file_path="s3a://b/raw.parquet")\n',
      source('v1'),
      reader('one', 'base.v1'),
      reader('two', 'one.v1'),
      reader('three', 'base.v2'),
    ].join('\n');
    const uri = uriOf('a.py');
    const workspace = await EditedWorkspace.open(new Map([[uri, text]]));
    expect(workspace.rulesOf(uri)).toEqual(['unknown-variant']);
    await workspace.edit(uri, text.replace('variant="v1")\ndef base', 'variant="v2")\ndef base'));
    expect(workspace.rulesOf(uri)).toEqual(['unknown-variant']);
    await workspace.edit(uri, text);
    await workspace.edit(uri, text.replace('{{one.v1}}', '{{two.v1}}'));
    expect(workspace.rulesOf(uri)).toEqual(['dependency-cycle', 'unknown-variant']);
    await workspace.edit(uri, text);
    expect(workspace.local).toBe(4);
  });

  it('are found by looking at one definition, where nothing else can tell the difference', async () => {
    const random = new Random(3);
    const workspace = await EditedWorkspace.open(
      new Map(
        generateWorkspace(60)
          .slice(1)
          .map(({ name, text }) => [uriOf(name), text] as const),
      ),
    );
    for (let round = 0; round < 60; round++) await workspace.editAtRandom(random, /^(daily|cleaned)/);
    expect(workspace.local).toBeGreaterThan(30);
  });
});
