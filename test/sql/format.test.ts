// Formatted queries are the same queries: tokens, comments and tree; and formatting them again changes nothing.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatSql } from '../../server/src/sql/format/formatSql';
import type { FormatOptions } from '../../server/src/sql/format/printer';
import { parseSql } from '../../server/src/sql/parser';
import { Random } from '../support/mutations';
import { readCorpus } from './corpus';
import { readFormatCases } from './formatCases';
import { QueryGenerator } from './generate';
import { isQuery, openJudge, type Judge } from './judge';

vi.setConfig({ testTimeout: 120_000 });

const generated = generate(11, 3000);
const corpus = readCorpus('').map(({ text }) => text);

describe('the cases', () => {
  for (const { title, before, after } of readFormatCases()) {
    it(title, () => {
      expect(format(before)).toBe(after);
      expect(format(after)).toBe(after);
    });
  }
});

describe('every query', () => {
  it('of the corpus can be formatted, but for those that nobody means', () => {
    const isLeft = (text: string): boolean => format(text) === undefined;
    expect(corpus.filter((text) => isLeft(text) && parseSql(text).errors.length === 0)).toEqual([]);
    expect(readCorpus('newer').filter(({ text }) => isLeft(text) && parseSql(text).errors.length === 0)).toEqual([]);
  });

  it.each([100, 40, 12])('keeps its tokens, its comments and its tree, and stays the same when formatted again: %i characters', (width) => {
    for (const text of [...corpus, ...generated]) {
      const once = format(text, { width });
      if (once === undefined) {
        expect(parseSql(text).errors, text).not.toEqual([]);
        continue;
      }
      expect(contents(once), text).toEqual(contents(text));
      expect(format(once, { width }), text).toBe(once);
    }
  });

  it('keeps its words as they are, in lower case and on one line, too', () => {
    for (const text of [...corpus, ...generated.slice(0, 500)]) {
      for (const options of [{ keywordCase: 'preserve' }, { keywordCase: 'lower' }, { oneLine: true, width: Infinity }] as const) {
        const once = format(text, options);
        if (once === undefined) continue;
        expect(contents(once), text).toEqual(contents(text));
        expect(format(once, options), text).toBe(once);
        if ('keywordCase' in options && options.keywordCase === 'preserve')
          expect(parseSql(once).tokens.map(wordOf(once))).toEqual(parseSql(text).tokens.map(wordOf(text)));
      }
    }
  });

  it('ends no line with a blank', () => {
    for (const text of corpus) {
      const lines = lineTexts(text) ?? [];
      expect(
        lines.filter((line) => line !== line.trimEnd() && !line.includes('\n') && !line.includes('\\')),
        text,
      ).toEqual([]);
    }
  });
});

describe('what is no query', () => {
  it('is left alone', () => {
    for (const folder of ['rejected', 'commands'] as const) {
      for (const { text } of readCorpus(folder)) {
        const tree = parseSql(text);
        if (tree.errors.length > 0 || tree.statement.kind !== 'query') expect(format(text), text).toBeUndefined();
        else expect(format(text), text).not.toBeUndefined();
      }
    }
  });
});

describe('Spark', () => {
  let judge: Judge;
  beforeAll(async () => {
    judge = await openJudge();
  }, 120_000);
  afterAll(() => {
    judge.close();
  });

  it('accepts what it accepted', async () => {
    const sample = [...corpus, ...generated.slice(0, 1000)].flatMap((before) => {
      const after = format(before, { width: 60 });
      return after === undefined ? [] : [{ before, after }];
    });
    const before = await judge.judge(sample.map((one) => one.before));
    const after = await judge.judge(sample.map((one) => one.after));
    const changed = sample.filter((_, index) => {
      const [first, second] = [before[index], after[index]];
      return first !== undefined && second !== undefined && isQuery(first) !== isQuery(second);
    });
    expect(changed).toEqual([]);
    expect(sample.length).toBeGreaterThan(1500);
  });
});

function format(text: string, options: Partial<FormatOptions> = {}): string | undefined {
  return lineTexts(text, options)?.join('\n');
}

function lineTexts(text: string, options: Partial<FormatOptions> = {}): readonly string[] | undefined {
  const written: FormatOptions['written'] = ({ start, end }) => text.slice(start, end);
  const lines = formatSql(text, { width: 100, oneLine: false, keywordCase: 'upper', indentation: 0, written, ...options });
  return lines?.map((line) => (line.written === '' ? '' : ' '.repeat(line.indentation) + line.written));
}

/** What formatting does not touch: everything but the places of things, and the case of words. */
function contents(text: string): unknown {
  const { tokens, comments, statement } = parseSql(text);
  const placeless = JSON.stringify(statement, (key, value: unknown) => (/span$/i.test(key) || key === 'template' ? undefined : value));
  return {
    tokens: tokens.map((token) => (token.kind === 'word' ? token.key : wordOf(text)(token))),
    comments: comments.map(({ span }) => text.slice(span.start, span.end).trimEnd()),
    tree: placeless,
  };
}

function wordOf(text: string): (token: { readonly span: { readonly start: number; readonly end: number } }) => string {
  return ({ span }) => text.slice(span.start, span.end);
}

function generate(seed: number, count: number): readonly string[] {
  const generator = new QueryGenerator(new Random(seed));
  return Array.from({ length: count }, () => generator.generate());
}
