// The keywords of a call of Featureform's API as completions, each with its default.

import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver-types';
import type { ParameterFact } from '../definitions/catalogue';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import type { CompletionOptions } from './completion';
import { fuzzyScore } from './fuzzyMatch';
import { lexicalContext, type OpenBracket } from './lexicalContext';
import { rangeOf } from './ranges';
import { factOf } from './registrationSignature';

export function argumentItems(
  snapshot: Snapshot,
  file: FileSnapshot,
  offset: number,
  { snippets = false }: CompletionOptions,
): CompletionItem[] {
  if (!file.definitions.isDefinitionFile) return [];
  const { text } = file;
  const { comment, string, brackets } = lexicalContext(text, offset);
  const call = brackets.at(-1);
  if (comment || string !== undefined || call?.open !== '(' || call.callee === undefined) return [];
  const items = itemsOf(text, call, offset);
  const written = /^\s*(\w*)$/.exec(items.at(-1) ?? '')?.[1];
  const called = written === undefined ? undefined : factOf(snapshot, file, call);
  if (called === undefined || written === undefined) return [];
  const rest = /^\w*/.exec(text.slice(offset))?.[0] ?? '';
  const end = offset + rest.length;
  const hasValue = /^\s*=(?!=)/.test(text.slice(end, end + 20));
  const before = items.slice(0, -1).map((item) => /^\s*([A-Za-z_]\w*)\s*=(?!=)/.exec(item)?.[1]);
  const given = new Set([...before, ...keywordsBehind(text, end)]);
  const positional = before.filter((name) => name === undefined).length;
  const range = rangeOf(file.lines, { start: offset - written.length, end });
  return called.parameters.flatMap((parameter, index): CompletionItem[] => {
    const { name, note, required, ignored } = parameter;
    if (index < positional || given.has(name) || (written !== '' && fuzzyScore(written, name) === undefined)) return [];
    const newText = hasValue ? name : `${name}=${snippets ? valueOf(parameter) : ''}`;
    return [
      {
        label: `${name}=`,
        kind: CompletionItemKind.Property,
        detail: detailOf(parameter),
        sortText: `${ignored === true ? 2 : required ? 0 : 1}${String(index).padStart(2, '0')}`,
        filterText: name,
        textEdit: { range, newText },
        ...(snippets && !hasValue && { insertTextFormat: InsertTextFormat.Snippet }),
        ...(note !== undefined && { documentation: { kind: MarkupKind.Markdown, value: note } }),
      },
    ];
  });
}

/** The texts of the arguments up to the cursor, the last one without the comments in front of it. */
function itemsOf(text: string, { itemStarts }: OpenBracket, offset: number): readonly string[] {
  return itemStarts.map((start, index) => text.slice(start, itemStarts[index + 1] ?? offset).replaceAll(/^\s*#[^\n]*\n/gm, ''));
}

const BEHIND = /(["'])(?:\\.|(?!\1)[^\\\n])*\1|[([{]|[)\]}]|(?<![\w.])([A-Za-z_]\w*)\s*=(?!=)|\n(?=[@\w])/g;

/** The keywords that are given behind the cursor, up to the end of the call or to a line that is no part of it. */
function keywordsBehind(text: string, from: number): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  for (const [token, , keyword] of text.slice(from, from + 4000).matchAll(BEHIND)) {
    if (token === '\n') break;
    if (/^[([{]$/.test(token)) depth++;
    else if (/^[)\]}]$/.test(token) && depth-- === 0) break;
    else if (keyword !== undefined && depth === 0) found.push(keyword);
  }
  return found;
}

function detailOf({ type, default: written, required, ignored }: ParameterFact): string {
  const parts = [type ?? '', ...(required || written === undefined ? [] : [`= ${written}`])].filter((part) => part !== '');
  return ignored === true ? `${parts.join(' ')} (without effect)` : parts.join(' ');
}

/** The default with places to fill in: between the quotation marks of texts, inside lists and dictionaries, or for all of it. */
function valueOf({ type = '', default: written }: ParameterFact): string {
  if (written === undefined) {
    if (/^str\b/.test(type)) return '"$1"';
    return /^(?:list|tuple)\b/.test(type) ? (type.startsWith('list') ? '[$1]' : '($1)') : '$1';
  }
  let place = 0;
  const quoted = written.replaceAll('""', () => `"$${++place}"`);
  if (place > 0) return quoted;
  const isEmpty = written === 'None';
  if (written === '[]' || (isEmpty && type.startsWith('list'))) return '[$1]';
  if (written === '{}' || (isEmpty && type.startsWith('dict'))) return '{$1}';
  return `\${1:${written.replaceAll(/[$}\\]/g, String.raw`\$&`)}}`;
}
