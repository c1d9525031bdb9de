import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadFolder, type DownloadProgress } from '../../../client/src/s3/downloadFolder';
import { TableProblem } from '../../../shared/table/tableProblem';
import { MemoryObjectStore } from '../../support/memoryObjectStore';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparkform-download-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const run = { bucket: 'lake', key: 'a/v1/' };

describe('a folder of S3', () => {
  it('is downloaded with all that is below it, and nothing else', async () => {
    const store = new MemoryObjectStore({
      'lake/a/v1/part-0.parquet': 3,
      'lake/a/v1/dt=1/part-1.parquet': 2,
      'lake/a/v1/_SUCCESS': 0,
      'lake/a/v1/dt=1/': 0,
      'lake/a/v10/part-0.parquet': 9,
    });
    const told: DownloadProgress[] = [];
    const done = await downloadFolder(store, run, join(folder, 'v1'), { onProgress: (progress) => told.push(progress) });
    expect(done).toEqual({ files: 3, filesDone: 3, bytes: 5, bytesDone: 5 });
    expect(told.at(-1)).toEqual(done);
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
      'v1',
      'v1/_SUCCESS',
      'v1/dt=1',
      'v1/dt=1/part-1.parquet',
      'v1/part-0.parquet',
    ]);
    expect(await readFile(join(folder, 'v1/part-0.parquet'), 'utf8')).toBe('a/v');
  });

  it('of more than a thousand files comes whole', async () => {
    const store = new MemoryObjectStore(
      Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [`lake/a/v1/part-${String(index).padStart(5, '0')}`, 0])),
    );
    expect(await downloadFolder(store, run, join(folder, 'v1'))).toMatchObject({ files: 1100, filesDone: 1100 });
    expect(await readdir(join(folder, 'v1'))).toHaveLength(1100);
  });

  it('leaves nothing behind when a file cannot be had', async () => {
    const store = new MemoryObjectStore({ 'lake/a/v1/part-0.parquet': 3, 'lake/a/v1/part-1.parquet': 3 });
    store.refuse = (asked) =>
      asked.endsWith('part-1.parquet') ? new TableProblem('denied', 's3://lake/a/v1/part-1.parquet may not be read') : undefined;
    await expect(downloadFolder(store, run, join(folder, 'v1'))).rejects.toThrow(
      new TableProblem('denied', 's3://lake/a/v1/part-1.parquet may not be read'),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves nothing behind when it is cancelled, and says so with the reason of the signal', async () => {
    const store = new MemoryObjectStore({ 'lake/a/v1/part-0.parquet': 3, 'lake/a/v1/part-1.parquet': 3 });
    const controller = new AbortController();
    const reason = new Error('the user has changed their mind');
    store.before = (asked) => {
      if (asked.startsWith('download')) controller.abort(reason);
      return undefined;
    };
    await expect(downloadFolder(store, run, join(folder, 'v1'), { signal: controller.signal })).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes the place of nothing', async () => {
    const store = new MemoryObjectStore({ 'lake/a/v1/part-0.parquet': 3 });
    await mkdir(join(folder, 'v1'));
    await writeFile(join(folder, 'v1', 'mine'), '');
    await expect(downloadFolder(store, run, join(folder, 'v1'))).rejects.toThrow(
      `${join(folder, 'v1')} exists already: choose another name for s3://lake/a/v1/`,
    );
    expect(await readdir(join(folder, 'v1'))).toEqual(['mine']);
    expect(store.asked).toEqual([]);
  });

  it('without a file is refused', async () => {
    const store = new MemoryObjectStore({ 'lake/a/v1/': 0, 'lake/a/v10/part-0.parquet': 3 });
    await expect(downloadFolder(store, run, join(folder, 'v1'))).rejects.toThrow('s3://lake/a/v1/ holds no files');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['../../out', 'x/../../out', '/out', 'a//b', './out'])('with a key that leads out of it is refused: %s', async (key) => {
    const store = new MemoryObjectStore({ 'lake/a/v1/part-0.parquet': 3, [`lake/a/v1/${key}`]: 3 });
    await expect(downloadFolder(store, run, join(folder, 'v1'))).rejects.toThrow(
      `s3://lake/a/v1/${key} cannot be a file of this computer: its key is no path`,
    );
    expect(await readdir(folder)).toEqual([]);
    expect(store.asked.filter((asked) => asked.startsWith('download'))).toEqual([]);
  });
});
