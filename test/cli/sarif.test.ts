import { afterEach, describe, expect, it } from 'vitest';
import { sparkform, temporaryFolder } from '../support/cli';
import { sarifFlaws } from '../support/sarifSchema';
import { readWorkspace } from '../support/workspaceFolder';

const folders: { readonly dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }];
      }[];
    },
  ];
}

function logOf(files: Readonly<Record<string, string>>, folder = '.', environment: Readonly<Record<string, string>> = {}): Log {
  const workspace = temporaryFolder(files);
  folders.push(workspace);
  const { out } = sparkform(['check', '--format', 'sarif'], `${workspace.path}/${folder}`, {
    ...environment,
    ...(environment['GITHUB_WORKSPACE'] === undefined ? {} : { GITHUB_WORKSPACE: workspace.path }),
  });
  return JSON.parse(out) as Log;
}

const wrong =
  'import featureform as ff\nspark = ff.Client().get_spark("e")\n@spark.sql_transformation()\ndef q():\n    return "SELECT * FROM {{x.v1}}"\n';

describe('the SARIF log', () => {
  it.each(['seed', 'today', 'nested', 'editor'])('of the workspace "%s" is as the standard wants it', (name) => {
    const log = logOf(Object.fromEntries(readWorkspace(name)));
    expect(sarifFlaws(log)).toEqual([]);
    expect(log.runs[0].tool.driver.rules.length).toBeGreaterThan(25);
  });

  it('names files by URIs, whatever characters their paths hold', () => {
    const log = logOf({ 'a b/ä:%#?.py': wrong });
    expect(sarifFlaws(log)).toEqual([]);
    expect(log.runs[0].results.map(({ ruleId, locations: [place] }) => [ruleId, place.physicalLocation.artifactLocation.uri])).toEqual([
      ['unknown-source', 'a%20b/%C3%A4%3A%25%23%3F.py'],
    ]);
  });

  it('names files below the checkout of a GitHub workflow', () => {
    const log = logOf({ 'features/a.py': wrong }, 'features', { GITHUB_WORKSPACE: 'set' });
    expect(log.runs[0].results.map(({ locations: [place] }) => place.physicalLocation.artifactLocation.uri)).toEqual(['features/a.py']);
  });

  it('would not pass with a flaw', () => {
    const log = { ...logOf({ 'a.py': wrong }), extra: 1 };
    expect(sarifFlaws(log)).toEqual(['/extra: not a property']);
    const text = JSON.stringify(logOf({ 'a.py': wrong }));
    expect(sarifFlaws(JSON.parse(text.replace('"startLine":5', '"startLine":0')))).toEqual([
      '/runs/0/results/0/locations/0/physicalLocation/region/startLine: not a whole number of at least 1',
    ]);
    expect(sarifFlaws(JSON.parse(text.replace('"uri":"a.py"', '"uri":"c:/a b.py"')))).toEqual([
      '/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri: "c:/a b.py" is not allowed',
    ]);
  });
});
