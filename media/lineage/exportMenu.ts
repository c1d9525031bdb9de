// The drawing taken away: as a file that the user chooses, or on the clipboard.

import type { LineageExport, LineageExportFormat } from '../../shared/protocol/lineageView';
import { showMenu, type MenuItem } from '../shared/menu';
import { drawingMermaid, drawingPng, drawingSvg, type ExportedDrawing } from './exportDrawing';

export interface ExportMenuOptions {
  readonly anchor: HTMLElement;
  /** Undefined while there is none. */
  readonly drawing: ExportedDrawing | undefined;
  /** A name for the file, without its extension. */
  readonly name: string;
  /** @returns the file's name, null when the user chose none */
  readonly save: (file: LineageExport) => Promise<{ readonly file: string } | null>;
  readonly copy: (text: string) => void;
  readonly announce: (text: string) => void;
}

export function showExportMenu({ anchor, drawing, name, save, copy, announce }: ExportMenuOptions): void {
  const exportAs = async (format: LineageExportFormat): Promise<void> => {
    if (!drawing) return;
    try {
      const saved = await save({ format, name, content: await contentOf(drawing, format) });
      announce(saved === null ? '' : `Exported to ${saved.file}.`);
    } catch (error) {
      announce(`The export has failed: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  const entry = (label: string, run: () => void): MenuItem => ({ label, disabled: drawing === undefined, run });
  showMenu(
    'Export',
    [
      entry('SVG…', () => void exportAs('svg')),
      entry('PNG…', () => void exportAs('png')),
      entry('Mermaid…', () => void exportAs('mermaid')),
      'separator',
      entry('Copy as Mermaid', () => {
        if (drawing) copy(drawingMermaid(drawing));
      }),
    ],
    anchor,
    anchor,
  );
}

async function contentOf(drawing: ExportedDrawing, format: LineageExportFormat): Promise<string> {
  switch (format) {
    case 'svg':
      return drawingSvg(drawing);
    case 'png':
      return drawingPng(drawing);
    case 'mermaid':
      return drawingMermaid(drawing);
  }
}
