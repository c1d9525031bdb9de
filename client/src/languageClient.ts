// The connection to the language server: started once, restarted after a crash while that is worth it, and the only way
// from the extension to what the server knows. It tells its listeners what happens; it never talks to the user.

import { isDeepStrictEqual } from 'node:util';
import { EventEmitter, window, type CancellationToken, type Disposable, type Event, type ExtensionContext } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type LanguageClientOptions,
  type ServerOptions,
} from 'vscode-languageclient/node';
import { resourcesChangedNotification, type RequestOf } from '../../shared/protocol/requests';
import { readServerSettings } from './settings';
import { disposeAll, type Owned } from './owned';

export type ServerState =
  { readonly kind: 'starting' } | { readonly kind: 'running' } | { readonly kind: 'stopped'; readonly reason: string | undefined };

/** The documents that the server is told of. */
export const definitionDocuments = [
  { scheme: 'file', language: 'python' },
  { scheme: 'untitled', language: 'python' },
  { notebook: 'jupyter-notebook', language: 'python' },
  { scheme: 'file', pattern: '**/*.sql' },
];

/** What the user is told while the server is down for good. */
export function notRunning(reason: string): string {
  return `The Sparkform language server is not running. ${reason}`;
}

/** More crashes than this within `crashWindow` and the server stays down until the user asks for it. */
const crashLimit = 4;
const crashWindow = 3 * 60_000;

export class LanguageServer implements Disposable {
  readonly #client: LanguageClient;
  readonly #owned: Owned[] = [];
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #resourcesChanged = new EventEmitter<void>();
  readonly #crashes: number[] = [];
  #state: ServerState = { kind: 'starting' };
  #stopReason: string | undefined;
  #restarting: Promise<void> | undefined;

  readonly onDidChangeState: Event<ServerState> = this.#stateChanged.event;
  /** Also when the server has just started. */
  readonly onDidChangeResources: Event<void> = this.#resourcesChanged.event;

  constructor(context: ExtensionContext) {
    const output = window.createOutputChannel('Sparkform', { log: true });
    const module = context.asAbsolutePath('dist/server.js');
    const server: ServerOptions = {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6018'] } },
    };
    const client: LanguageClientOptions = {
      documentSelector: definitionDocuments,
      // The server watches files and settings by itself.
      initializationOptions: () => ({ settings: readServerSettings() }),
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionName: 'sparkform',
      initializationFailedHandler: (error: Error) => {
        this.#stopReason = error.message;
        return false;
      },
      errorHandler: {
        error: (_error, _message, count) => ({
          action: count !== undefined && count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
          handled: true,
        }),
        closed: () => this.#closed(),
      },
    };
    this.#client = new LanguageClient('sparkform', 'Sparkform', server, client);
    this.#owned.push(
      output,
      this.#stateChanged,
      this.#resourcesChanged,
      this.#client.onDidChangeState(({ newState }) => {
        this.#stateIs(newState);
      }),
      this.#client.onNotification(resourcesChangedNotification.method, () => {
        this.#resourcesChanged.fire();
      }),
    );
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Resolves when the server runs or has failed to: `state` says which. */
  async start(): Promise<void> {
    try {
      await this.#client.start();
    } catch (error) {
      this.#stopReason ??= error instanceof Error ? error.message : String(error);
      this.#setState({ kind: 'stopped', reason: this.#stopReason });
    }
  }

  /** Asked again while it restarts, it restarts once. */
  restart(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  /** Ends the server in order; for the end of the extension. */
  async stop(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
  }

  /** Rejects while the server is down for good, and with a cancellation when the token asks for it. */
  async request<Params, Result>(request: RequestOf<Params, Result>, params: Params, token?: CancellationToken): Promise<Result> {
    const { state } = this;
    if (state.kind === 'stopped' && state.reason !== undefined) throw new Error(notRunning(state.reason));
    return token === undefined
      ? this.#client.sendRequest<Result>(request.method, params)
      : this.#client.sendRequest<Result>(request.method, params, token);
  }

  showOutput(): void {
    this.#client.outputChannel.show(true);
  }

  dispose(): void {
    const disposeRest = (): void => {
      disposeAll(this.#owned);
    };
    this.stop().then(disposeRest, disposeRest);
  }

  async #restart(): Promise<void> {
    this.#crashes.length = 0;
    this.#stopReason = undefined;
    if (this.#client.state === State.Running) await this.#client.stop();
    await this.start();
  }

  #closed(): { readonly action: CloseAction; readonly handled: true; readonly message: string } {
    const now = Date.now();
    this.#crashes.push(now);
    while ((this.#crashes[0] ?? now) < now - crashWindow) this.#crashes.shift();
    if (this.#crashes.length <= crashLimit)
      return { action: CloseAction.Restart, handled: true, message: 'The language server ended unexpectedly and is started again.' };
    this.#stopReason = `It ended unexpectedly ${this.#crashes.length} times within three minutes.`;
    return { action: CloseAction.DoNotRestart, handled: true, message: this.#stopReason };
  }

  #stateIs(state: State): void {
    switch (state) {
      case State.Starting:
        this.#setState({ kind: 'starting' });
        break;
      case State.Running:
        this.#setState({ kind: 'running' });
        this.#resourcesChanged.fire();
        break;
      case State.StartFailed:
      case State.Stopped:
        this.#setState({ kind: 'stopped', reason: this.#stopReason });
        break;
    }
  }

  #setState(state: ServerState): void {
    // A failure to start is told by the client and by its promise: it is one failure.
    if (isDeepStrictEqual(state, this.#state)) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
