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
  "source:orders.v1" -> "source:daily.v1";
  "source:later" -> "source:daily.v1";
}
`);
    expect(sparkform(['graph', '--format', 'mermaid'], folder.path).out).toBe(`flowchart LR
  n0["daily.v1"]
  n1["orders.v1"]
  n1 --> n0
  n2["later"]
  n2 --> n0
`);
  });
});
