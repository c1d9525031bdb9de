// Opens the core over folders on the disk, as the language server does for the folders of an editor.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defaultCacheFolder } from '../../../shared/cacheFolder';
import { createLanguageService, type LanguageService } from '../languageService';
import { createNodeHost } from '../nodeHost';
import { loadProject, projectFileName } from '../nodeProject';
import { isBelow, uriOfPath } from '../workspace/fileUris';
import { UsageError } from './io';

export interface OpenWorkspace {
  readonly service: LanguageService;
  /** Absolute path of the folder with `sparkform.json`, or of the first folder. */
  readonly root: string;
  /** Absolute paths that were asked for: only these are reported on. */
  readonly targets: readonly string[];
  /** What is wrong with `sparkform.json`, in words. */
  readonly projectProblems: readonly string[];
  /** The folders that are read. */
  readonly folders: readonly string[];
  /** Reads files, by absolute path, as if the disk held these texts, and nothing where there is none. */
  readAs(texts: ReadonlyMap<string, string | undefined>): Promise<void>;
}

/** Reads the workspace that holds the paths. Throws `UsageError` for a path that does not exist. */
export async function openWorkspace(paths: readonly string[], cwd: string): Promise<OpenWorkspace> {
  const targets = paths.map((path) => {
    const absolute = resolve(cwd, path);
    if (path === '' || !existsSync(absolute)) throw new UsageError(`"${path}" does not exist`);
    return absolute;
  });
  const folders = [...new Set(targets.map((target) => workspaceFolder(target, cwd)))];
  const readAs = new Map<string, string | undefined>();
  const { project, problems, root, file } = await loadProject(folders);
  const host = createNodeHost({
    roots: folders,
    exclude: project.exclude,
    treeCache: { cacheFolder: defaultCacheFolder(), format: TREE_FORMAT },
  });
  const service = await createLanguageService({
    host: { ...host, readFile: (uri) => (readAs.has(uri) ? Promise.resolve(readAs.get(uri)) : host.readFile(uri)) },
    python: { runtime: readBundled('tree-sitter.wasm'), grammar: readBundled('tree-sitter-python.wasm') },
    project,
    ...(root === undefined ? {} : { projectRoot: root }),
  });
  await service.load();
  const projectProblems = problems.map(
    (problem) => `${file === undefined ? projectFileName : join(root ?? '', projectFileName)}: ${problem.path} ${problem.message}`,
  );
  return {
    service,
    root: root ?? folders[0] ?? cwd,
    targets,
    projectProblems,
    folders,
    async readAs(texts) {
      for (const [path, text] of texts) readAs.set(uriOfPath(path), text);
      for (const path of texts.keys()) await service.fileChanged(uriOfPath(path));
    },
  };
}

declare const TREE_FORMAT: string;

/**
 * The nearest folder at or above the path that holds `sparkform.json`; otherwise the folder itself, and for a file the working
 * directory that it lies in, since one file is seldom all there is.
 */
function workspaceFolder(path: string, cwd: string): string {
  const isFolder = statSync(path).isDirectory();
  const own = isFolder ? path : isBelow(cwd, path) ? cwd : dirname(path);
  for (let folder = isFolder ? path : dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, projectFileName))) return folder;
    if (dirname(folder) === folder) return own;
  }
}

/** The WebAssembly files lie beside the bundle. */
function readBundled(name: string): Uint8Array {
  return readFileSync(join(__dirname, name));
}
