// What a comparison can be of: the results of runs, and the columns that tell rows apart.

import { describe, expect, it } from 'vitest';
import { keyChoices, keyColumns, rememberKey, type RememberedKeys } from '../../../client/src/commands/compareKeyChoices';
import { inOrder, outputBefore, outputsOf } from '../../../client/src/runs/runOutputs';
import type { RunView, StepView } from '../../../client/src/runs/runView';
import { scalarType, type Column, type ColumnType } from '../../../shared/table/table';

const step = (id: string, state: StepView['state'], location?: string): StepView => ({
  id,
  state,
  tasksDone: 0,
  tasksTotal: 0,
  rows: 4,
  seconds: 1.5,
  location,
});
const run = (runId: string, minute: number, steps: readonly StepView[], root = '/shop'): RunView => ({
  runId,
  target: 'b.v1',
  root,
  state: 'succeeded',
  preparation: undefined,
  started: new Date(Date.UTC(2024, 0, 1, 10, minute)),
  seconds: 3,
  steps,
  error: undefined,
  placed: undefined,
  folder: undefined,
});

const runs = [
  run('5', 5, [step('a.v1', 'running')]),
  run('4', 4, [step('a.v1', 'succeeded', '/out/4a'), step('b.v1', 'failed')]),
  run('3', 3, [step('a.v1', 'succeeded', '/out/3a'), step('b.v1', 'succeeded', '/out/3b')]),
  run('2', 2, [step('a.v1', 'succeeded', '/elsewhere/2a')], '/elsewhere'),
  run('1', 1, [step('a.v1', 'succeeded', '/out/1a'), step('b.v1', 'succeeded', '/out/1b')]),
];

describe('the results of a definition', () => {
  it('are those of all runs in its folder that wrote one, the newest first', () => {
    expect(outputsOf(runs, 'a.v1', '/shop').map(({ location }) => location)).toEqual(['/out/4a', '/out/3a', '/out/1a']);
    expect(outputsOf(runs, 'b.v1', '/shop')).toEqual(
      (
        [
          ['3', 3],
          ['1', 1],
        ] as const
      ).map(([runId, minute]) => ({
        id: 'b.v1',
        runId,
        root: '/shop',
        location: `/out/${runId}b`,
        rows: 4,
        seconds: 1.5,
        started: new Date(Date.UTC(2024, 0, 1, 10, minute)),
      })),
    );
    expect(outputsOf(runs, 'c.v1', '/shop')).toEqual([]);
  });

  it('have one before them, but for the first', () => {
    const outputs = outputsOf(runs, 'a.v1', '/shop');
    const before = (index: number): string | undefined => {
      const output = outputs[index];
      return output && outputBefore(outputs, output)?.location;
    };
    expect([0, 1, 2].map(before)).toEqual(['/out/3a', '/out/1a', undefined]);
  });

  it('are compared the older with the newer one', () => {
    const [newer, older] = outputsOf(runs, 'b.v1', '/shop');
    if (newer === undefined || older === undefined) throw new Error('there are two');
    expect(inOrder(newer, older)).toEqual([older, newer]);
    expect(inOrder(older, newer)).toEqual([older, newer]);
  });
});

describe('a key', () => {
  const column = (name: string, type: ColumnType): Column => ({ name, type, nullable: true, partition: false });
  const [int, long, text] = [scalarType('int'), scalarType('bigint'), scalarType('string')];

  it('is of columns that both tables have with the same type, but of no maps', () => {
    const tags: ColumnType = { kind: 'map', key: text, value: int };
    const list: ColumnType = { kind: 'array', element: int };
    const before = [column('id', long), column('old', int), column('n', int), column('tags', tags), column('list', list)];
    const after = [column('list', list), column('tags', tags), column('n', long), column('id', long), column('new', int)];
    expect(keyColumns([before, after])).toEqual([
      { name: 'id', type: 'bigint' },
      { name: 'list', type: 'array<int>' },
    ]);
    expect(keyColumns([])).toEqual([]);
  });

  it('of the last time comes first, as far as its columns are there', () => {
    const candidates = ['a', 'b', 'c'].map((name) => ({ name, type: 'int' }));
    const remembered: RememberedKeys = [
      { target: 'other', key: ['b'] },
      { target: 'x', key: ['c', 'gone', 'a'] },
    ];
    const names = (target: string): readonly (readonly string[])[] => {
      const { last, others } = keyChoices(candidates, remembered, target);
      return [last, others].map((columns) => columns.map(({ name }) => name));
    };
    expect(names('x')).toEqual([['c', 'a'], ['b']]);
    expect(names('y')).toEqual([[], ['a', 'b', 'c']]);
  });

  it('is remembered for its target, up to a hundred of them', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ target: `t${index}`, key: ['a'] }));
    const after = rememberKey(many, 't5', []);
    expect(after).toHaveLength(100);
    expect(after[0]).toEqual({ target: 't5', key: [] });
    expect(after.filter(({ target }) => target === 't5')).toHaveLength(1);
    expect(rememberKey(many, 'new', ['b']).map(({ target }) => target)).toEqual(['new', ...many.slice(0, 99).map(({ target }) => target)]);
  });
});
