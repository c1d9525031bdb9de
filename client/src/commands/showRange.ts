import { Range, TextEditorRevealType, Uri, window } from 'vscode';
import type { PlanRange } from '../../../shared/run/plan';

/** Opens the document with the range selected and in view. */
export async function showRange(uri: string, range: PlanRange): Promise<void> {
  const selection = toRange(range);
  const editor = await window.showTextDocument(Uri.parse(uri), { selection });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

export function toRange({ start, end }: PlanRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
