// Where on this computer is kept what can be made again.

import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of everything that is cached when nobody says otherwise: `SPARKFORM_CACHE`, or one in the user's cache folder. */
export function defaultCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env['SPARKFORM_CACHE'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'sparkform', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'sparkform');
  const xdg = env['XDG_CACHE_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'sparkform');
}
