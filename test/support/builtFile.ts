// Files of `dist/`, for tests of the programs as they are shipped; SPARKFORM_DIST names another folder, such as an installed one.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The path of a built file; throws where the build is missing. */
export function builtFile(name: string): string {
  const path = join(process.env['SPARKFORM_DIST'] ?? join(import.meta.dirname, '..', '..', 'dist'), name);
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`);
  return path;
}
