// Whether the newest local result of a definition has drifted from the one before it, by the footers of their files alone.
// Computed for the definitions that somebody looks at, once for each pair of results.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { EventEmitter, Uri, workspace, type Disposable, type Event, type ExtensionContext } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { tableDrift, type TableDrift } from '../../../shared/table/query/tableDrift';
import { TableProblem } from '../../../shared/table/tableProblem';
import { TableReaderClient } from '../../../shared/tableReader/tableReaderClient';
import { disposeAll, type Owned } from '../owned';
import { readDriftEnabled } from '../settings';
import { folderPathOf } from '../workspaceFolders';
import type { LocalRuns } from './localRuns';
import { outputBefore, outputsOf, type RunOutput } from './runOutputs';
import { isActive } from './runView';

export interface OutputDrift {
  readonly drift: TableDrift;
  readonly before: RunOutput;
  readonly after: RunOutput;
}

interface Known {
  /** The results that it was computed from. */
  readonly outputs: string;
  readonly drift: OutputDrift | undefined;
}

interface Asked {
  readonly key: string;
  readonly outputs: readonly RunOutput[];
}

export class OutputDrifts implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #known = new Map<string, Known>();
  readonly #asked = new Map<string, Asked>();
  readonly #owned: Owned[];
  #reader: TableReaderClient | undefined;
  #working = false;

  /** Something else is to be said of some definition. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    private readonly context: ExtensionContext,
    private readonly runs: LocalRuns,
  ) {
    const changed = (): void => {
      this.#changed.fire();
    };
    this.#owned = [
      this.#changed,
      runs.onDidChange((runId) => {
        const run = runId === undefined ? undefined : runs.withId(runId);
        // Progress leaves no result.
        if (run === undefined || !isActive(run)) changed();
      }),
      workspace.onDidGrantWorkspaceTrust(changed),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('sparkform.drift')) changed();
      }),
    ];
  }

  /** What is known by now; `onDidChange` tells when there is more. */
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
    const known = this.#known.get(key);
    if (known?.outputs === locationsOf(outputs)) return known.drift;
    this.#asked.set(key, { key, outputs });
    void this.#work();
    return undefined;
  }

  dispose(): void {
    this.#asked.clear();
    this.#reader?.dispose();
    disposeAll(this.#owned);
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    let news = false;
    try {
      for (const asked of takeAll(this.#asked)) {
        const drift = await this.#compare(asked.outputs);
        this.#known.set(asked.key, { outputs: locationsOf(asked.outputs), drift });
        news ||= drift !== undefined;
      }
    } finally {
      this.#working = false;
      // Nobody keeps the process for longer.
      this.#reader?.dispose();
      this.#reader = undefined;
    }
    if (news) this.#changed.fire();
  }

  async #compare(outputs: readonly RunOutput[]): Promise<OutputDrift | undefined> {
    const [after] = outputs;
    if (after === undefined) return undefined;
    const before = await firstExisting(olderThan(outputs, after));
    if (before === undefined) return undefined;
    try {
      const reader = (this.#reader ??= new TableReaderClient({ script: join(this.context.extensionPath, 'dist', 'tableReader.js') }));
      const [old, now] = [await reader.open(before.location), await reader.open(after.location)];
      const drift = tableDrift(await old.compare(now, undefined), !(await this.#isLimited(before)) && !(await this.#isLimited(after)));
      return drift && { drift, before, after };
    } catch (error) {
      // A result that is gone, or cannot be read, has no drift: whoever opens it is told why.
      if (error instanceof TableProblem) return undefined;
      throw error;
    }
  }

  /** Whether its run kept only so many rows. */
  #isLimited({ id, runId }: RunOutput): Promise<boolean> {
    const run = this.runs.withId(runId);
    return run?.target === id ? this.runs.isLimited(run) : Promise.resolve(false);
  }
}

/** Takes out one after the other, also what is put in meanwhile. */
function* takeAll<Value>(map: Map<string, Value>): Generator<Value> {
  for (const [key, value] of map) {
    map.delete(key);
    yield value;
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

function locationsOf(outputs: readonly RunOutput[]): string {
  return JSON.stringify(outputs.map(({ location }) => location));
}
