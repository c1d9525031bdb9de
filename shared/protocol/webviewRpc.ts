// Requests from a webview to its host and events the other way, over whatever carries messages. A handler that fails
// rejects the one who asked; nothing is answered twice and nothing stays unanswered.

/** Methods with what they take and give: `{ rows: { params: Range; result: Block } }`. */
type MethodMap<Methods> = { readonly [Name in keyof Methods]: { readonly params: unknown; readonly result: unknown } };

export type Handlers<Methods extends MethodMap<Methods>> = {
  readonly [Name in keyof Methods]: (params: Methods[Name]['params']) => Promise<Methods[Name]['result']>;
};

export type RpcMessage =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown };

/** For the host: answers one message of the webview; others than requests are left alone. */
export async function serveRequest<Methods extends MethodMap<Methods>>(
  handlers: Handlers<Methods>,
  message: unknown,
  post: (answer: RpcMessage) => void,
): Promise<void> {
  if (!isRpcMessage(message) || message.kind !== 'request') return;
  const { id, method, params } = message;
  try {
    if (!Object.hasOwn(handlers, method)) throw new Error(`there is no method "${method}"`);
    // The webview is built from the same types: a method that exists is asked with its own parameters.
    const handler = handlers[method as keyof Methods];
    post({ kind: 'answer', id, result: await handler(params) });
  } catch (error) {
    post({ kind: 'refusal', id, message: error instanceof Error ? error.message : String(error) });
  }
}

/** @typeParam Events what the events carry, by name. */
export function rpcEvent<Events, Name extends keyof Events & string>(name: Name, value: Events[Name]): RpcMessage {
  return { kind: 'event', name, value };
}

/** For the webview: asks the host and hears its events. */
export class HostClient<Methods extends MethodMap<Methods>, Events> {
  private readonly asked = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }>();
  private readonly listeners = new Map<string, (value: unknown) => void>();
  private lastId = 0;

  constructor(private readonly post: (message: RpcMessage) => void) {}

  ask<Name extends keyof Methods & string>(method: Name, params: Methods[Name]['params']): Promise<Methods[Name]['result']> {
    const id = ++this.lastId;
    return new Promise<unknown>((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      this.post({ kind: 'request', id, method, params });
    });
  }

  on<Name extends keyof Events & string>(name: Name, listener: (value: Events[Name]) => void): void {
    this.listeners.set(name, listener as (value: unknown) => void);
  }

  /** To be called with every message from the host. */
  receive(message: unknown): void {
    if (!isRpcMessage(message)) return;
    if (message.kind === 'event') {
      this.listeners.get(message.name)?.(message.value);
      return;
    }
    if (message.kind === 'request') return;
    const waiting = this.asked.get(message.id);
    this.asked.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.message));
  }
}

function isRpcMessage(message: unknown): message is RpcMessage {
  return typeof message === 'object' && message !== null && 'kind' in message && typeof message.kind === 'string';
}
