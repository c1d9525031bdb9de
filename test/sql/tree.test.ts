// The tree of any text, broken or not: tokens and comments hold all of it, every node lies within its parent, nothing throws.

import { describe, expect, it } from 'vitest';
import { parseSql } from '../../server/src/sql/parser';
import { resolveNames } from '../../server/src/sql/scopes';
import type { SqlNode, SqlTree } from '../../server/src/sql/syntaxTree';
import { childrenOf } from '../../server/src/sql/walk';
import { readCorpus } from './corpus';
import { QueryGenerator } from './generate';
import { mutateQuery } from './mutate';
import { Random } from '../support/mutations';

const seed = Number(process.env['SPARKFORM_SEED'] ?? '1');
const queries = readCorpus('').map(({ text }) => text);
const corpus = (['', 'rejected', 'newer', 'commands'] as const).flatMap((folder) => readCorpus(folder)).map(({ text }) => text);

/** What is wrong with a tree; nothing, it is hoped. */
function flawsOf(tree: SqlTree): readonly string[] {
  const { text } = tree;
  const flaws: string[] = [];
  let at = 0;
  const pieces = [...tree.tokens, ...tree.comments].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const { span, kind } of pieces) {
    const between = text.slice(at, span.start);
    if (span.start < at) flaws.push(`a ${kind} at ${span.start} begins inside another`);
    if (/[^\s{}]/u.test(between)) flaws.push(`"${between}" at ${at} is no part of any token`);
    at = span.end;
  }
  if (at !== text.length) flaws.push(`the tokens end at ${at} of ${text.length}`);
  for (const { span, message } of tree.errors) {
    if (span.start < 0 || span.end < span.start || span.end > text.length) flaws.push(`"${message}" lies outside the text`);
  }
  const waiting: SqlNode[] = [tree.statement];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.span.start > node.span.end) flaws.push(`${node.kind} ends before it begins, at ${node.span.start}`);
    let before = node.span.start;
    for (const child of childrenOf(node)) {
      const isInside = child.span.start >= node.span.start && child.span.end <= node.span.end;
      if (!isInside)
        flaws.push(
          `${child.kind} at ${child.span.start}-${child.span.end} reaches out of ${node.kind} at ${node.span.start}-${node.span.end}`,
        );
      if (child.span.start < before && child.kind !== 'missing') flaws.push(`${child.kind} at ${child.span.start} overlaps its neighbour`);
      before = Math.max(before, child.span.end);
      waiting.push(child);
    }
  }
  for (const symbol of resolveNames(tree).symbols) {
    for (const { span } of [symbol.name, ...symbol.references])
      if (span.end > text.length) flaws.push(`"${symbol.name.text}" lies outside the text`);
  }
  return flaws;
}

function flawed(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => flawsOf(parseSql(text)).map((flaw) => `${flaw}: ${text}`)).slice(0, 20);
}

describe('the tree', () => {
  it('holds all of each text of the corpus', () => {
    expect(flawed(corpus)).toEqual([]);
  });

  it('holds all of generated and of damaged texts', () => {
    const random = new Random(seed);
    const generator = new QueryGenerator(random);
    const generated = Array.from({ length: 2_000 }, () => generator.generate());
    const damaged = Array.from({ length: 4_000 }, () =>
      mutateQuery(random.pick(random.below(2) === 0 ? corpus : generated), queries, random),
    );
    expect(flawed(generated)).toEqual([]);
    expect(flawed(damaged)).toEqual([]);
  });

  it('holds all of texts that end anywhere', () => {
    const random = new Random(seed);
    const texts = Array.from({ length: 3_000 }, () => {
      const text = random.pick(corpus);
      return text.slice(0, random.below(text.length + 1));
    });
    expect(flawed(texts)).toEqual([]);
  });
});
