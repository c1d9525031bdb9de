// The notebooks that the client has open, followed message by message: which cells they have, in which order, and what stands
// in them. For the rest of the server a notebook is one document, whose text is that of its Python cells.

import { type Connection, type NotebookDocumentSyncOptions, NotebookCellKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { joinCells } from '../languageService';
import { canonicalUri } from '../workspace/fileUris';

export const notebookSync: NotebookDocumentSyncOptions = {
  notebookSelector: [{ notebook: 'jupyter-notebook', cells: [{ language: 'python' }] }],
};

export interface OpenNotebook {
  /** As the client spells it. */
  readonly uri: string;
  readonly text: string;
  /** Its cells of Python, in order. */
  readonly cells: readonly OpenCell[];
}

export interface OpenCell {
  readonly uri: string;
  /** The line of the notebook's text on which the cell begins, and how many it has. */
  readonly firstLine: number;
  readonly lineCount: number;
}

export interface NotebookEvents {
  /** A notebook was opened, or anything in it changed. `uri` is that of the core. */
  readonly onChange: (uri: string, notebook: OpenNotebook) => void;
  readonly onClose: (uri: string, notebook: OpenNotebook) => void;
}

/** What the client sent of a notebook. */
interface Followed {
  readonly uri: string;
  cells: readonly { readonly kind: NotebookCellKind; readonly document: string }[];
  readonly documents: Map<string, TextDocument>;
}

export class OpenNotebooks {
  private readonly followed = new Map<string, Followed>();
  private readonly current = new Map<string, OpenNotebook>();
  /** The URI of the notebook of each cell. */
  private readonly homes = new Map<string, string>();

  constructor(private readonly events: NotebookEvents) {}

  /** By the URI of the core. */
  get all(): ReadonlyMap<string, OpenNotebook> {
    return this.current;
  }

  /** The notebook that a cell belongs to, by the URI of the core. */
  homeOf(cell: string): string | undefined {
    return this.homes.get(cell);
  }

  listen({ notebooks: { synchronization } }: Connection): void {
    synchronization.onDidOpenNotebookDocument(({ notebookDocument: { uri, cells }, cellTextDocuments }) => {
      const documents = new Map<string, TextDocument>();
      for (const one of cellTextDocuments) documents.set(one.uri, TextDocument.create(one.uri, one.languageId, one.version, one.text));
      this.followed.set(uri, { uri, cells, documents });
      this.changed(uri);
    });
    synchronization.onDidChangeNotebookDocument(({ notebookDocument: { uri }, change: { cells: change } }) => {
      const notebook = this.followed.get(uri);
      if (notebook === undefined || change === undefined) return;
      const { documents } = notebook;
      if (change.structure !== undefined) {
        const { array, didClose = [], didOpen = [] } = change.structure;
        notebook.cells = notebook.cells.toSpliced(array.start, array.deleteCount, ...(array.cells ?? []));
        for (const one of didClose) documents.delete(one.uri);
        for (const one of didOpen) documents.set(one.uri, TextDocument.create(one.uri, one.languageId, one.version, one.text));
      }
      for (const { document, changes } of change.textContent ?? []) {
        const known = documents.get(document.uri);
        if (known !== undefined) documents.set(document.uri, TextDocument.update(known, changes, document.version));
      }
      const kinds = new Map(change.data?.map((cell) => [cell.document, cell]));
      if (kinds.size > 0) notebook.cells = notebook.cells.map((cell) => kinds.get(cell.document) ?? cell);
      this.changed(uri);
    });
    synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri } }) => {
      const core = canonicalUri(uri);
      const notebook = this.current.get(core);
      this.followed.delete(uri);
      this.current.delete(core);
      for (const { uri: cell } of notebook?.cells ?? []) this.homes.delete(cell);
      if (notebook !== undefined) this.events.onClose(core, notebook);
    });
  }

  private changed(uri: string): void {
    const core = canonicalUri(uri);
    for (const cell of this.current.get(core)?.cells ?? []) this.homes.delete(cell.uri);
    const notebook = openNotebook(this.followed.get(uri) ?? { uri, cells: [], documents: new Map() });
    for (const cell of notebook.cells) this.homes.set(cell.uri, core);
    this.current.set(core, notebook);
    this.events.onChange(core, notebook);
  }
}

function openNotebook({ uri, cells, documents }: Followed): OpenNotebook {
  const written = cells.flatMap(({ kind, document }) => {
    const text = kind === NotebookCellKind.Code ? documents.get(document) : undefined;
    return text?.languageId === 'python' ? [text] : [];
  });
  const joined = joinCells(written.map((document) => document.getText()));
  const whole = TextDocument.create(uri, 'python', 0, joined.text);
  return {
    uri,
    text: joined.text,
    cells: written.map((document, index) => ({
      uri: document.uri,
      firstLine: whole.positionAt(joined.cells[index]?.start ?? 0).line,
      lineCount: document.lineCount,
    })),
  };
}
