// The read-only editor of parquet files and of folders that Spark wrote, on this computer and in S3. S3 needs no file system of the
// editor's: other extensions bring one for the same scheme, and there can be only one.

import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import {
  Disposable,
  RelativePattern,
  Uri,
  commands,
  env,
  window,
  workspace,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type ExtensionContext,
  type WebviewPanel,
} from 'vscode';
import { rpcEvent, serveRequest, type RunningRequests } from '../../../shared/protocol/webviewRpc';
import type { TableViewEvents, TableViewMethods } from '../../../shared/protocol/tableView';
import { formatS3Location } from '../../../shared/s3/s3Location';
import { TableReaderClient } from '../../../shared/tableReader/tableReaderClient';
import type { S3Access } from '../s3/s3Access';
import { tableName } from '../s3/outputFolders';
import { s3LocationOf } from '../s3/s3Uri';
import { exportToFile } from './tableExport';
import { tableHandlers } from './tableSession';
import { tableViewHtml } from './tableViewHtml';

/** Of everything that is opened as a table. */
const viewType = 'sparkform.table';
/** Beside the text editor of CSV files, for who asks for it: its priority is another one. */
const csvViewType = 'sparkform.csvTable';

export function isTableEditor(type: string): boolean {
  return type === viewType || type === csvViewType;
}

/** Registers the editor; whoever calls it passes `openTable` to those who have a result to show. */
export function registerTableEditor(context: ExtensionContext, access: S3Access): { readonly openTable: (uri: Uri) => Promise<void> } {
  const reader = new TableReaderClient({ script: join(context.extensionPath, 'dist', 'tableReader.js'), s3: access.settings });
  const provider = new TableEditorProvider(Uri.joinPath(context.extensionUri, 'dist'), reader);
  context.subscriptions.push(
    new Disposable(() => {
      reader.dispose();
    }),
    access.onDidChangeSettings((settings) => {
      reader.useS3(settings);
    }),
    ...[viewType, csvViewType].map((type) =>
      window.registerCustomEditorProvider(type, provider, { supportsMultipleEditorsPerDocument: true }),
    ),
  );
  return { openTable };
}

/** Shows a parquet file, or a folder of them as one table. */
export async function openTable(uri: Uri): Promise<void> {
  await commands.executeCommand('vscode.openWith', uri, viewType);
}

class TableEditorProvider implements CustomReadonlyEditorProvider {
  constructor(
    private readonly assets: Uri,
    private readonly reader: TableReaderClient,
  ) {}

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const { webview } = panel;
    const remote = s3LocationOf(uri);
    const name = remote === undefined ? basename(uri.path) : tableName(remote);
    webview.options = { enableScripts: true, localResourceRoots: [this.assets] };
    const handlers = tableHandlers({
      // Other file systems than the local one have no path that the reading process could open.
      location: remote === undefined ? (uri.scheme === 'file' ? uri.fsPath : uri.toString()) : formatS3Location(remote),
      name,
      reader: this.reader,
      writeClipboard: (text) => env.clipboard.writeText(text),
      exportToFile: (format, write) => exportToFile(uri, format, write),
      onCost: (cost) => void webview.postMessage(rpcEvent<TableViewEvents, 'cost'>('cost', cost)),
    });
    const running: RunningRequests = new Map();
    const received = webview.onDidReceiveMessage((message: unknown) => {
      void serveRequest<TableViewMethods>(handlers, message, (answer) => void webview.postMessage(answer), running);
    });
    const watched = watchTable(uri, () => void webview.postMessage(rpcEvent<TableViewEvents, 'changed'>('changed', null)));
    panel.onDidDispose(() => {
      received.dispose();
      watched.dispose();
      for (const controller of running.values()) controller.abort();
    });
    webview.html = tableViewHtml({
      script: webview.asWebviewUri(Uri.joinPath(this.assets, 'tableGrid.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(this.assets, 'tableGrid.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      title: name,
    });
  }
}

/** A job writes many files: the table is read again once they have come to rest. */
const settleTime = 300;

/** Watches a file, or everything in a folder. */
function watchTable(uri: Uri, onChange: () => void): Disposable {
  if (uri.scheme !== 'file') return new Disposable(() => undefined);
  const parent = Uri.joinPath(uri, '..');
  const watchers = [
    workspace.createFileSystemWatcher(new RelativePattern(parent, basename(uri.path))),
    workspace.createFileSystemWatcher(new RelativePattern(uri, '**')),
  ];
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleTime);
  };
  const subscriptions = watchers.flatMap((watcher) => [
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  ]);
  return new Disposable(() => {
    clearTimeout(timer);
    for (const one of subscriptions) one.dispose();
  });
}
