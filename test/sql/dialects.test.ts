// SQL of other systems: what is named, and that Spark takes what it is translated to.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { olderForm } from '../../server/src/sql/dialects/casts';
import { queryOfCommand } from '../../server/src/sql/dialects/commands';
import { applySqlEdits, type Translation } from '../../server/src/sql/dialects/construct';
import { explainErrors } from '../../server/src/sql/dialects/foreignConstructs';
import { parseSql } from '../../server/src/sql/parser';
import { readCorpus } from './corpus';
import { isQuery, type Judge, openJudge } from './judge';

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge();
}, 60_000);
afterAll(() => {
  judge.close();
});

const rejected = readCorpus('rejected').filter(({ file }) => file.endsWith('otherDialects.sql'));

/** Every translation of a text, one after the other until none is left. */
function translated(text: string): string {
  for (let round = 0; round < 10; round++) {
    const next = translationOf(text);
    if (next === undefined) return text;
    text = applySqlEdits(text, next.edits);
  }
  throw new Error(`no end of translations: ${text}`);
}

function translationOf(text: string): Translation | undefined {
  const tree = parseSql(text);
  if (tree.statement.kind === 'command') return queryOfCommand(tree, tree.statement);
  const own = explainErrors(tree).constructs.flatMap(({ translation }) => translation ?? []);
  return own[0] ?? tree.newer.flatMap((newer) => olderForm(tree, newer) ?? [])[0];
}

test('Spark takes the translations', async () => {
  const texts = [...rejected, ...readCorpus('newer'), ...readCorpus('commands')]
    .map(({ text }) => text)
    .filter((text) => translationOf(text) !== undefined);
  const results = texts.map(translated).filter((text) => parseSql(text).errors.length === 0 && parseSql(text).newer.length === 0);
  const verdicts = await judge.judge(results);
  expect(results.filter((_, i) => verdicts[i] === undefined || !isQuery(verdicts[i]))).toEqual([]);
  expect(results.length).toBeGreaterThan(30);
}, 60_000);

test('Spark takes what the fixes of the specifications write', async () => {
  const specification = readFileSync(join(import.meta.dirname, '../specs/rules/sql-syntax-error.md'), 'utf8');
  const blocks = [...specification.matchAll(/```python fixed\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const written = blocks.flatMap((block) =>
    [...block.matchAll(/return ("""|"|')([\s\S]*?)\1\n/g)].map(([, , text = '']) =>
      text.replaceAll('{{t.v1}}', 't').replaceAll('\\"', '"').replaceAll('\\n', '\n'),
    ),
  );
  // One fix may leave the next.
  const queries = written.filter((text) => parseSql(text).errors.length === 0);
  const verdicts = await judge.judge(queries);
  expect(queries.filter((_, i) => verdicts[i] === undefined || !isQuery(verdicts[i]))).toEqual([]);
  expect(queries.length).toBeGreaterThan(30);
}, 60_000);

test('what Spark takes and people mean is never called SQL of another system', () => {
  const texts = [...readCorpus(''), ...readCorpus('newer')].filter(({ file }) => file !== 'unmeant.sql').map(({ text }) => text);
  expect(texts.filter((text) => explainErrors(parseSql(text)).constructs.length > 0)).toEqual([]);
});

test('most of what other systems know is named', () => {
  const unnamed = rejected.filter(({ text }) => explainErrors(parseSql(text)).constructs.length === 0).map(({ text }) => text);
  expect(unnamed).toEqual([
    'SELECT a FROM dual x MINUS x',
    'SELECT a COLLATE utf8_bin x FROM t',
    'SELECT a FROM t INNER JOIN LATERAL u.b ON true',
    'SELECT FIRST_VALUE(a) OVER (ORDER BY b GROUPS 1 PRECEDING) FROM t',
    'SELECT sum(a) OVER (ORDER BY b ROWS 1 PRECEDING EXCLUDE CURRENT ROW) FROM t',
    'SELECT a IS JSON FROM t',
    'SELECT a FROM t WHERE b IS OF (int)',
    'SELECT a ** 2 FROM t',
    'SELECT 0x1F + 1 AS a b',
  ]);
});
