// The files of an Iceberg table by the absolute locations that its metadata gives them, in the folder that is open: a copy of
// a table still names the place where it was written.

import type { ByteSource } from '../byteSource';
import type { FolderEntry, FolderSource } from '../folderTable';
import { TableProblem } from '../tableProblem';
import { inflate } from './unpackBytes';

/** Metadata of tables with thousands of snapshots has a few megabytes, manifests have eight. */
const largestFile = 64 * 1024 * 1024;

/** The whole text of a file of metadata, unpacked where its name says that it is packed. Throws a TableProblem. */
export async function readText(folder: FolderSource, entry: FolderEntry, signal: AbortSignal | undefined): Promise<string> {
  const bytes = await readWhole(folder.open(entry), signal);
  const isPacked = /\.gz(?:\.|$)/.test(entry.path);
  return new TextDecoder().decode(isPacked ? await inflate(bytes, 'gzip', largestFile, entry.path) : bytes);
}

/** All bytes of a file of metadata. Throws a TableProblem where they are too many. */
export async function readWhole(source: ByteSource, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (source.size > largestFile) {
    throw new TableProblem('too-large', `${source.name} has ${source.size} bytes; metadata of at most ${largestFile} bytes is read`);
  }
  return new Uint8Array(await source.read(0, source.size, signal));
}

export class TableFiles {
  private readonly entries: ReadonlyMap<string, FolderEntry>;
  /** What locations of the table begin with, normalized. */
  private readonly roots: readonly string[];

  /** @param location where the table was written, by its metadata. */
  constructor(
    private readonly folder: FolderSource,
    entries: readonly FolderEntry[],
    location: string,
  ) {
    this.entries = new Map(entries.map((entry) => [entry.path, entry]));
    this.roots = [location, folder.name].map((root) => `${plainLocation(root)}/`);
  }

  /** The file at a location. Throws a TableProblem where it is not in the folder. */
  async open(location: string, signal: AbortSignal | undefined): Promise<ByteSource> {
    const plain = plainLocation(location);
    const root = this.roots.find((one) => plain.startsWith(one));
    if (root === undefined) {
      const elsewhere = await this.folder.openElsewhere?.(location, signal);
      if (elsewhere) return elsewhere;
      throw new TableProblem(
        'unsupported',
        `${this.folder.name} is an Iceberg table with a file outside of its folder, ${location}; files are read below ${this.roots[0] ?? ''}`,
      );
    }
    const entry = this.entries.get(plain.slice(root.length));
    if (entry) return this.folder.open(entry);
    throw new TableProblem('missing', `${plain.slice(root.length)} is missing in ${this.folder.name}, whose current snapshot needs it`);
  }
}

/** A location as it compares: Hadoop's file systems for S3 are one, and local paths are written with one slash, three or none. */
export function plainLocation(location: string): string {
  return location
    .replace(/^s3[an]:\/\//i, 's3://')
    .replace(/^file:\/*(?=\/)/i, '')
    .replace(/\/+$/, '');
}
