import { afterAll, describe, expect, it } from 'vitest';
import { sparkform, temporaryFolder } from '../support/cli';

const folder = temporaryFolder({
  'a.py': `import featureform as ff
spark = ff.Client().get_spark("emr")
orders = spark.register_file("orders", "s3://shop/orders.csv", variant="v1")
@spark.sql_transformation(variant="v1")
def daily():
    return "SELECT * FROM {{orders.v1}} JOIN {{later}}"
`,
  'sparkform.json': '{"rules": {"missing-variant": "off"}}',
});
afterAll(folder.dispose);

describe('graph', () => {
  it('prints every resource with its inputs as JSON', () => {
    const { code, out, err } = sparkform(['graph'], folder.path);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      version: 1,
      resources: [
        {
          id: 'daily.v1',
          type: 'source',
          name: 'daily',
          variant: 'v1',
          kind: 'sql-transformation',
          provider: 'emr',
          file: 'a.py',
          range: { start: { line: 3, character: 0 }, end: { line: 5, character: 55 } },
          inputs: ['source:orders.v1', 'source:later'],
        },
        {
          id: 'orders.v1',
          type: 'source',
          name: 'orders',
          variant: 'v1',
          kind: 'file',
          provider: 'emr',
          file: 'a.py',
          range: { start: { line: 2, character: 9 }, end: { line: 2, character: 76 } },
          inputs: [],
        },
      ],
    });
  });

  it('draws for Graphviz and Mermaid', () => {
    expect(sparkform(['graph', '--format', 'dot'], folder.path).out).toBe(`digraph sparkform {
  rankdir=LR;
  node [fontname="Helvetica", fontsize=11];
  "source:daily.v1" [label="daily.v1\\nsql-transformation", shape=box];
  "source:orders.v1" [label="orders.v1\\nfile", shape=box];
  "source:later" [label="later\\nnot defined", shape=box, style=dashed];
  "provider:emr" [label="emr\\nnot defined", shape=cylinder, style=dashed];
  "source:orders.v1" -> "source:daily.v1";
  "source:later" -> "source:daily.v1";
  "provider:emr" -> "source:orders.v1";
}
`);
    expect(sparkform(['graph', '--format', 'mermaid'], folder.path).out).toBe(`flowchart LR
  n0["daily.v1"]
  n1["orders.v1"]
  n2["later"]
  n3[("emr")]
  n1 --> n0
  n2 --> n0
  n3 --> n1
`);
  });

  it('keeps what is around one definition', () => {
    const mermaid = (...options: readonly string[]): readonly string[] => {
      const { code, out, err } = sparkform(['graph', '--format', 'mermaid', ...options], folder.path);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return [...out.matchAll(/"(.*)"/g)].map(([, label]) => label ?? '');
    };
    expect(mermaid('--focus', 'daily.v1')).toEqual(['daily.v1', 'orders.v1', 'later', 'emr']);
    expect(mermaid('--focus', 'daily.v1', '--upstream', '1')).toEqual(['daily.v1', 'orders.v1', 'later']);
    expect(mermaid('--focus', 'source:orders.v1', '--upstream', '0')).toEqual(['daily.v1', 'orders.v1']);
    expect(mermaid('--focus', 'orders.v1', '--upstream', 'all', '--downstream', '0')).toEqual(['orders.v1', 'emr']);
    expect(mermaid('--focus', 'later')).toEqual(['daily.v1', 'later']);
    const { out } = sparkform(['graph', '--focus', 'orders.v1', '--downstream=0'], folder.path);
    expect((JSON.parse(out) as { resources: readonly { id: string }[] }).resources.map(({ id }) => id)).toEqual(['orders.v1']);
    const { resources } = JSON.parse(sparkform(['graph', '--focus', 'daily.v1', '--upstream=0'], folder.path).out) as {
      resources: readonly { inputs: readonly string[] }[];
    };
    expect(resources.map(({ inputs }) => inputs)).toEqual([[]]);
  });

  it('says what is wrong with the focus', () => {
    expect(sparkform(['graph', '--focus', 'dayly.v1'], folder.path)).toEqual({
      code: 1,
      out: '',
      err: 'graph: nothing in this workspace defines or mentions "dayly.v1"\n',
    });
    const usage = (...options: readonly string[]): string => {
      const { code, err } = sparkform(['graph', ...options], folder.path);
      expect(code).toBe(2);
      return err.split('\n')[0] ?? '';
    };
    expect(usage('--upstream', '2')).toBe('sparkform: graph: --upstream needs --focus ID');
    expect(usage('--focus', 'daily.v1', '--downstream', 'some')).toBe(
      'sparkform: graph: --downstream must be a whole number or "all", not "some"',
    );
    expect(usage('--format', 'png')).toBe('sparkform: graph: --format must be "json", "dot", "mermaid" or "svg", not "png"');
  });

  it('draws itself as SVG, with what nothing defines in dashes', () => {
    const { out } = sparkform(['graph', '--format', 'svg', '--focus', 'daily.v1', '--upstream', '1'], folder.path);
    expect(out.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(out.trimEnd().endsWith('</svg>')).toBe(true);
    expect(out).toContain('<title id="title">Lineage of daily.v1</title>');
    expect(out).toContain('<desc id="description">3 resources, 2 connections</desc>');
    expect([...out.matchAll(/<g transform="[^"]*"><title>(.*?)<\/title>/g)].map(([, title]) => title)).toEqual([
      'daily.v1, SQL transformation, 1 error',
      'orders.v1, source',
      'later, source, not defined, 1 error',
    ]);
    expect(out.match(/stroke-dasharray/g)).toHaveLength(1);
    // The same question has the same answer.
    expect(sparkform(['graph', '--format', 'svg', '--focus', 'daily.v1', '--upstream', '1'], folder.path).out).toBe(out);
  });
});
