// The life of a connection: initialise, read the workspace, follow the documents, shut down.

import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  type Disposable,
  type InitializeParams,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from 'vscode-languageserver-types';
import type { LanguageServiceOptions } from '../languageService';
import { canonicalUri, folderUri, isQueryFile, uriOfPath } from '../workspace/fileUris';
import { type ClientSupport, serverCapabilities, supportOf } from './clientSupport';
import { CellPlaces } from './cellPlaces';
import { ClientUris } from './clientUris';
import { Deferred } from './deferred';
import { diskChanges, watchers } from './diskChanges';
import type { Configuration } from './folderProject';
import { OpenNotebooks } from './openNotebooks';
import { ProjectFiles } from './projectFiles';
import { Publisher } from './publisher';
import { type Ready, registerHandlers } from './registerHandlers';
import { Session, type SessionOptions } from './session';
import { SqlFormatters } from './sqlFormatters';
import { throughCells } from './throughCells';

/** Reading a workspace that takes longer than this is shown to the user. */
const PROGRESS_AFTER_MILLISECONDS = 500;

/** What the server brings besides the connection. */
export interface ServerOptions extends Pick<SessionOptions, 'treeCache'> {
  readonly readPython: () => Promise<LanguageServiceOptions['python']>;
}

export function startServer(connection: Connection, options: ServerOptions): void {
  new Server(connection, options).listen();
}

class Server {
  private readonly uris = new ClientUris();
  private readonly documents = new TextDocuments(TextDocument);
  private readonly python: Promise<LanguageServiceOptions['python']>;
  private support: ClientSupport = supportOf({});
  private folders: readonly string[] = [];
  /** What the client sent of its settings, for clients that are not to be asked. */
  private sentConfiguration: Configuration = { sparkform: undefined, filesExclude: undefined };
  private readonly ready = new Deferred<Ready>();
  /** Set as soon as documents can be followed, which is before the workspace is read. */
  private live: Ready | undefined;
  private readonly projectFiles: ProjectFiles;
  private readonly sqlFormatters: SqlFormatters;
  private readonly notebooks: OpenNotebooks;
  /** The connection of those who know notebooks as single documents. */
  private readonly documentConnection: Connection;

  constructor(
    private readonly connection: Connection,
    private readonly options: ServerOptions,
  ) {
    this.python = options.readPython();
    this.projectFiles = new ProjectFiles(connection, (cause) => {
      this.report('could not send the problems of a project', cause);
    });
    this.sqlFormatters = new SqlFormatters(connection.client, (cause) => {
      this.report('could not tell the client what can be formatted', cause);
    });
    this.notebooks = new OpenNotebooks({
      onChange: (uri, notebook) => {
        this.uris.opened(notebook.uri);
        this.live?.session.open(uri, notebook.text);
      },
      onClose: (uri, notebook) => {
        this.uris.closed(notebook.uri);
        if (this.live !== undefined) this.run('read a closed notebook again', this.live.session.close(uri));
      },
    });
    const rangeInFile = (uri: string, range: Range): Range | undefined => this.live?.session.of(uri).service.rangeInNotebook(uri, range);
    this.documentConnection = throughCells(connection, new CellPlaces({ notebooks: this.notebooks, rangeInFile }));
    // The failure is reported when the workspace is read; until then nobody waits for it.
    this.python.catch(() => undefined);
    this.ready.promise.catch(() => undefined);
  }

  listen(): void {
    const { connection, documents, uris } = this;
    connection.onInitialize((params) => {
      this.initialize(params);
      return { capabilities: serverCapabilities(this.support), serverInfo: { name: 'Sparkform' } };
    });
    connection.onInitialized(() => {
      this.run('read the workspace', this.start());
    });
    connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
      this.run('read the settings', this.configurationChanged(settings));
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const changed = diskChanges(changes, (uri) => uris.toCore(uri));
      this.run(
        'read changed files',
        this.ready.promise.then(({ session }) => session.filesChanged(changed)),
      );
    });
    documents.onDidOpen(({ document }) => {
      uris.opened(document.uri);
    });
    documents.onDidChangeContent(({ document }) => {
      const { live } = this;
      const uri = uris.toCore(document.uri);
      live?.publisher.edit(uri, () => {
        live.session.open(uri, document.getText());
      });
    });
    documents.onDidClose(({ document }) => {
      const closing = this.live?.session.close(uris.toCore(document.uri));
      uris.closed(document.uri);
      if (closing !== undefined) this.run('read a closed document again', closing);
    });
    connection.onShutdown(() => {
      this.live?.publisher.dispose();
    });
    registerHandlers({
      connection: this.documentConnection,
      uris,
      support: () => this.support,
      ready: () => this.ready.promise,
      versionOf: (uri) => this.versionOf(uri),
    });
    documents.listen(connection);
    this.notebooks.listen(connection);
    connection.listen();
  }

  private initialize(params: InitializeParams): void {
    this.support = supportOf(params.capabilities);
    this.folders = foldersOf(params);
    const options: unknown = params.initializationOptions;
    const settings = typeof options === 'object' && options !== null && 'settings' in options ? options.settings : options;
    this.sentConfiguration = { sparkform: settings, filesExclude: undefined };
  }

  private async start(): Promise<void> {
    const progress = this.showProgress();
    try {
      this.run('register with the client', this.register());
      const session = await Session.start({
        python: await this.python,
        treeCache: this.options.treeCache,
        folders: this.folders,
        configurationOf: (folders) => this.fetchConfiguration(folders),
        onChange: (change) => {
          this.live?.publisher.changed(change);
          this.offerFormatters();
        },
        onProject: (folder, project) => {
          this.projectFiles.show(folder, project);
        },
        onFailure: (message, cause) => {
          this.report(message, cause);
        },
      });
      const { documentConnection: connection, support, uris } = this;
      const versionOf = (uri: string): number | undefined => this.versionOf(uri);
      const onFailure = (cause: unknown): void => {
        this.report('could not tell the client what changed', cause);
      };
      const state = { session, publisher: new Publisher({ connection, session, support, uris, versionOf, onFailure }) };
      for (const document of this.documents.all()) session.open(uris.toCore(document.uri), document.getText());
      for (const [uri, { text }] of this.notebooks.all) session.open(uri, text);
      this.live = state;
      await session.load();
      state.publisher.answers();
      this.ready.resolve(state);
    } catch (error) {
      this.ready.reject(error);
      throw error;
    } finally {
      progress.dispose();
    }
  }

  private offerFormatters(): void {
    const { live, support, uris } = this;
    const queries = this.documents.keys().map((uri) => uris.toCore(uri));
    const isRead = (uri: string): boolean => isQueryFile(uri) && (live?.session.of(uri).service.readersOf(uri).length ?? 0) > 0;
    this.sqlFormatters.offerFor(queries.filter(isRead), support);
  }

  private versionOf(uri: string): number | undefined {
    return this.documents.get(this.uris.toClient(uri))?.version;
  }

  /** Asks to be told of what the protocol does not tell by itself. */
  private async register(): Promise<void> {
    const { client } = this.connection;
    const { support } = this;
    this.connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
      const folders = [event.added.map(({ uri }) => folderUri(uri)), event.removed.map(({ uri }) => folderUri(uri))] as const;
      this.run(
        'read the folders',
        this.ready.promise.then(({ session }) => session.setFolders(...folders)),
      );
    });
    if (support.configurationEvents)
      await client.register(DidChangeConfigurationNotification.type, { section: ['sparkform', 'files.exclude'] });
    if (!support.watchesFiles) return;
    await client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] });
  }

  /** What the client is configured with for each of the folders. */
  private async fetchConfiguration(folders: readonly (string | undefined)[]): Promise<readonly Configuration[]> {
    const fallback = this.sentConfiguration;
    if (!this.support.answersConfiguration) return folders.map(() => fallback);
    const items = folders.flatMap((folder) => {
      const scope = folder === undefined ? {} : { scopeUri: folder };
      return ['sparkform', 'files.exclude'].map((section) => ({ ...scope, section }));
    });
    try {
      const answers: unknown = await this.connection.workspace.getConfiguration(items);
      const values: readonly unknown[] = Array.isArray(answers) ? answers : [];
      return folders.map((_, index) => ({
        sparkform: values[2 * index] ?? fallback.sparkform,
        filesExclude: values[2 * index + 1],
      }));
    } catch (error) {
      this.report('the client did not answer with its settings; the defaults hold', error);
      return folders.map(() => fallback);
    }
  }

  private async configurationChanged(settings: unknown): Promise<void> {
    const sent = typeof settings === 'object' && settings !== null && 'sparkform' in settings ? settings.sparkform : undefined;
    this.sentConfiguration = { sparkform: sent, filesExclude: undefined };
    const { publisher, session } = await this.ready.promise;
    if (await session.configure()) publisher.refreshLenses();
  }

  private showProgress(): Disposable {
    if (!this.support.showsProgress) return { dispose: () => undefined };
    let over = false;
    const timer = setTimeout(() => {
      this.run(
        'show progress',
        this.connection.window.createWorkDoneProgress().then((progress) => {
          if (over) return;
          progress.begin('Sparkform: reading definitions');
          const done = (): void => {
            progress.done();
          };
          void this.ready.promise.then(done, done);
        }),
      );
    }, PROGRESS_AFTER_MILLISECONDS);
    return {
      dispose: () => {
        over = true;
        clearTimeout(timer);
      },
    };
  }

  /** Work that no request waits for: its failure is reported, since nobody else would learn of it. */
  private run(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.report(`could not ${what}`, error);
    });
  }

  private report(message: string, cause: unknown): void {
    this.connection.console.error(`${message}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
  }
}

function foldersOf(params: InitializeParams): readonly string[] {
  const { workspaceFolders } = params;
  if (Array.isArray(workspaceFolders)) return workspaceFolders.map(({ uri }) => folderUri(uri));
  // Clients of before workspace folders name one root.
  const legacy = params as { readonly rootUri?: string | null; readonly rootPath?: string | null };
  if (typeof legacy.rootUri === 'string') return [folderUri(legacy.rootUri)];
  return typeof legacy.rootPath === 'string' ? [canonicalUri(uriOfPath(legacy.rootPath))] : [];
}
