import { isModule } from '../../server/src/workspace/fileUris';
import type { WorkspaceHost } from '../../server/src/workspace/host';

/** A workspace of texts, which counts what was asked of it. */
export class MemoryHost implements WorkspaceHost {
  private readonly texts: Map<string, string>;
  /** How often the files were listed. */
  listings = 0;
  /** How often each file was read. */
  readonly reads = new Map<string, number>();

  constructor(
    texts: Iterable<readonly [uri: string, text: string]>,
    readonly roots: readonly string[] = [workspaceRoot],
  ) {
    this.texts = new Map(texts);
  }

  listFiles(): Promise<readonly string[]> {
    this.listings++;
    return Promise.resolve([...this.texts.keys()].filter(isModule).sort());
  }

  readFile(uri: string): Promise<string | undefined> {
    this.reads.set(uri, (this.reads.get(uri) ?? 0) + 1);
    return Promise.resolve(this.texts.get(uri));
  }

  /** The file as it is on disk from now on; undefined for a file that is gone. */
  write(uri: string, text: string | undefined): void {
    if (text === undefined) this.texts.delete(uri);
    else this.texts.set(uri, text);
  }
}

export const workspaceRoot = 'file:///workspace';

/** The URI of a file of the workspace, by its path below the root. */
export function uriOf(path: string): string {
  return `${workspaceRoot}/${path}`;
}

export function pathOf(uri: string): string {
  return uri.slice(workspaceRoot.length + 1);
}
