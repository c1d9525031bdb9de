import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { LineIndex } from '../../server/src/text/lineIndex';

/** The edits of each document of a workspace edit, in whichever form it has them. */
export function editsOf(edit: WorkspaceEdit): ReadonlyMap<string, readonly TextEdit[]> {
  const found = new Map<string, readonly TextEdit[]>(Object.entries(edit.changes ?? {}));
  for (const change of edit.documentChanges ?? []) {
    if (!('edits' in change)) throw new Error(`expected edits of texts, not "${change.kind}"`);
    found.set(
      change.textDocument.uri,
      change.edits.filter((one): one is TextEdit => 'newText' in one),
    );
  }
  return found;
}

/** The text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  const placed = edits.map(({ range, newText }) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end), newText }));
  placed.sort((a, b) => b.start - a.start);
  let result = text;
  let before = text.length;
  for (const { start, end, newText } of placed) {
    if (end > before) throw new Error(`two edits overlap at ${start}`);
    result = result.slice(0, start) + newText + result.slice(end);
    before = start;
  }
  return result;
}
