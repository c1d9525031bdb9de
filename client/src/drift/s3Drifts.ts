// Whether the newest output of a definition in S3 has drifted from the one before it, by the footers of their files alone. Only of
// runs that the user has seen listed, in the S3 view or before a preview: nothing here lists S3.

import { join } from 'node:path';
import { EventEmitter, Uri, workspace, type Disposable, type Event, type ExtensionContext } from 'vscode';
import { s3OutputRequest, type ResourceNode, type S3OutputAnswer } from '../../../shared/protocol/requests';
import { formatS3Location } from '../../../shared/s3/s3Location';
import { tableDrift } from '../../../shared/table/query/tableDrift';
import { TableReaderClient } from '../../../shared/tableReader/tableReaderClient';
import type { LanguageServer } from '../languageClient';
import { disposeAll, type Owned } from '../owned';
import { formatMoment } from '../s3/outputFolders';
import type { S3View } from '../s3/s3View';
import { readDriftEnabled } from '../settings';
import { hasOutput } from '../views/resourceItems';
import type { ResourcesStore } from '../views/resourcesStore';
import { comparableRuns, type RunPair } from './comparableRuns';
import { DriftReader } from './driftReader';
import type { DriftSource, OutputDrift } from './outputDrift';

export class S3Drifts implements DriftSource, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #reader: DriftReader;
  readonly #owned: Owned[];
  /** Where the outputs of resources lie, as far as the server was asked. */
  readonly #folders = new Map<string, Promise<S3OutputAnswer> | S3OutputAnswer>();

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    context: ExtensionContext,
    private readonly server: LanguageServer,
    resources: ResourcesStore,
    private readonly s3: Pick<S3View, 'access' | 'listed'>,
  ) {
    const changed = (): void => {
      this.#changed.fire();
    };
    const script = join(context.extensionPath, 'dist', 'tableReader.js');
    this.#reader = new DriftReader(() => new TableReaderClient({ script, s3: s3.access.settings }));
    this.#owned = [
      this.#changed,
      this.#reader,
      this.#reader.onDidChange(changed),
      s3.listed.onDidChange(changed),
      resources.onDidChange(() => {
        this.#folders.clear();
      }),
    ];
  }

  of(resource: ResourceNode): OutputDrift | undefined {
    // What the project maps to this machine stands for the remote data.
    const isLooked = !this.s3.listed.isEmpty && hasOutput(resource) && resource.localPath === undefined;
    if (!isLooked || !workspace.isTrusted || !readDriftEnabled(Uri.parse(resource.uri))) return undefined;
    const runs = this.#runsOf(resource);
    if (runs === undefined) return undefined;
    const outputs = JSON.stringify([runs.before, runs.after].map(({ location }) => formatS3Location(location)));
    return this.#reader.of(resource.key, outputs, (reader) => compareRuns(reader, runs));
  }

  dispose(): void {
    this.#folders.clear();
    disposeAll(this.#owned);
  }

  #runsOf({ key }: ResourceNode): RunPair | undefined {
    const answer = this.#folders.get(key);
    if (answer === undefined) this.#ask(key);
    if (answer === undefined || answer instanceof Promise || (answer.kind !== 'runs' && answer.kind !== 'variants')) return undefined;
    return comparableRuns(this.s3.listed.of(answer.location) ?? []);
  }

  #ask(key: string): void {
    const asked = this.server.request(s3OutputRequest, { id: key });
    this.#folders.set(key, asked);
    asked.then(
      (answer) => {
        // Of definitions that were changed meanwhile it says nothing.
        if (this.#folders.get(key) !== asked) return;
        this.#folders.set(key, answer);
        if (answer.kind !== 'none' && this.s3.listed.of(answer.location) !== undefined) this.#changed.fire();
      },
      // The connection went down under the request; the server's next start announces the resources again.
      () => undefined,
    );
  }
}

async function compareRuns(reader: TableReaderClient, { before, after }: RunPair): Promise<OutputDrift | undefined> {
  const [older, newer] = [formatS3Location(before.location), formatS3Location(after.location)];
  const [old, now] = [await reader.open(older), await reader.open(newer)];
  const drift = tableDrift(await old.compare(now, undefined), true);
  if (drift === undefined) return undefined;
  const compare = { command: 'sparkform.compareSelectedTables', arguments: [newer, [older, newer]] };
  return { drift, place: 'S3', before: formatMoment(before.name), after: formatMoment(after.name), compare };
}
