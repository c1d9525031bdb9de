// Whether the newest local result of a definition has drifted from the one before it, by the footers of their files alone.
// Computed for the definitions that somebody looks at, once for each pair of results.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { EventEmitter, Uri, workspace, type Disposable, type Event, type ExtensionContext } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { tableDrift } from '../../../shared/table/query/tableDrift';
import { TableReaderClient } from '../../../shared/tableReader/tableReaderClient';
import { disposeAll, type Owned } from '../owned';
import type { LocalRuns } from '../runs/localRuns';
import { outputBefore, outputsOf, type RunOutput } from '../runs/runOutputs';
import { isActive } from '../runs/runView';
import { readDriftEnabled } from '../settings';
import { folderPathOf } from '../workspaceFolders';
import { DriftReader } from './driftReader';
import type { DriftSource, OutputDrift } from './outputDrift';

export class LocalDrifts implements DriftSource, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #reader: DriftReader;
  readonly #owned: Owned[];

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    context: ExtensionContext,
    private readonly runs: LocalRuns,
  ) {
    const changed = (): void => {
      this.#changed.fire();
    };
    this.#reader = new DriftReader(() => new TableReaderClient({ script: join(context.extensionPath, 'dist', 'tableReader.js') }));
    this.#owned = [
      this.#changed,
      this.#reader,
      this.#reader.onDidChange(changed),
      runs.onDidChange((runId) => {
        const run = runId === undefined ? undefined : runs.withId(runId);
        // Progress leaves no result.
        if (run === undefined || !isActive(run)) changed();
      }),
    ];
  }

  of(resource: ResourceNode): OutputDrift | undefined {
    const root = folderPathOf(resource);
    // What a run wrote down names the files that are read.
    if (root === undefined || !resource.runnable || !workspace.isTrusted || !readDriftEnabled(Uri.parse(resource.uri))) return undefined;
    const outputs = outputsOf(
      this.runs.all.filter((run) => !isActive(run)),
      resource.id,
      root,
    );
    if (outputs.length < 2) return undefined;
    const key = JSON.stringify([root, resource.id]);
    return this.#reader.of(key, JSON.stringify(outputs.map(({ location }) => location)), (reader) => this.#compare(reader, outputs));
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  async #compare(reader: TableReaderClient, outputs: readonly RunOutput[]): Promise<OutputDrift | undefined> {
    const [after] = outputs;
    if (after === undefined) return undefined;
    const before = await firstExisting(olderThan(outputs, after));
    if (before === undefined) return undefined;
    const [old, now] = [await reader.open(before.location), await reader.open(after.location)];
    const drift = tableDrift(await old.compare(now, undefined), !(await this.#isLimited(before)) && !(await this.#isLimited(after)));
    if (drift === undefined) return undefined;
    // The step of a run, as the Runs view would name it.
    const compare = { command: 'sparkform.compareWithRunBefore', arguments: [{ runId: after.runId, step: after.id }] };
    return { drift, place: 'this computer', before: before.started, after: after.started, compare };
  }

  /** Whether its run kept only so many rows. */
  #isLimited({ id, runId }: RunOutput): Promise<boolean> {
    const run = this.runs.withId(runId);
    return run?.target === id ? this.runs.isLimited(run) : Promise.resolve(false);
  }
}

/** The nearest first. */
function olderThan(outputs: readonly RunOutput[], output: RunOutput): readonly RunOutput[] {
  const before = outputBefore(outputs, output);
  return before === undefined ? [] : [before, ...olderThan(outputs, before)];
}

async function firstExisting(outputs: readonly RunOutput[]): Promise<RunOutput | undefined> {
  for (const output of outputs) {
    const exists = await access(output.location).then(
      () => true,
      () => false,
    );
    if (exists) return output;
  }
  return undefined;
}
