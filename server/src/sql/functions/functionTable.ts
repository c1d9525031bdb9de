// The built-in functions of Spark SQL 3.5 and the forms of its grammar that read like functions: how they are called, and in a
// sentence what they give. What Spark itself answers about their types stands in observedTypes, read by functionTypes.ts.
//
// A table holds a function a line: its names, its signatures behind one another with `; ` between, a sentence, and an example that
// is true, with ` | ` between. In a signature `[x: int]` may be left out, `...` repeats what stands before it (`...2` the last
// two), capital letters such as T stand for any type, the same wherever they stand, and `~` gives a sample of what must be
// written as a literal. A signature without parentheses around it is a form of the grammar.

import type { Span } from '../../text/span';
import { aggregateFunctions } from './aggregateFunctions';
import { collectionFunctions } from './collectionFunctions';
import { dateFunctions } from './dateFunctions';
import { mathFunctions } from './mathFunctions';
import { otherFunctions } from './otherFunctions';
import { stringFunctions } from './stringFunctions';

export interface SqlFunction {
  /** All names in small letters, the most usual first. */
  readonly names: readonly string[];
  readonly signatures: readonly SqlSignature[];
  readonly summary: string;
  /** An expression that is true. */
  readonly example?: string;
}

export interface SqlSignature {
  /** As people read it, without the name: `(str: string, [n: int])`; a form of the grammar is whole. */
  readonly text: string;
  readonly isCall: boolean;
  readonly parameters: readonly SqlParameter[];
  /** The parameters that may be given again and again, as indices. */
  readonly repeated?: Span;
}

export interface SqlParameter {
  readonly name: string;
  /** A word before the name that belongs to the form: LEADING, DISTINCT. */
  readonly prefix?: string;
  /** As people read it; empty for `*`. */
  readonly type: string;
  readonly optional: boolean;
  /** True where Spark wants it written out, not computed from columns. */
  readonly literal: boolean;
  /** What stands between it and the parameter before. */
  readonly separator: string;
  /** Where it stands in the text of the signature. */
  readonly span: Span;
}

/** Words that separate the arguments of some forms as commas do elsewhere. */
export const separatorWords: ReadonlySet<string> = new Set(['AS', 'FROM', 'FOR', 'IN', 'PLACING']);
/** Words that begin an argument. */
export const prefixWords: ReadonlySet<string> = new Set(['DISTINCT', 'BOTH', 'LEADING', 'TRAILING']);

let byName: ReadonlyMap<string, SqlFunction> | undefined;

/** The function of a name, in whatever case it is written. */
export function sqlFunction(name: string): SqlFunction | undefined {
  return functionsByName().get(name.toLowerCase());
}

/** Every function under each of its names. */
export function functionsByName(): ReadonlyMap<string, SqlFunction> {
  byName ??= new Map(readTables().flatMap((entry) => entry.names.map((name) => [name, entry])));
  return byName;
}

function readTables(): readonly SqlFunction[] {
  const tables = [aggregateFunctions, collectionFunctions, dateFunctions, mathFunctions, otherFunctions, stringFunctions];
  return tables.flatMap((table) => table.trim().split('\n').map(readLine));
}

function readLine(line: string): SqlFunction {
  const [names = '', signatures = '', summary = '', example] = line.split(' | ');
  return {
    names: names.split(' '),
    signatures: signatures.split(/; (?=\()/).map(readSignature),
    summary,
    ...(example !== undefined && { example }),
  };
}

const sample = / ~(?:'[^']*'|\w+\('[^)]*\)|[\w.]+)/g;

function readSignature(written: string): SqlSignature {
  const text = written.replace(sample, '').replace(/\.\.\.\d/, '...');
  if (!text.startsWith('(')) return { text, isCall: false, parameters: [] };
  const literals = new Set([...written.matchAll(/(\w+): [^:~[\]]* ~/g)].map((match) => match[1]));
  const parameters: SqlParameter[] = [];
  let repeated: Span | undefined;
  let optional = false;
  for (const { start, end, separator } of itemsOf(text, 1, closingOf(text))) {
    const item = text.slice(start, end);
    if (item.startsWith('...')) {
      repeated = { start: parameters.length - Number(/\.\.\.(\d)/.exec(written)?.[1] ?? 1), end: parameters.length };
      continue;
    }
    if (item.startsWith('[')) optional = true;
    const span = { start: item.startsWith('[') ? start + 1 : start, end: item.endsWith(']') ? end - 1 : end };
    parameters.push(readParameter(text, span, { optional, separator, literals }));
    if (item.endsWith(']')) optional = false;
  }
  return { text, isCall: true, parameters, ...(repeated !== undefined && { repeated }) };
}

function readParameter(
  text: string,
  span: Span,
  {
    optional,
    separator,
    literals,
  }: { readonly optional: boolean; readonly separator: string; readonly literals: ReadonlySet<string | undefined> },
): SqlParameter {
  const [words = '', type = ''] = text.slice(span.start, span.end).split(': ');
  const name = words.slice(words.lastIndexOf(' ') + 1);
  const prefix = words.slice(0, -name.length).trim();
  return { name, ...(prefix !== '' && { prefix }), type, optional, literal: literals.has(name), separator, span };
}

interface Item extends Span {
  readonly separator: string;
}

/** The parts between commas and separating words, outside all brackets but those of what is optional. */
function itemsOf(text: string, from: number, to: number): readonly Item[] {
  const items: Item[] = [];
  let depth = 0;
  let start = from;
  let separator = ',';
  const close = (end: number): void => {
    const item = text.slice(start, end);
    const trimmed = item.trim();
    const first = start + item.indexOf(trimmed);
    if (trimmed !== '') items.push({ start: first, end: first + trimmed.length, separator });
  };
  for (const { 0: token, index } of text.slice(from, to).matchAll(/->|[(<>),]|(?<= )[A-Z]{2,}(?= )/g)) {
    const at = from + index;
    if (token === '(' || token === '<') depth++;
    else if (token === ')' || token === '>') depth--;
    else if (depth === 0 && (token === ',' || separatorWords.has(token))) {
      close(at);
      start = at + token.length;
      separator = token;
    }
  }
  close(to);
  return items;
}

/** The offset of the parenthesis that closes the first one. */
function closingOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}
