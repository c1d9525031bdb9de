// Local files and folders as byte sources. A file is opened for each read, so that none is kept from being deleted or
// replaced; one that changed since it was listed is refused rather than read half old, half new.

import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { countReads, type ByteSource, type ReadMeter } from '../table/byteSource';
import { openCsv } from '../table/csvTable';
import { openFolder, type FolderEntry, type FolderSource, type OpenFolderOptions } from '../table/folderTable';
import { openParquetFile } from '../table/parquetParts';
import type { Table } from '../table/table';
import { TableProblem } from '../table/tableProblem';

export interface OpenedLocation {
  readonly table: Table;
  /** Differs when any file of the table was written since. */
  readonly fingerprint: string;
}

/** Opens a parquet or CSV file, or a folder of them as one table; `cost` grows with everything that is read from it. */
export async function openLocal(path: string, cost: ReadMeter, options: OpenFolderOptions = {}): Promise<OpenedLocation> {
  const found = await statOf(path, path);
  if (!found.directory) {
    const { run } = options;
    if (typeof run === 'object') throw new TableProblem('missing', `${path} is a file; it holds no run "${run.name}"`);
    const source = countReads(localFile(path, basename(path), found), cost);
    const table = /\.csv$/i.test(path)
      ? await openCsv(source, options)
      : await openParquetFile(source, options.signal && { signal: options.signal });
    return { table, fingerprint: `${found.size}@${found.modified}` };
  }
  const stats = new Map<string, FileStat>();
  const table = await openFolder(localFolder(path, cost, stats), options);
  const total = [...stats.values()].reduce((sum, { size }) => sum + size, 0);
  const latest = [...stats.values()].reduce((time, { modified }) => Math.max(time, modified), 0);
  return { table, fingerprint: `${stats.size}:${total}@${latest}` };
}

interface FileStat {
  readonly directory: boolean;
  readonly size: number;
  readonly modified: number;
}

async function statOf(path: string, name: string): Promise<FileStat> {
  try {
    const found = await stat(path);
    return { directory: found.isDirectory(), size: found.size, modified: found.mtimeMs };
  } catch (error) {
    throw unreadable(name, error);
  }
}

function localFile(path: string, name: string, listed: FileStat): ByteSource {
  return {
    name,
    size: listed.size,
    async read(start, end) {
      const file = await open(path).catch((error: unknown) => {
        throw unreadable(name, error);
      });
      try {
        const now = await file.stat();
        if (now.size !== listed.size || now.mtimeMs !== listed.modified) {
          throw new TableProblem('changed', `${name} was changed while it was shown`);
        }
        const bytes = new Uint8Array(end - start);
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) throw new TableProblem('changed', `${name} became shorter while it was read`);
          filled += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}

/** @param stats filled with what the folder lists. */
function localFolder(path: string, cost: ReadMeter, stats: Map<string, FileStat>): FolderSource {
  return {
    name: basename(path),
    async list() {
      const entries: FolderEntry[] = [];
      for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
        if (entry.isDirectory()) continue;
        const file = join(entry.parentPath, entry.name);
        const found = await statOf(file, file);
        cost.onStep?.();
        const relativePath = relative(path, file).split(sep).join('/');
        stats.set(relativePath, found);
        entries.push({ path: relativePath, size: found.size });
      }
      return entries;
    },
    open(entry) {
      const listed = stats.get(entry.path) ?? { directory: false, size: entry.size, modified: NaN };
      return countReads(localFile(join(path, entry.path), entry.path, listed), cost);
    },
  };
}

function unreadable(name: string, error: unknown): TableProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new TableProblem('missing', `${name} does not exist`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM')
    return new TableProblem('missing', `${name} may not be read: permission denied`, { cause: error });
  const cause = error instanceof Error ? error.message : String(error);
  return new TableProblem('missing', `${name} cannot be read: ${cause}`, { cause: error });
}
