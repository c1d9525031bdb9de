import { describe, expect, it } from 'vitest';
import { findOutputs } from '../../../client/src/s3/findOutputs';
import { isFolderIn } from '../../../client/src/s3/isFolderIn';
import { formatMoment, tableName } from '../../../client/src/s3/outputFolders';
import { formatBytes } from '../../../shared/formatAmounts';
import { TableProblem } from '../../../shared/table/tableProblem';
import { MemoryObjectStore } from '../../support/memoryObjectStore';

const objects = {
  'lake/featureform/Transformation/daily/v1/2024-05-01-00-00-00-000000/part-0.parquet': 10,
  'lake/featureform/Transformation/daily/v1/2024-05-03-00-00-00-000000/part-0.parquet': 20,
  'lake/featureform/Transformation/daily/v10/2024-05-04-00-00-00-000000/part-0.parquet': 30,
  'lake/featureform/Transformation/daily/happy_newton/2024-05-02-00-00-00-000000/part-0.parquet': 40,
};

describe('the outputs of a definition', () => {
  it('are the runs of its variant alone, the newest first', async () => {
    const store = new MemoryObjectStore(objects);
    const found = await findOutputs(store, { kind: 'runs', location: 's3://lake/featureform/Transformation/daily/v1/' }, {});
    expect(found.map(({ name, variant, contents }) => [name, variant, contents?.bytes])).toEqual([
      ['2024-05-03-00-00-00-000000', undefined, 20],
      ['2024-05-01-00-00-00-000000', undefined, 10],
    ]);
    expect(store.asked).toEqual(['list lake featureform/Transformation/daily/v1/']);
  });

  it('that has no variant of its own are the runs of all that were written', async () => {
    const store = new MemoryObjectStore(objects);
    const found = await findOutputs(store, { kind: 'variants', location: 's3://lake/featureform/Transformation/daily/' }, {});
    expect(found.map(({ name, variant }) => `${variant ?? ''} ${name.slice(0, 10)}`)).toEqual([
      'v10 2024-05-04',
      'v1 2024-05-03',
      'happy_newton 2024-05-02',
      'v1 2024-05-01',
    ]);
  });

  it('are none where nothing was written, and fail as the store does', async () => {
    const store = new MemoryObjectStore({});
    const runs = { kind: 'runs', location: 's3://lake/a/' } as const;
    expect(await findOutputs(store, runs, {})).toEqual([]);
    store.refuse = () => new TableProblem('denied', 'no');
    await expect(findOutputs(store, runs, {})).rejects.toThrow(new TableProblem('denied', 'no'));
    const reason = new Error('given up');
    await expect(findOutputs(store, runs, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('a location', () => {
  const store = new MemoryObjectStore({
    'lake/a/v1/part-0.parquet': 1,
    'lake/a/v10': 1,
    'lake/t.parquet': 1,
    'lake/u.parquet/part-0.parquet': 1,
  });

  it.each([
    ['', true],
    ['a', true],
    ['a/v1/', true],
    ['a/v1', true],
    ['a/v10', false],
    ['t.parquet', false],
    ['u.parquet', true],
  ])('is a folder where something lies below it: "%s"', async (key, isFolder) => {
    expect(await isFolderIn(store, { bucket: 'lake', key })).toBe(isFolder);
  });

  it('is judged by its name where nobody may list', async () => {
    const closed = new MemoryObjectStore({});
    closed.refuse = () => new TableProblem('denied', 'no');
    expect(await isFolderIn(closed, { bucket: 'lake', key: 'a/v1' })).toBe(true);
    expect(await isFolderIn(closed, { bucket: 'lake', key: 'a/t.parquet' })).toBe(false);
  });

  it('of a run is called by its definition and moment, any other by its last part', () => {
    const called = (key: string): string => tableName({ bucket: 'lake', key });
    expect(called('p/featureform/Transformation/daily/v1/2024-05-03-07-08-09-123456/')).toBe('daily.v1 2024-05-03 07:08:09');
    expect(called('2024-05-03-07-08-09-123456')).toBe('2024-05-03-07-08-09-123456');
    expect(called('a/t.parquet')).toBe('t.parquet');
    expect(called('')).toBe('lake');
    expect(formatMoment('2022-08-19 17:37:36.546384')).toBe('2022-08-19 17:37:36');
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [13_493_022, '13.5 MB'],
  [999_499, '999 kB'],
  [999_900, '1.00 MB'],
  [4.2e15, '4.20 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
