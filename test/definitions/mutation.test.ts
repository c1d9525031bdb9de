import { describe, expect, test } from 'vitest';
import { readText } from '../support/definitions';
import { parserForTests } from '../support/python';

/** The query that a definition returns after some statements, with `…` for what only the run time knows. */
async function queryAfter(statements: string, returned: string): Promise<string | undefined> {
  const body = [...statements.split('\n'), `return ${returned}`].map((line) => `    ${line}`).join('\n');
  const file = readText(await parserForTests(), `outer = ["o"]\n\n@spark.sql_transformation(variant="v1")\ndef f(given):\n${body}\n`);
  const text = file.resources[0]?.sql?.text;
  return text?.value.replaceAll('\uFFFC', '…');
}

describe('what a statement changes in place', () => {
  test.each([
    ['append', 'parts = ["a"]\nparts.append("b")', '" ".join(parts)', 'a b'],
    ['extend', 'parts = ["a"]\nparts.extend(["b", "c"])', '" ".join(parts)', 'a b c'],
    ['in a loop over known items', 'parts = []\nfor x in ["a", "b"]:\n    parts.append(x)', '" ".join(parts)', 'a b'],
    ['under another name', 'parts = ["a"]\nsame = parts\nsame.append("b")', '" ".join(parts)', 'a b'],
    ['an item of a dictionary', 'names = {"a": "x"}\nnames["a"] = "y"\nnames["b"] = "z"', 'names["a"] + names["b"]', 'yz'],
  ])('%s is followed', async (_, statements, returned, expected) => {
    expect(await queryAfter(statements, returned)).toBe(expected);
  });

  test.each([
    ['an order that is changed', 'parts = ["a", "b"]\nparts.sort()', '"x" + parts[0]'],
    ['a part that is taken out', 'parts = ["a", "b"]\nparts.pop()', '"x" + parts[0]'],
    ['an item that is replaced', 'parts = ["a"]\nparts[0] = "b"', '"x" + parts[0]'],
    ['an item that is deleted', 'parts = ["a", "b"]\ndel parts[0]', '"x" + parts[0]'],
    ['an update', 'names = {"a": "x"}\nnames.update(given)', '"x" + names["a"]'],
    ['a loop over unknown items', 'parts = ["a"]\nfor x in given:\n    parts.append(x)', '"x" + parts[0]'],
    ['a function that may change what it is given', 'parts = ["a"]\ngiven(parts)', '"x" + parts[0]'],
    ['a list of the scope around', 'outer.append("p")', '"x" + outer[0]'],
  ])('%s leaves it to the run time', async (_, statements, returned) => {
    expect(await queryAfter(statements, returned)).toBe('x…');
  });

  test('functions that only look are no change', async () => {
    expect(await queryAfter('parts = ["a"]\nprint(parts)\nparts.index("a")', '"x" + parts[0]')).toBe('xa');
  });

  test('what is registered on the way is registered once', async () => {
    const text = `import featureform as ff\nmade = []\nmade.append(ff.register_entity("user"))\nmade.append(ff.register_entity("item"))\n`;
    const file = readText(await parserForTests(), text);
    expect(file.resources.map(({ name }) => name.key)).toEqual(['user', 'item']);
  });
});
