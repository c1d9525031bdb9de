// What may stand at a place of a query, over the whole corpus: no keyword that is offered is one that the parser rejects there, and
// what the authors of the corpus wrote is offered where they wrote it.

import { describe, expect, test } from 'vitest';
import { sqlSlotAt } from '../../server/src/sql/completionContext';
import { tokenize } from '../../server/src/sql/lexer';
import { parseSql } from '../../server/src/sql/parser';
import type { SqlNode, SqlTree } from '../../server/src/sql/syntaxTree';
import { childrenOf } from '../../server/src/sql/walk';
import { readCorpus } from './corpus';

/** The queries that people could have written, in other words all but those of rare and of mischievous constructs. */
const corpus = readCorpus('').filter(({ file }) => file !== 'unmeant.sql');

describe('at every place of the corpus', () => {
  test('nothing is offered in quotations and comments', () => {
    for (const { text } of corpus) {
      const { tokens, comments } = tokenize(text);
      const quoted = tokens.filter(({ kind }) => kind === 'string' || kind === 'quotedName');
      for (const { span } of [...quoted, ...comments]) {
        for (let offset = span.start + 1; offset < span.end; offset++) expect(sqlSlotAt(text, offset)).toBeUndefined();
      }
    }
  });

  test('nothing is offered where a new name is given', () => {
    for (const { file, text, tree } of parsed()) {
      if (rareFiles.has(file)) continue;
      for (const { start } of spansOf(tree, newNamesOf)) {
        if (tree.tokens.find(({ span }) => span.end <= start && nextTokenStart(tree, span.end) === start)?.key !== 'AS') continue;
        expect([text, start, sqlSlotAt(text, start)]).toMatchObject([text, start, { wants: undefined, keywords: [] }]);
      }
    }
  });

  test('no keyword is offered that the parser rejects', () => {
    const wrong: string[] = [];
    let turn = 0;
    for (const { file, text } of corpus) {
      if (rareFiles.has(file)) continue;
      for (let offset = 0; offset <= text.length; offset++) {
        const slot = sqlSlotAt(text, offset);
        // Each place is looked at, one in a few is tried.
        if (slot === undefined || turn++ % 40 !== 0) continue;
        const before = text.slice(0, slot.word.start);
        for (const keyword of slot.keywords) {
          if (!RESTS.some((rest) => isAccepted(before, keyword, rest)))
            wrong.push(`${before.slice(-60)}▮${keyword}`.replaceAll(/\s+/g, ' '));
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('its own keywords are offered, but for rare ones', () => {
    const missed: string[] = [];
    for (const { file, text, tree } of parsed()) {
      if (rareFiles.has(file)) continue;
      const named = spansOf(tree, ({ kind, span }) => (kind === 'name' || kind === 'dataType' ? [span] : []));
      for (const [index, { kind, key, span }] of tree.tokens.entries()) {
        if (kind !== 'word' || rare.has(key) || tree.tokens[index + 1]?.kind === 'string') continue;
        if (named.some(({ start, end }) => start <= span.start && span.end <= end)) continue;
        const { keywords = [] } = sqlSlotAt(text, span.start + 1) ?? {};
        const offered = keywords.some((one) => one === key || `${one}S` === key || one.startsWith(`${key} `));
        if (!offered && !rarePlace.test(text.slice(0, span.start)))
          missed.push(`${text.slice(Math.max(0, span.start - 60), span.start)}▮${key}`);
      }
    }
    expect(missed).toEqual([]);
  });

  test('columns are asked for where columns stand, and relations where relations stand', () => {
    const missed: string[] = [];
    for (const { file, text, tree } of parsed()) {
      if (rareFiles.has(file)) continue;
      const columns = spansOf(tree, ({ kind, span }) => (kind === 'column' ? [span] : []));
      const tables = spansOf(tree, ({ kind, span }) => (kind === 'table' ? [span] : []));
      for (const [spans, wanted] of [
        [columns, ['expression', 'columnName', 'relationName']],
        [tables, ['relation']],
      ] as const) {
        for (const { start } of spans) {
          const token = tree.tokens.find(({ span }) => span.start === start);
          if (token?.kind !== 'word') continue;
          const slot = sqlSlotAt(text, start + 1);
          // A unit such as DAY is a keyword here, and a column to the parser.
          if (slot?.keywords.includes(token.key) === true || slot?.call === 'EXTRACT') continue;
          if (slot?.wants === undefined || !(wanted as readonly string[]).includes(slot.wants)) {
            missed.push(`${text.slice(Math.max(0, start - 60), start)}▮${token.key} ${slot?.wants ?? ''}`);
          }
        }
      }
    }
    expect(missed).toEqual([]);
  });
});

test('text that is cut off, doubled or mixed up is no reason to fail', () => {
  for (const { text } of corpus) {
    for (const broken of [
      `${text.slice(text.length / 2)} ${text}`,
      text.replaceAll('(', ''),
      text.replaceAll(')', ''),
      text.replaceAll(/\s\w+\s/g, ' , '),
    ]) {
      for (let offset = 0; offset <= broken.length; offset += 7) sqlSlotAt(broken, offset);
    }
  }
});

/** One of these makes a sensible rest of a query behind any keyword. */
const RESTS = [
  ' a',
  ' 1',
  ' (a)',
  ' (SELECT 1)',
  ' SELECT 1',
  '',
  ' t',
  ' BY a',
  ' w AS (ORDER BY a)',
  ' explode(a) e',
  ' (WHERE a)',
  ' (ORDER BY a)',
  ' (sum(a) FOR b IN (1))',
  ' (v FOR k IN (a))',
  ' (10 ROWS)',
  ' (SELECT 1) SELECT 1',
  " 'a'",
  " 'x' DAY",
  ' CURRENT ROW',
  ' a FROM b)',
  ' WHEN 1 THEN 2',
  ' UNBOUNDED PRECEDING AND CURRENT ROW',
  ' 1 OUT OF 2',
  ' 1 ROWS',
  ' IN (1)',
  ' k IN (a)',
];

function isAccepted(before: string, keyword: string, rest: string): boolean {
  const { errors } = parseSql(`${before} ${keyword}${rest}`);
  const old = parseSql(before).errors.map(({ span }) => span.start);
  return errors.every(({ span }) => span.start > before.length + keyword.length || (span.end <= before.length && old.includes(span.start)));
}

/** Constructs that completion does not know, or not all of: FROM in front, programs for rows, tables as arguments, names that are computed. */
const rareFiles: ReadonlySet<string> = new Set([
  'from.sql',
  'transform.sql',
  'tableFunctions.sql',
  'identifierClause.sql',
  'timeTravel.sql',
  'identifiers.sql',
]);
/** Something else is likelier: names in the parentheses of a query of WITH, no alias in those of a row, no condition of a cross join. */
const rarePlace = /WITH a (?:\(x\) )?\($|SELECT \(a (?:AS x, b )?$|CROSS JOIN b $|interval \+ 1 $|^SELECT [*x] $/;
/** Words with a more usual one beside them, which is offered, and those of the same constructs in other files. */
const rare: ReadonlySet<string> = new Set(
  'ALL ANTI CAST CLUSTER CUBE DISTRIBUTE DIV GROUPING MAP MINUS NATURAL OUTER REDUCE REGEXP ROLLUP SEMI SETS SORT TO TRANSFORM TRY_CAST UNKNOWN USING'.split(
    ' ',
  ),
);

function* parsed(): Iterable<{ readonly file: string; readonly text: string; readonly tree: SqlTree }> {
  for (const { file, text } of corpus) {
    const tree = parseSql(text);
    if (tree.errors.length === 0 && tree.newer.length === 0) yield { file, text, tree };
  }
}

type Spans = readonly SqlNode['span'][];

function spansOf(tree: SqlTree, pick: (node: SqlNode) => Spans): Spans {
  const found: SqlNode['span'][] = [];
  const visit = (node: SqlNode): void => {
    found.push(...pick(node));
    childrenOf(node).forEach(visit);
  };
  visit(tree.statement);
  return found;
}

function newNamesOf(node: SqlNode): Spans {
  switch (node.kind) {
    case 'selectItem':
      return node.alias === undefined ? [] : [node.alias.span];
    case 'tableAlias':
      return [node.name.span];
    default:
      return [];
  }
}

function nextTokenStart({ tokens }: SqlTree, end: number): number | undefined {
  return tokens.find(({ span }) => span.start >= end)?.span.start;
}
