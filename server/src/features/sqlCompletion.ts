// Completion in the query of a definition: what may stand at the cursor, asked of all who know something of the kind.

import type { CompletionItem, CompletionList } from 'vscode-languageserver-types';
import { sqlSlotAt, type SqlSlot } from '../sql/completionContext';
import type { FunctionKind } from '../sql/functions/functionTypes';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import type { CompletionOptions, SqlWord } from './completion';
import { rangeOf } from './ranges';
import { enclosingResource } from './resourceAt';
import { sqlFunctionItems } from './sqlFunctionCompletion';
import { hintItems, keywordItems, typeItems } from './sqlKeywordCompletion';
import { SqlNamesInScope } from './sqlNameCompletion';
import { joinItems, sourceItems } from './sqlSourceCompletion';
import { sqlTextAt } from './sqlTextAt';

export function sqlCompletion(
  snapshot: Snapshot,
  file: FileSnapshot,
  offset: number,
  { snippets = false }: CompletionOptions,
  most: number,
): CompletionList {
  const place = sqlTextAt(file, offset);
  const sql = place?.text.value ?? '';
  const slot = place === undefined ? undefined : sqlSlotAt(sql, place.offset);
  const word = slot === undefined ? undefined : wordAt(file, offset);
  if (place === undefined || slot === undefined || word === undefined || isAskedForNames(file, offset, word, slot)) {
    return { isIncomplete: false, items: [] };
  }
  const items: CompletionItem[] = [];
  const around = { snapshot, file, offset, word, sql };
  // A natural or a cross join has no condition.
  const joins = snippets && slot.keywords.includes('JOIN') && !/\b(?:natural|cross)(?:\s+\w+)*\s+$/i.test(sql.slice(0, slot.word.start));
  const names = slot.wants !== undefined || joins ? new SqlNamesInScope(snapshot, enclosingResource(file, offset), sql, slot) : undefined;
  if (names !== undefined && slot.wants !== undefined) items.push(...names.items(word));
  let more = false;
  if (slot.wants === 'relation') {
    const sources = sourceItems(around, most);
    items.push(...sources.items);
    more = sources.more;
  }
  if (slot.wants === 'type') items.push(...typeItems(word, sql, snippets));
  if (slot.wants === 'hint') items.push(...hintItems(word, sql, snippets));
  items.push(...sqlFunctionItems(functionKinds(slot), word, snippets));
  items.push(...keywordItems(slot.keywords, word, sql, snippets));
  if (joins && names !== undefined) items.push(...joinItems(around, names));
  return { isIncomplete: more, items };
}

/** The word under the cursor as the file writes it. */
function wordAt(file: FileSnapshot, offset: number): SqlWord {
  const typed = /\w*$/.exec(file.text.slice(Math.max(0, offset - 100), offset))?.[0] ?? '';
  const rest = /^\w*/.exec(file.text.slice(offset, offset + 100))?.[0] ?? '';
  const end = offset + rest.length;
  return {
    typed,
    range: rangeOf(file.lines, { start: offset - typed.length, end }),
    isOpen: /^\s*\(/.test(file.text.slice(end, end + 20)),
  };
}

/** What an editor asks of itself behind a brace or a quotation mark is meant for names of sources, but for an empty query. */
function isAskedForNames(file: FileSnapshot, offset: number, { typed }: SqlWord, { keywords, qualifier }: SqlSlot): boolean {
  if (typed !== '') return false;
  const before = file.text.charAt(offset - 1);
  if (before === '.') return qualifier.length === 0;
  return /[{<]/.test(before) || (/["']/.test(before) && keywords[0] !== 'SELECT');
}

/** Which functions can stand here: rows and tables in FROM, values in expressions, aggregates where rows are grouped. */
function functionKinds({ wants, clause }: SqlSlot): readonly FunctionKind[] {
  switch (wants) {
    case 'relation':
      return ['table'];
    case 'tableFunction':
      return ['table', 'generator'];
    case 'generator':
      return ['generator'];
    case 'expression':
      return clause === 'where' || clause === 'on' ? ['scalar'] : ['scalar', 'aggregate', 'window', 'generator'];
    default:
      return [];
  }
}
