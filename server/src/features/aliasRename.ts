// Renames the parameter by which the templates of a query name an input: the parameter and those templates.

import type { Resource } from '../definitions/resources';
import { touches, type Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { pythonBinding } from './pythonBinding';
import { isPythonName } from './pythonWords';
import { rangeOf } from './ranges';
import type { RenameAnswer, RenameOptions } from './rename';
import { findDifference } from './renameCheck';
import { documentAfter, editsByUri, editsOfText, type SourceEdit } from './textEdits';
import { unknownUse } from './textUses';

export interface Alias {
  readonly resource: Resource;
  readonly name: string;
  /** Of the parameter. */
  readonly nameSpan: Span;
}

/** The alias under the cursor, as a parameter or in a template, with its place there. */
export function aliasAt(file: FileSnapshot, offset: number): { readonly alias: Alias; readonly span: Span } | undefined {
  for (const resource of file.definitions.resources) {
    const { sql, inputs, function: made } = resource;
    if (sql === undefined || made === undefined) continue;
    for (const [index, { name, nameSpan }] of made.parameters.entries()) {
      if (inputs?.elements?.[index] === undefined) continue;
      const alias = { resource, name, nameSpan };
      if (touches(nameSpan, offset)) return { alias, span: nameSpan };
      for (const text of templatesOf(alias)) {
        const here = text
          .sourceRanges({ start: 0, end: name.length })
          .find((range) => range.uri === file.uri && touches(range.span, offset));
        if (here !== undefined) return { alias, span: here.span };
      }
    }
  }
  return undefined;
}

export function aliasRename(
  snapshot: Snapshot,
  uri: string,
  alias: Alias,
  newName: string,
  { roots, imagine, annotated }: RenameOptions,
): RenameAnswer {
  const refused = (reason: string): RenameAnswer => ({
    kind: 'refused',
    reason: `the parameter "${alias.name}" cannot be renamed: ${reason}`,
  });
  if (!isPythonName(newName)) return refused(`"${newName}" is no name of Python`);
  const binding = pythonBinding(snapshot, roots, uri, alias.nameSpan, alias.name);
  const conflict = binding?.conflict(newName);
  if (binding === undefined || conflict !== undefined) return refused(`"${newName}" means something else in this function`);
  const edits: SourceEdit[] = binding.places.map((place) => ({ ...place, newText: newName }));
  for (const text of templatesOf(alias)) {
    const own = editsOfText(snapshot, text, newName);
    if (own === undefined) return refused('a template that names it is put together from parts that cannot be changed so');
    if (own.some((edit) => unknownUse(snapshot, roots, edit) !== undefined)) return refused('the query is also used elsewhere');
    edits.push(...own);
  }
  const distinct = [...new Map(edits.map((edit) => [`${edit.uri}#${edit.span.start}`, edit])).values()];
  const perFile = editsByUri(distinct);
  const texts = new Map([...perFile].map(([one, list]) => [one, documentAfter(snapshot.files.get(one)?.text ?? '', list)]));
  const nothing = { type: 'source', part: 'name', name: '', variant: '' } as const;
  const difference = findDifference(snapshot, imagine(texts), { target: nothing, newText: '', edits: perFile, texts: new Set() });
  if (difference !== undefined) return refused(difference);
  const changes = [...perFile].flatMap(([one, list]) => {
    const lines = snapshot.files.get(one)?.lines;
    return lines === undefined ? [] : [[one, list.map(({ span, newText }) => ({ range: rangeOf(lines, span), newText }))] as const];
  });
  if (!annotated) return { kind: 'edit', edit: { changes: Object.fromEntries(changes) } };
  return {
    kind: 'edit',
    edit: { documentChanges: changes.map(([one, list]) => ({ textDocument: { uri: one, version: null }, edits: list })) },
  };
}

/** The texts within the braces of the templates that name the alias. */
function templatesOf({ resource: { sql }, name }: Alias): readonly NonNullable<Resource['sql']>['text'][] {
  const own = sql?.scan.templates.filter(({ parts, inner }) => parts.length === 1 && inner === name) ?? [];
  return own.flatMap(({ innerSpan }) => (sql === undefined ? [] : [sql.text.slice(innerSpan.start, innerSpan.end)]));
}
