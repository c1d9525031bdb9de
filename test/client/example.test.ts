// The example that the extension puts into an empty folder must be right in the eyes of the extension itself.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildRunPlan } from '../../server/src/features/runPlan';
import { parseProject } from '../../server/src/workspace/project';
import { checkRules } from '../support/checkRules';

const folder = join(import.meta.dirname, '../../media/example');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the example', () => {
  const { project, problems } = parseProject(text('sparkform.json'));
  const checked = checkRules(new Map([['definitions.py', text('definitions.py')]]), project);

  it('has no problems', async () => {
    expect(problems).toEqual([]);
    expect((await checked).diagnoses.get('definitions.py')).toEqual([]);
  });

  it('runs as it is, from the data beside it', async () => {
    const { snapshot } = await checked;
    const answer = buildRunPlan(snapshot, { id: 'busy_days.v1', engine: 'local', upstream: true }, { root: folder, diagnose: () => [] });
    expect(answer.kind === 'refused' ? answer.reasons : []).toEqual([]);
    if (answer.kind === 'refused') return;
    expect(answer.plan.steps.map(({ id }) => id)).toEqual(['daily_rides.v1', 'busy_days.v1']);
    expect(answer.plan.inputs.map(({ id, localPath }) => [id, localPath])).toEqual([['rides.v1', join(folder, 'data/rides.csv')]]);
    expect(existsSync(join(folder, 'data/rides.csv'))).toBe(true);
  });
});
