// Sources as relations of a query: each as a template, and joined to what is there as a snippet.

import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import type { SqlWord } from './completion';
import { bestCandidates, type Candidate } from './completionCandidates';
import { columnsOfSource } from './completionColumns';
import type { CompletionData } from './completion';
import { lexicalContext } from './lexicalContext';
import { kindWords } from './resourceIds';
import { lettersOf } from './sqlKeywordCompletion';
import type { SqlNamesInScope } from './sqlNameCompletion';

/** Each asks for the columns of its source, which may mean to read a query. */
const MOST_JOINS = 10;

export interface SourcePlace {
  readonly snapshot: Snapshot;
  readonly file: FileSnapshot;
  /** In the file. */
  readonly offset: number;
  readonly word: SqlWord;
  readonly sql: string;
}

/** `{{name.variant}}` for every source that may be read here. */
export function sourceItems(place: SourcePlace, most: number): { readonly items: CompletionItem[]; readonly more: boolean } {
  const { word } = place;
  const { candidates, more } = candidatesAt(place, word.typed, most);
  const [open, close] = delimitersOf(place);
  const items = candidates.map((candidate, index) => {
    const newText = `${open}${candidate.label}${close}`;
    return {
      label: `{{${candidate.label}}}`,
      kind: CompletionItemKind.Reference,
      ...(detailOf(candidate) !== undefined && { detail: detailOf(candidate) }),
      sortText: `3${String(index).padStart(4, '0')}`,
      filterText: candidate.label,
      textEdit: { range: word.range, newText },
      ...dataOf(candidate),
    } as CompletionItem;
  });
  return { items, more };
}

/** `JOIN {{name.variant}} AS name ON …` where columns of the same name are known, otherwise with USING. */
export function joinItems(place: SourcePlace, names: SqlNamesInScope): CompletionItem[] {
  const { snapshot, word, sql } = place;
  if (word.typed !== '' && !'join'.startsWith(word.typed.toLowerCase())) return [];
  const relations = names.relations();
  const [open, close] = delimitersOf(place);
  const write = lettersOf(sql, word.typed);
  return candidatesAt(place, '', MOST_JOINS).candidates.flatMap((candidate, index): CompletionItem[] => {
    if (candidate.meaning.kind !== 'resource') return [];
    const { resource } = candidate.meaning;
    const alias = (resource.name.text ?? '').replaceAll(/\W+/g, '_').replace(/^(?=\d)/, '_');
    const known = columnsOfSource(snapshot, resource);
    const shared = relations.flatMap(({ qualifier, columns }) => {
      const own = new Set(columns.map((column) => column.toLowerCase()));
      const column = known.find(({ name }) => own.has(name.toLowerCase()))?.name;
      return column === undefined ? [] : [{ qualifier, column }];
    })[0];
    const condition =
      shared === undefined
        ? `${write('USING')} (\${2:column})`
        : shared.qualifier === undefined
          ? `${write('USING')} (${shared.column})`
          : `${write('ON')} ${shared.qualifier}.${shared.column} = \${1:${alias}}.${shared.column}`;
    const label = `${write('JOIN')} {{${candidate.label}}}`;
    return [
      {
        label,
        kind: CompletionItemKind.Snippet,
        detail: kindWords[resource.kind],
        sortText: `8${String(index).padStart(4, '0')}`,
        filterText: label,
        textEdit: {
          range: word.range,
          newText: `${write('JOIN')} ${open}${candidate.label}${close} ${write('AS')} \${1:${alias}} ${condition}`,
        },
        insertTextFormat: InsertTextFormat.Snippet,
        ...dataOf(candidate),
      },
    ];
  });
}

function candidatesAt({ snapshot, file, offset }: SourcePlace, typed: string, most: number): ReturnType<typeof bestCandidates> {
  const replace = { start: offset, end: offset };
  return bestCandidates(snapshot, file, { kind: 'template', name: undefined, replace, typed, closing: '' }, offset, most);
}

/** The braces as the query writes them; in an f-string two stand for one. */
function delimitersOf({ file, offset, sql }: SourcePlace): readonly [open: string, close: string] {
  if (/<<\s*[\w.:-]+\s*>>/.test(sql) && !sql.includes('{{')) return ['<<', '>>'];
  const formatted = lexicalContext(file.text, offset).string?.prefix.includes('f') === true;
  return formatted ? ['{{{{', '}}}}'] : ['{{', '}}'];
}

function detailOf({ meaning }: Candidate): string | undefined {
  if (meaning.kind === 'resource') return kindWords[meaning.resource.kind];
  return meaning.kind === 'alias' ? meaning.detail : undefined;
}

function dataOf({ meaning }: Candidate): { readonly data?: CompletionData } {
  return meaning.kind === 'resource' ? { data: { uri: meaning.resource.uri, order: meaning.resource.order } } : {};
}
