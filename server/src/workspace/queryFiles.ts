// The files of SQL that definitions read. Nobody lists them: a file belongs to the workspace as soon as a definition reads it.

import type { Module } from '../python/ast';
import type { Value } from '../python/values';
import type { MappedText } from '../text/mappedText';
import { isQueryFile } from './fileUris';
import { queryCandidates } from './imports';

/** What the workspace knows of a file that may read others. */
interface Reader {
  readonly imports: Set<string>;
  readonly missing: Set<string>;
}

export class QueryFiles {
  /** Files that definitions read and that are not there. */
  private readonly absent: Set<string>;
  /** Files that were read, whether a definition still reads them or not. */
  private readonly present = new Set<string>();

  constructor(
    private readonly readers: ReadonlyMap<string, Reader>,
    private readonly roots: readonly string[],
    known?: QueryFiles,
  ) {
    this.absent = new Set(known?.absent);
  }

  isAbsent(uri: string, absent: boolean): void {
    if (absent) this.absent.add(uri);
    else this.absent.delete(uri);
    if (!absent && isQueryFile(uri)) this.present.add(uri);
  }

  /** Some files with the files of SQL that they read, where their problems may stand, too. */
  withRead(uris: readonly string[]): readonly string[] {
    const read = uris.flatMap((uri) => [...(this.readers.get(uri)?.imports ?? [])].filter(isQueryFile));
    return read.length === 0 ? uris : [...new Set([...uris, ...read])];
  }

  /** Files of the workspace that no definition reads any more. */
  unread(): readonly string[] {
    for (const uri of this.present) if (!this.readers.has(uri)) this.present.delete(uri);
    return [...this.present].filter((uri) => this.readersOf(uri).length === 0);
  }

  /** Files that a definition reads, of which it is not known whether they are there. */
  wanted(): readonly string[] {
    const wanted = new Set<string>();
    for (const { missing } of this.readers.values()) {
      for (const uri of missing) if (isQueryFile(uri) && !this.absent.has(uri) && !this.readers.has(uri)) wanted.add(uri);
    }
    return [...wanted];
  }

  /** The files whose definitions read a file, or would read it if it were there. */
  readersOf(uri: string): readonly string[] {
    return [...this.readers].flatMap(([one, { imports, missing }]) => (imports.has(uri) || missing.has(uri) ? [one] : []));
  }

  /** What the file `uri` finds under a path; `textOf` gives the value of a file of the workspace. */
  text(
    uri: string,
    path: { readonly text: string; readonly fixed: boolean },
    valueOf: (uri: string) => Value | undefined,
  ): MappedText | 'absent' | undefined {
    const reader = this.readers.get(uri);
    const candidates = queryCandidates(uri, path.text, path.fixed, this.roots);
    for (const candidate of candidates) {
      const value = valueOf(candidate);
      if (value?.kind === 'string') {
        reader?.imports.add(candidate);
        return value.text;
      }
      reader?.missing.add(candidate);
    }
    return candidates.length > 0 && candidates.every((one) => this.absent.has(one)) ? 'absent' : undefined;
  }
}

/** The module of a file that is no Python. */
export function withoutStatements(uri: string, text: string): Module {
  return { uri, text, body: [], problems: [], comments: [] };
}
