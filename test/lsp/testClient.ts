// The built language server as an editor drives it, with a workspace of real files. Waits on messages, never on time.

import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  PublishDiagnosticsParams,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { afterEach } from 'vitest';
import { builtFile } from '../support/builtFile';

export interface ClientOptions {
  /** Texts by path; folders come into being as they are needed. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths of the workspace folders; the root of the files where none are named. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly transport?: 'stdio' | 'ipc';
  readonly initializationOptions?: unknown;
  /** What the client is configured with, by section; asked for by `workspace/configuration`. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** The same for single workspace folders, by their paths. */
  readonly folderConfiguration?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Waiter = (params: unknown) => boolean;

export class TestClient {
  readonly initialized: InitializeResult;
  configuration: Readonly<Record<string, unknown>>;
  private readonly folderConfiguration: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Requests that the server sent, by method. */
  readonly serverRequests = new Map<string, unknown[]>();
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private readonly versions = new Map<string, number>();
  private readonly waiters = new Map<string, Set<Waiter>>();

  private constructor(
    readonly root: string,
    readonly process: ChildProcess,
    readonly connection: MessageConnection,
    result: InitializeResult,
    options: ClientOptions,
  ) {
    this.initialized = result;
    this.configuration = options.configuration ?? {};
    this.folderConfiguration = new Map(Object.entries(options.folderConfiguration ?? {}).map(([path, one]) => [this.uri(path), one]));
  }

  static async start(options: ClientOptions): Promise<TestClient> {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'sparkform-lsp-')));
    for (const [path, text] of Object.entries(options.files)) writeBelow(root, path, text);
    const { process: child, connection } = launch(options.transport ?? 'stdio');
    connection.listen();
    const folders = (options.folders ?? ['']).map((path) => ({ uri: pathToFileURL(join(root, path)).href, name: path || 'root' }));
    const result = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders,
      capabilities: options.capabilities ?? {},
      initializationOptions: options.initializationOptions,
    });
    const client = new TestClient(root, child, connection, result, options);
    client.listen();
    await connection.sendNotification('initialized', {});
    return client;
  }

  /** The URI of a file of the workspace. */
  uri(path: string): string {
    return pathToFileURL(join(this.root, path)).href;
  }

  write(path: string, text: string): void {
    writeBelow(this.root, path, text);
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  move(from: string, to: string): void {
    renameSync(join(this.root, from), join(this.root, to));
  }

  /** The workspace folders that were opened and closed. */
  async foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    const named = (paths: readonly string[]): object[] => paths.map((path) => ({ uri: this.uri(path), name: path }));
    await this.notify('workspace/didChangeWorkspaceFolders', { event: { added: named(added), removed: named(removed) } });
  }

  /** Files that the editor saw change: 1 created, 2 changed, 3 deleted. */
  async watched(...changes: readonly (readonly [path: string, type: 1 | 2 | 3])[]): Promise<void> {
    await this.notify('workspace/didChangeWatchedFiles', { changes: changes.map(([path, type]) => ({ uri: this.uri(path), type })) });
  }

  async open(path: string, text: string): Promise<void> {
    this.versions.set(path, 1);
    await this.notify('textDocument/didOpen', { textDocument: { uri: this.uri(path), languageId: 'python', version: 1, text } });
  }

  async change(path: string, ...contentChanges: readonly TextDocumentContentChangeEvent[]): Promise<number> {
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    await this.notify('textDocument/didChange', { textDocument: { uri: this.uri(path), version }, contentChanges });
    return version;
  }

  async close(path: string): Promise<void> {
    await this.notify('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** The next notification of a method that satisfies the condition. */
  next<T>(method: string, condition: (params: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve) => {
      const waiting = this.waiters.get(method) ?? new Set<Waiter>();
      this.waiters.set(method, waiting);
      const waiter: Waiter = (params) => {
        if (!condition(params as T)) return false;
        resolve(params as T);
        return true;
      };
      waiting.add(waiter);
    });
  }

  /** The problems that were sent of a document, as soon as they satisfy the condition. */
  async pushed(path: string, condition: (diagnostics: readonly Diagnostic[]) => boolean = () => true): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    const known = this.published.get(uri);
    if (known !== undefined && condition(known.diagnostics)) return known.diagnostics;
    const params = await this.next<PublishDiagnosticsParams>(
      'textDocument/publishDiagnostics',
      (one) => one.uri === uri && condition(one.diagnostics),
    );
    return params.diagnostics;
  }

  /** The last that was sent of a document. */
  lastPublished(path: string): PublishDiagnosticsParams | undefined {
    return this.published.get(this.uri(path));
  }

  /** The process's exit code after an orderly end. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    const gone = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendNotification('exit');
    const code = await gone;
    this.connection.dispose();
    rmSync(this.root, { recursive: true, force: true });
    return code;
  }

  private listen(): void {
    const { connection } = this;
    const answer = (method: string, reply: (params: never) => unknown): void => {
      connection.onRequest(method, (params: unknown) => {
        this.serverRequests.set(method, [...(this.serverRequests.get(method) ?? []), params]);
        this.tell(method, params);
        return reply(params as never);
      });
    };
    answer('client/registerCapability', () => null);
    answer('client/unregisterCapability', () => null);
    answer('window/workDoneProgress/create', () => null);
    answer('workspace/diagnostic/refresh', () => null);
    answer('workspace/codeLens/refresh', () => null);
    answer('workspace/inlayHint/refresh', () => null);
    answer('workspace/semanticTokens/refresh', () => null);
    answer(
      'workspace/configuration',
      ({ items }: { readonly items: readonly { readonly section: string; readonly scopeUri?: string }[] }) =>
        items.map(({ section, scopeUri }) => (this.folderConfiguration.get(scopeUri ?? '') ?? this.configuration)[section] ?? null),
    );
    connection.onNotification((method, params) => {
      if (method === 'textDocument/publishDiagnostics') {
        const published = params as unknown as PublishDiagnosticsParams;
        this.published.set(published.uri, published);
      }
      this.tell(method, params);
    });
  }

  private tell(method: string, params: unknown): void {
    const waiting = this.waiters.get(method);
    for (const waiter of waiting ?? []) if (waiter(params)) waiting?.delete(waiter);
  }
}

/** How the tests of a file start a server: each is stopped behind its test. */
export function startForEachTest(): (options: ClientOptions) => Promise<TestClient> {
  let client: TestClient | undefined;
  afterEach(async () => {
    await client?.stop();
    client = undefined;
  });
  return async (options) => {
    client = await TestClient.start(options);
    return client;
  };
}

function launch(transport: 'stdio' | 'ipc'): { readonly process: ChildProcess; readonly connection: MessageConnection } {
  const server = builtFile('server.js');
  if (transport === 'ipc') {
    const child = fork(server, ['--node-ipc'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    return { process: child, connection: createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)) };
  }
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    process: child,
    connection: createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)),
  };
}

function writeBelow(root: string, path: string, text: string): void {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
}
