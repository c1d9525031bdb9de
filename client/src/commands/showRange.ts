import {
  NotebookEditorRevealType,
  NotebookRange,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
  type NotebookCell,
  type TextDocumentShowOptions,
  type TextEditor,
} from 'vscode';
import type { PlanRange } from '../../../shared/run/plan';

type ShowOptions = Pick<TextDocumentShowOptions, 'viewColumn' | 'preserveFocus' | 'preview'>;

/** Opens the document, or the notebook of a cell, with the range selected and in view. */
export async function showRange(uri: string, range: PlanRange, options: ShowOptions = {}): Promise<void> {
  const selection = toRange(range);
  const target = Uri.parse(uri);
  const cell = cellAt(target);
  const editor = cell === undefined ? await window.showTextDocument(target, { ...options, selection }) : await showCell(cell, options);
  if (editor === undefined) return;
  editor.selection = new Selection(selection.start, selection.end);
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

export function toRange({ start, end }: PlanRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function cellAt(uri: Uri): NotebookCell | undefined {
  const text = uri.toString();
  return workspace.notebookDocuments.flatMap((notebook) => notebook.getCells()).find(({ document }) => document.uri.toString() === text);
}

/** The editor of the cell is there as soon as the cell is drawn. */
async function showCell({ notebook, index, document }: NotebookCell, options: ShowOptions): Promise<TextEditor | undefined> {
  const range = new NotebookRange(index, index + 1);
  const editor = await window.showNotebookDocument(notebook, { ...options, selections: [range] });
  editor.revealRange(range, NotebookEditorRevealType.InCenterIfOutsideViewport);
  return window.visibleTextEditors.find((one) => one.document === document);
}
