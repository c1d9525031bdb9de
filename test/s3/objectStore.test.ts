// The store over the wire: what it asks, and what it makes of answers.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPages, type ListPage } from '../../shared/s3/objectStore';
import { openS3Store } from '../../shared/s3/s3Store';
import type { Fault } from '../support/s3Gateway';
import { tableProblemOf } from '../support/tableProblemOf';
import { error, object, patience, storeBench, thousandBytes as bytes } from './storeBench';

const bench = storeBench();
const { store, readAll, failing } = bench;
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-store-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('reading', () => {
  it('takes ranges and ends, exactly, and learns what there is to know of the object', async () => {
    const cost = { requests: 0, bytesRead: 0 };
    const part = await store().read(object, { start: 10, end: 30 }, { cost });
    expect(Buffer.from(part.bytes)).toEqual(bytes.subarray(10, 30));
    expect(part).toMatchObject({ size: 1000, etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string });
    expect(Math.abs(part.modified - Date.now())).toBeLessThan(600_000);
    expect(Buffer.from((await store().read(object, { last: 7 }, { cost })).bytes)).toEqual(bytes.subarray(993));
    expect(Buffer.from((await store().read(object, { last: 5000 }, { cost })).bytes)).toEqual(bytes);
    expect(cost).toEqual({ requests: 3, bytesRead: 1027 });
    expect(bench.server.gateway.requests.map(({ headers }) => headers.range)).toEqual(['bytes=10-29', 'bytes=-7', 'bytes=-5000']);
  });

  it('holds on to the state of an object', async () => {
    await bench.server.put('changing.bin', 'one');
    const changing = { bucket: 'lake', key: 'changing.bin' };
    const { etag } = await store().read(changing, { last: 10 });
    expect(Buffer.from((await store().read({ ...changing, etag }, { start: 0, end: 3 })).bytes).toString()).toBe('one');
    await bench.server.put('changing.bin', 'two');
    expect(await tableProblemOf(store().read({ ...changing, etag }, { start: 0, end: 3 }))).toEqual({
      kind: 'changed',
      message: 's3://lake/changing.bin was changed while it was shown',
    });
  });

  it('takes an empty object for what it is', async () => {
    await bench.server.put('empty.bin', '');
    const part = await store().read({ bucket: 'lake', key: 'empty.bin' }, { last: 10 });
    expect(part).toMatchObject({ bytes: { length: 0 }, size: 0 });
    // As S3 has it, there is no range of an empty object.
    bench.server.gateway.fault = ({ headers }) =>
      headers.range === undefined ? undefined : error(416, 'InvalidRange', 'not satisfiable', { fields: { ActualObjectSize: 0 } });
    expect(await store().read({ bucket: 'lake', key: 'empty.bin' }, { start: 0, end: 10 })).toMatchObject({ size: 0 });
    bench.server.gateway.fault = () => error(416, 'InvalidRange', 'not satisfiable', { fields: { ActualObjectSize: 700 } });
    expect(await tableProblemOf(readAll())).toEqual({ kind: 'changed', message: 's3://lake/a.bin became shorter while it was read' });
  });

  it('reaches objects of any name', async () => {
    const keys = [
      'dt=2024-01-01/a b.bin',
      'a+b&c?d#e.bin',
      '100%25.bin',
      'ünï/日本 😀.bin',
      "it's (1)*!.bin",
      'a//b/./c.bin',
      '~x;y,z:@$.bin',
      'q"<>\\^`{|}.bin',
      'control\u0001 \u{10ffff}.bin',
    ];
    for (const key of keys) await bench.server.put(`odd/${key}`, key);
    const { objects } = await store().list({ bucket: 'lake', prefix: 'odd/' });
    expect(objects.map(({ key }) => key).toSorted()).toEqual(keys.map((key) => `odd/${key}`).toSorted());
    for (const { bucket, key, etag, size } of objects) {
      const part = await store().read({ bucket, key, etag }, { start: 0, end: size });
      expect(`odd/${Buffer.from(part.bytes).toString()}`).toBe(key);
    }
  });
});

describe('listing', () => {
  it('goes page by page, in order, with folders where they are asked for', async () => {
    const keys = ['v1/part-0', 'v1/part-1', 'v1/part-2', 'v1/sub/part-3', 'v10/part-4'];
    for (const key of keys) await bench.server.put(key, key);
    const pages: ListPage[] = [];
    for await (const page of listPages(store(), { bucket: 'lake', prefix: 'v1/', maxKeys: 2 })) pages.push(page);
    expect(pages.map(({ objects }) => objects.map(({ key }) => key))).toEqual([keys.slice(0, 2), keys.slice(2, 4)]);
    expect(pages[0]?.objects[0]).toMatchObject({ bucket: 'lake', size: 9, storageClass: 'STANDARD' });
    expect(await store().list({ bucket: 'lake', prefix: 'v1', delimiter: '/' })).toEqual({
      objects: [],
      prefixes: ['v1/', 'v10/'],
      continuation: undefined,
    });
    expect(await store().list({ bucket: 'lake', prefix: 'none/' })).toEqual({ objects: [], prefixes: [], continuation: undefined });
  });

  it('refuses an answer that is none', async () => {
    bench.server.gateway.fault = () => ({ kind: 'error', status: 200, code: 'Welcome', message: 'to our network: please sign in' });
    expect(await tableProblemOf(store().list({ bucket: 'lake', prefix: 'v1/' }))).toEqual({
      kind: 'unreachable',
      message: 's3://lake/v1/: the server did not answer with a listing of S3',
    });
  });
});

describe('a download', () => {
  it('writes the whole object, in parts, under its name alone', async () => {
    const large = Buffer.alloc(20 * 1024 * 1024, 'abcdefg');
    await bench.server.put('large.bin', large);
    const target = join(scratch, 'large.bin');
    const progress: number[] = [];
    await store().download({ bucket: 'lake', key: 'large.bin' }, target, { onProgress: (done) => progress.push(done) });
    expect(readFileSync(target).equals(large)).toBe(true);
    expect(progress.at(-1)).toBe(large.length);
    expect(bench.server.gateway.requests).toHaveLength(3);
    expect(readdirSync(scratch)).toEqual(['large.bin']);
    await bench.server.put('empty.bin', '');
    await store().download({ bucket: 'lake', key: 'empty.bin' }, join(scratch, 'empty.bin'));
    expect(readFileSync(join(scratch, 'empty.bin'))).toHaveLength(0);
  });

  it('leaves nothing where it fails or is given up', async () => {
    const target = join(scratch, 'broken.bin');
    const large = { bucket: 'lake', key: 'large.bin' };
    bench.server.gateway.fault = ({ headers }) =>
      headers.range === 'bytes=0-8388607' ? undefined : error(403, 'AccessDenied', 'Access Denied');
    expect(await tableProblemOf(store().download(large, target))).toMatchObject({ kind: 'denied' });
    bench.server.gateway.forget();
    const controller = new AbortController();
    const onProgress = (): void => {
      controller.abort(new Error('given up'));
    };
    await expect(store().download(large, target, { signal: controller.signal, onProgress })).rejects.toThrow('given up');
    expect(readdirSync(scratch)).not.toContain('broken.bin');
    expect(readdirSync(scratch).filter((name) => name.endsWith('.part'))).toEqual([]);
    const nowhere = join(scratch, 'no', 'where.bin');
    expect(await tableProblemOf(store().download(large, nowhere))).toMatchObject({ kind: 'not-written' });
  });
});

describe('what passes', () => {
  it.each<[string, Fault]>([
    ['a server that is busy', error(503, 'SlowDown', 'Please reduce your request rate.')],
    ['an error inside S3', error(500, 'InternalError', 'We encountered an internal error. Please try again.')],
    ['too many requests', error(429, 'TooManyRequests')],
    ['a broken connection', { kind: 'reset' }],
    ['an answer that is cut short', { kind: 'cut', bytes: 100 }],
  ])('is asked again: %s', async (_, fault) => {
    failing(3, fault);
    expect(await readAll()).toMatchObject({ size: 1000 });
    expect(bench.server.gateway.requests).toHaveLength(4);
    failing(Infinity, fault);
    expect(await tableProblemOf(readAll())).toMatchObject({ kind: 'unreachable' });
    expect(bench.server.gateway.requests).toHaveLength(8);
  });

  it('counts in what it costs', async () => {
    failing(2, { kind: 'reset' });
    const cost = { requests: 0, bytesRead: 0 };
    await store().read(object, { start: 0, end: 10 }, { cost });
    expect(cost).toEqual({ requests: 3, bytesRead: 10 });
  });

  it('is told from what lasts', async () => {
    failing(Infinity, error(503, 'SlowDown', 'Please reduce your request rate.'));
    expect(await tableProblemOf(readAll())).toEqual({
      kind: 'unreachable',
      message: 's3://lake/a.bin: S3 asked again and again to be asked more slowly (SlowDown): try later',
    });
    failing(Infinity, { kind: 'reset' });
    expect(await tableProblemOf(readAll())).toEqual({
      kind: 'unreachable',
      message: `s3://lake/a.bin: ${bench.server.endpoint.slice(7)} broke the connection again and again`,
    });
    bench.server.gateway.forget();
    bench.server.gateway.fault = () => ({ kind: 'cut', bytes: 100, stall: true });
    const hasty = openS3Store({ cacheBytes: 0 }, { env: bench.server.env, patience: { ...patience, silence: 50 } });
    expect(await tableProblemOf(readAll(hasty))).toEqual({
      kind: 'unreachable',
      message: `s3://lake/a.bin: ${bench.server.endpoint.slice(7)} did not answer in time`,
    });
    expect(bench.server.gateway.requests).toHaveLength(2);
  });

  it('is not waited for by whoever gives up', async () => {
    const controller = new AbortController();
    failing(Infinity, error(503, 'SlowDown'));
    bench.server.gateway.onRequest = () => {
      controller.abort(new Error('given up'));
    };
    const patient = openS3Store({ cacheBytes: 0 }, { env: bench.server.env, patience: { busyPause: 1e9 } });
    await expect(patient.read(object, { last: 1 }, { signal: controller.signal })).rejects.toThrow('given up');
    // A request under way ends at the server as well.
    bench.server.gateway.forget();
    const second = new AbortController();
    bench.server.gateway.fault = () => ({ kind: 'cut', bytes: 100, stall: true });
    bench.server.gateway.onRequest = () => {
      second.abort(new Error('given up'));
    };
    await expect(store().read(object, { last: 1000 }, { signal: second.signal })).rejects.toThrow('given up');
    await expect.poll(() => bench.server.gateway.givenUp).toBe(1);
  });
});
