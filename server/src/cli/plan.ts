import type { PlanAnswer, PlanRefusal } from '../../../shared/run/plan';
import { shownPath } from './check';
import { exitCodes, type CommandIo, type ExitCode } from './io';
import { openWorkspace } from './openWorkspace';
import { parseOptions } from './options';

/** `plan ID`: what a run would do, as JSON. Exit 1 with the reasons when it cannot run. */
export async function plan(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions(
    'plan',
    args,
    { dir: { kind: 'text' }, upstream: { kind: 'flag' }, engine: { kind: 'choice', values: ['local', 'emr'] } },
    { min: 1, max: 1, name: 'ID' },
  );
  const { service } = await openWorkspace([options.text('dir') ?? '.'], io.cwd);
  const answer = service.runPlan({
    id: options.positionals[0] ?? '',
    engine: (options.text('engine') ?? 'local') as 'local' | 'emr',
    upstream: options.flag('upstream'),
  });
  if (answer.kind === 'refused') return reportRefusal(answer, io);
  io.out(`${JSON.stringify(answer.plan, undefined, 2)}\n`);
  return exitCodes.fine;
}

/** Says why there is no plan, each reason at its place. */
export function reportRefusal(answer: Extract<PlanAnswer, { kind: 'refused' }>, io: CommandIo): ExitCode {
  for (const reason of answer.reasons) io.err(`${placeOf(reason, io.cwd)}${reason.message}\n`);
  return exitCodes.problems;
}

function placeOf({ uri, range }: PlanRefusal, cwd: string): string {
  if (uri === undefined) return '';
  const file = shownPath(uri, cwd);
  return range === undefined ? `${file}: ` : `${file}:${range.start.line + 1}:${range.start.character + 1}: `;
}
