// Constructs the parts of the extension and connects them; what they do stands with each.

import type { ExtensionContext } from 'vscode';
import { registerCommands } from './commands/registerCommands';
import { reportServerStops } from './commands/serverCommands';
import { LocalDrifts } from './drift/localDrifts';
import { S3Drifts } from './drift/s3Drifts';
import { CompareDocuments } from './editors/compareDocuments';
import { registerTableEditor } from './editors/tableEditor';
import type { ExtensionApi } from './extensionApi';
import { LanguageServer } from './languageClient';
import { registerLineage } from './panels/registerLineage';
import { LocalRuns } from './runs/localRuns';
import { LocalSpark } from './runs/localSpark';
import { RunDiagnostics } from './runs/runDiagnostics';
import { openS3View } from './s3/s3View';
import { ContextKeys } from './views/contextKeys';
import { DriftLenses } from './views/driftLenses';
import { ResourcesStore } from './views/resourcesStore';
import { ResourcesTree } from './views/resourcesTree';
import { RunsTree } from './views/runsTree';
import { StatusBar } from './views/statusBar';

let stop: (() => Promise<unknown>) | undefined;

/** Waits for the processes that the extension started. */
export async function deactivate(): Promise<void> {
  await stop?.();
}

export function activate(context: ExtensionContext): ExtensionApi {
  const server = new LanguageServer(context);
  const resources = new ResourcesStore(server);
  const spark = new LocalSpark(context);
  const diagnostics = new RunDiagnostics();
  const runs = new LocalRuns(spark, diagnostics, resources);
  const tree = new ResourcesTree(resources, runs, server);
  const comparisons = new CompareDocuments(context.workspaceState);
  const s3 = openS3View(context, server, resources);
  const drifts = [new LocalDrifts(context, runs), new S3Drifts(context, server, resources, s3)];
  const lineage = registerLineage(context, { server, resources, runs });
  context.subscriptions.push(
    registerCommands({ context, server, resources, tree, runs, comparisons, s3, lineage: lineage.panel }),
    comparisons,
    reportServerStops(server),
    new RunsTree(runs),
    new StatusBar(server, runs),
    new ContextKeys(server, resources, runs),
    new DriftLenses(drifts, resources),
    ...drifts,
    s3,
    tree,
    runs,
    diagnostics,
    spark,
    resources,
    server,
  );
  registerTableEditor(context, s3.access);
  stop = () => Promise.allSettled([server.stop(), spark.stop()]);
  void server.start();
  void runs.loadHistory();
  const ready = resources.whenLoaded();
  // Who does not wait for it learns of a failure by the server's state.
  ready.catch(() => undefined);
  return {
    ready,
    resources: {
      get groups() {
        return tree.groups;
      },
      onDidChange: resources.onDidChange,
    },
    runs: {
      get all() {
        return runs.all;
      },
      onDidChange: runs.onDidChange,
    },
    s3: s3.tree,
    lineage: {
      get graph() {
        return lineage.store.version.graph;
      },
      get atCursor() {
        return lineage.cursor.key;
      },
    },
  };
}
