// Measures the parser of Spark SQL: the first query of a process, and queries of the length people write, beside Spark's own parser.

import { execFileSync } from 'node:child_process';
import { parseSql } from '../../server/src/sql/parser';
import { readCorpus } from '../sql/corpus';
import { openJudge } from '../sql/judge';
import { percentile, rounded, type Row } from './table';

/** Where the parser alone is bundled, for a process that loads nothing else. */
const parserBundle = process.argv[2] ?? '';
const longest = readCorpus('')
  .map(({ text }) => text)
  .filter((text) => text.split('\n').length >= 9);

async function main(): Promise<void> {
  const [sample = ''] = longest;
  const cold = Array.from({ length: 9 }, () => {
    const program = `const start = performance.now(); const { parseSql } = require(${JSON.stringify(parserBundle)});
      const loaded = performance.now(); parseSql(${JSON.stringify(sample)}); console.log(JSON.stringify([loaded - start, performance.now() - loaded]))`;
    return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })) as [load: number, first: number];
  });
  const medianOf = (times: number[]): number =>
    percentile(
      times.sort((a, b) => a - b),
      0.5,
    );
  for (let round = 0; round < 50; round++) for (const text of longest) parseSql(text);
  const warm = longest.map((text) => bestOf(9, () => parseSql(text))).sort((a, b) => a - b);
  const spark = await measureSpark();
  const row: Row = {
    queries: longest.length,
    'characters, median': percentile(
      longest.map(({ length }) => length).sort((a, b) => a - b),
      0.5,
    ),
    'load, ms': rounded(medianOf(cold.map(([load]) => load))),
    'first query, ms': rounded(medianOf(cold.map(([, first]) => first))),
    'warm median, ms': rounded(percentile(warm, 0.5), 3),
    'warm p99, ms': rounded(percentile(warm, 0.99), 3),
    "Spark's own, mean of a warm batch, ms": rounded(spark, 3),
    ratio: rounded(warm.reduce((sum, time) => sum + time, 0) / warm.length / spark, 3),
  };
  process.stdout.write(JSON.stringify([row]));
}

/** Milliseconds a query in Spark's parser, which has parsed them often before; the way there and back is part of it. */
async function measureSpark(): Promise<number> {
  const judge = await openJudge();
  const times: number[] = [];
  for (let round = 0; round < 20; round++) {
    const start = performance.now();
    await judge.judge(longest);
    times.push((performance.now() - start) / longest.length);
  }
  judge.close();
  return Math.min(...times);
}

function bestOf(times: number, run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

void main();
