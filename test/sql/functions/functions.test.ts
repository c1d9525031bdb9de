// The catalogue of Spark's functions, judged by the local Spark: every name, every example, and the types of a sample of calls. The
// sample is the same unless SPARKFORM_SEED or SPARKFORM_CALLS ask for another or a larger one.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { commonType } from '../../../server/src/sql/functions/commonType';
import { functionsByName, sqlFunction, type SqlFunction } from '../../../server/src/sql/functions/functionTable';
import { functionTypes, type SignatureTypes } from '../../../server/src/sql/functions/functionTypes';
import { resultType, typeLetter } from '../../../server/src/sql/functions/resultType';
import { localEnvironment } from '../../support/localRuns';

interface SampledCall {
  readonly name: string;
  readonly signature: number;
  readonly full: boolean;
  readonly types: readonly (string | null)[];
  /** Null where Spark refuses the call. */
  readonly result: string | null;
  readonly query: string;
}

interface Answers {
  readonly names: readonly string[];
  readonly wrong: readonly string[];
  readonly calls: readonly SampledCall[];
  readonly common: readonly (readonly [string, string, string | null])[];
}

const seed = process.env['SPARKFORM_SEED'] ?? '1';
const calls = process.env['SPARKFORM_CALLS'] ?? '800';
/** Written as forms of the grammar, which Spark does not list as functions. */
const forms = ['interval', 'percentile_cont', 'percentile_disc', 'timestampadd', 'timestampdiff', 'try_cast'];

let spark: Answers;
beforeAll(async () => {
  const { python, javaHome } = await localEnvironment();
  const { stdout } = await promisify(execFile)(python, ['-B', join(import.meta.dirname, 'sample_functions.py'), seed, calls], {
    env: { ...process.env, JAVA_HOME: javaHome },
    maxBuffer: 1 << 26,
  });
  spark = JSON.parse(stdout) as Answers;
}, 300_000);

describe('the catalogue and Spark', () => {
  test('know the same names', () => {
    expect([...functionsByName().keys()].filter((name) => !forms.includes(name)).toSorted()).toEqual(spark.names);
  });

  test('agree that every example is true', () => {
    expect(spark.wrong).toEqual([]);
  });

  test('widen each pair of types to the same', () => {
    expect(spark.common.filter(([a, b, type]) => commonType(a, b) !== (type ?? undefined)).map((one) => one.join(' '))).toEqual([]);
  });

  test('give calls the same types', () => {
    const wrong = spark.calls.flatMap((call) => {
      const found = resultOf(call);
      return call.result === null || found === undefined || found === call.result ? [] : [`${call.query}: ${found}, not ${call.result}`];
    });
    expect(wrong).toEqual([]);
    // The rules are worth something only if they mostly answer.
    const taken = spark.calls.filter(({ result }) => result !== null);
    const unanswered = taken.filter((call) => resultOf(call) === undefined);
    expect(taken.length).toBeGreaterThan(spark.calls.length / 3);
    expect(unanswered.length).toBeLessThan(taken.length / 8);
  });

  test('take and refuse the same types', () => {
    const wrong = spark.calls.flatMap(({ name, signature, full, types, result, query }) => {
      const observed = typesOf(name, signature);
      const accepts = full ? observed.fullAccepts : observed.accepts;
      // Shorter calls give fewer arguments, and longer ones give what is repeated again.
      const letters = types.slice(0, full ? accepts.length : undefined).map((type) => (type === null ? undefined : typeLetter(type)));
      const independent = accepts.every((accepted) => accepted !== '~');
      if (!independent || types.length > accepts.length) return [];
      const fits = letters.every((letter, at) => letter === undefined || accepts[at] === '*' || accepts[at]?.includes(letter) === true);
      return fits === (result !== null) ? [] : [`${query}: ${fits ? 'taken' : 'refused'} here, ${result ?? 'refused'} by Spark`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('the tables', () => {
  const entries = [...new Set(functionsByName().values())];

  test('name each function once', () => {
    const names = entries.flatMap((entry) => entry.names);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('hold a sentence on each function, and types of each call', () => {
    expect(entries.filter(({ summary }) => !/^[A-Z0-9-].*[.]$/.test(summary) && !/^[a-z]+\(/.test(summary)).map(nameOf)).toEqual([]);
    const unobserved = entries.filter((entry) => {
      const observed = functionTypes(entry)?.signatures ?? [];
      const called = entry.signatures.filter(({ isCall }) => isCall);
      return observed.length !== called.length || called.some(({ parameters }, at) => observed[at]?.accepts.length !== parameters.length);
    });
    expect(unobserved.map(nameOf)).toEqual([]);
  });

  test('read signatures with what is optional, repeated and separated by words', () => {
    const [overlay] = sqlFunction('OVERLAY')?.signatures ?? [];
    expect(overlay?.parameters.map(({ name, type, optional }) => [name, type, optional])).toEqual([
      ['input', 'string or binary', false],
      ['replace', 'string or binary', false],
      ['pos', 'int', false],
      ['len', 'int', true],
    ]);
    const decode = sqlFunction('decode')?.signatures[1];
    expect(decode?.repeated).toEqual({ start: 1, end: 3 });
    expect(decode?.text).toBe('(expr: T, search: T, result: R, ..., [default: R])');
    const cast = sqlFunction('cast')?.signatures[0];
    expect(cast?.parameters.map(({ name, separator, literal }) => [name, separator, literal])).toEqual([
      ['expr', ',', false],
      ['type', 'AS', true],
    ]);
  });
});

function resultOf({ name, signature, full, types }: SampledCall): string | undefined {
  const observed = typesOf(name, signature);
  const known = types.map((type) => type ?? undefined);
  return resultType(full ? observed.fullResult : observed.result, known);
}

function typesOf(name: string, signature: number): SignatureTypes {
  const entry = sqlFunction(name);
  const observed = entry === undefined ? undefined : functionTypes(entry)?.signatures[signature];
  if (observed === undefined) throw new Error(`no types of ${name}`);
  return observed;
}

function nameOf({ names }: SqlFunction): string {
  return names[0] ?? '';
}
