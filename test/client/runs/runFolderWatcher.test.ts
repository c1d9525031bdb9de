// The system tells of changes when it likes: each test waits for what must be told, and counts what must not by what is told after it.

import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunFolderWatcher } from '../../../client/src/runs/runFolderWatcher';

describe('the watcher of run folders', () => {
  let root: string;
  let told: number;
  let waiting: (() => void) | undefined;
  let watcher: RunFolderWatcher;
  const runs = (name = ''): string => join(root, '.sparkform/runs', name);
  const write = (path: string, text = '{}'): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  /** Resolves when something is told after the change; never, otherwise, and the test fails by its time limit. */
  const tellsOf = async (change: () => void): Promise<void> => {
    await settled();
    await watcher.follow([root]);
    const next = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    change();
    await next;
  };
  /** Nothing more is told of what happened before. */
  const settled = async (): Promise<void> => {
    for (let before = -1; before !== told;) {
      before = told;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'sparkform-watch-'));
    told = 0;
    watcher = new RunFolderWatcher(() => {
      told++;
      waiting?.();
    });
  });
  afterEach(() => {
    watcher.dispose();
    rmSync(root, { recursive: true });
  });

  it('tells of the first run of a workspace, all of whose folders appear at once, of its end, and that it was cleared away', async () => {
    await tellsOf(() => {
      write(runs('first/plan.json'));
    });
    await tellsOf(() => {
      write(runs('first/result.json.part'));
      renameSync(runs('first/result.json.part'), runs('first/result.json'));
    });
    await tellsOf(() => {
      rmSync(runs('first'), { recursive: true });
    });
  });

  it('tells of a run that follows', async () => {
    write(runs('first/result.json'));
    await tellsOf(() => {
      mkdirSync(runs('second'));
    });
  });

  it('tells of runs in a folder that was deleted and made again', async () => {
    write(runs('first/result.json'));
    await tellsOf(() => {
      rmSync(join(root, '.sparkform'), { recursive: true });
    });
    await tellsOf(() => {
      mkdirSync(runs(), { recursive: true });
    });
    await tellsOf(() => {
      mkdirSync(runs('second'));
    });
  });

  it('says nothing of the log of a run, nor of other files of the workspace', async () => {
    write(runs('first/events.jsonl'));
    await watcher.follow([root]);
    await settled();
    const before = told;
    appendFileSync(runs('first/events.jsonl'), 'more\n');
    write(join(root, 'definitions.py'));
    await settled();
    expect(told).toBe(before);
    await tellsOf(() => {
      write(runs('first/result.json'));
    });
  });

  it('says nothing of a folder that left the workspace, and is quiet when it is disposed of', async () => {
    write(runs('first/events.jsonl'));
    await watcher.follow([root]);
    await watcher.follow([]);
    await settled();
    const before = told;
    mkdirSync(runs('second'));
    await settled();
    expect(told).toBe(before);
    await watcher.follow([root]);
    watcher.dispose();
    mkdirSync(runs('third'));
    await watcher.follow([root]);
    mkdirSync(runs('fourth'));
    await settled();
    expect(told).toBe(before);
  });

  it('follows what is there of several folders, one of which is gone', async () => {
    await watcher.follow([join(root, 'gone'), root]);
    await tellsOf(() => {
      mkdirSync(join(root, '.sparkform'));
    });
  });
});
