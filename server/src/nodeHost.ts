// The workspace as it lies on a disk, for the language server and the command line alike: which Python files and notebooks belong to it,
// and their texts. Left out is what a person would leave out: ignored and hidden files, virtual environments, packages.

import ignore, { type Ignore } from 'ignore';
import type { Dirent } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import picomatch from 'picomatch';
import { openParsedTexts, type TreeCacheOptions } from './nodeParsedTexts';
import { isModule, isNotebook, pathOfUri, uriOfPath } from './workspace/fileUris';
import type { WorkspaceHost } from './workspace/host';

export interface NodeHostOptions {
  /** Folders, or single files, as absolute paths or `file:` URIs. */
  readonly roots: readonly string[];
  /** Globs, relative to each root, of files and folders that are left out. */
  readonly exclude?: readonly string[];
  /** Folders that are left out, as absolute paths or `file:` URIs: those that are read on their own. */
  readonly apart?: readonly string[];
  /** Where trees are kept from one start to the next; without it nowhere. */
  readonly treeCache?: TreeCacheOptions;
}

export interface NodeHost extends WorkspaceHost {
  includes(uri: string): Promise<boolean>;
  /** The files that are listed below a folder that has just appeared; none for what is not a folder. */
  filesBelow(uri: string): Promise<readonly string[]>;
}

/** Definitions are written by people; what is larger is data or generated, and would only slow everything down. */
const MAX_BYTES = 2 * 1024 * 1024;
/** A notebook holds its outputs, pictures among them. */
const MAX_NOTEBOOK_BYTES = 32 * 1024 * 1024;
const MAX_OPEN_FILES = 64;

const packageFolders = new Set(['node_modules', '__pycache__', 'site-packages']);
/** What marks the root of a virtual environment, of venv and of conda. */
const environmentMarks = new Set(['pyvenv.cfg', 'conda-meta']);

export function createNodeHost(options: NodeHostOptions): NodeHost {
  const roots = options.roots.map(pathOf);
  const matches = picomatch([...(options.exclude ?? [])], { dot: true });
  const apart = new Set((options.apart ?? []).map(pathOf));
  const excludedIn =
    (root: string): Excluded =>
    (relative) =>
      matches(relative) || (apart.size > 0 && apart.has(join(root, relative)));
  const rootOf = (path: string): string | undefined => roots.find((one) => path === one || path.startsWith(`${one}/`));
  const gate = new Gate(MAX_OPEN_FILES);
  return {
    roots: roots.map(uriOfPath),
    async listFiles() {
      const found = new Set<string>();
      const visited = new Set<string>();
      for (const root of roots) {
        if (await isFile(root)) found.add(root);
        else await walk(await topOf(root), excludedIn(root), visited, found);
      }
      return [...found].map(uriOfPath).sort();
    },
    async includes(uri) {
      const path = pathOfUri(uri);
      const root = path === undefined ? undefined : rootOf(path);
      if (path === undefined || root === undefined || !isModule(path)) return false;
      return path === root || (await descend(await topOf(root), path.slice(root.length + 1), excludedIn(root))) !== undefined;
    },
    async filesBelow(uri) {
      const path = pathOfUri(uri);
      const root = path === undefined ? undefined : rootOf(path);
      if (path === undefined || root === undefined || path === root) return [];
      const relative = path.slice(root.length + 1);
      // Most of what appears is a file, or lies where nobody looks.
      if (relative.split('/').some(isPackageFolder) || !(await isFolder(path))) return [];
      const folder = await descend(await topOf(root), `${relative}/`, excludedIn(root));
      const found = new Set<string>();
      if (folder !== undefined) await walk(folder, excludedIn(root), new Set(), found);
      return [...found].map(uriOfPath).sort();
    },
    async readFile(uri) {
      const path = pathOfUri(uri);
      return path === undefined ? undefined : gate.run(() => readText(path));
    },
    ...(options.treeCache === undefined ? {} : { openTrees: openParsedTexts.bind(undefined, options.treeCache, roots) }),
  };
}

/** Asked with a path below a root, with `/`. */
type Excluded = (relative: string) => boolean;

interface Folder {
  readonly path: string;
  /** Below the root, with `/`; empty for the root. */
  readonly relative: string;
  /** The path without symbolic links, by which loops are recognised. */
  readonly real: string;
  /** The `.gitignore` files that hold here, outermost first. */
  readonly rules: readonly IgnoreRules[];
}

interface IgnoreRules {
  /** The folder of the file, relative to the root. */
  readonly base: string;
  readonly rules: Ignore;
}

async function walk(folder: Folder, isExcluded: Excluded, visited: Set<string>, found: Set<string>): Promise<void> {
  if (visited.has(folder.real)) return;
  visited.add(folder.real);
  // A folder that cannot be read, or vanished meanwhile, holds nothing for us.
  const entries = await readdir(folder.path, { withFileTypes: true }).catch((): Dirent[] => []);
  if (entries.some((entry) => environmentMarks.has(entry.name))) return;
  const rules = await rulesAt(folder, entries);
  await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder.path, entry.name);
      const relative = join(folder.relative, entry.name);
      const kind = await kindOf(entry, path);
      if (kind === 'file') {
        if (isModule(entry.name) && !isLeftOut(relative, false, rules, isExcluded)) found.add(path);
      } else if (kind === 'folder' && !isPackageFolder(entry.name) && !isLeftOut(relative, true, rules, isExcluded)) {
        const real = entry.isSymbolicLink() ? await realpath(path).catch(() => path) : join(folder.real, entry.name);
        await walk({ path, relative, real, rules }, isExcluded, visited, found);
      }
    }),
  );
}

async function topOf(root: string): Promise<Folder> {
  return { path: root, relative: '', real: await realpath(root).catch(() => root), rules: [] };
}

/**
 * Whether the walk would come across one path, a folder when it ends with a slash: the same questions, asked of its folders
 * only. Answers with what the walk would know of it.
 */
async function descend(top: Folder, relative: string, isExcluded: Excluded): Promise<Folder | undefined> {
  const parts = relative.split('/');
  let folder = top;
  for (const [index, part] of parts.entries()) {
    const entries = await readdir(folder.path, { withFileTypes: true }).catch((): Dirent[] => []);
    if (entries.some((entry) => environmentMarks.has(entry.name))) return undefined;
    if (part === '') break;
    const rules = await rulesAt(folder, entries);
    const isFolder = index < parts.length - 1;
    const below = join(folder.relative, part);
    if ((isFolder && isPackageFolder(part)) || isLeftOut(below, isFolder, rules, isExcluded)) return undefined;
    const path = join(folder.path, part);
    folder = { path, relative: below, real: await realpath(path).catch(() => path), rules };
  }
  return folder;
}

async function rulesAt(folder: Folder, entries: readonly Dirent[]): Promise<readonly IgnoreRules[]> {
  if (!entries.some((entry) => entry.name === '.gitignore')) return folder.rules;
  const text = await readFile(join(folder.path, '.gitignore'), 'utf8').catch(() => '');
  return [...folder.rules, { base: folder.relative, rules: ignore().add(text) }];
}

/** As git decides: the innermost file that says anything of the path has the last word. */
function isLeftOut(relative: string, isFolder: boolean, rules: readonly IgnoreRules[], isExcluded: Excluded): boolean {
  if (isExcluded(relative)) return true;
  let left = false;
  for (const { base, rules: own } of rules) {
    const path = base === '' ? relative : relative.slice(base.length + 1);
    const verdict = own.test(isFolder ? `${path}/` : path);
    if (verdict.ignored) left = true;
    else if (verdict.unignored) left = false;
  }
  return left;
}

function isPackageFolder(name: string): boolean {
  return name.startsWith('.') || packageFolders.has(name);
}

async function kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | 'other'> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return 'other';
  const target = await stat(path).catch(() => undefined);
  return target?.isFile() === true ? 'file' : target?.isDirectory() === true ? 'folder' : 'other';
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path);
    try {
      const information = await handle.stat();
      // Reading a pipe or a device might never end.
      if (!information.isFile() || information.size > (isNotebook(path) ? MAX_NOTEBOOK_BYTES : MAX_BYTES)) return undefined;
      const text = await handle.readFile('utf8');
      return text.startsWith('\uFEFF') ? text.slice(1) : text;
    } finally {
      await handle.close();
    }
  } catch {
    // Gone, or not for us to read: the host answers with nothing, as its contract says.
    return undefined;
  }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** The path that a folder is named by, or the path of its URI, without a slash at the end. */
function pathOf(folder: string): string {
  const path = pathOfUri(folder) ?? folder;
  return path.length > 1 ? path.replace(/[\\/]+$/, '') : path;
}

/** Lets only so many run at once: systems limit how many files a process has open. */
class Gate {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(size: number) {
    this.free = size;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free++;
      else next();
    }
  }
}
