// The one place where tests ask what the rules say of a workspace.

import { checkFile, type Diagnosis } from '../../server/src/rules/check';
import { defaultProject, type Project } from '../../server/src/workspace/project';
import type { Snapshot } from '../../server/src/workspace/snapshot';
import { Workspace } from '../../server/src/workspace/workspace';
import { MemoryHost, uriOf } from './memoryHost';
import { parserForTests } from './python';

export interface CheckedWorkspace {
  readonly snapshot: Snapshot;
  /** By path, for every file, with its problems in text order. */
  readonly diagnoses: ReadonlyMap<string, readonly Diagnosis[]>;
}

/** All rules over all files, given by path; a rule that throws fails the test. */
export async function checkRules(files: ReadonlyMap<string, string>, project: Project = defaultProject): Promise<CheckedWorkspace> {
  const host = new MemoryHost([...files].map(([path, text]) => [uriOf(path), text] as const));
  const workspace = new Workspace(host, await parserForTests(), project);
  const snapshot = await workspace.load();
  return { snapshot, diagnoses: new Map([...files.keys()].map((path) => [path, checkFile(snapshot, uriOf(path))])) };
}
