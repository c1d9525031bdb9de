// What stands behind the period of `ff.` and of an object that a registration made, here or in a file that is imported from: functions,
// types, methods.

import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind, type Range } from 'vscode-languageserver-types';
import { callables, fact, methods, scalarTypes, type CallableFact } from '../definitions/catalogue';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import type { CompletionOptions } from './completion';
import { fuzzyScore } from './fuzzyMatch';
import { lexicalContext } from './lexicalContext';
import { rangeOf } from './ranges';
import { importedFile } from './pythonImports';
import { isModule } from './registrationSignature';

export function memberItems(
  snapshot: Snapshot,
  file: FileSnapshot,
  offset: number,
  { snippets = false, roots = [] }: CompletionOptions,
): CompletionItem[] {
  if (!file.definitions.isDefinitionFile) return [];
  const { text } = file;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [, object, typed] = /(?<![\w.)\]"'])([A-Za-z_]\w*)\.(\w*)$/.exec(line) ?? [];
  if (object === undefined || typed === undefined) return [];
  const { comment, string } = lexicalContext(text, offset);
  if (comment || string !== undefined) return [];
  const rest = /^\w*/.exec(text.slice(offset, offset + 100))?.[0] ?? '';
  const end = offset + rest.length;
  const range = rangeOf(file.lines, { start: offset - typed.length, end });
  const isOpen = text.charAt(end) === '(';
  const decorates = /^\s*@/.test(line);
  const ofModule = isModule(text, object);
  const facts = ofModule ? callables(snapshot.era) : methodsOf(snapshot, roots, file, object);
  const found = facts
    // What decorates stands behind an @ and nowhere else, and other calls do not.
    .filter((one) => (one.decorator === true) === decorates)
    .map((one): CompletionItem => itemOf(one, range, snippets && !isOpen));
  if (ofModule && !decorates) found.push(...typeItems(range, /type\s*=\s*\w+\.\w*$/.test(line)));
  return found.filter(({ label }) => typed === '' || fuzzyScore(typed, label) !== undefined);
}

function itemOf(one: CallableFact, range: Range, places: boolean): CompletionItem {
  const label = one.name.slice(one.name.indexOf('.') + 1);
  const kind =
    one.owner !== undefined ? CompletionItemKind.Method : /^[A-Z]/.test(label) ? CompletionItemKind.Class : CompletionItemKind.Function;
  // `@ff.entity` decorates without a call.
  const isCalled = places && !(one.decorator === true && one.parameters.every(({ name }) => name === 'cls'));
  return {
    label,
    kind,
    sortText: `2${label}`,
    filterText: label,
    ...(one.returns !== undefined && { detail: one.returns }),
    documentation: { kind: MarkupKind.Markdown, value: one.summary },
    textEdit: { range, newText: !isCalled ? label : one.parameters.length === 0 ? `${label}()` : `${label}($0)` },
    ...(isCalled && { insertTextFormat: InsertTextFormat.Snippet }),
  };
}

function typeItems(range: Range, areMeant: boolean): CompletionItem[] {
  return [...scalarTypes].flatMap(([label, text], index): CompletionItem[] =>
    text === ''
      ? []
      : [
          {
            label,
            kind: CompletionItemKind.EnumMember,
            detail: `"${text}"`,
            sortText: `${areMeant ? 1 : 3}${index}`,
            filterText: label,
            textEdit: { range, newText: label },
          },
        ],
  );
}

/** Imports of imports that are followed. */
const MOST_IMPORTS = 8;

/** The methods of what a variable of the file's top level holds, which is the result of a registration. */
function methodsOf(
  snapshot: Snapshot,
  roots: readonly string[],
  file: FileSnapshot,
  name: string,
  imports = MOST_IMPORTS,
): readonly CallableFact[] {
  let found: readonly CallableFact[] = [];
  for (const statement of file.module.body) {
    if (statement.kind === 'assign') {
      const { value, targets } = statement;
      if (value === undefined || !targets.some((target) => target.kind === 'name' && target.name === name)) continue;
      const made = file.definitions.registrations.find(({ span }) => span.start === value.span.start && span.end === value.span.end);
      const className = made === undefined ? undefined : fact(made.callable, snapshot.era)?.returns;
      found = className === undefined ? [] : methods(className, snapshot.era);
    } else if (statement.kind === 'importFrom' && imports > 0) {
      const imported = statement.names.find((one) => one.name === '*' || (one.alias ?? one.name) === name);
      const uri = imported && importedFile(snapshot, roots, file.uri, statement.module, statement.level);
      const home = uri === undefined ? undefined : snapshot.files.get(uri);
      if (imported === undefined || home === undefined) continue;
      const there = methodsOf(snapshot, roots, home, imported.name === '*' ? name : imported.name, imports - 1);
      if (imported.name !== '*' || there.length > 0) found = there;
    }
  }
  return found;
}
