// Keywords, types and hints of Spark SQL as completions, in the letters that the query is written in.

import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import type { SqlWord } from './completion';
import { fuzzyScore } from './fuzzyMatch';

/** What stands behind a keyword that is offered, so that one choice does for the parentheses as well. */
const SNIPPETS: Readonly<Record<string, string>> = {
  OVER: 'OVER (${1:PARTITION BY} $0)',
  USING: 'USING (${1:column})',
  FILTER: 'FILTER (WHERE $1)',
  'WITHIN GROUP': 'WITHIN GROUP (ORDER BY $1)',
};

export function keywordItems(keywords: readonly string[], word: SqlWord, sql: string, snippets: boolean): CompletionItem[] {
  const write = lettersOf(sql, word.typed);
  return keywords.flatMap((keyword, index): CompletionItem[] => {
    if (!beginsLike(word.typed, keyword)) return [];
    const label = write(keyword);
    const snippet = snippets && !word.isOpen ? SNIPPETS[keyword] : undefined;
    return [
      {
        label,
        kind: CompletionItemKind.Keyword,
        sortText: `7${String(index).padStart(3, '0')}`,
        filterText: label,
        textEdit: { range: word.range, newText: snippet === undefined ? label : snippet.replace(/\b[A-Z]{2,}\b/g, write) },
        ...(snippet !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
      },
    ];
  });
}

/** A word of the keyword begins with what is typed, or the first letter and some of the others are there: `oby` for ORDER BY. */
function beginsLike(typed: string, keyword: string): boolean {
  if (typed === '') return true;
  const score = fuzzyScore(typed, keyword);
  return score !== undefined && (score <= 1 || keyword.charAt(0) === typed.charAt(0).toUpperCase());
}

const HABIT = /\b(?:select|from|where|join|on|as|and|or|group|order|by|with|left|inner|union|having|limit|case|when|then|end)\b/gi;

/** Capital letters that are typed stay; otherwise keywords look as most of those of the query do, or else as what is typed. */
export function lettersOf(sql: string, typed: string): (keyword: string) => string {
  const lower = (text: string): string => text.toLowerCase();
  const upper = (text: string): string => text.toUpperCase();
  if (typed.length > 1 && typed === typed.toUpperCase()) return upper;
  let capitals = 0;
  let smalls = 0;
  for (const [word] of sql.matchAll(HABIT)) {
    if (word === typed) continue;
    if (word === word.toUpperCase()) capitals++;
    else smalls++;
  }
  if (capitals !== smalls) return capitals > smalls ? upper : lower;
  return typed === '' || typed === typed.toUpperCase() ? upper : lower;
}

/** The types of a cast, the most usual first; places in those that take parameters. */
const TYPES: readonly (readonly [label: string, snippet?: string])[] = [
  ['STRING'],
  ['INT'],
  ['BIGINT'],
  ['DOUBLE'],
  ['BOOLEAN'],
  ['DATE'],
  ['TIMESTAMP'],
  ['DECIMAL', 'DECIMAL(${1:10}, ${2:2})'],
  ['FLOAT'],
  ['TIMESTAMP_NTZ'],
  ['BINARY'],
  ['SMALLINT'],
  ['TINYINT'],
  ['ARRAY', 'ARRAY<${1:STRING}>'],
  ['MAP', 'MAP<${1:STRING}, ${2:STRING}>'],
  ['STRUCT', 'STRUCT<${1:name}: ${2:STRING}>'],
  ['INTERVAL DAY TO SECOND'],
  ['INTERVAL YEAR TO MONTH'],
];

const HINTS: readonly (readonly [label: string, snippet?: string])[] = [
  ['BROADCAST', 'BROADCAST(${1:relation})'],
  ['MERGE', 'MERGE(${1:relation})'],
  ['SHUFFLE_HASH', 'SHUFFLE_HASH(${1:relation})'],
  ['SHUFFLE_REPLICATE_NL', 'SHUFFLE_REPLICATE_NL(${1:relation})'],
  ['COALESCE', 'COALESCE(${1:partitions})'],
  ['REPARTITION', 'REPARTITION(${1:partitions})'],
  ['REPARTITION_BY_RANGE', 'REPARTITION_BY_RANGE(${1:column})'],
  ['REBALANCE', 'REBALANCE(${1:column})'],
];

export function typeItems(word: SqlWord, sql: string, snippets: boolean): CompletionItem[] {
  return wordItems(TYPES, CompletionItemKind.TypeParameter, word, sql, snippets);
}

export function hintItems(word: SqlWord, sql: string, snippets: boolean): CompletionItem[] {
  return wordItems(HINTS, CompletionItemKind.Keyword, word, sql, snippets);
}

function wordItems(
  words: readonly (readonly [label: string, snippet?: string])[],
  kind: CompletionItemKind,
  word: SqlWord,
  sql: string,
  snippets: boolean,
): CompletionItem[] {
  const write = lettersOf(sql, word.typed);
  return words.flatMap(([name, snippet], index): CompletionItem[] => {
    if (!beginsLike(word.typed, name)) return [];
    const label = write(name);
    const places = snippets && !word.isOpen && snippet !== undefined;
    const newText = places ? snippet.replace(/\b[A-Z_]{2,}\b/g, write) : label;
    return [
      {
        label,
        kind,
        sortText: `3${String(index).padStart(3, '0')}`,
        filterText: label,
        textEdit: { range: word.range, newText },
        ...(places && { insertTextFormat: InsertTextFormat.Snippet }),
      },
    ];
  });
}
