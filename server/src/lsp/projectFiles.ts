// The problems of `sparkform.json`. They are always sent: clients ask for those of Python documents only.

import type { Connection } from 'vscode-languageserver/node';
import { projectDiagnostics } from '../languageService';
import type { LoadedProject } from '../nodeProject';

export class ProjectFiles {
  /** By folder, the file that problems were sent of. */
  private readonly shown = new Map<string | undefined, string>();

  constructor(
    private readonly connection: Connection,
    private readonly onFailure: (cause: unknown) => void,
  ) {}

  /** The project of a folder was read; undefined when the folder is no longer open. */
  show(folder: string | undefined, project: LoadedProject | undefined): void {
    const before = this.shown.get(folder);
    const file = project?.file;
    const diagnostics = file === undefined ? [] : [...projectDiagnostics(file.text, project?.problems ?? [])];
    if (before !== undefined && before !== file?.uri) this.send(before, []);
    if (file !== undefined && (diagnostics.length > 0 || before === file.uri)) this.send(file.uri, diagnostics);
    if (file !== undefined && diagnostics.length > 0) this.shown.set(folder, file.uri);
    else this.shown.delete(folder);
  }

  private send(uri: string, diagnostics: ReturnType<typeof projectDiagnostics>): void {
    this.connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] }).catch(this.onFailure);
  }
}
