import { describe, expect, it } from 'vitest';
import { codeSpan, excerpts, markdownTable } from '../../../client/src/editors/compareText';

describe('a value in Markdown', () => {
  it.each([
    ['plain', '`plain`'],
    ['<b>&amp;</b>', '`<b>&amp;</b>`'],
    ['*a* _b_ [c](d) # e', '`*a* _b_ [c](d) # e`'],
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\|b`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['```', '```` ``` ````'],
    ['a\nb\r\nc\td', '`a↵b↵c⇥d`'],
    ['a\u2028b\u0000\u001B\u007F', '`a↵b␀␛␡`'],
    [' a  b c ', '`␣a␣␣b c␣`'],
    ['   ', '`␣␣␣`'],
  ])('%j is code on one line', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it('is cut after eighty characters as people count them', () => {
    expect(codeSpan('x'.repeat(80))).toBe(`\`${'x'.repeat(80)}\``);
    expect(codeSpan('x'.repeat(81))).toBe(`\`${'x'.repeat(79)}…\``);
    expect(codeSpan('👩‍🌾'.repeat(81))).toBe(`\`${'👩‍🌾'.repeat(79)}…\``);
    expect(codeSpan('x'.repeat(5_000_000))).toBe(`\`${'x'.repeat(79)}…\``);
    expect(codeSpan('abcdef', 4)).toBe('`abc…`');
  });
});

describe('two values', () => {
  it('are as they are when they are short, or differ early', () => {
    expect(excerpts('abc', 'abd')).toEqual(['abc', 'abd']);
    const [old, now] = [`a${'x'.repeat(100)}`, `b${'x'.repeat(100)}`];
    expect(excerpts(old, now)).toEqual([old, now]);
  });

  it('are cut to where they begin to differ', () => {
    const common = 'x'.repeat(100);
    expect(excerpts(`${common}old`, `${common}new`)).toEqual([`…${'x'.repeat(16)}old`, `…${'x'.repeat(16)}new`]);
    expect(excerpts(`${common}👍${'y'.repeat(15)}old`, `${common}👍${'y'.repeat(15)}new`)).toEqual([
      `…${'y'.repeat(15)}old`,
      `…${'y'.repeat(15)}new`,
    ]);
  });
});

describe('a table', () => {
  it('has no columns without cells, but for the first', () => {
    expect(
      markdownTable(
        ['', 'A', '>B', 'C'],
        [
          ['', '1', '2', ''],
          ['', '3', '', ''],
        ],
      ),
    ).toBe(['|  | A | B |', '| :-- | :-- | --: |', '|  | 1 | 2 |', '|  | 3 |  |'].join('\n'));
  });
});
