// Parts of objects that were read before, on the disk: a file for each, named for the state of an object and the range. States do
// not change, so that whatever is there is right. The ones used longest ago go first. A cache that cannot be read or written
// costs time alone.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ByteRange } from '../table/byteSource';

/** What a part belongs to: an object in one state. */
export interface CachedState {
  readonly service: string;
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
}

export interface CachedPart {
  readonly bytes: Uint8Array;
  /** Of the whole object. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

const magic = 0x53464331;
/** The magic number, a checksum of all that follows, the size of the object, when it was modified. */
const headBytes = 24;
/** Larger parts come from scans, which would push out everything else. */
const mostPartBytes = 2 * 1024 * 1024;
/** What a program left unfinished that long ago, in milliseconds, it will not finish. */
const abandoned = 60 * 60 * 1000;

let writes = 0;

export class RangeCache {
  /** By state: the ranges that are there. Undefined until they were listed. */
  private listed: Promise<Map<string, ByteRange[]>> | undefined;
  private bytes = 0;
  private shrinking: Promise<void> | undefined;
  private isBroken = false;

  /** @param mostBytes about how much is kept, over all programs that use the folder. */
  constructor(
    private readonly folder: string,
    private readonly mostBytes: number,
  ) {}

  /** The bytes of a range, cut out of a part that holds them. */
  async get(state: CachedState, { start, end }: ByteRange): Promise<CachedPart | undefined> {
    const name = nameOf(state);
    const listed = await this.ranges();
    const holder = listed.get(name)?.find((range) => range.start <= start && end <= range.end);
    if (!holder) return undefined;
    const file = join(this.folder, fileOf(name, holder));
    const part = await readPart(file, holder);
    if (!part) {
      // What is damaged is written anew, what is gone as well.
      listed.set(name, listed.get(name)?.filter((range) => range !== holder) ?? []);
      return undefined;
    }
    const now = new Date();
    await utimes(file, now, now).catch(ignore);
    return { ...part, bytes: part.bytes.subarray(start - holder.start, end - holder.start) };
  }

  /** Any part of a state that begins where the object does, as a whole. */
  async first(state: CachedState): Promise<CachedPart | undefined> {
    const range = (await this.ranges()).get(nameOf(state))?.find(({ start }) => start === 0);
    return range && this.get(state, range);
  }

  /** @param start where the bytes begin in the object. */
  async put(state: CachedState, start: number, { bytes, size, modified }: CachedPart): Promise<void> {
    const whole = bytes.length + headBytes;
    if (this.isBroken || bytes.length > mostPartBytes || whole > this.mostBytes) return;
    const name = nameOf(state);
    const range: ByteRange = { start, end: start + bytes.length };
    const listed = await this.ranges();
    if (listed.get(name)?.some((one) => one.start <= range.start && range.end <= one.end) === true) return;
    const content = Buffer.alloc(whole);
    content.writeUInt32BE(magic, 0);
    content.writeDoubleBE(size, 8);
    content.writeDoubleBE(modified, 16);
    content.set(bytes, headBytes);
    content.writeUInt32BE(crc32(content.subarray(8)), 4);
    const file = join(this.folder, fileOf(name, range));
    const temporary = `${file}.${process.pid}-${++writes}.part`;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(temporary, content, { mode: 0o600 });
      await rename(temporary, file);
    } catch {
      // A disk that is full or may not be written stays so.
      this.isBroken = true;
      await rm(temporary, { force: true }).catch(ignore);
      return;
    }
    listed.set(name, [...(listed.get(name) ?? []), range]);
    this.bytes += whole;
    if (this.bytes > this.mostBytes) await this.shrink();
  }

  /** Forgets all parts of a state. */
  async drop(state: CachedState): Promise<void> {
    const name = nameOf(state);
    const listed = await this.ranges();
    for (const range of listed.get(name) ?? []) {
      this.bytes -= range.end - range.start + headBytes;
      await rm(join(this.folder, fileOf(name, range)), { force: true }).catch(ignore);
    }
    listed.delete(name);
  }

  private ranges(): Promise<Map<string, ByteRange[]>> {
    this.listed ??= this.list();
    return this.listed;
  }

  private async list(): Promise<Map<string, ByteRange[]>> {
    const found = new Map<string, ByteRange[]>();
    this.bytes = 0;
    for (const file of await readdir(this.folder).catch(() => [])) {
      const [, name = '', start, end] = /^([0-9a-f]{40})-(\d+)-(\d+)$/.exec(file) ?? [];
      if (name === '') continue;
      const range: ByteRange = { start: Number(start), end: Number(end) };
      found.set(name, [...(found.get(name) ?? []), range]);
      this.bytes += range.end - range.start + headBytes;
    }
    return found;
  }

  /** Deletes what was used longest ago, by whichever program, until a tenth is free again. */
  private shrink(): Promise<void> {
    this.shrinking ??= this.deleteOldest().finally(() => {
      this.shrinking = undefined;
    });
    return this.shrinking;
  }

  private async deleteOldest(): Promise<void> {
    const files: { readonly path: string; readonly size: number; readonly used: number }[] = [];
    for (const file of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, file);
      const found = await stat(path).catch(() => undefined);
      if (!found) continue;
      if (!file.endsWith('.part')) files.push({ path, size: found.size, used: found.mtimeMs });
      else if (found.mtimeMs < Date.now() - abandoned) await rm(path, { force: true }).catch(ignore);
    }
    let left = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files.sort((a, b) => a.used - b.used)) {
      if (left <= this.mostBytes * 0.9) break;
      await rm(path, { force: true }).catch(ignore);
      left -= size;
    }
    this.listed = undefined;
    await this.ranges();
  }
}

function nameOf({ service, bucket, key, etag }: CachedState): string {
  return createHash('sha256')
    .update(JSON.stringify([service, bucket, key, etag]))
    .digest('hex')
    .slice(0, 40);
}

function fileOf(name: string, { start, end }: ByteRange): string {
  return `${name}-${start}-${end}`;
}

/** Undefined where the file is gone or damaged. */
async function readPart(file: string, { start, end }: ByteRange): Promise<CachedPart | undefined> {
  const content = await readFile(file).catch(() => undefined);
  if (content?.length !== headBytes + end - start) return undefined;
  if (content.readUInt32BE(0) !== magic || content.readUInt32BE(4) !== crc32(content.subarray(8))) return undefined;
  return { bytes: content.subarray(headBytes), size: content.readDoubleBE(8), modified: content.readDoubleBE(16) };
}

/** It costs time alone. */
function ignore(): void {
  return;
}
