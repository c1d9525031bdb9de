// Opens the core over folders on the disk, as the language server does for the folders of an editor.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createLanguageService, type LanguageService } from '../languageService';
import { createNodeHost } from '../nodeHost';
import { loadProject, projectFileName } from '../nodeProject';
import { UsageError } from './io';

export interface OpenWorkspace {
  readonly service: LanguageService;
  /** Absolute path of the folder with `sparkform.json`, or of the first folder. */
  readonly root: string;
  /** Absolute paths that were asked for: only these are reported on. */
  readonly targets: readonly string[];
  /** What is wrong with `sparkform.json`, in words. */
  readonly projectProblems: readonly string[];
}

/** Reads the workspace that holds the paths. Throws `UsageError` for a path that does not exist. */
export async function openWorkspace(paths: readonly string[], cwd: string): Promise<OpenWorkspace> {
  const targets = paths.map((path) => {
    const absolute = resolve(cwd, path);
    if (path === '' || !existsSync(absolute)) throw new UsageError(`"${path}" does not exist`);
    return absolute;
  });
  const folders = [...new Set(targets.map(workspaceFolder))];
  const { project, problems, root, file } = await loadProject(folders);
  const service = await createLanguageService({
    host: createNodeHost({ roots: folders, exclude: project.exclude }),
    python: { runtime: readBundled('tree-sitter.wasm'), grammar: readBundled('tree-sitter-python.wasm') },
    project,
    ...(root === undefined ? {} : { projectRoot: root }),
  });
  await service.load();
  const projectProblems = problems.map(
    (problem) => `${file === undefined ? projectFileName : join(root ?? '', projectFileName)}: ${problem.path} ${problem.message}`,
  );
  return { service, root: root ?? folders[0] ?? cwd, targets, projectProblems };
}

/** The nearest folder at or above the path that holds `sparkform.json`; otherwise the folder itself, or that of the file. */
function workspaceFolder(path: string): string {
  const own = statSync(path).isDirectory() ? path : dirname(path);
  for (let folder = own; ; folder = dirname(folder)) {
    if (existsSync(join(folder, projectFileName))) return folder;
    if (dirname(folder) === folder) return own;
  }
}

/** The WebAssembly files lie beside the bundle. */
function readBundled(name: string): Uint8Array {
  return readFileSync(join(__dirname, name));
}
