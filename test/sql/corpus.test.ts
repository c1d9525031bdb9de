// Every text of the corpus stands in the folder that Spark's own parser puts it in.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readCorpus, type CorpusFolder } from './corpus';
import { isQuery, openJudge, type Judge, type Verdict } from './judge';

let judge: Judge;

vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  judge = await openJudge();
}, 120_000);
afterAll(() => {
  judge.close();
});

describe('Spark', () => {
  it('parses each text of the corpus as a query', async () => {
    expect(await texts('', (verdict) => !isQuery(verdict))).toEqual([]);
  });

  it('rejects each text of the folders "rejected" and "newer"', async () => {
    const isAccepted = ({ problem }: Verdict): boolean => problem === undefined;
    expect(await texts('rejected', isAccepted)).toEqual([]);
    expect(await texts('newer', isAccepted)).toEqual([]);
  });

  it('parses each text of the folder "commands" as a statement that is no query', async () => {
    expect(await texts('commands', ({ statement, problem }) => statement === 'query' || problem !== undefined)).toEqual([]);
  });
});

describe('the corpus', () => {
  it('has no text twice', () => {
    const all = [...readCorpus(''), ...readCorpus('rejected'), ...readCorpus('newer'), ...readCorpus('commands')].map(({ text }) =>
      text.trim(),
    );
    expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
  });
});

describe('the judge', () => {
  it('tells the grammar from the builder of plans, a query from a command, and where the problem is', async () => {
    expect(
      await judge.judge([
        'SELECT 1;',
        "SELECT '😀',\n  cast(a",
        "SELECT DATE '2024-13-01'",
        'WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a',
        'CREATE TABLE t (a INT)',
        "SELECT 'é😀' 😀 FROM t",
        '',
      ]),
    ).toEqual([
      { statement: 'query' },
      {
        problem: {
          stage: 'grammar',
          errorClass: 'PARSE_SYNTAX_ERROR',
          message: "[PARSE_SYNTAX_ERROR] Syntax error at or near end of input: missing ')'.",
          near: 'end of input',
          offset: 21,
        },
      },
      {
        statement: 'query',
        problem: {
          stage: 'builder',
          errorClass: 'INVALID_TYPED_LITERAL',
          message: '[INVALID_TYPED_LITERAL] The value of the typed literal "DATE" is invalid: \'2024-13-01\'.',
          offset: 7,
        },
      },
      { statement: 'DmlStatement' },
      { statement: 'CreateTable' },
      {
        problem: {
          stage: 'grammar',
          errorClass: 'PARSE_SYNTAX_ERROR',
          message: "[PARSE_SYNTAX_ERROR] Syntax error at or near '😀'.",
          near: "'😀'",
          offset: 13,
        },
      },
      {
        problem: {
          stage: 'grammar',
          errorClass: 'PARSE_EMPTY_STATEMENT',
          message: '[PARSE_SYNTAX_ERROR] Syntax error at or near end of input.',
          offset: 0,
        },
      },
    ]);
  });
});

async function texts(folder: CorpusFolder, isWrong: (verdict: Verdict) => boolean): Promise<object[]> {
  const corpus = readCorpus(folder);
  const verdicts = await judge.judge(corpus.map(({ text }) => text));
  return corpus.flatMap((one, index) => {
    const verdict = verdicts[index];
    return verdict !== undefined && isWrong(verdict) ? [{ ...one, verdict }] : [];
  });
}
