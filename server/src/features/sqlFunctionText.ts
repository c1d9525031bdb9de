// What people read of a function of Spark SQL: its signatures, what they give, and where Spark describes it.

import type { SqlFunction, SqlSignature } from '../sql/functions/functionTable';
import { functionTypes, type FunctionTypes, type ResultRule } from '../sql/functions/functionTypes';
import { splitTypes } from '../sql/functions/commonType';
import { typeOfLetter } from '../sql/functions/resultType';
import { code } from './resourceMarkdown';

/** The list of functions that Spark publishes with the release whose catalogue this is. */
const SPARK_LIST = 'https://spark.apache.org/docs/3.5.0/api/sql/index.html';

/** `upper(str: string) → string`: a signature under one of the names, with its result where that is one type or that of an argument. */
export function signatureText(entry: SqlFunction, name: string, signature: SqlSignature): string {
  if (!signature.isCall) return signature.text;
  const rule = resultRule(functionTypes(entry), entry, signature);
  const result = rule === undefined || notable(rule).length > 0 ? undefined : ruleText(rule, signature);
  return `${name}${signature.text}${result === undefined ? '' : ` → ${result}`}`;
}

/** Everything known of a function, as Markdown. */
export function sqlFunctionMarkdown(entry: SqlFunction, name: string): string {
  const types = functionTypes(entry);
  const written = name.toLowerCase();
  const at = entry.names.indexOf(written);
  const others = entry.names.filter((one) => one !== written);
  const since = types?.since[at] ?? '';
  return [
    fenced(entry.signatures.map((signature) => signatureText(entry, written, signature)).join('\n')),
    entry.summary,
    ...resultNotes(entry, types),
    ...(entry.example === undefined ? [] : [`For example, this is true:\n\n${fenced(entry.example)}`]),
    [
      kindWords[types?.kind ?? 'form'],
      ...(others.length === 0 ? [] : [`also ${others.map(code).join(', ')}`]),
      ...(since === '' ? [] : [`since Spark ${since}`]),
      ...(since === '' ? [] : [`[Spark's list of functions](${SPARK_LIST}#${written})`]),
    ].join(' · '),
  ].join('\n\n');
}

const kindWords: Readonly<Record<FunctionTypes['kind'], string>> = {
  scalar: 'Function',
  aggregate: 'Aggregate function',
  window: 'Window function',
  generator: 'Function that makes rows',
  table: 'Function that makes a table',
  form: 'Part of the grammar',
};

function fenced(sql: string): string {
  return `\`\`\`sql\n${sql}\n\`\`\``;
}

function resultRule(types: FunctionTypes | undefined, { signatures }: SqlFunction, signature: SqlSignature): ResultRule | undefined {
  return types?.signatures[signatures.filter(({ isCall }) => isCall).indexOf(signature)]?.fullResult;
}

/** Results that differ from what the signatures show, where they can be told in a few words. */
function resultNotes(entry: SqlFunction, types: FunctionTypes | undefined): readonly string[] {
  const notes = entry.signatures.flatMap((signature) => {
    const rule = resultRule(types, entry, signature);
    const exceptions = rule === undefined ? [] : notable(rule);
    if (rule === undefined || exceptions.length === 0) return [];
    if (exceptions.length > MOST_EXCEPTIONS) return ['Result: follows from the types of the arguments.'];
    return [
      `Result: ${[ruleText(rule, signature), ...exceptions.map(([result, names]) => `${result} for ${names.join(', ')}`)].join('; ')}.`,
    ];
  });
  return [...new Set(notes)];
}

const MOST_EXCEPTIONS = 6;

/** The exceptions of a rule by result, those for nulls and nested samples left out. */
function notable({ exceptions }: ResultRule): readonly (readonly [string, readonly string[]])[] {
  const byResult = new Map<string, string[]>();
  for (const [key, result] of exceptions) {
    const type = typeOfLetter(key);
    if (type === 'void' || (type === undefined && !key.includes('+')) || key.split('+').includes('V') || type?.includes('<') === true)
      continue;
    const name = type?.startsWith('decimal') === true ? (result.includes('p') ? 'decimal(p,s)' : 'decimal') : (type ?? key);
    byResult.set(result, [...(byResult.get(result) ?? []), name]);
  }
  return [...byResult].filter(([result]) => result !== '?');
}

function ruleText({ rule, written }: ResultRule, signature: SqlSignature): string | undefined {
  if (written) return writtenText(rule, signature);
  return rule
    .split(' || ')
    .filter((one, _, all) => all.length === 1 || suits(one, signature))
    .map((one) => placeText(one, signature))
    .join(' or ');
}

function writtenText(rule: string, signature: SqlSignature): string | undefined {
  const [what = '', argument] = rule.split(' $');
  if (argument === undefined) return what === '' ? undefined : what;
  const name = signature.parameters[Number(argument) - 1]?.name ?? '';
  return what === 'type' ? name : `${what} ${name}`;
}

function placeText(rule: string, signature: SqlSignature): string {
  if (rule.startsWith('c(')) return signature.parameters[Number(/\d/.exec(rule)?.[0] ?? 1) - 1]?.type ?? '';
  if (rule.startsWith('w(')) {
    const parts = splitTypes(rule.slice(2, -1)).map((part) => placeText(part, signature).replace(/^type of /, ''));
    return `common type of ${[...new Set(parts)].join(', ')}`;
  }
  if (rule.startsWith('$')) {
    const [number = '', ...steps] = rule.slice(1).split('.');
    const name = parameterName(signature, Number(number) - 1);
    return steps.length === 0
      ? `type of ${name}`
      : `${steps
          .map((step) => stepWords[step] ?? 'field')
          .toReversed()
          .join(' of ')} of ${name}`;
  }
  return rule.replace(/[wc]\([^()]*\)|\$\d(?:\.\w)*/g, (part) => placeText(part, signature)).replaceAll(',', ', ');
}

/** False for the key of an array, which one of several rules for arrays and maps may ask for. */
function suits(rule: string, { parameters }: SqlSignature): boolean {
  const [, number, step] = /\$(\d)\.(\w)/.exec(rule) ?? [];
  const type = parameters[Number(number) - 1]?.type ?? '';
  return step === undefined || type.includes(step === 'e' ? 'array' : 'map');
}

const stepWords: Readonly<Record<string, string>> = { e: 'element', k: 'key', v: 'value' };

/** Rules count the arguments of a call in which what may be repeated is given twice. */
function parameterName({ parameters, repeated }: SqlSignature, at: number): string {
  if (repeated === undefined || at < repeated.end) return parameters[at]?.name ?? '';
  return parameters[at - (repeated.end - repeated.start)]?.name ?? '';
}
