// The functions of Spark SQL as completions, where an expression can begin.

import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import { functionsByName, sqlFunction, type SqlFunction } from '../sql/functions/functionTable';
import { functionTypes, type FunctionKind } from '../sql/functions/functionTypes';
import type { SqlWord } from './completion';
import { fuzzyScore } from './fuzzyMatch';
import { signatureText } from './sqlFunctionText';

interface FunctionData {
  readonly sqlFunction: string;
}

/** What `completionResolve` finds the function of an item by. */
export function sqlFunctionOf(data: unknown): SqlFunction | undefined {
  if (typeof data !== 'object' || data === null || !('sqlFunction' in data) || typeof data.sqlFunction !== 'string') return undefined;
  return sqlFunction(data.sqlFunction);
}

/** The functions of some kinds whose names what is typed may mean. */
export function sqlFunctionItems(kinds: readonly FunctionKind[], { typed, range, isOpen }: SqlWord, snippets: boolean): CompletionItem[] {
  if (kinds.length === 0) return [];
  const inCapitals = typed.length > 1 && typed === typed.toUpperCase();
  const found: CompletionItem[] = [];
  for (const [name, entry] of functionsByName()) {
    const [signature] = entry.signatures;
    if (signature?.isCall !== true || !kinds.includes(functionTypes(entry)?.kind ?? 'form')) continue;
    if (typed !== '' && fuzzyScore(typed, name) === undefined) continue;
    const label = inCapitals ? name.toUpperCase() : name;
    const call = snippets && !isOpen ? `${label}${snippetOf(entry)}` : label;
    found.push({
      label,
      kind: CompletionItemKind.Function,
      detail: signatureText(entry, name, signature),
      // What the text begins comes first, and names of the query and of sources before that.
      sortText: `5${name.startsWith(typed.toLowerCase()) ? 0 : 1}${name}`,
      filterText: label,
      textEdit: { range, newText: call },
      ...(call !== label && { insertTextFormat: InsertTextFormat.Snippet }),
      data: { sqlFunction: name } satisfies FunctionData,
    });
  }
  return found;
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
