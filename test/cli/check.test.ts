import { afterEach, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../server/src/cli/checkReport';
import { generateWorkspace } from '../support/generatedWorkspace';
import { sparkform, temporaryFolder } from '../support/cli';

const folders: { readonly dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

function workspace(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

const wrong = `import featureform as ff

spark = ff.get_spark("emr")
orders = spark.register_file("orders", "s3://shop/orders.csv", variant="v1")


@spark.sql_transformation(variant="v1")
def daily():
    return "SELECT * FROM {{ordres.v1}}"


@spark.df_transformation(variant="v1", inputs=[("orders", "v1"), ("daily", "v1")])
def joined(orders, daily):
    return orders.join(daily)
`;
const right = wrong.replace('ordres', 'orders').replace('spark = ff.get_spark("emr")', 'spark = ff.Client().get_spark("emr")');

describe('check', () => {
  it('quotes the line and offers the fix', () => {
    const cwd = workspace({ 'a.py': wrong.replace('ff.get_spark', 'ff.Client().get_spark') });
    expect(sparkform(['check'], cwd)).toEqual({
      code: 1,
      err: '',
      out: `a.py:9:29 error "ordres.v1" is not defined in the workspace [unknown-source]
    9 |     return "SELECT * FROM {{ordres.v1}}"
      |                             ^^^^^^
      fix: Change to "orders.v1"
1 file, 3 resources: 1 error, 0 warnings
`,
    });
  });

  it('puts the carets under what they mean, whatever stands before it', () => {
    const cwd = workspace({ 'a.py': wrong.replace('ff.get_spark', 'ff.Client().get_spark').replace('SELECT *', "SELECT '\t漢字é😀'") });
    expect(sparkform(['check'], cwd).out.split('\n').slice(1, 3)).toEqual([
      `    9 |     return "SELECT '\t漢字é😀' FROM {{ordres.v1}}"`,
      `      |                     \t                ^^^^^^`,
    ]);
  });

  it('says nothing of correct definitions', () => {
    const cwd = workspace({ 'a.py': right });
    expect(sparkform(['check', '.'], cwd)).toEqual({ code: 0, err: '', out: '1 file, 3 resources: no problems\n' });
  });

  it('says nothing of a thousand correct definitions', () => {
    const cwd = workspace(Object.fromEntries(generateWorkspace(1000).map((file) => [file.name, file.text])));
    expect(sparkform(['check', '.'], cwd)).toEqual({ code: 0, err: '', out: '11 files, 1000 resources: no problems\n' });
  });

  it('writes one JSON object, paths relative to the working directory', () => {
    const cwd = workspace({ 'definitions/a b.py': wrong.replace('ff.get_spark', 'ff.Client().get_spark') });
    const { code, out } = sparkform(['check', 'definitions', '--format', 'json'], cwd);
    expect(code).toBe(1);
    expect(JSON.parse(out) as CheckReport).toEqual({
      version: 1,
      files: 1,
      resources: 3,
      diagnostics: [
        {
          file: 'definitions/a b.py',
          range: { start: { line: 8, character: 28 }, end: { line: 8, character: 34 } },
          severity: 'error',
          code: 'unknown-source',
          message: '"ordres.v1" is not defined in the workspace',
          fixes: ['Change to "orders.v1"'],
        },
      ],
      coverage: { references: 3, symbolic: 0, percent: 100 },
    });
  });

  it('writes annotations for GitHub', () => {
    const cwd = workspace({ 'a.py': wrong.replace('ff.get_spark', 'ff.Client().get_spark') });
    expect(sparkform(['check', '--format', 'github'], cwd).out).toBe(
      '::error file=a.py,line=9,endLine=9,col=29,endColumn=34,title=unknown-source::"ordres.v1" is not defined in the workspace\n',
    );
  });

  it('writes SARIF with the rules it knows', () => {
    const cwd = workspace({ 'a.py': wrong.replace('ff.get_spark', 'ff.Client().get_spark') });
    const log = JSON.parse(sparkform(['check', '--format', 'sarif'], cwd).out) as {
      version: string;
      runs: {
        tool: { driver: { name: string; rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number; level: string; locations: unknown[] }[];
      }[];
    };
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run?.results).toHaveLength(1);
    expect(run?.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]?.id).toBe('unknown-source');
    expect(run?.results[0]).toMatchObject({
      ruleId: 'unknown-source',
      level: 'error',
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'a.py' }, region: { startLine: 9, startColumn: 29, endLine: 9, endColumn: 35 } } },
      ],
    });
  });

  it('checks one file with the knowledge of its whole workspace', () => {
    const cwd = workspace({
      'sparkform.json': '{}',
      'sources.py': 'import featureform as ff\nff.Client().get_spark("e").register_file("orders", "s3://shop/o.csv", variant="v1")\n',
      'sub/a.py':
        'import featureform as ff\nspark = ff.Client().get_spark("e")\n@spark.sql_transformation(variant="v")\ndef q():\n    return "SELECT * FROM {{orders.v1}}"\n',
    });
    expect(sparkform(['check', 'sub/a.py'], cwd)).toEqual({ code: 0, err: '', out: '1 file, 1 resource: no problems\n' });
  });

  it('follows the severities of the project, and fails on a broken project file', () => {
    const text = wrong.replace('ff.get_spark', 'ff.Client().get_spark');
    const off = workspace({ 'a.py': text, 'sparkform.json': '{"rules":{"unknown-source":"hint"}}' });
    expect(sparkform(['check'], off)).toMatchObject({ code: 0 });
    expect(sparkform(['check', '--min-severity', 'warning'], off).out).toBe('1 file, 3 resources: no problems\n');
    const broken = workspace({ 'a.py': right, 'sparkform.json': '{"featureform": "new"}' });
    expect(sparkform(['check'], broken)).toMatchObject({
      code: 1,
      err: `${broken}/sparkform.json: featureform must be "auto", "legacy" or "current", not "new"\n`,
    });
  });

  it('can demand that most references are decidable', () => {
    const cwd = workspace({
      'a.py': right.replace('("daily", "v1")', '(name, "v1")'),
    });
    const { code, err } = sparkform(['check', '--fail-under', '90'], cwd);
    expect({ code, err }).toEqual({ code: 1, err: 'check: 66.6 % of the references could be decided, less than --fail-under 90\n' });
    expect(sparkform(['check', '--fail-under', '60'], cwd).code).toBe(0);
  });

  it.each([
    [['check', 'nowhere'], '"nowhere" does not exist'],
    [['check', '--format', 'xml'], 'check: --format must be "text", "json", "sarif" or "github", not "xml"'],
    [['check', '--fail-under', 'many'], 'check: --fail-under must be a number from 0 to 100, not "many"'],
    [['check', '--wat'], "check: Unknown option '--wat'"],
    [['graph', 'a', 'b'], 'graph: unexpected argument "b"'],
    [['plan'], 'plan: ID is missing'],
    [['check', ''], '"" does not exist'],
    [['check', 'package.json'], 'check: "package.json" is neither a Python file nor a notebook'],
    [['check', '--format'], 'check: --format needs a value'],
    [['check', '--fail-under', '-1'], 'check: a value of --fail-under that begins with "-" is written --fail-under=-…'],
    [['check', '--fail-under=-1'], 'check: --fail-under must be a number from 0 to 100, not "-1"'],
    [['run', 'a.b', '--verbose=3'], "run: Option '--verbose' does not take an argument"],
    [['run', 'a.b', '--limit', '2147483648'], 'run: --limit must be a whole number from 1 to 2147483647, not "2147483648"'],
    [['constructor'], '"constructor" is not a command; one of check, format, graph, plan, run, preview, stats, diff, lsp was expected'],
    [['__proto__'], '"__proto__" is not a command; one of check, format, graph, plan, run, preview, stats, diff, lsp was expected'],
  ])('answers wrong usage %j with exit code 2', (args, message) => {
    expect(sparkform(args)).toEqual({ code: 2, out: '', err: `sparkform: ${message}\n` });
  });

  it('names the commands it has when asked for another', () => {
    expect(sparkform(['chek'])).toEqual({
      code: 2,
      out: '',
      err: 'sparkform: "chek" is not a command; one of check, format, graph, plan, run, preview, stats, diff, lsp was expected\n',
    });
    const help = sparkform(['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(sparkform([])).toEqual({ code: 2, out: '', err: help.out });
  });
});
