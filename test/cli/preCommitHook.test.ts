import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check as isFormatted } from 'prettier';
import { describe, expect, it } from 'vitest';
import { sparkform, temporaryFolder } from '../support/cli';

const text = readFileSync(join(import.meta.dirname, '../../.pre-commit-hooks.yaml'), 'utf8');

/** The keys of the one hook: each stands on a line of its own. */
function readHook(): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => /^(?:- | {2})\w+: /.test(line));
  return Object.fromEntries(lines.map((line) => line.slice(2).split(/: (.*)/, 2) as [string, string]));
}

describe('the pre-commit hook', () => {
  it('is valid YAML with what pre-commit asks for', async () => {
    await expect(isFormatted(text, { parser: 'yaml' })).resolves.toBe(true);
    expect(text.match(/^- /gm)).toHaveLength(1);
    expect(readHook()).toEqual({
      id: 'sparkform',
      name: 'sparkform check',
      description: 'Checks Featureform definitions for Spark, with the knowledge of the whole repository.',
      entry: 'sparkform check',
      language: 'system',
      types_or: '[python, jupyter, sql]',
      require_serial: 'true',
    });
  });

  it('checks the files of a commit with the knowledge of the folder that it runs in', () => {
    const head = 'import featureform as ff\nspark = ff.Client().get_spark("e")\n';
    const query = (source: string): string =>
      `${head}@spark.sql_transformation(variant="v1")\ndef q():\n    return "SELECT * FROM {{${source}}}"\n`;
    const { path, dispose } = temporaryFolder({
      'sources/orders.py': `${head}spark.register_file("orders", "s3://shop/o.csv", variant="v1")\n`,
      'features/right.py': query('orders.v1'),
      'features/wrong.py': query('order.v1').replace('def q', 'def r'),
      'setup.py': 'from setuptools import setup\n',
    });
    try {
      const [program = '', ...args] = readHook()['entry']?.split(' ') ?? [];
      expect(program).toBe('sparkform');
      expect(sparkform([...args, 'features/right.py', 'setup.py'], path)).toEqual({
        code: 0,
        err: '',
        out: '2 files, 1 resource: no problems\n',
      });
      const { code, out } = sparkform([...args, 'features/wrong.py', 'features/right.py'], path);
      expect({ code, head: out.split('\n')[0] }).toEqual({
        code: 1,
        head: 'features/wrong.py:5:29 error "order.v1" is not defined in the workspace [unknown-source]',
      });
    } finally {
      dispose();
    }
  });
});
