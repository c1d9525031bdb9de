import { describe, expect, test } from 'vitest';
import { checkFile, type RuleFailure } from '../../server/src/rules/check';
import type { Rule } from '../../server/src/rules/rule';
import { ignoreEdit } from '../../server/src/rules/suppressions';
import { unknownSource } from '../../server/src/rules/unknownSource';
import type { Snapshot } from '../../server/src/workspace/snapshot';
import { checkRules } from '../support/checkRules';
import { uriOf } from '../support/memoryHost';

const text = `@spark.sql_transformation(variant="v1")
def f():
    return "SELECT * FROM {{a.b}} JOIN {{c.d}}"
`;
const uri = uriOf('definitions.py');

async function snapshotOf(source: string): Promise<Snapshot> {
  return (await checkRules(new Map([['definitions.py', source]]))).snapshot;
}

describe('a rule that throws', () => {
  const failing: Rule = {
    ...unknownSource,
    id: 'failing',
    *check() {
      yield { span: { start: 0, end: 1 }, message: 'found before the failure' };
      throw new Error('a defect');
    },
  };

  test('costs only its own further problems, and is reported', async () => {
    const failures: RuleFailure[] = [];
    const found = checkFile(await snapshotOf(text), uri, (failure) => failures.push(failure), [failing, unknownSource]);
    expect(found.map(({ ruleId, problem }) => `${ruleId}: ${problem.message}`)).toEqual([
      'failing: found before the failure',
      'unknown-source: "a.b" is not defined in the workspace',
      'unknown-source: "c.d" is not defined in the workspace',
    ]);
    expect(failures).toEqual([{ ruleId: 'failing', uri, cause: new Error('a defect') }]);
  });

  test('is thrown where nobody takes the failure', async () => {
    const snapshot = await snapshotOf(text);
    expect(() => checkFile(snapshot, uri, undefined, [failing])).toThrow('rule failing failed on file:///workspace/definitions.py');
  });
});

test('a rule reports the first thousand problems of a file', async () => {
  const rule: Rule = {
    ...unknownSource,
    *check() {
      for (let start = 0; ; start++) yield { span: { start, end: start + 1 }, message: `problem ${start}` };
    },
  };
  const found = checkFile(await snapshotOf(text), uri, undefined, [rule]);
  expect(found).toHaveLength(1_000);
  expect(found.at(-1)?.problem).toEqual({ span: { start: 999, end: 1_000 }, message: 'problem 999' });
});

test('files that have nothing to do with Featureform, and files that do not exist, have no problems', async () => {
  const snapshot = await snapshotOf('def f(:\n    return {{}}\n');
  expect(checkFile(snapshot, uri)).toEqual([]);
  expect(checkFile(snapshot, uriOf('nowhere.py'))).toEqual([]);
});

describe('the edit that silences a problem', () => {
  async function silenced(source: string, ruleId = 'unknown-source'): Promise<string | undefined> {
    const snapshot = await snapshotOf(source);
    const file = snapshot.files.get(uri);
    const problem = checkFile(snapshot, uri).find((diagnosis) => diagnosis.ruleId === 'unknown-source')?.problem;
    if (file === undefined || problem === undefined) throw new Error('expected a problem to silence');
    const edit = ignoreEdit(file, ruleId, problem.span);
    if (edit === undefined) return undefined;
    const after = source.slice(0, edit.span.start) + edit.newText + source.slice(edit.span.end);
    const rest = checkFile(await snapshotOf(after), uri).map((diagnosis) => diagnosis.ruleId);
    expect(rest.includes('unknown-source')).toBe(ruleId !== 'unknown-source');
    return after;
  }

  const definition = (body: string): string => `@spark.sql_transformation(variant="v1")\ndef f():\n${body}`;

  test.each([
    [
      'at the end of the line',
      '    return "SELECT * FROM {{a.b}}"\n',
      '    return "SELECT * FROM {{a.b}}"  # sparkform: ignore[unknown-source]\n',
    ],
    ['without a last line end', '    return "{{a.b}}"', '    return "{{a.b}}"  # sparkform: ignore[unknown-source]'],
    [
      'beside another comment',
      '    return "SELECT * FROM {{a.b}}"  # noqa\n',
      '    return "SELECT * FROM {{a.b}}"  # noqa  # sparkform: ignore[unknown-source]\n',
    ],
    [
      'in the list that is there',
      '    return "SELECT * FROM {{a.b}}"  # sparkform: ignore[no-template]\n',
      '    return "SELECT * FROM {{a.b}}"  # sparkform: ignore[no-template, unknown-source]\n',
    ],
    [
      'behind the closing quotes',
      '    return """\n    SELECT * FROM {{a.b}}\n    """\n',
      '    return """\n    SELECT * FROM {{a.b}}\n    """  # sparkform: ignore[unknown-source]\n',
    ],
    [
      'behind a joined line',
      '    return "SELECT * FROM {{a.b}} " \\\n        "WHERE true"\n',
      '    return "SELECT * FROM {{a.b}} " \\\n        "WHERE true"  # sparkform: ignore[unknown-source]\n',
    ],
  ])('%s', async (_, before, after) => {
    expect(await silenced(definition(before))).toBe(definition(after));
  });
});
