// Writing the drawing of the lineage, or its Mermaid text, to a file that the user chooses.

import { Uri, commands, window, workspace } from 'vscode';
import type { LineageExport, LineageExportFormat } from '../../../shared/protocol/lineageView';
import { writeWholeFile } from './writeWholeFile';

const fileTypes: Readonly<Record<LineageExportFormat, { readonly label: string; readonly extension: string }>> = {
  svg: { label: 'SVG', extension: 'svg' },
  png: { label: 'PNG', extension: 'png' },
  mermaid: { label: 'Mermaid', extension: 'mmd' },
};

/** @returns null when the user chose no file. */
export async function exportLineage({ format, name, content }: LineageExport): Promise<{ readonly file: string } | null> {
  const { label, extension } = fileTypes[format];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    title: `Export Lineage as ${label}`,
    filters: { [label]: [extension] },
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, `${fileNameOf(name)}.${extension}`) }),
  });
  if (target === undefined) return null;
  await writeWholeFile(target, Buffer.from(content, format === 'png' ? 'base64' : 'utf8'));
  const file = target.path.slice(target.path.lastIndexOf('/') + 1);
  void offerToOpen(target, file);
  return { file };
}

async function offerToOpen(target: Uri, file: string): Promise<void> {
  const open = 'Open';
  if ((await window.showInformationMessage(`The lineage was written to “${file}”.`, open)) === open)
    await commands.executeCommand('vscode.open', target);
}

/** Ids may hold what no file name does. */
function fileNameOf(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '');
  return safe === '' ? 'lineage' : safe.slice(0, 120);
}
