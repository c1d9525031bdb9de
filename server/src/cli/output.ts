// Finds the data behind an id: the newest result of a local run, the local data that stands for a primary source, or where in S3
// Featureform keeps it.

import { existsSync } from 'node:fs';
import { FileRunStore } from '../../../shared/run/local/fileRunStore';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { UsageError, type CommandIo } from './io';
import { openWorkspace, type OpenWorkspace } from './openWorkspace';

/** The path, or undefined when there is none yet, with the reason on standard error. Throws `UsageError` for an unknown id. */
export async function findOutput(command: string, id: string, dir: string | undefined, io: CommandIo): Promise<string | undefined> {
  const workspace = await openWorkspace([dir ?? '.'], io.cwd);
  const node = resourceOf(workspace, id);
  if (node.localPath !== undefined) {
    if (existsSync(node.localPath)) return node.localPath;
    io.err(`${command}: the local data of "${node.id}" is not there: "${node.localPath}"\n`);
    return undefined;
  }
  const output = await runStoreOf(workspace).newestOutput(node.id);
  if (output !== undefined) return output.location;
  io.err(
    node.runnable
      ? `${command}: "${node.id}" has not been run here yet; run it first: sparkform run ${node.id} --upstream\n`
      : `${command}: there is no local data for the ${node.kind} "${node.id}"\n`,
  );
  return undefined;
}

/** The location in S3 that the definitions tell, asked for nothing yet; undefined where they do not, with the reason on standard error. */
export async function findS3Output(command: string, id: string, dir: string | undefined, io: CommandIo): Promise<string | undefined> {
  const workspace = await openWorkspace([dir ?? '.'], io.cwd);
  const node = resourceOf(workspace, id);
  const output = workspace.service.s3.outputOf({ id: node.key }) ?? { kind: 'none', reason: 'it has no output' };
  switch (output.kind) {
    case 'runs':
    case 'data':
      return output.location;
    case 'variants':
      io.err(`${command}: the variant of "${node.id}" is known only at run time; its variants are the folders below ${output.location}\n`);
      return undefined;
    case 'none':
      io.err(`${command}: where the output of "${node.id}" is in S3 cannot be told: ${output.reason}\n`);
      return undefined;
  }
}

export function runStoreOf(workspace: OpenWorkspace): FileRunStore {
  return new FileRunStore({ root: workspace.root, keep: workspace.service.snapshot.project.keepRuns });
}

function resourceOf({ service }: OpenWorkspace, id: string): ResourceNode {
  const { resources } = service.resources();
  const found = resources.filter((node) => node.key === id || (node.type === 'source' && node.id === id));
  const [first] = found.length > 0 ? found : resources.filter((node) => node.id === id);
  if (first !== undefined) return first;
  const ids = resources.filter((node) => node.type === 'source').map((node) => node.id);
  const near = ids.filter((one) => one.split('.')[0] === id.split('.')[0]);
  const shown = (near.length > 0 ? near : ids).slice(0, 8).join(', ');
  throw new UsageError(`"${id}" is neither a file nor defined in the workspace${shown === '' ? '' : `; there is ${shown}`}`);
}
