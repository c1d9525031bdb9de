// What reaches a run from its runner, by runners that do one thing each. The real one is in localSpark.test.ts.

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileRunStore } from '../../../shared/run/local/fileRunStore';
import { LocalExecutor } from '../../../shared/run/local/localExecutor';
import { cacheFolder, followJob, localEnvironment, planOf, preamble, readManifest, type FinishedRun } from '../../support/localRuns';

vi.setConfig({ testTimeout: 60_000 });

const definitions = `${preamble}
@spark.sql_transformation(name="first", variant="v1")
def first():
    return "SELECT * FROM {{airports.v1}}"


@spark.sql_transformation(name="second", variant="v1")
def second():
    return "SELECT * FROM {{first.v1}}"


@spark.sql_transformation(name="third", variant="v1")
def third():
    return "SELECT * FROM {{second.v1}}"
`;

/** Reads one request, writes what it likes; `out` is the folder of the run. */
const prelude = `import json, os, sys

def tell(event, **more):
    print(json.dumps(dict(more, event=event)), flush=True)

request = json.loads(sys.stdin.readline())
out = request["out"]
tell("runStarted", runId=request["runId"], steps=3)
tell("stepStarted", id="first.v1", index=0, of=3)
location = os.path.join(out, "featureform/Transformation/first/v1/2026-11-22-12-00-00-000000")
os.makedirs(location)
tell("stepFinished", id="first.v1", state="succeeded", seconds=1, rows=2, columns=[], location=location)
tell("stepStarted", id="second.v1", index=1, of=3)
os.makedirs(os.path.join(out, "featureform/Transformation/second/v1/2026-11-22-12-00-01-000000"))
`;

let root: string;

beforeAll(() => localEnvironment(), 600_000);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sparkform-executor-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function runWith(runner: string): Promise<FinishedRun> {
  const runnerFolder = join(root, 'runner');
  await mkdir(runnerFolder);
  await writeFile(join(runnerFolder, 'main.py'), prelude + runner);
  const executor = new LocalExecutor({ runnerFolder, cacheFolder });
  try {
    return await followJob(await planOf(definitions, 'third.v1'), executor, new FileRunStore({ root, keep: 3 }));
  } finally {
    await executor.dispose();
  }
}

it('a run that waited for its turn gets a Spark of its own when the one before it took that with it', async () => {
  const runnerFolder = join(root, 'runner');
  await mkdir(runnerFolder);
  await writeFile(
    join(runnerFolder, 'main.py'),
    `import json, os, sys

for line in sys.stdin:
    request = json.loads(line)
    if request["request"] == "cancel":
        ends = {"sessionEnds": True}
    else:
        run = request["runId"]
        # Before the news of the start: the answer to that is the file.
        waits = not os.path.exists("../../second")
        print(json.dumps({"event": "runStarted", "runId": run, "steps": 3}), flush=True)
        if waits:
            continue
        ends = {}
    state = "cancelled" if ends else "succeeded"
    manifest = {"version": 1, "runId": run, "target": "third.v1", "state": state, "started": "2026-11-22T12:00:00.000Z", "seconds": 1, "steps": []}
    print(json.dumps(dict(ends, event="runFinished", manifest=manifest)), flush=True)
    if ends:
        break
`.replace('"../../second"', JSON.stringify(join(root, 'second'))),
  );
  const executor = new LocalExecutor({ runnerFolder, cacheFolder });
  const store = new FileRunStore({ root, keep: 3 });
  try {
    const plan = await planOf(definitions, 'third.v1');
    let second: Promise<FinishedRun> | undefined;
    const first = await followJob(plan, executor, store, (event, cancel) => {
      if (event.event !== 'runStarted') return;
      second = followJob(plan, executor, store, (later) => {
        // It is staged on the Spark of the first one, which ends then.
        if (later.event === 'state' && later.state === 'staging') void writeFile(join(root, 'second'), '').then(cancel);
      });
    });
    expect(first.finished.state).toBe('cancelled');
    expect((await second)?.finished).toMatchObject({ state: 'succeeded' });
  } finally {
    await executor.dispose();
  }
});

describe('a run', () => {
  it('that loses its runner fails in the step that was under way, and keeps what was finished', async () => {
    const { finished } = await runWith('os._exit(7)\n');
    expect(finished).toMatchObject({
      state: 'failed',
      outputs: [{ id: 'first.v1', rows: 2 }],
      error: { step: 'second.v1', message: 'The Spark process ended with code 7 before the run was over.' },
    });
    const line = definitions.split('\n').indexOf('def second():');
    expect(finished.error?.range).toEqual({ start: { line, character: 4 }, end: { line, character: 10 } });
    const states = (await readManifest(finished.folder)).steps.map(({ id, state }) => `${id} ${state}`);
    expect(states).toEqual(['first.v1 succeeded', 'second.v1 failed', 'third.v1 skipped']);
    const written = join(finished.folder, 'featureform/Transformation');
    expect(await readdir(join(written, 'first/v1'))).toHaveLength(1);
    expect(await readdir(join(written, 'second/v1'))).toEqual([]);
  });

  it('ends when the runner could tell of its end and not write it down', async () => {
    const { finished } = await runWith(`
steps = [{"id": "first.v1", "state": "succeeded", "seconds": 1, "rows": 2, "columns": [], "location": location}]
manifest = {"version": 1, "runId": request["runId"], "target": "third.v1", "state": "failed", "started": "2026-11-22T12:00:00.000Z",
            "seconds": 2, "steps": steps, "error": {"phase": "write", "errorClass": "OSError", "message": "full", "suggestions": []}}
tell("runFinished", manifest=manifest)
sys.stdin.read()
`);
    expect(finished).toMatchObject({ state: 'failed', error: { message: 'full' } });
    expect(await readManifest(finished.folder)).toMatchObject({ state: 'failed', error: { message: 'full' } });
  });

  it('tells what is printed line by line, and no more of it than anybody reads', async () => {
    const { events } = await runWith(`
sys.stderr.write("a\\r\\nb" + "x" * 5000 + "\\n")
for number in range(30000):
    sys.stderr.write("%d\\n" % number)
sys.stderr.write("last words")
sys.stderr.flush()
os._exit(0)
`);
    const texts = events.flatMap((event) => (event.event === 'log' ? [event.text] : []));
    expect(texts[0]).toBe('a');
    expect(texts[1]).toBe(`b${'x'.repeat(3999)}…`);
    expect(texts[2]).toBe('0');
    expect(texts).toHaveLength(20_001);
    expect(texts.at(-1)).toBe('What else the run printed is left out.');
    // The story of the end has the last of it.
    const finished = events.at(-1);
    expect(finished?.event === 'finished' && finished.error?.detail?.split('\n').slice(-2)).toEqual(['29999', 'last words']);
  });
});
