// Writes `{{a.b}}` as `<<a.b>>` and back: the one under the cursor, or all of the query.

import { CodeActionKind } from 'vscode-languageserver-types';
import type { Module } from '../../python/ast';
import type { TextEdit } from '../../rules/rule';
import { scanTemplates, type Template } from '../../sql/templates';
import type { MappedText } from '../../text/mappedText';
import { type Span, touches } from '../../text/span';
import { isQueryFile } from '../../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';
import { bracesIn } from './pythonLiterals';
import { queryDefinitionAt, type Refactoring, writtenAt } from './refactoring';

/** Templates of one query that are rewritten together; a query of more was not written by a person. */
const MOST = 500;
const CLOSING = { '{{': '}}', '<<': '>>' } as const;

export function convertTemplates(snapshot: Snapshot, file: FileSnapshot, selection: Span): readonly Refactoring[] {
  const query = queryDefinitionAt(snapshot, file, selection);
  const here = query?.sql.scan.templates.find(({ span }) => touches(span, query.offset));
  if (query === undefined || here === undefined) return [];
  const { text, scan } = query.sql;
  const open = here.open === '{{' ? '<<' : '{{';
  const same = scan.templates.filter((template) => template.open === here.open);
  const actions = [{ title: `Write "${open}${here.inner}${CLOSING[open]}"`, templates: [here] }];
  if (same.length > 1 && same.length <= MOST)
    actions.push({ title: `Write every template of the query with "${open}${CLOSING[open]}"`, templates: same });
  return actions.map(({ title, templates }): Refactoring => {
    const kind = CodeActionKind.RefactorRewrite;
    if (!staysTemplates(text.value, templates, open))
      return { title, kind, disabled: `between "<<" and ">>" there is room for a name alone` };
    const edits = templates.flatMap((template) => editsOf(file, text, template, open) ?? []);
    if (edits.length < 2 * templates.length) return { title, kind, disabled: 'the query is put together from several texts' };
    return { title, kind, edits };
  });
}

/** Whether all of them are found again in the new form. */
function staysTemplates(sql: string, templates: readonly Template[], open: '{{' | '<<'): boolean {
  const pieces: string[] = [];
  let at = 0;
  for (const { span } of templates) {
    pieces.push(sql.slice(at, span.start), open, sql.slice(span.start + 2, span.end - 2), CLOSING[open]);
    at = span.end;
  }
  pieces.push(sql.slice(at));
  const found = new Map(scanTemplates(pieces.join('')).templates.map((template) => [template.span.start, template]));
  return templates.every(({ span, inner }) => {
    const one = found.get(span.start);
    return one?.open === open && one.inner === inner;
  });
}

function editsOf(file: FileSnapshot, text: MappedText, { span }: Template, open: '{{' | '<<'): readonly TextEdit[] | undefined {
  const ends = [
    { at: { start: span.start, end: span.start + 2 }, newText: open },
    { at: { start: span.end - 2, end: span.end }, newText: CLOSING[open] },
  ];
  const edits = ends.map(({ at, newText }): TextEdit | undefined => {
    const written = writtenAt(text, at, file.uri);
    const doubled = open === '{{' && written !== undefined ? areBracesDoubled(file, written) : false;
    if (written === undefined || doubled === undefined) return undefined;
    return { uri: file.uri, span: written, newText: doubled ? newText.repeat(2) : newText };
  });
  const known = edits.filter((edit) => edit !== undefined);
  return known.length === edits.length ? known : undefined;
}

function areBracesDoubled({ uri, module }: FileSnapshot & { readonly module: Module }, span: Span): boolean | undefined {
  if (isQueryFile(uri)) return false;
  const braces = bracesIn(module, span);
  return braces === 'unknown' ? undefined : braces === 'doubled';
}
