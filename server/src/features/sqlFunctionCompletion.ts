// The functions of Spark SQL as completions, where an expression can begin.

import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import { functionsByName, sqlFunction, type SqlFunction } from '../sql/functions/functionTable';
import { functionTypes, type FunctionKind } from '../sql/functions/functionTypes';
import type { FileSnapshot } from '../workspace/snapshot';
import type { CompletionOptions } from './completion';
import { fuzzyScore } from './fuzzyMatch';
import { rangeOf } from './ranges';
import { canBeginExpression, sqlCursor } from './sqlCalls';
import { signatureText } from './sqlFunctionText';
import { sqlTextAt } from './sqlTextAt';

interface FunctionData {
  readonly sqlFunction: string;
}

/** What `completionResolve` finds the function of an item by. */
export function sqlFunctionOf(data: unknown): SqlFunction | undefined {
  if (typeof data !== 'object' || data === null || !('sqlFunction' in data) || typeof data.sqlFunction !== 'string') return undefined;
  return sqlFunction(data.sqlFunction);
}

export function sqlFunctionItems(file: FileSnapshot, offset: number, { snippets = false }: CompletionOptions): CompletionItem[] {
  const place = sqlTextAt(file, offset);
  if (place === undefined) return [];
  const { inside, before } = sqlCursor(place.text.value, place.offset);
  const kinds = inside === 'code' ? kindsBehind(before) : [];
  if (kinds.length === 0) return [];
  const typed = /[A-Za-z_]\w*$/.exec(file.text.slice(Math.max(0, offset - 100), offset))?.[0] ?? '';
  // What an editor asks of itself when a source may follow is no question for functions.
  if (typed === '' && /[{<."']/.test(file.text.charAt(offset - 1))) return [];
  const rest = /^\w*/.exec(file.text.slice(offset, offset + 100))?.[0] ?? '';
  const range = rangeOf(file.lines, { start: offset - typed.length, end: offset + rest.length });
  const isOpen = /^\s*\(/.test(file.text.slice(offset + rest.length, offset + rest.length + 20));
  const inCapitals = typed.length > 1 && typed === typed.toUpperCase();
  const found: CompletionItem[] = [];
  for (const [name, entry] of functionsByName()) {
    const [signature] = entry.signatures;
    if (signature?.isCall !== true || !kinds.includes(functionTypes(entry)?.kind ?? 'form')) continue;
    const score = fuzzyScore(typed, name);
    if (typed !== '' && score === undefined) continue;
    const label = inCapitals ? name.toUpperCase() : name;
    const call = snippets && !isOpen ? `${label}${snippetOf(entry)}` : label;
    found.push({
      label,
      kind: CompletionItemKind.Function,
      detail: signatureText(entry, name, signature),
      // What the text begins comes first, and names of resources before that.
      sortText: `5${name.startsWith(typed.toLowerCase()) ? 0 : 1}${name}`,
      filterText: label,
      textEdit: { range, newText: call },
      ...(call !== label && { insertTextFormat: InsertTextFormat.Snippet }),
      data: { sqlFunction: name } satisfies FunctionData,
    });
  }
  return found;
}

/** Which functions can stand behind a word or a sign: rows and tables in FROM, and values in expressions. */
function kindsBehind(before: string): readonly FunctionKind[] {
  if (before === 'FROM' || before === 'JOIN') return ['table'];
  if (before === 'VIEW' || before === 'OUTER' || before === 'LATERAL') return ['generator'];
  return canBeginExpression(before) ? ['scalar', 'aggregate', 'window', 'generator'] : [];
}

/** The parentheses with a place for each argument that must be given. */
function snippetOf({ signatures: [signature] }: SqlFunction): string {
  const required = (signature?.parameters ?? []).filter(({ optional }) => !optional);
  let text = '';
  required.forEach(({ name, separator }, index) => {
    text += `${index === 0 ? '' : separator === ',' ? ', ' : ` ${separator} `}\${${index + 1}:${name}}`;
  });
  return required.length === 0 && (signature?.parameters.length ?? 0) > 0 ? '($1)' : `(${text})`;
}
