// The notebooks of a workspace as they lie on the disk. The core reads their cells as Python; whoever shows a place in one to a
// person asks here where it stands in the file.

import { isNotebook } from './fileUris';
import type { WorkspaceHost } from './host';
import { type NotebookFile, readNotebookFile } from './notebookFile';

export class NotebookFiles {
  private readonly files = new Map<string, NotebookFile>();

  /** The notebook as it was read last. */
  get(uri: string): NotebookFile | undefined {
    return this.files.get(uri);
  }

  /** The same files, the text of a notebook being that of its cells. */
  around(host: WorkspaceHost): WorkspaceHost {
    return {
      roots: host.roots,
      listFiles: () => host.listFiles(),
      includes: (uri) => host.includes?.(uri) ?? Promise.resolve(true),
      openTrees: () => host.openTrees?.() ?? Promise.resolve(undefined),
      readFile: async (uri) => {
        const raw = await host.readFile(uri);
        if (raw === undefined || !isNotebook(uri)) return raw;
        const file = readNotebookFile(uri, raw);
        this.files.set(uri, file);
        return file.text;
      },
    };
  }
}
