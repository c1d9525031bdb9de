import { readdirSync, readFileSync } from 'node:fs';
import { defaultProject, type Project } from '../../server/src/workspace/project';
import type { Diagnosis } from '../../server/src/rules/check';
import type { LineIndex } from '../../server/src/text/lineIndex';
import { checkRules, type CheckedWorkspace } from './checkRules';
import { uriOf } from './memoryHost';

/** The Python files of a folder below `test/workspaces`, by path. */
export function readWorkspace(name: string): ReadonlyMap<string, string> {
  const folder = new URL(`../workspaces/${name}/`, import.meta.url);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, folder), 'utf8')] as const));
}

export async function checkWorkspace(
  files: ReadonlyMap<string, string>,
  featureform: Project['featureform'] = 'auto',
): Promise<{ readonly checked: CheckedWorkspace; readonly lines: readonly string[] }> {
  const checked = await checkRules(files, { ...defaultProject, featureform });
  return { checked, lines: diagnosisLines(checked) };
}

/** Everything found, as `file:line:column-line:column severity[rule]: message`, lines and columns from one as editors show them. */
export function diagnosisLines({ snapshot, diagnoses }: CheckedWorkspace): readonly string[] {
  return [...diagnoses].flatMap(([path, found]) => {
    const lines = snapshot.files.get(uriOf(path))?.lines;
    return lines === undefined ? [] : found.map((diagnosis) => lineOf(path, diagnosis, lines));
  });
}

function lineOf(path: string, { ruleId, severity, problem }: Diagnosis, lines: LineIndex): string {
  const place = (offset: number): string => {
    const { line, character } = lines.positionAt(offset);
    return `${line + 1}:${character + 1}`;
  };
  return `${path}:${place(problem.span.start)}-${place(problem.span.end)} ${severity}[${ruleId}]: ${problem.message}`;
}
