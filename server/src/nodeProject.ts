// The project settings as they lie on a disk: the first `sparkform.json` among the roots.

import { readFile } from 'node:fs/promises';
import { uriOfPath } from './workspace/fileUris';
import { defaultProject, parseProject, type Project, type ProjectProblem } from './workspace/project';

export interface LoadedProject {
  readonly project: Project;
  readonly problems: readonly ProjectProblem[];
  /** The folder that locations are relative to: that of `sparkform.json`, or the first root; undefined without roots. */
  readonly root: string | undefined;
  /** The file, where there is one, and its text. */
  readonly file: { readonly uri: string; readonly text: string } | undefined;
}

export const projectFileName = 'sparkform.json';

/** Reads the project of a workspace; `roots` are absolute paths of folders. A missing file means the defaults. */
export async function loadProject(roots: readonly string[]): Promise<LoadedProject> {
  for (const root of roots) {
    const path = `${root.replace(/[\\/]+$/, '')}/${projectFileName}`;
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch {
      continue;
    }
    return { ...parseProject(text.replace(/^\uFEFF/, '')), root, file: { uri: uriOfPath(path), text } };
  }
  return { project: defaultProject, problems: [], root: roots[0], file: undefined };
}
