import { describe, expect, it } from 'vitest';
import { joinCells, withNotebooks } from '../../server/src/python/notebookText';
import { pythonForTests } from '../support/python';
import { createPythonParser } from '../../server/src/python/parser';

describe('the text of a notebook', () => {
  it('is its cells with a line between them that says nothing', () => {
    expect(joinCells(['a = 1', '', 'b = 2\n'])).toEqual({
      text: 'a = 1\n\f\n\n\f\nb = 2\n',
      cells: [
        { start: 0, end: 5 },
        { start: 8, end: 8 },
        { start: 11, end: 17 },
      ],
    });
    expect(joinCells([])).toEqual({ text: '', cells: [] });
  });

  it.each([
    ['%matplotlib inline', '0#atplotlib inline'],
    ['!ls\nx = 1', '0#s\nx = 1'],
    ['!', '0'],
    ['?print', '0#rint'],
    ['df.head??', '0#.head??'],
    ['if x:\n    !pip install \\\n      a\ny', 'if x:\n    0#ip install \\\n#     a\ny'],
    ['files = !ls *.csv', 'files = _#s *.csv'],
    ['took = %timeit -o f()', 'took = _#imeit -o f()'],
    ['%%bash\necho "a\n\nls', '#%bash\n#cho "a\n\n#s'],
    ['\n%%time\nx = 1\n', '\n#%time\nx = 1\n'],
    ['%%time\n%cd x\r\ny', '#%time\n0#d x\r\ny'],
  ])('blanks out what only IPython understands: %j', (cell, blank) => {
    expect(joinCells([cell]).text).toBe(blank);
    expect(blank).toHaveLength(cell.length);
  });

  it.each([
    'x = (10\n  % 3)',
    'q = """\n%not magic\n!neither\n"""',
    'x = "%s" % 3',
    'if a != b: pass',
    'f"{x!r}"',
    'x %= 3',
    '# %magic in a comment?',
    'x = 10 \\\n  % 3',
    'y = "what?"',
  ])('leaves Python as it is: %j', (cell) => {
    expect(joinCells([cell]).text).toBe(cell);
  });

  it('parses every cell by itself, so that a broken one hurts no other', async () => {
    const { runtime, grammar } = pythonForTests();
    const python = withNotebooks(await createPythonParser(runtime, grammar), (uri) => uri.endsWith('.ipynb'));
    const { text } = joinCells(['x = (1,\ny = """', 'z = 1', 'def f():', 'w = z']);
    const module = python.parse('file:///a.ipynb', text);
    const written = module.body.map(({ span }) => text.slice(span.start, span.end));
    expect(written.slice(-1)).toEqual(['w = z']);
    expect(written).toContain('z = 1');
    expect(module.problems.every(({ span }) => span.start < text.indexOf('z = 1') || span.start > text.indexOf('def f'))).toBe(true);

    const edited = text.replace('z = 1', 'z = 1 + 1');
    expect(python.parse('file:///a.ipynb', edited, module)).toEqual(python.parse('file:///a.ipynb', edited));
  });
});
