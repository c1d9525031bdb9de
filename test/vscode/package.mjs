// Writes the .vsix from what `npm run build` made.

import { createVSIX } from '@vscode/vsce';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

/** Packages the extension into the file. Everything it needs is bundled: no node_modules go with it. */
export async function packageExtension(file) {
  mkdirSync(dirname(file), { recursive: true });
  await createVSIX({ cwd: repository, packagePath: file, dependencies: false });
  return file;
}

if (process.argv[1] === import.meta.filename) {
  const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  await packageExtension(join(repository, `${name}-${version}.vsix`));
}
