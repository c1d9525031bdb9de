// Which file of the workspace an import statement means.

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
