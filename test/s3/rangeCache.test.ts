import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RangeCache, type CachedState } from '../../shared/s3/rangeCache';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sparkform-ranges-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const state: CachedState = { service: 'aws', bucket: 'lake', key: 'a', etag: '"1"' };
const object = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
const part = (start: number, end: number): { bytes: Uint8Array; size: number; modified: number } => ({
  bytes: object.subarray(start, end),
  size: 1000,
  modified: 7,
});

async function bytesOf(cache: RangeCache, start: number, end: number, of = state): Promise<Buffer | undefined> {
  const found = await cache.get(of, { start, end });
  return found && Buffer.from(found.bytes);
}

it('gives what lies within a part that was kept, also to another program', async () => {
  const cache = new RangeCache(folder, 1e6);
  await Promise.all([cache.put(state, 100, part(100, 200)), cache.put(state, 500, part(500, 600)), cache.put(state, 900, part(900, 1000))]);
  for (const one of [cache, new RangeCache(folder, 1e6)]) {
    expect(await bytesOf(one, 120, 180)).toEqual(object.subarray(120, 180));
    expect(await bytesOf(one, 500, 600)).toEqual(object.subarray(500, 600));
    expect(await one.get(state, { start: 990, end: 1000 })).toMatchObject({ size: 1000, modified: 7 });
    expect(await bytesOf(one, 150, 201)).toBeUndefined();
  }
});

it('tells states, objects, buckets and services apart', async () => {
  const cache = new RangeCache(folder, 1e6);
  await cache.put(state, 0, part(0, 10));
  for (const other of [{ etag: '"2"' }, { key: 'b' }, { bucket: 'sea' }, { service: 'http://127.0.0.1:9000/' }]) {
    expect(await bytesOf(cache, 0, 10, { ...state, ...other })).toBeUndefined();
  }
});

it('writes anew what was damaged or deleted', async () => {
  const cache = new RangeCache(folder, 1e6);
  await cache.put(state, 0, part(0, 10));
  const [name = ''] = readdirSync(folder);
  const file = join(folder, name);
  const damages = [
    (): void => {
      rmSync(file);
    },
    (): void => {
      writeFileSync(file, 'x'.repeat(34));
    },
  ];
  for (const damage of damages) {
    damage();
    expect(await bytesOf(cache, 0, 10)).toBeUndefined();
    await cache.put(state, 0, part(0, 10));
    expect(await bytesOf(cache, 0, 10)).toEqual(object.subarray(0, 10));
  }
});

it('lets go of what was used longest ago, and of what was never finished', async () => {
  const cache = new RangeCache(folder, 4000);
  const nth = (index: number): CachedState => ({ ...state, key: String(index) });
  const old = new Date(Date.now() - 7200_000);
  writeFileSync(join(folder, 'left.1-1.part'), 'half');
  utimesSync(join(folder, 'left.1-1.part'), old, old);
  await cache.put(nth(0), 0, part(0, 500));
  await cache.put(nth(1), 0, part(0, 500));
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), old, old);
  for (let index = 2; index < 8; index++) {
    // Looked at, the first one is new again.
    expect(await bytesOf(cache, 0, 500, nth(0))).toBeDefined();
    await cache.put(nth(index), 0, part(0, 500));
  }
  expect(await bytesOf(cache, 0, 500, nth(1))).toBeUndefined();
  expect(await bytesOf(cache, 0, 500, nth(0))).toBeDefined();
  const size = readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  expect(size).toBeLessThanOrEqual(4000);
  expect(readdirSync(folder)).not.toContain('left.1-1.part');
});

it('keeps nothing that is larger than it may be', async () => {
  await new RangeCache(folder, 100).put(state, 0, part(0, 500));
  await new RangeCache(folder, 1e9).put(state, 0, { bytes: new Uint8Array(3 * 1024 * 1024), size: 1e9, modified: 0 });
  expect(readdirSync(folder)).toEqual([]);
});
