import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** In a folder that was built to its end. */
const STAMP = '.complete';

/**
 * Builds a folder once: in a partial one beside it that takes its name when it is whole, so that neither a broken build nor
 * another process at the same work leaves half of one. `build` gives what went wrong, or undefined; so does this.
 */
export async function buildFolder(folder: string, build: (partial: string) => Promise<string | undefined>): Promise<string | undefined> {
  if (await isComplete(folder)) return undefined;
  const partial = `${folder}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  try {
    const problem = await build(partial);
    if (problem !== undefined) return problem;
    await writeFile(join(partial, STAMP), '');
    // What another process completed meanwhile is as good; what is there without a stamp is not.
    if (await isComplete(folder)) return undefined;
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return undefined;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function isComplete(folder: string): Promise<boolean> {
  return stat(join(folder, STAMP)).then(
    () => true,
    () => false,
  );
}
