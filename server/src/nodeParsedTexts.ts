// The trees of a large workspace, kept on the disk from one start of a program to the next: reading them back takes a tenth of the time
// that parsing takes. One file for each set of folders. Whatever is wrong with the file, or with writing it, costs only time.

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { decodePlainData, encodePlainData } from './text/plainData';
import type { KeptTexts } from './workspace/host';

export interface TreeCacheOptions {
  /** The folder that the user's cached files are in; the trees get a folder of their own in it. */
  readonly cacheFolder: string;
  /** Names the version of the parser and of its trees: what another version wrote is not read. */
  readonly format: string;
}

/** Of the texts together, in characters: what is smaller is parsed before a file is opened. */
const WORTH_KEEPING = 100_000;
const FORGOTTEN_AFTER_MILLISECONDS = 30 * 24 * 3_600_000;
/** A program that waits for requests answers them in between. */
const BYTES_AT_ONCE = 1 << 17;
/** In place of a tree that cannot be written. */
const NOTHING = new Uint8Array();
const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

/** A text by its digest, and how many bytes its tree takes. */
type IndexEntry = readonly [key: string, length: number];

/** What is kept of the texts of these folders: absolute paths. Never rejects. */
export async function openParsedTexts({ cacheFolder, format }: TreeCacheOptions, roots: readonly string[]): Promise<KeptTexts> {
  const folder = join(cacheFolder, 'trees');
  const file = join(
    folder,
    `${digest([...roots].sort().join('\n'))
      .toString('hex')
      .slice(0, 32)}.bin`,
  );
  const before = await readTrees(file, format);
  const now = new Map<string, Uint8Array | { readonly tree: unknown }>();
  let characters = 0;
  let isNew = false;
  return {
    get(text) {
      characters += text.length;
      const key = keyOf(text);
      const bytes = before.get(key);
      if (bytes === undefined) return undefined;
      try {
        const tree = bytes.length === 0 ? undefined : decodePlainData(bytes);
        now.set(key, bytes);
        return tree;
      } catch {
        return undefined;
      }
    },
    put(text, tree) {
      const key = keyOf(text);
      if (now.has(key)) return;
      isNew = true;
      now.set(key, { tree });
    },
    async save() {
      try {
        if (isNew || now.size < before.size) {
          if (characters >= WORTH_KEEPING) await writeTrees(folder, file, format, now);
        } else if (now.size > 0) await utimes(file, new Date(), new Date());
        if (isNew && characters >= WORTH_KEEPING) await forgetOld(folder);
      } catch {
        // No room, or not allowed: the next start parses again.
      }
    },
  };
}

async function readTrees(file: string, format: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const trees = new Map<string, Uint8Array>();
  try {
    const bytes = await readFile(file);
    const content = bytes.subarray(DIGEST_BYTES);
    if (!digest(content).equals(bytes.subarray(0, DIGEST_BYTES))) return trees;
    let at = LENGTH_BYTES + content.readUInt32LE(0);
    const index = decodePlainData(content.subarray(LENGTH_BYTES, at)) as {
      readonly format: string;
      readonly entries: readonly IndexEntry[];
    };
    if (index.format !== format) return trees;
    for (const [key, length] of index.entries) {
      trees.set(key, content.subarray(at, at + length));
      at += length;
    }
  } catch {
    // Not there, or not ours.
  }
  return trees;
}

async function writeTrees(
  folder: string,
  file: string,
  format: string,
  trees: ReadonlyMap<string, Uint8Array | { readonly tree: unknown }>,
): Promise<void> {
  const entries: IndexEntry[] = [];
  const parts: Uint8Array[] = [];
  let atOnce = 0;
  for (const [key, kept] of trees) {
    const bytes = kept instanceof Uint8Array ? kept : bytesOf(kept.tree);
    entries.push([key, bytes.length]);
    parts.push(bytes);
    if (!(kept instanceof Uint8Array)) atOnce += bytes.length;
    if (atOnce < BYTES_AT_ONCE) continue;
    atOnce = 0;
    await setImmediate();
  }
  const index = encodePlainData({ format, entries });
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(index.length);
  const content = Buffer.concat([length, index, ...parts]);
  // What people wrote is nobody else's business.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const written = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(written, Buffer.concat([digest(content), content]), { mode: 0o600 });
    await rename(written, file);
  } finally {
    await rm(written, { force: true });
  }
}

function bytesOf(tree: unknown): Uint8Array {
  try {
    return encodePlainData(tree);
  } catch {
    // Nested too deeply.
    return NOTHING;
  }
}

/** Of workspaces that nobody has opened for long, and what a program left that was stopped as it wrote. */
async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > FORGOTTEN_AFTER_MILLISECONDS) await rm(path, { force: true });
  }
}

function keyOf(text: string): string {
  return digest(text).toString('base64');
}

function digest(content: string | Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
