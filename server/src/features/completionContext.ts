// Which name somebody is typing: the slot under the cursor, and exactly which characters a completion takes the place of.

import { callables, methods, type CallableFact } from '../definitions/catalogue';
import type { ResourceType } from '../definitions/resources';
import type { Span } from '../text/span';
import type { Era } from '../workspace/snapshot';
import { lexicalContext, type LexicalContext, type OpenBracket, type OpenString } from './lexicalContext';

export type CompletionContext =
  /** Inside `{{…}}` or `<<…>>`; `name` is set behind a period. */
  | {
      readonly kind: 'template';
      readonly name: string | undefined;
      readonly replace: Span;
      readonly typed: string;
      readonly closing: string;
    }
  /** A string that names a resource. */
  | { readonly kind: 'name'; readonly type: ResourceType; readonly replace: Span; readonly typed: string }
  /** A string that is the variant of the name written before it. */
  | { readonly kind: 'variant'; readonly type: ResourceType; readonly name: string; readonly replace: Span; readonly typed: string }
  /** A string that is one of Featureform's value types. */
  | { readonly kind: 'valueType'; readonly replace: Span; readonly typed: string };

/** The slot at the offset; undefined where Sparkform has nothing to offer. Works on text that does not parse. */
export function completionContext(text: string, offset: number, era: Era): CompletionContext | undefined {
  const lexical = lexicalContext(text, offset);
  if (lexical.string === undefined || lexical.string.prefix.includes('b')) return undefined;
  return templateContext(text, offset, lexical.string) ?? stringContext(text, offset, lexical.string, lexical, era);
}

function templateContext(text: string, offset: number, string: OpenString): CompletionContext | undefined {
  const formatted = string.prefix.includes('f');
  const before = text.slice(string.contentStart, offset);
  for (const [plainOpen, plainClose] of [
    ['{{', '}}'],
    ['<<', '>>'],
  ] as const) {
    // In an f-string two braces stand for one.
    const doubled = formatted && plainOpen === '{{';
    const [open, close] = doubled ? ['{{{{', '}}}}'] : [plainOpen, plainClose];
    const at = before.lastIndexOf(open);
    if (at < 0) continue;
    const inner = before.slice(at + open.length);
    if (inner.includes(close.charAt(0)) || /[\r\n]/.test(inner.trimStart())) continue;
    // `a << 2` is an operator of SQL, not the beginning of a template.
    if (open === '<<' && /^\s/.test(inner)) continue;
    const period = inner.indexOf('.');
    const typed = (period < 0 ? inner : inner.slice(period + 1)).trimStart();
    const after = text.slice(offset, Math.max(offset, string.contentEnd));
    const rest = (period < 0 ? /^[\w.\-:]*/ : /^[\w\-:]*/).exec(after)?.[0] ?? '';
    return {
      kind: 'template',
      name: period < 0 ? undefined : inner.slice(0, period).trim(),
      replace: { start: offset - typed.length, end: offset + rest.length },
      typed,
      closing: missingClose(after.slice(rest.length), close, /^[ \t]/.test(inner)),
    };
  }
  return undefined;
}

/** What still has to be typed behind the id: nothing where the template is closed, one brace where one is there. */
function missingClose(after: string, close: string, spaced: boolean): string {
  const line = /^[^\r\n]*/.exec(after)?.[0] ?? '';
  const gap = /^[ \t]*/.exec(line)?.[0] ?? '';
  const mark = close.charAt(0);
  let present = 0;
  while (present < close.length && line.charAt(gap.length + present) === mark) present++;
  if (present === close.length) return '';
  if (present > 0) return gap === '' ? close.slice(present) : '';
  return spaced ? ` ${close}` : close;
}

function stringContext(text: string, offset: number, string: OpenString, lexical: LexicalContext, era: Era): CompletionContext | undefined {
  if (string.quote.length === 3 || string.prefix.includes('f')) return undefined;
  const slot = slotOf(text, lexical.brackets, era, string);
  if (slot === undefined) return undefined;
  const replace = { start: string.contentStart, end: partEnd(text, offset, string) };
  const typed = text.slice(string.contentStart, offset);
  if (slot === 'valueType') return { kind: 'valueType', replace, typed };
  if (slot.part === 'name') return { kind: 'name', type: slot.type, replace, typed };
  return slot.name === undefined ? undefined : { kind: 'variant', type: slot.type, name: slot.name, replace, typed };
}

/** A closed string is replaced whole; of an open one only the word under the cursor, since what follows is other code. */
function partEnd(text: string, offset: number, string: OpenString): number {
  // An open string may seem closed by the quote that opens the next one: then code stands in between.
  const isWhole = string.closed && !/[,()[\]{}=:]/.test(text.slice(offset, string.contentEnd));
  if (isWhole) return string.contentEnd;
  return offset + (/^[\w.-]*/.exec(text.slice(offset, string.contentEnd))?.[0].length ?? 0);
}

type Slot = 'valueType' | { readonly type: ResourceType; readonly part: 'name' | 'variant'; readonly name?: string } | undefined;

const listTypes: Readonly<Record<string, ResourceType>> = { inputs: 'source', features: 'feature', label: 'label', labels: 'label' };
const nameTypes: Readonly<Record<string, ResourceType>> = {
  entity: 'entity',
  provider: 'provider',
  inference_store: 'provider',
  offline_store: 'provider',
  vector_db: 'provider',
};

/** What the string directly inside the innermost bracket stands for. */
function slotOf(text: string, brackets: readonly OpenBracket[], era: Era, string: OpenString): Slot {
  const inner = brackets.at(-1);
  if (inner === undefined) return undefined;
  const outer = brackets.slice(0, -1);
  if (inner.open === '(' && inner.callee === undefined) return tupleSlot(text, inner, outer, era);
  if (inner.open === '[') {
    const type = listType(text, brackets, era);
    return type === undefined ? undefined : { type, part: 'name' };
  }
  if (inner.open === '{') return dictSlot(text, inner, outer, era);
  const argument = argumentOf(text, inner, era);
  const callee = lastName(inner.callee);
  if (argument === undefined || callee === undefined) return undefined;
  if (argument === 'type' || argument === 'value_type') return isKeyword(text, inner, string) ? 'valueType' : undefined;
  const nameType = nameTypes[argument] ?? (argument === 'label' ? 'label' : undefined);
  if (nameType !== undefined) return { type: nameType, part: 'name' };
  return getterSlot(text, inner, callee, argument, era);
}

function tupleSlot(text: string, tuple: OpenBracket, outer: readonly OpenBracket[], era: Era): Slot {
  const type = listType(text, outer, era);
  if (type === undefined) return undefined;
  if (tuple.itemStarts.length === 1) return { type, part: 'name' };
  const name = tuple.itemStarts.length === 2 ? stringItem(text, tuple, 0) : undefined;
  return name === undefined ? undefined : { type, part: 'variant', name };
}

/** `{"name": …, "variant": …}` and lags in a training set's features; `"type"` of register_resources. */
function dictSlot(text: string, dict: OpenBracket, outer: readonly OpenBracket[], era: Era): Slot {
  const entries = dict.itemStarts.map((start, index) => ({
    key: /^\s*["'](\w+)["']\s*:/.exec(text.slice(start, dict.itemStarts[index + 1] ?? text.length))?.[1],
    value: /^\s*["']\w+["']\s*:\s*["']([^"'\n]*)/.exec(text.slice(start, dict.itemStarts[index + 1] ?? text.length))?.[1],
  }));
  const key = entries.at(-1)?.key;
  const call = lastName(outer.findLast((bracket) => bracket.callee !== undefined)?.callee);
  if (call === 'register_resources') return key === 'type' ? 'valueType' : undefined;
  const type = listType(text, outer, era);
  if (type === undefined) return undefined;
  const isLag = entries.some((entry) => entry.key === 'feature');
  if (key === 'feature' || (key === 'name' && !isLag)) return { type, part: 'name' };
  const name = entries.find((entry) => entry.key === 'feature')?.value ?? entries.find((entry) => entry.key === 'name')?.value;
  return key === 'variant' && name !== undefined ? { type, part: 'variant', name } : undefined;
}

/** The type of what a list holds, by the argument or the variable it is the value of. */
function listType(text: string, brackets: readonly OpenBracket[], era: Era): ResourceType | undefined {
  for (const bracket of brackets.toReversed()) {
    if (bracket.open === '{') return undefined;
    if (bracket.callee !== undefined) {
      const callee = lastName(bracket.callee);
      if (callee === 'register_resources') return undefined;
      const argument = argumentOf(text, bracket, era);
      if (callee === 'features' && argument === 'features') return 'feature';
      return argument === undefined ? undefined : listTypes[argument];
    }
    if (bracket.assigned !== undefined && bracket.open === '[') {
      const word = /(inputs|features|label)s?$/i.exec(bracket.assigned)?.[1]?.toLowerCase();
      return word === undefined ? undefined : listTypes[word];
    }
  }
  return undefined;
}

/** Calls that name one resource and its variant: `ff.get_source("name", "variant")`. */
function getterSlot(text: string, call: OpenBracket, callee: string, argument: string, era: Era): Slot {
  const type = getterType(callee);
  if (type === undefined) return undefined;
  if (argument === 'name' || argument === 'source') return { type, part: 'name' };
  if (argument !== 'variant') return undefined;
  const at = call.itemStarts.findIndex((_, index) => ['name', 'source'].includes(argumentOf(text, call, era, index) ?? ''));
  const name = at < 0 ? undefined : stringItem(text, call, at);
  return name === undefined ? undefined : { type, part: 'variant', name };
}

function getterType(callee: string): ResourceType | undefined {
  if (callee === 'get_source' || callee === 'dataframe' || callee === 'location') return 'source';
  if (callee === 'get_entity') return 'entity';
  if (callee === 'training_set' || callee === 'get_training_set') return 'training-set';
  if (callee === 'get_feature') return 'feature';
  if (callee === 'get_label') return 'label';
  if (callee === 'get_model') return 'model';
  return /^get_(spark|kubernetes|redis|dynamodb|mongodb|pinecone|cassandra|firestore|postgres|clickhouse|snowflake|snowflake_legacy|redshift|bigquery|blob_store|s3|gcs|hdfs|provider|spark_aws)$/.test(
    callee,
  )
    ? 'provider'
    : undefined;
}

/** The name of the argument that is the item of a call under the cursor (or at `index`), by keyword or by position. */
function argumentOf(text: string, call: OpenBracket, era: Era, index = call.itemStarts.length - 1): string | undefined {
  const start = call.itemStarts[index];
  if (start === undefined) return undefined;
  const keyword = /^\s*([A-Za-z_]\w*)\s*=(?!=)/.exec(text.slice(start, call.itemStarts[index + 1] ?? start + 200))?.[1];
  if (keyword !== undefined) return keyword;
  const callee = lastName(call.callee);
  if (callee === undefined) return undefined;
  const known = factNamed(callee, era)?.parameters[index]?.name;
  return known ?? (getterType(callee) === undefined ? (callee === 'features' ? 'features' : undefined) : ['name', 'variant'][index]);
}

const methodOwners = [
  'OfflineSparkProvider',
  'ColumnSourceRegistrar',
  'ResourceRegistrar',
  'SubscriptableTransformation',
  'OfflineSQLProvider',
];

function factNamed(name: string, era: Era): CallableFact | undefined {
  return callables(era).find((fact) => fact.name === name) ?? methodNamed(name, era);
}

/** The method of that name that people call most, where the object is not known. */
export function methodNamed(name: string, era: Era): CallableFact | undefined {
  return methodOwners.flatMap((owner) => methods(owner, era)).find((fact) => fact.name.endsWith(`.${name}`));
}

/** The text of an item that is one plain string, with or without its keyword. */
function stringItem(text: string, bracket: OpenBracket, index: number): string | undefined {
  const start = bracket.itemStarts[index];
  const end = bracket.itemStarts[index + 1];
  if (start === undefined || end === undefined) return undefined;
  const item = /^\s*(?:\w+\s*=\s*)?(?:"(?<double>[^"\\\n]*)"|'(?<single>[^'\\\n]*)')\s*,$/.exec(text.slice(start, end));
  return item?.groups?.['double'] ?? item?.groups?.['single'];
}

function isKeyword(text: string, call: OpenBracket, string: OpenString): boolean {
  return /^\s*\w+\s*=/.test(text.slice(call.itemStarts.at(-1) ?? string.contentStart, string.contentStart));
}

function lastName(callee: string | undefined): string | undefined {
  return callee?.slice(callee.lastIndexOf('.') + 1);
}
