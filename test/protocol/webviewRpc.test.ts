import { describe, expect, it } from 'vitest';
import { HostClient, rpcEvent, serveRequest, type Handlers, type RpcMessage } from '../../shared/protocol/webviewRpc';

interface Methods {
  readonly double: { readonly params: number; readonly result: number };
  readonly fail: { readonly params: null; readonly result: null };
}
interface Events {
  readonly moved: { readonly to: number };
}

const handlers: Handlers<Methods> = {
  double: (value) => Promise.resolve(value * 2),
  fail: () => Promise.reject(new Error('the file is gone')),
};

/** A page and its host, joined directly; messages travel as JSON. */
function connect(): HostClient<Methods, Events> {
  const client = new HostClient<Methods, Events>((message) => {
    void serveRequest<Methods>(handlers, JSON.parse(JSON.stringify(message)), (answer) => {
      client.receive(JSON.parse(JSON.stringify(answer)));
    });
  });
  return client;
}

describe('a webview', () => {
  it('is answered, each question by its own answer', async () => {
    const client = connect();
    expect(await Promise.all([client.ask('double', 1), client.ask('double', 2)])).toEqual([2, 4]);
  });

  it('is refused when the handler fails', async () => {
    await expect(connect().ask('fail', null)).rejects.toThrow('the file is gone');
  });

  it('is refused a method that does not exist, even one that every object has', async () => {
    const answers: RpcMessage[] = [];
    for (const method of ['missing', 'toString', 'constructor']) {
      await serveRequest<Methods>(handlers, { kind: 'request', id: 7, method, params: null }, (answer) => answers.push(answer));
    }
    expect(answers).toEqual([
      { kind: 'refusal', id: 7, message: 'there is no method "missing"' },
      { kind: 'refusal', id: 7, message: 'there is no method "toString"' },
      { kind: 'refusal', id: 7, message: 'there is no method "constructor"' },
    ]);
  });

  it('hears events, and nothing of foreign messages', () => {
    const client = connect();
    const heard: number[] = [];
    client.on('moved', ({ to }) => heard.push(to));
    for (const message of [rpcEvent<Events, 'moved'>('moved', { to: 3 }), { kind: 'event', name: 'other' }, null, 'text', { to: 4 }]) {
      client.receive(message);
    }
    expect(heard).toEqual([3]);
  });
});

describe('a long answer', () => {
  interface LongMethods {
    readonly count: { readonly params: number; readonly result: string; readonly progress: number };
  }

  /** A page whose host counts until it is told to stop. */
  function connectLong(): {
    readonly client: HostClient<LongMethods, Events>;
    readonly stopped: Promise<unknown>;
    readonly sent: string[];
  } {
    const sent: string[] = [];
    const running = new Map<number, AbortController>();
    let tellStopped: (reason: unknown) => void;
    const stopped = new Promise<unknown>((resolve) => (tellStopped = resolve));
    const long: Handlers<LongMethods> = {
      count: (most, { signal, onProgress }) =>
        new Promise((resolve, reject) => {
          for (let at = 1; at <= 2; at++) onProgress(at);
          if (most <= 2) resolve('counted');
          signal.addEventListener('abort', () => {
            tellStopped(signal.reason);
            reject(new Error('stopped'));
          });
        }),
    };
    const client: HostClient<LongMethods, Events> = new HostClient((message) => {
      sent.push(message.kind);
      void serveRequest<LongMethods>(
        long,
        message,
        (answer) => {
          client.receive(answer);
        },
        running,
      );
    });
    return { client, stopped, sent };
  }

  it('tells how far it is', async () => {
    const { client } = connectLong();
    const heard: number[] = [];
    expect(await client.ask('count', 2, { onProgress: (at) => heard.push(at) })).toBe('counted');
    expect(heard).toEqual([1, 2]);
  });

  it('ends on the side of the host when it is given up, and is refused at once', async () => {
    const { client, stopped, sent } = connectLong();
    const controller = new AbortController();
    const asked = client.ask('count', 9, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(await stopped).toMatchObject({ name: 'AbortError' });
    expect(sent).toEqual(['request', 'cancel']);
  });

  it('is not asked for when it was given up before, and not given up when it has come', async () => {
    const { client, sent } = connectLong();
    const controller = new AbortController();
    await client.ask('count', 2, { signal: controller.signal });
    controller.abort();
    await expect(client.ask('count', 2, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(sent).toEqual(['request']);
  });
});
