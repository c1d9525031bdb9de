// Offers to format SQL. Python has formatters of its own, which a formatter of documents would compete with: here it is an action.

import { type CodeAction, CodeActionKind } from 'vscode-languageserver-types';
import type { Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { formatting, type FormattingOptions } from './formatting';
import { rangeOf } from './ranges';

/** Formats the queries of a file; editors run it on save when asked to. */
export const formatSqlKind = `${CodeActionKind.Source}.formatSql`;

/** Formats the queries that a selection touches, or the one at the cursor. */
const rewriteKind = `${CodeActionKind.RefactorRewrite}.formatSql`;

/** `only` are the kinds that the editor asked for, if it asked for any in particular. */
export function formatActions(
  file: FileSnapshot,
  selection: Span,
  options: FormattingOptions,
  only: readonly string[] | undefined,
): readonly CodeAction[] {
  const wants = (kind: string): boolean => only?.some((one) => kind === one || kind.startsWith(`${one}.`)) ?? true;
  const action = (kind: string, within?: Span): readonly CodeAction[] => {
    const edits = formatting(file, options, within && [rangeOf(file.lines, within)]);
    return edits.length === 0 ? [] : [{ title: 'Format SQL', kind, edit: { changes: { [file.uri]: [...edits] } } }];
  };
  return [
    ...(wants(rewriteKind) ? action(rewriteKind, selection) : []),
    // An editor that asks for nothing in particular shows what is possible at the cursor.
    ...(only !== undefined && wants(formatSqlKind) ? action(formatSqlKind) : []),
  ];
}
