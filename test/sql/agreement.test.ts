// Our parser of Spark SQL and Spark's own agree: on the corpus, on generated queries and on damaged ones. SPARKFORM_GENERATED and
// SPARKFORM_MUTATIONS ask for more texts than a test run can afford, SPARKFORM_SEED for others, and SPARKFORM_DISAGREEMENTS names a
// file that gets all disagreements instead of the first few.

import { appendFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseSql } from '../../server/src/sql/parser';
import { Random } from '../support/mutations';
import { compare, describeComparison, isAccepted, kindOf, type Agreement, type Comparison } from './agreement';
import { readCorpus } from './corpus';
import { QueryGenerator } from './generate';
import { isQuery, openJudge, type Judge } from './judge';
import { minimize } from './minimize';
import { mutateQuery } from './mutate';

const generatedTexts = Number(process.env['SPARKFORM_GENERATED'] ?? 4000);
const mutants = Number(process.env['SPARKFORM_MUTATIONS'] ?? 4000);
const seed = Number(process.env['SPARKFORM_SEED'] ?? 20_261);
const file = process.env['SPARKFORM_DISAGREEMENTS'];
const shown = 20;
const shownOfKind = 3;
const batch = 500;
const corpus = readCorpus('').map(({ text }) => text);

vi.setConfig({ testTimeout: 300_000 + (generatedTexts + mutants) * 60 });

let judge: Judge;

beforeAll(async () => {
  if (file !== undefined) writeFileSync(file, '');
  judge = await openJudge();
}, 120_000);
afterAll(() => {
  judge.close();
});

describe('our parser', () => {
  it('takes each text of the corpus for a query, or names a word that no person means as a name', async () => {
    const wrong = readCorpus('').filter(({ file: name, text }) => {
      const tree = parseSql(text);
      const isExcused = name === 'unmeant.sql' && tree.errors.some(({ code }) => code === 'soft-reserved');
      return !isAccepted(tree) && !isExcused;
    });
    expect(await report(wrong.map(({ text }) => compare(text, { statement: 'query' })))).toBe('');
  });

  it('rejects what Spark rejects', async () => {
    const texts = readCorpus('rejected').map(({ text }) => text);
    const verdicts = await judge.judge(texts);
    const compared = texts.map((text, index) => compare(text, verdicts[index] ?? {}));
    expect(await report(compared.filter(({ agreement }) => agreement !== 'agreed'))).toBe('');
  });

  it('knows what only newer versions parse', () => {
    const wrong = readCorpus('newer').filter(({ text }) => {
      const { errors, statement, newer } = parseSql(text);
      return errors.length > 0 || statement.kind !== 'query' || newer.length === 0;
    });
    expect(wrong.map(({ text }) => describeComparison(compare(text, {})))).toEqual([]);
  });

  it('knows a statement that is no query', () => {
    const wrong = readCorpus('commands').filter(({ text }) => parseSql(text).statement.kind !== 'command');
    expect(wrong.map(({ text }) => describeComparison(compare(text, {})))).toEqual([]);
  });

  it(`takes ${String(generatedTexts)} generated texts for queries, as Spark does`, async () => {
    const generator = new QueryGenerator(new Random(seed));
    const { all, disagreements } = await compareMany(generatedTexts, () => generator.generate());
    // The generator means to write what Spark accepts.
    expect(all.accepted / all.texts).toBeGreaterThan(0.995);
    // Keywords as names stand in these texts where no person puts them: two in a thousand may be misread.
    const wrong = disagreements.filter(({ agreement }) => agreement === 'strict' || agreement === 'lax');
    expect(wrong.length <= all.texts * 0.002 ? '' : await report(wrong)).toBe('');
    if (file !== undefined) await report(disagreements);
  });

  it(`says of ${String(mutants)} damaged texts what Spark says`, async () => {
    const random = new Random(seed + 1);
    const generator = new QueryGenerator(random);
    const next = (): string => mutateQuery(random.below(2) === 0 ? random.pick(corpus) : generator.generate(), corpus, random);
    const { all, disagreements } = await compareMany(mutants, next);
    const of = (agreement: Agreement): Comparison[] => disagreements.filter((one) => one.agreement === agreement);
    if (file !== undefined) await report(disagreements);
    const share = async (agreement: Agreement, whole: number, limit: number): Promise<string> =>
      of(agreement).length < whole * limit ? '' : `${(of(agreement).length * 100) / whole} %: ${await report(of(agreement))}`;
    expect(await share('lax', all.rejected, 0.01)).toBe('');
    // What a person hardly writes, such as `SELECT * FROM THEN`.
    expect(await share('strict', all.accepted, 0.02)).toBe('');
  });
});

interface Counts {
  texts: number;
  /** As queries, by Spark. */
  accepted: number;
  /** By Spark's grammar, or for being commands. */
  rejected: number;
}

async function compareMany(count: number, next: () => string): Promise<{ all: Counts; disagreements: Comparison[] }> {
  const all: Counts = { texts: 0, accepted: 0, rejected: 0 };
  const disagreements: Comparison[] = [];
  while (all.texts < count) {
    const texts = Array.from({ length: Math.min(batch, count - all.texts) }, next);
    const verdicts = await judge.judge(texts);
    for (const [index, text] of texts.entries()) {
      const verdict = verdicts[index] ?? {};
      const comparison = compare(text, verdict);
      all.texts++;
      if (isQuery(verdict)) all.accepted++;
      else if (verdict.problem?.stage !== 'builder') all.rejected++;
      if (comparison.agreement !== 'agreed') disagreements.push(comparison);
    }
  }
  return { all, disagreements };
}

/** Disagreements by their kind, the shortest of each, made as short as can be; empty without one. */
async function report(disagreements: readonly Comparison[]): Promise<string> {
  const sorted = disagreements.toSorted((a, b) => a.text.length - b.text.length);
  const byKind = new Map<string, Comparison[]>();
  for (const one of sorted) byKind.set(kindOf(one), [...(byKind.get(kindOf(one)) ?? []), one]);
  const kinds = [...byKind.values()].toSorted((a, b) => b.length - a.length);
  const texts: string[] = [];
  for (const kind of kinds.slice(0, file === undefined ? shown : kinds.length)) {
    const least = new Map<string, string>();
    for (const one of kind.slice(0, shownOfKind)) {
      const minimal = await minimize(one, judge);
      least.set(minimal.text, describeComparison(minimal));
    }
    texts.push(`${kind.length} times:\n${[...least.values()].join('')}`);
  }
  if (file !== undefined) appendFileSync(file, texts.map((text) => `${text}\n`).join(''));
  return sorted.length === 0 ? '' : `${sorted.length} disagreements of ${kinds.length} kinds\n${texts.slice(0, shown).join('\n')}`;
}
