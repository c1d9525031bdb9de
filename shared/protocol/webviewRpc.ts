// Requests from a webview to its host and events the other way, over whatever carries messages. A handler that fails
// rejects the one who asked; nothing is answered twice and nothing stays unanswered. Who asked may hear how far the
// answer is, and may give up: the handler's signal then ends its work.

/** Methods with what they take, give, and tell meanwhile: `{ rows: { params: Range; result: Block; progress: number } }`. */
export type MethodMap<Methods> = {
  readonly [Name in keyof Methods]: { readonly params: unknown; readonly result: unknown; readonly progress?: unknown };
};

type ProgressOf<Method> = Method extends { readonly progress: infer Progress } ? Progress : never;

/** What a handler knows of who asked. */
export interface Asked<Progress = never> {
  /** Aborted when the answer is not wanted any more. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export type Handlers<Methods extends MethodMap<Methods>> = {
  readonly [Name in keyof Methods]: (
    params: Methods[Name]['params'],
    asked: Asked<ProgressOf<Methods[Name]>>,
  ) => Promise<Methods[Name]['result']>;
};

export type RpcMessage =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown };

/** The requests of one webview that are being answered. */
export type RunningRequests = Map<number, AbortController>;

/**
 * For the host: answers one message of the webview; others than requests are left alone.
 * @param running kept between the messages of a webview by hosts that let it give up.
 */
export async function serveRequest<Methods extends MethodMap<Methods>>(
  handlers: Handlers<Methods>,
  message: unknown,
  post: (answer: RpcMessage) => void,
  running: RunningRequests = new Map(),
): Promise<void> {
  if (!isRpcMessage(message)) return;
  if (message.kind === 'cancel') running.get(message.id)?.abort();
  if (message.kind !== 'request') return;
  const { id, method, params } = message;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    if (!Object.hasOwn(handlers, method)) throw new Error(`there is no method "${method}"`);
    // The webview is built from the same types: a method that exists is asked with its own parameters.
    const handler = handlers[method as keyof Methods];
    const result = await handler(params, {
      signal: controller.signal,
      onProgress: (value) => {
        post({ kind: 'progress', id, value });
      },
    });
    post({ kind: 'answer', id, result });
  } catch (error) {
    post({ kind: 'refusal', id, message: error instanceof Error ? error.message : String(error) });
  } finally {
    running.delete(id);
  }
}

/** @typeParam Events what the events carry, by name. */
export function rpcEvent<Events, Name extends keyof Events & string>(name: Name, value: Events[Name]): RpcMessage {
  return { kind: 'event', name, value };
}

export interface AskOptions<Progress> {
  /** Gives up: the promise rejects at once with the signal's reason, and the host is told. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/** For the webview: asks the host and hears its events. */
export class HostClient<Methods extends MethodMap<Methods>, Events> {
  private readonly asked = new Map<number, Waiting>();
  private readonly listeners = new Map<string, (value: unknown) => void>();
  private lastId = 0;

  constructor(private readonly post: (message: RpcMessage) => void) {}

  ask<Name extends keyof Methods & string>(
    method: Name,
    params: Methods[Name]['params'],
    { signal, onProgress }: AskOptions<ProgressOf<Methods[Name]>> = {},
  ): Promise<Methods[Name]['result']> {
    const id = ++this.lastId;
    return new Promise<unknown>((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(reasonOf(signal));
        return;
      }
      // The host is built from the same types: what it tells is what this method tells.
      this.asked.set(id, { resolve, reject, onProgress: onProgress as Waiting['onProgress'] });
      this.post({ kind: 'request', id, method, params });
      signal?.addEventListener('abort', () => {
        if (!this.asked.delete(id)) return;
        this.post({ kind: 'cancel', id });
        reject(reasonOf(signal));
      });
    });
  }

  on<Name extends keyof Events & string>(name: Name, listener: (value: Events[Name]) => void): void {
    this.listeners.set(name, listener as (value: unknown) => void);
  }

  /** To be called with every message from the host. */
  receive(message: unknown): void {
    if (!isRpcMessage(message)) return;
    switch (message.kind) {
      case 'event':
        this.listeners.get(message.name)?.(message.value);
        return;
      case 'progress':
        this.asked.get(message.id)?.onProgress?.(message.value);
        return;
      case 'answer':
        this.take(message.id)?.resolve(message.result);
        return;
      case 'refusal':
        this.take(message.id)?.reject(new Error(message.message));
        return;
      case 'request':
      case 'cancel':
    }
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.asked.get(id);
    this.asked.delete(id);
    return waiting;
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function isRpcMessage(message: unknown): message is RpcMessage {
  return typeof message === 'object' && message !== null && 'kind' in message && typeof message.kind === 'string';
}
