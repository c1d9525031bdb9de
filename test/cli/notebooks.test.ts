import { afterEach, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../server/src/cli/checkReport';
import { LineIndex } from '../../server/src/text/lineIndex';
import { sparkform, temporaryFolder } from '../support/cli';
import { notebookText } from '../support/notebook';
import { sarifFlaws } from '../support/sarifSchema';

const folders: { readonly dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

function workspace(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

const cells = [
  '# Orders\nof the shop',
  '%pip install featureform\nimport featureform as ff\nspark = ff.Client().get_spark("e")',
  'spark.register_file("orders", "s3://shop/o.csv", variant="v1")\nNAME = "v1"',
  '!ls\n@spark.sql_transformation(variant=NAME)\ndef daily():\n    """\ttabs\\n"""\n    return "SELECT \'é\' FROM {{ordres.v1}}"',
  '@spark.sql_transformation(variant="v1")\ndef weekly():\n    return "SELECT * FROM {{daily.v1}}"',
];

/** What a range of a report marks in the text of its file. */
function marked(text: string, { range }: CheckReport['diagnostics'][number]): string {
  const lines = new LineIndex(text);
  return text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
}

describe('check of notebooks', () => {
  it('reads the cells as one module and names the cell and the line in it', () => {
    const cwd = workspace({ 'orders.ipynb': notebookText(cells) });
    expect(sparkform(['check'], cwd)).toEqual({
      code: 1,
      err: '',
      out: `orders.ipynb:cell 4:5:31 error "ordres.v1" is not defined in the workspace [unknown-source]
    5 |     return "SELECT 'é' FROM {{ordres.v1}}"
      |                               ^^^^^^
      fix: Change to "orders.v1"
1 file, 3 resources: 1 error, 0 warnings
`,
    });
  });

  it('gives the exact place in the file and in the cell as JSON', () => {
    const text = notebookText(cells).replace('é', '\\u00e9');
    const report = JSON.parse(sparkform(['check', '--format', 'json'], workspace({ 'orders.ipynb': text })).out) as CheckReport;
    const [found] = report.diagnostics;
    if (found === undefined) throw new Error('nothing was found');
    expect(marked(text, found)).toBe('ordres');
    expect(found.cell).toEqual({ number: 4, range: { start: { line: 4, character: 30 }, end: { line: 4, character: 36 } } });
  });

  it('names places in the file to GitHub and in SARIF', () => {
    const text = notebookText(cells);
    const cwd = workspace({ 'orders.ipynb': text });
    const { line, character } = new LineIndex(text).positionAt(text.indexOf('ordres'));
    expect(sparkform(['check', '--format', 'github'], cwd).out).toBe(
      `::error file=orders.ipynb,line=${line + 1},endLine=${line + 1},col=${character + 1},endColumn=${character + 6},title=unknown-source::"ordres.v1" is not defined in the workspace\n`,
    );
    const log = JSON.parse(sparkform(['check', '--format', 'sarif'], cwd).out) as {
      runs: [{ results: [{ locations: [{ physicalLocation: { region: unknown } }] }] }];
    };
    expect(sarifFlaws(log)).toEqual([]);
    expect(log.runs[0].results[0].locations[0].physicalLocation.region).toEqual({
      startLine: line + 1,
      startColumn: character + 1,
      endLine: line + 1,
      endColumn: character + 7,
    });
  });

  it('lets files and notebooks refer to each other', () => {
    const cwd = workspace({
      'a.ipynb': notebookText([
        'import featureform as ff',
        'ff.Client().get_spark("e").register_file("orders", "s3://s/o.csv", variant="v1")',
      ]),
      'names.py': 'SOURCE = "orders"\n',
      'b.ipynb': notebookText([
        'import featureform as ff\nfrom names import SOURCE',
        'spark = ff.Client().get_spark("e")\n@spark.sql_transformation(variant="v1")\ndef q():\n    return f"SELECT * FROM {{{{{SOURCE}.v1}}}}"',
      ]),
    });
    expect(sparkform(['check', 'b.ipynb'], cwd)).toEqual({ code: 0, err: '', out: '1 file, 1 resource: no problems\n' });
  });

  it('says of a broken notebook that it is broken, and checks the rest', () => {
    const cwd = workspace({
      'broken.ipynb': notebookText(cells).replace('"nbformat": 4,', '"nbformat": 4'),
      'old.ipynb': notebookText(cells).replace('"nbformat": 4', '"nbformat": 3'),
      'right.ipynb': notebookText(cells),
      'other.ipynb': '{',
    });
    const { code, out } = sparkform(['check', '--format', 'json'], cwd);
    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(out) as CheckReport;
    const lines = notebookText(cells).split('\n').length;
    expect(diagnostics.map(({ file, range, message }) => `${file}:${range.start.line}:${range.start.character} ${message}`)).toEqual([
      `broken.ipynb:${lines - 3}:1 the notebook is not valid JSON: "," or "}" was expected`,
      `old.ipynb:${lines - 4}:13 nbformat 3 is not read; 4 was expected`,
      expect.stringContaining('"ordres.v1" is not defined in the workspace'),
    ]);
    expect(sparkform(['check', 'broken.ipynb'], cwd).out).toBe(
      `broken.ipynb:${lines - 2}:2 error the notebook is not valid JSON: "," or "}" was expected [python-syntax-error]\n1 file, 0 resources: 1 error, 0 warnings\n`,
    );
  });

  it('reads no notebook of another language, and no cell of one', () => {
    const scala = notebookText(cells, { kernelspec: { language: 'scala' } });
    const mixed = notebookText(cells).replaceAll('"metadata": {},', '"metadata": {"vscode": {"languageId": "sql"}},');
    expect(sparkform(['check'], workspace({ 'a.ipynb': scala })).out).toBe('1 file, 0 resources: no problems\n');
    expect(sparkform(['check'], workspace({ 'a.ipynb': mixed })).out).toBe('1 file, 0 resources: no problems\n');
  });
});
