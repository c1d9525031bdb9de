// One request and its whole answer. What is not an answer, or not a whole one, is a NoAnswer: it may be asked for again.

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Address, Connecting } from './endpoints';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpCall {
  readonly address: Address;
  /** Path and query as they are signed. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connecting: Connecting;
  readonly signal: AbortSignal | undefined;
  /** So many milliseconds may pass without a byte. */
  readonly silence: number;
  /** An answer with a longer body is none. */
  readonly mostBytes: number;
}

/** No whole answer came. */
export class NoAnswer extends Error {
  constructor(
    /** The error of the connection. */
    readonly reason: Error,
    /** A connection that was kept had been closed by the other side: nothing is wrong with another one. */
    readonly wasStale: boolean,
  ) {
    super(reason.message, { cause: reason });
    this.name = 'NoAnswer';
  }
}

/** Throws a NoAnswer, or the reason of the signal. */
export async function sendRequest(call: HttpCall): Promise<HttpAnswer> {
  const { signal } = call;
  signal?.throwIfAborted();
  try {
    return await send(call);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function send({ address, target, headers, connecting, signal, silence, mostBytes }: HttpCall): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let began = false;
    const sent = (address.protocol === 'https:' ? httpsRequest : httpRequest)({
      protocol: address.protocol,
      hostname: address.hostname,
      port: address.port,
      path: target,
      method: 'GET',
      headers,
      agent: connecting.agent,
      ...(connecting.secureContext ? { secureContext: connecting.secureContext } : {}),
      ...(signal ? { signal } : {}),
    });
    const fail = (reason: Error): void => {
      clearTimeout(timer);
      reject(new NoAnswer(reason, sent.reusedSocket && !began));
      sent.destroy();
    };
    const timer = setTimeout(() => {
      // Requests that wait for a free connection are not silent.
      if (sent.socket === null && Object.keys(connecting.agent.requests).length > 0) timer.refresh();
      else fail(Object.assign(new Error(`nothing came for ${silence / 1000} s`), { code: 'ETIMEDOUT' }));
    }, silence);
    sent.once('socket', () => timer.refresh());
    sent.on('error', fail);
    sent.once('response', (response) => {
      began = true;
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        timer.refresh();
        chunks.push(chunk);
        length += chunk.length;
        if (length > mostBytes) fail(Object.assign(new Error(`its answer is longer than ${mostBytes} bytes`), { code: 'EMSGSIZE' }));
      });
      // A body that ends too early is an error of the response.
      response.on('error', fail);
      response.once('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks, length) });
      });
    });
    sent.end();
  });
}
