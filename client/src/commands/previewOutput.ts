// The newest output of a definition: of a local run, or what Featureform has written to S3; where there are several, the user's choice.

import { ProgressLocation, window } from 'vscode';
import { s3OutputRequest, type ResourceNode, type S3OutputAnswer } from '../../../shared/protocol/requests';
import { parseS3Location } from '../../../shared/s3/s3Location';
import { openTable } from '../editors/tableEditor';
import { findOutputs } from '../s3/findOutputs';
import { s3ProblemOf } from '../s3/s3Problem';
import { s3UriOf } from '../s3/s3Uri';
import { hasOutput, kindText } from '../views/resourceItems';
import { folderPathOf } from '../workspaceFolders';
import { outputsOf, type RunOutput } from '../runs/runOutputs';
import { openTableAt } from './openTable';
import { pickOutput, type ListedOutputs } from './pickOutput';
import { pickResource } from './pickResource';
import { runResource } from './runResource';
import type { Services } from './services';
import { showS3Problem } from './showS3Problem';

/** So long a list of S3 is waited for before the user sees what there is so far. */
const patience = 800;
/** Then it is given up. */
const timeLimit = 30_000;
const messageTime = 10_000;

export async function preview(services: Services, argument: unknown, from: unknown): Promise<void> {
  const options = {
    placeHolder: 'Preview the newest output of',
    accepts: hasOutput,
    nothing: 'There is no transformation and no data in this workspace that could be shown.',
  };
  const resource = await pickResource(services, argument, options, from);
  if (resource === undefined) return;
  if (!hasOutput(resource)) throw new Error(`“${resource.id}” is a ${kindText(resource.kind)}, which has no data to be shown.`);
  if (resource.localPath !== undefined) {
    // What the project maps to this machine stands for the remote data.
    await openTableAt(resource.localPath);
    return;
  }
  const local = newestLocal(services, resource);
  const remote = await remoteOf(services, resource, local);
  if (remote.kind === 'data') await openTable(s3UriOf(parseS3Location(remote.location)));
  else if (remote.kind !== 'none') await previewWithS3(services, resource, local, remote);
  else if (local !== undefined) await openTableAt(local.location);
  else await offerRun(services, resource, noOutput(resource, remote.reason));
}

type RemoteRuns = Extract<S3OutputAnswer, { kind: 'runs' | 'variants' }>;

async function previewWithS3(services: Services, resource: ResourceNode, local: RunOutput | undefined, remote: RemoteRuns): Promise<void> {
  const cancel = new AbortController();
  const listing = listOutputs(services, remote, cancel.signal);
  const progress = { location: ProgressLocation.Window, title: `Looking for outputs of ${resource.id} in S3` };
  const listed = await window.withProgress(progress, () => within(listing, patience));
  if (listed === undefined || listed.outputs.length + (local === undefined ? 0 : 1) > 1) {
    await choose(services, resource, { local, remote, listing, cancel });
    return;
  }
  const [only] = listed.outputs;
  const { problem } = listed;
  if (only !== undefined) await openTable(s3UriOf(only.location));
  else if (local !== undefined) {
    await openTableAt(local.location);
    if (problem !== undefined) window.setStatusBarMessage(`$(warning) S3 was not listed: ${problem.message}`, messageTime);
  } else if (problem !== undefined) await showS3Problem(problem);
  else await offerRun(services, resource, `“${resource.id}” has no output yet: Featureform has written none to ${remote.location}.`);
}

interface Choice {
  readonly local: RunOutput | undefined;
  readonly remote: RemoteRuns;
  readonly listing: Promise<ListedOutputs>;
  readonly cancel: AbortController;
}

async function choose(services: Services, resource: ResourceNode, { local, remote, listing, cancel }: Choice): Promise<void> {
  const { location } = remote;
  const chosen = await pickOutput({ id: resource.id, local, location, listing, mayRun: resource.runnable });
  // Whoever has chosen needs no more of the list.
  cancel.abort();
  switch (chosen?.kind) {
    case 'local':
      return openTableAt(chosen.output.location);
    case 's3':
      return openTable(s3UriOf(chosen.output.location));
    case 'problem':
      return showS3Problem(chosen.problem);
    case 'run':
      return runResource(services, resource.key);
    case undefined:
      return;
  }
}

async function listOutputs({ s3 }: Services, remote: RemoteRuns, cancelled: AbortSignal): Promise<ListedOutputs> {
  const tooLong = AbortSignal.timeout(timeLimit);
  try {
    const outputs = await findOutputs(s3.access.store, remote, { signal: AbortSignal.any([cancelled, tooLong]) });
    s3.listed.add(parseS3Location(remote.location), outputs);
    return { outputs, problem: undefined };
  } catch (error) {
    const why = tooLong.aborted ? new Error(`${remote.location} could not be listed within ${timeLimit / 1000} s`) : error;
    return { outputs: [], problem: s3ProblemOf(why) };
  }
}

function newestLocal({ runs }: Services, resource: ResourceNode): RunOutput | undefined {
  const home = folderPathOf(resource);
  return home === undefined ? undefined : outputsOf(runs.all, resource.id, home)[0];
}

/** Without the language server, what is here can be shown all the same. */
async function remoteOf({ server }: Services, { key }: ResourceNode, local: RunOutput | undefined): Promise<S3OutputAnswer> {
  try {
    return await server.request(s3OutputRequest, { id: key });
  } catch (error) {
    if (local === undefined) throw error;
    return { kind: 'none', reason: 'the language server does not run' };
  }
}

async function offerRun(services: Services, resource: ResourceNode, message: string): Promise<void> {
  if (!resource.runnable) {
    void window.showInformationMessage(message);
    return;
  }
  const run = 'Run';
  if ((await window.showInformationMessage(`${message} Run it on the local Spark?`, run)) === run)
    await runResource(services, resource.key);
}

function noOutput({ id, kind, runnable }: ResourceNode, reason: string): string {
  if (runnable) return `“${id}” has no output yet.`;
  const isData = kind === 'file' || kind === 'parquet-file';
  if (!isData) return `“${id}” has no output that could be shown: ${reason}.`;
  return `The data of “${id}” cannot be shown: ${reason}. “locations” in sparkform.json says which local files stand for remote ones.`;
}

async function within<Result>(work: Promise<Result>, milliseconds: number): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
