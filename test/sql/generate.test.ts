// What is made up for the comparison with Spark: repeatable, varied, and damage that touches nothing but tokens.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../support/mutations';
import { readCorpus } from './corpus';
import { QueryGenerator } from './generate';
import { mutateQuery, splitQuery } from './mutate';

const corpus = readCorpus('').map(({ text }) => text);

describe('generated queries', () => {
  const generated = generate(3, 8000);

  it('are the same for the same seed, and others for another', () => {
    expect(generate(3, 100)).toEqual(generated.slice(0, 100));
    expect(generate(4, 100)).not.toEqual(generated.slice(0, 100));
  });

  it('are all different but for the shortest', () => {
    const long = generated.filter((text) => text.length > 60);
    expect(long.length).toBeGreaterThan(generated.length / 2);
    expect(new Set(long).size).toBe(long.length);
  });

  it('have every keyword of the grammar, and every literal', () => {
    const all = generated.join('\n').toUpperCase();
    const grammar = readFileSync(join(import.meta.dirname, 'queries.grammar'), 'utf8').replaceAll(/^#.*$/gm, '');
    const literals = [...grammar.matchAll(/"(?:\\.|[^"\\])*"/g)].map(([literal]) => JSON.parse(literal) as string);
    const keywords = grammar.replaceAll(/"(?:\\.|[^"\\])*"/g, '').match(/\b[A-Z_]+\b/g) ?? [];
    expect([...keywords, ...literals].filter((word) => !all.includes(word.toUpperCase()))).toEqual([]);
  });
});

describe('damaged queries', () => {
  it('are made of pieces that add up to the whole', () => {
    for (const text of [...corpus, ...generate(5, 200)]) expect(splitQuery(text).join('')).toBe(text);
  });

  it('are split into blanks and tokens', () => {
    expect(splitQuery("SELECT/*+ a */ `b c`.d, 'it\\'s' -- no\n/* x */<=> 1.5e3")).toEqual([
      'SELECT',
      '/*+',
      ' ',
      'a',
      ' ',
      '*/',
      ' ',
      '`b c`',
      '.d',
      ',',
      ' ',
      "'it\\'s'",
      ' ',
      '-- no',
      '\n',
      '/* x */',
      '<=>',
      ' ',
      '1.5e3',
    ]);
  });

  it('are the same for the same seed, and seldom what they were', () => {
    const damage = (seed: number): string[] => {
      const random = new Random(seed);
      return corpus.map((text) => mutateQuery(text, corpus, random));
    };
    expect(damage(1)).toEqual(damage(1));
    expect(damage(1).filter((text, index) => text === corpus[index]).length).toBeLessThan(corpus.length / 20);
  });
});

function generate(seed: number, count: number): string[] {
  const generator = new QueryGenerator(new Random(seed));
  return Array.from({ length: count }, () => generator.generate());
}
