// What others do on the disk: folders that go as a whole, runs of the command line, and runs that somebody cleared away.

import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'mocha';
import { commands, window, type TextDocument } from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';
import { activate, fileUri, soon, until } from './extensionUnderTest';

export function diskSuite(): void {
  describe('on the disk', () => {
    after(async () => {
      await commands.executeCommand('workbench.action.closePanel');
    });

    it('a folder that is moved or deleted as a whole takes its definitions along', async () => {
      const api = await activate();
      write('lake/deep/returns.py', returns);
      await until(api.resources.onDidChange, () => (placeOf(api, 'returns.v1') === 'lake/deep/returns.py' ? true : undefined));
      renameSync(path('lake'), path('pond'));
      await until(api.resources.onDidChange, () => (placeOf(api, 'returns.v1') === 'pond/deep/returns.py' ? true : undefined));
      rmSync(path('pond'), { recursive: true });
      await until(api.resources.onDidChange, () => (placeOf(api, 'returns.v1') === undefined ? true : undefined));
    });

    it('a run of the command line is listed, its log is shown, and it goes when its folder does', async () => {
      const api = await activate();
      const folder = `.sparkform/runs/${runId}`;
      write(`${folder}/events.jsonl`, events.map((event) => JSON.stringify(event)).join('\n'));
      write(`${folder}/result.json`, JSON.stringify(manifest));
      const run = await until(api.runs.onDidChange, () => api.runs.all.find((one) => one.runId === runId));
      assert.deepEqual([run.target, run.state, run.steps.map(({ rows }) => rows)], ['daily_orders.v1', 'succeeded', [7]]);
      await commands.executeCommand('sparkform.showRunLog', { runId, step: undefined });
      const lines = await soon(() => {
        const found = shownLog()?.getText().split(/\r?\n/);
        return found?.includes('succeeded after 2.5 s') === true ? found : undefined;
      });
      const begin = lines.findLastIndex((line) => line.startsWith('--- daily_orders.v1, '));
      assert.deepEqual(lines.slice(begin + 1), [
        'Spark 3.5.9 on Python 3.11.2',
        'daily_orders.v1: step 1 of 1',
        'printed by a function',
        'daily_orders.v1: succeeded after 2.0 s, 7 rows, /elsewhere/output',
        'succeeded after 2.5 s',
        '',
        '',
      ]);
      rmSync(path(folder), { recursive: true });
      await until(api.runs.onDidChange, () => (api.runs.all.some((one) => one.runId === runId) ? undefined : true));
    });
  });
}

const returns = `from definitions import spark


@spark.sql_transformation(name="returns", variant="v1")
def returns():
    return "SELECT order_id FROM {{orders.v1}}"
`;

/** Such as those on disk: it begins with a date, an old one, so that it is not the newest. */
const runId = '20200102-030405-678-abcdef';
const step = { id: 'daily_orders.v1', state: 'succeeded', seconds: 2, rows: 7, location: '/elsewhere/output' };
const manifest = {
  version: 1,
  runId,
  target: 'daily_orders.v1',
  state: 'succeeded',
  started: '2020-01-02T03:04:05.678Z',
  seconds: 2.5,
  steps: [step],
};
const events = [
  { event: 'sessionReady', sparkVersion: '3.5.9', pythonVersion: '3.11.2' },
  { event: 'runStarted', runId, steps: 1 },
  { event: 'stepStarted', id: 'daily_orders.v1', index: 0, of: 1 },
  { event: 'log', text: 'printed by a function\n' },
  { event: 'stepFinished', ...step },
  { event: 'finished', state: 'succeeded', seconds: 2.5, outputs: [] },
];

/** As another program does it: VS Code learns of it by watching. */
function write(name: string, text: string): void {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), text);
}

function path(name: string): string {
  return join(fileUri('.').fsPath, name);
}

/** The file, relative to the folder, that defines a resource. */
function placeOf({ resources }: ExtensionApi, id: string): string | undefined {
  const found = resources.groups.flatMap((group) => group.resources).find((resource) => resource.id === id);
  return found === undefined ? undefined : decodeURI(found.uri).slice(decodeURI(fileUri('.').toString()).replace(/\/\.?$/, '').length + 1);
}

function shownLog(): TextDocument | undefined {
  return window.visibleTextEditors.map(({ document }) => document).find(({ uri }) => uri.scheme === 'output');
}
