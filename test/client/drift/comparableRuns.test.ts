import { describe, expect, it } from 'vitest';
import { comparableRuns } from '../../../client/src/drift/comparableRuns';
import { listRuns } from '../../../client/src/s3/listRuns';
import { MemoryObjectStore } from '../../support/memoryObjectStore';

const [first, second, third, fourth] = ['01', '02', '03', '04'].map((day) => `2024-05-${day}-00-00-00-000000`) as [
  string,
  string,
  string,
  string,
];

function parquet(run: string, files = 1): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: files }, (_, part) => [`lake/a/v1/${run}/part-${part}.parquet`, 10]));
}

function success(run: string): Readonly<Record<string, number>> {
  return { [`lake/a/v1/${run}/_SUCCESS`]: 0 };
}

async function compared(...objects: readonly Readonly<Record<string, number>>[]): Promise<readonly string[] | undefined> {
  const store = new MemoryObjectStore(Object.assign({}, ...objects) as Readonly<Record<string, number>>);
  const pair = comparableRuns((await listRuns(store, { bucket: 'lake', key: 'a/v1/' })).runs);
  return pair && [pair.before.name, pair.after.name];
}

describe('the runs that tell whether an output has drifted', () => {
  it('are the newest two', async () => {
    expect(await compared(parquet(first))).toBeUndefined();
    expect(await compared(parquet(second), parquet(third), parquet(first))).toEqual([second, third]);
  });

  it('have come to their end, where jobs mark it', async () => {
    expect(await compared(parquet(first), success(first), parquet(second), success(second), parquet(third))).toEqual([first, second]);
    expect(await compared(parquet(first), success(first), parquet(second))).toBeUndefined();
  });

  it('have files', async () => {
    expect(await compared(parquet(first), success(first), success(second), parquet(third), success(third), success(fourth))).toEqual([
      first,
      third,
    ]);
  });

  it('have footers, and few enough to be read unasked', async () => {
    const csv = { [`lake/a/v1/${third}/part-0.csv`]: 10 };
    expect(await compared(parquet(first), parquet(second), csv)).toBeUndefined();
    expect(await compared(parquet(first), parquet(second, 100))).toEqual([first, second]);
    expect(await compared(parquet(first), parquet(second, 101))).toBeUndefined();
    // More than a listing tells at once.
    expect(await compared(parquet(first), parquet(second), parquet(third, 1000))).toBeUndefined();
  });
});
