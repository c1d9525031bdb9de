import { join } from 'node:path';
import type { FinishedEvent, JobEvent } from '../../../shared/run/jobEvents';
import { LocalExecutor } from '../../../shared/run/local/localExecutor';
import { defaultCacheFolder } from '../../../shared/cacheFolder';
import type { PlanAnswer } from '../../../shared/run/plan';
import { runJob } from '../../../shared/run/runJob';
import { exitCodes, type CommandIo, type ExitCode } from './io';
import { openWorkspace } from './openWorkspace';
import { parseOptions } from './options';
import { runStoreOf } from './output';
import { reportRefusal } from './plan';
import { RunProgress } from './runProgress';

/**
 * `run ID`: on the local Spark. Exit 1 when it cannot run, fails or is cancelled. With `--format json` every event is a line
 * on standard output, the last one `finished`.
 */
export async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'run',
    args,
    {
      dir: { kind: 'text' },
      upstream: { kind: 'flag' },
      engine: { kind: 'choice', values: ['local'] },
      limit: { kind: 'number', min: 1, max: 2 ** 31 - 1, whole: true },
      format: { kind: 'choice', values: ['text', 'json'] },
      verbose: { kind: 'flag' },
    },
    { min: 1, max: 1, name: 'ID' },
  );
  const workspace = await openWorkspace([options.text('dir') ?? '.'], io.cwd);
  const limit = options.number('limit');
  const answer = workspace.service.runPlan({
    id: options.positionals[0] ?? '',
    engine: 'local',
    upstream: options.flag('upstream'),
    ...(limit === undefined ? {} : { limit }),
  });
  const json = options.text('format') === 'json';
  if (answer.kind === 'refused') return json ? printRefusal(answer, io) : reportRefusal(answer, io);

  const progress = new RunProgress(io, answer.plan, { quiet: json, verbose: options.flag('verbose') });
  const executor = new LocalExecutor({ runnerFolder: join(__dirname, 'runner'), cacheFolder: defaultCacheFolder() });
  let finished: FinishedEvent | undefined;
  try {
    const events: AsyncIterable<JobEvent> = runJob(answer.plan, executor, { store: runStoreOf(workspace), signal: io.signal });
    for await (const event of events) {
      if (json) io.out(`${JSON.stringify(event)}\n`);
      progress.show(event);
      if (event.event === 'finished') finished = event;
    }
  } finally {
    progress.end();
    await executor.dispose();
  }
  return finished?.state === 'succeeded' ? exitCodes.fine : exitCodes.problems;
}

/** The last line is `finished` here, too. */
function printRefusal({ reasons }: Extract<PlanAnswer, { kind: 'refused' }>, io: CommandIo): ExitCode {
  const [first] = reasons;
  const error = { phase: 'start', errorClass: 'Refused', suggestions: [], ...first };
  for (const event of [
    { event: 'refused', reasons },
    { event: 'finished', state: 'failed', outputs: [], error },
  ]) {
    io.out(`${JSON.stringify(event)}\n`);
  }
  return exitCodes.problems;
}
