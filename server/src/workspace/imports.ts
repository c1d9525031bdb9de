// Which file of the workspace an import statement means, or a path that a definition reads.

import { isBelow, pathOfUri, resolvePath, uriOfPath } from './fileUris';

/**
 * The candidates for `from module import …` in the file `uri`, best first. Absolute imports are looked for beside the
 * file and in every folder above it up to the workspace root, since nobody but Python knows its path.
 */
export function importCandidates(uri: string, module: string, level: number, roots: readonly string[]): readonly string[] {
  const path = module
    .split('.')
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/');
  const folder = uri.slice(0, uri.lastIndexOf('/'));
  if (level > 0) {
    let base = folder;
    for (let i = 1; i < level; i++) base = base.slice(0, base.lastIndexOf('/'));
    return path === '' ? [`${base}/__init__.py`] : [`${base}/${path}.py`, `${base}/${path}/__init__.py`];
  }
  if (path === '') return [];
  const root = roots.find((one) => uri.startsWith(`${one}/`)) ?? folder;
  const candidates: string[] = [];
  for (let base = folder; base.length >= root.length; base = base.slice(0, base.lastIndexOf('/'))) {
    candidates.push(`${base}/${path}.py`, `${base}/${path}/__init__.py`);
    if (base === root) break;
  }
  return candidates;
}

/**
 * The candidates for a path that a definition in the file `uri` reads, best first. A path that is not `fixed` counts from the
 * working folder, which nobody but the user knows: it is taken for the root of the workspace, or else for a folder between that
 * and the file's own. Files outside the workspace are none of our business.
 */
export function queryCandidates(uri: string, path: string, fixed: boolean, roots: readonly string[]): readonly string[] {
  const root = roots.find((one) => isBelow(one, uri));
  const rootPath = root === undefined ? undefined : pathOfUri(root);
  const filePath = pathOfUri(uri);
  if (root === undefined || rootPath === undefined || filePath === undefined) return [];
  const folders: string[] = [];
  if (fixed) folders.push('/');
  else {
    const between = filePath.slice(0, filePath.lastIndexOf('/')).slice(rootPath.length).split('/').slice(1);
    between.forEach((_, depth) => folders.push([rootPath, ...between.slice(0, depth)].join('/')));
    folders.push([rootPath, ...between].join('/'));
  }
  const uris = folders.map((folder) => uriOfPath(resolvePath(folder, path)));
  return [...new Set(uris)].filter((candidate) => isBelow(root, candidate));
}
