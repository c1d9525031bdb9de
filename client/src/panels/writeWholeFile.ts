import { randomUUID } from 'node:crypto';
import { Uri, workspace } from 'vscode';

/** Writes beside the target, then puts it in its place: whoever looks finds all of it or what was there before. */
export async function writeWholeFile(target: Uri, bytes: Uint8Array): Promise<void> {
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  const unfinished = Uri.joinPath(target, '..', `.${name}.${randomUUID()}.tmp`);
  try {
    await workspace.fs.writeFile(unfinished, bytes);
    await workspace.fs.rename(unfinished, target, { overwrite: true });
  } catch (error) {
    await Promise.resolve(workspace.fs.delete(unfinished)).catch(() => undefined);
    throw new Error(`“${name}” could not be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
