// The built language server as an editor drives it: over stdio.

import { spawn, type ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import { builtFile } from './builtFile';

export class ServerProcess {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;

  /** `nodeArguments` are for Node itself; what they load may talk through the channel of `process`. */
  constructor(nodeArguments: readonly string[] = []) {
    const channel = nodeArguments.length === 0 ? [] : (['ipc'] as const);
    this.process = spawn(process.execPath, [...nodeArguments, builtFile('server.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit', ...channel],
    });
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error('the server has no pipes');
    this.connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('workspace/configuration', (params: { items: unknown[] }) => params.items.map(() => null));
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.connection.onRequest('workspace/codeLens/refresh', () => null);
    this.connection.listen();
  }

  async initialize(folder: string | undefined): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folder === undefined ? null : [{ uri: pathToFileURL(folder).href, name: 'bench' }],
      capabilities: {
        textDocument: { diagnostic: {}, completion: { completionItem: { snippetSupport: true } } },
        workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } },
      },
    });
    await this.connection.sendNotification('initialized', {});
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    await this.connection.sendNotification('exit');
    await gone;
    this.connection.dispose();
  }
}
