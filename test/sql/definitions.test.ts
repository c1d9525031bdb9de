// Correct definitions have no problems: every query of the corpus, and thousands of made-up ones, as a definition returns it.

import { describe, expect, it, vi } from 'vitest';
import { checkRules } from '../support/checkRules';
import { Random } from '../support/mutations';
import { readCorpus } from './corpus';
import { QueryGenerator } from './generate';
import { isQuery, openJudge } from './judge';

const seed = Number(process.env['SPARKFORM_SEED'] ?? '1');
const count = Number(process.env['SPARKFORM_GENERATED'] ?? '5000');
const perFile = 100;

vi.setConfig({ testTimeout: 300_000 });

/** A file of definitions that each join a source to one of the queries. */
function fileOf(queries: readonly string[], number: number): [string, string] {
  const definitions = queries.map(
    (query, index) => `
@spark.sql_transformation(variant="v1")
def query_${number}_${index}():
    return r"""SELECT * FROM {{events_${number}.raw}} AS events JOIN (${query}\n) AS made"""
`,
  );
  const source = `events_${number} = spark.register_file(name="events_${number}", variant="raw", file_path="s3://bucket/events.parquet")\n`;
  return [`queries_${number}.py`, `import featureform as ff\n\nspark = ff.Client().get_spark("emr")\n${source}${definitions.join('')}`];
}

async function problemsOf(queries: readonly string[]): Promise<readonly string[]> {
  const files = new Map<string, string>();
  for (let i = 0; i < queries.length; i += perFile) {
    const [path, text] = fileOf(queries.slice(i, i + perFile), i / perFile);
    files.set(path, text);
  }
  const { diagnoses } = await checkRules(files);
  return [...diagnoses].flatMap(([path, found]) =>
    found
      .filter(({ ruleId }) => ruleId !== 'unused-input')
      .map(({ ruleId, problem }) => {
        const lines = (files.get(path) ?? '').slice(0, problem.span.start).split('\n').length;
        return `${path}:${lines} ${ruleId}: ${problem.message}`;
      }),
  );
}

/** What a raw string of Python with three quotation marks can hold, and a subquery is as good as at the top. */
function canStand(text: string): boolean {
  return !/"""|"$|\\$|;|[{}]|<</.test(text.trim());
}

describe('a definition', () => {
  it('may return any query of the corpus', async () => {
    const texts = readCorpus('').filter(({ file, text }) => file !== 'unmeant.sql' && canStand(text));
    expect(texts.length).toBeGreaterThan(600);
    expect(await problemsOf(texts.map(({ text }) => text))).toEqual([]);
  });

  it(`may return any of ${String(count)} made-up queries that Spark parses`, async () => {
    const generator = new QueryGenerator(new Random(seed));
    const texts = new Set<string>();
    while (texts.size < count) {
      const text = generator.generate();
      if (canStand(text)) texts.add(text);
    }
    const judge = await openJudge();
    const queries = [...texts];
    const verdicts = await judge.judge(queries.map((query) => `SELECT * FROM events AS events JOIN (${query}\n) AS made`));
    judge.close();
    const accepted = queries.filter((_, index) => isQuery(verdicts[index] ?? {}));
    expect(accepted.length).toBeGreaterThan(count * 0.98);
    const wrong = await problemsOf(accepted);
    // Keywords stand for names in some of these texts, where no person puts them: two in a thousand may be misread.
    expect(wrong.length <= accepted.length * 0.002 ? [] : wrong.slice(0, 20)).toEqual([]);
  });
});
