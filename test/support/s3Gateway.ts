// What stands between a client and the S3 server of the tests. It is strict: only requests are passed on that S3 itself
// would take in this form; every other one is a violation, which the test that caused it must fail by.

import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface GatewayRequest {
  /** The path as it stands in the request, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly operation: 'list' | 'read';
  /** Decoded; empty for listings. */
  readonly key: string;
}

/** What happens to a request instead of its answer. */
export type Fault =
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly fields?: object;
      readonly headers?: Record<string, string>;
    }
  /** The connection is closed without an answer. */
  | { readonly kind: 'reset' }
  /** The answer ends after so many bytes of its body, though it promised more; with `stall` the connection stays open. */
  | { readonly kind: 'cut'; readonly bytes: number; readonly stall?: boolean };

interface RecordedAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export class S3Gateway {
  /** All requests since the last `forget`. */
  readonly requests: GatewayRequest[] = [];
  /** What no client of S3 may do. */
  readonly violations: string[] = [];
  /** Bytes of bodies that were sent. */
  bytes = 0;
  /** The most requests that were worked on at a time. */
  mostAtOnce = 0;
  /** Requests whose client went away before it had its answer. */
  givenUp = 0;
  /** Decides for each request; nothing happens to it when undefined. */
  fault: (request: GatewayRequest, number: number) => Fault | undefined = () => undefined;
  /** Milliseconds before each answer. */
  latency = 0;
  /** Answers what was asked before without the server, which takes longer than S3. */
  replays = false;
  /** Called for each request before it is answered. */
  onRequest: (request: GatewayRequest) => void = () => undefined;
  private atOnce = 0;
  private readonly answers = new Map<string, RecordedAnswer>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {}

  static async start(target: number): Promise<S3Gateway> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const gateway = new S3Gateway(server, target);
    server.on('connection', (socket) => {
      gateway.sockets.add(socket);
      socket.on('close', () => gateway.sockets.delete(socket));
    });
    server.on('request', (incoming, answer) => {
      gateway.handle(incoming, answer);
    });
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get reads(): readonly GatewayRequest[] {
    return this.requests.filter(({ operation }) => operation === 'read');
  }

  /** As if nothing had happened, and nothing were to happen. */
  forget(): void {
    this.requests.length = 0;
    this.violations.length = 0;
    this.bytes = 0;
    this.mostAtOnce = 0;
    this.givenUp = 0;
    this.latency = 0;
    this.fault = () => undefined;
    this.onRequest = () => undefined;
  }

  async dispose(): Promise<void> {
    this.agent.destroy();
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Also takes what a server of TLS hands over. */
  handle(incoming: IncomingMessage, answer: ServerResponse): void {
    const asked = this.check(incoming);
    const number = this.requests.push(asked) - 1;
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    let isAnswered = false;
    answer.on('finish', () => (isAnswered = true));
    answer.on('close', () => {
      this.atOnce -= 1;
      if (!isAnswered) this.givenUp += 1;
    });
    this.onRequest(asked);
    const go = (): void => {
      const fault = this.fault(asked, number);
      if (fault?.kind === 'reset') incoming.socket.destroy();
      else if (fault?.kind === 'error') this.refuse(answer, fault);
      else this.forward(incoming, answer, fault);
    };
    if (this.latency === 0) go();
    else setTimeout(go, this.latency);
  }

  private refuse(answer: ServerResponse, { status, code, message, fields = {}, headers = {} }: Fault & { kind: 'error' }): void {
    const element = ([name, text]: readonly [string, unknown]): string => `<${name}>${escape(String(text))}</${name}>`;
    const all = Object.entries({ Code: code, Message: message, ...fields, RequestId: '4442587FB7D0A2F9', HostId: 'host' });
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${all.map(element).join('')}</Error>`;
    answer.writeHead(status, { 'content-type': 'application/xml', date: new Date().toUTCString(), ...headers });
    answer.end(body);
  }

  private forward(incoming: IncomingMessage, answer: ServerResponse, cut: (Fault & { kind: 'cut' }) | undefined): void {
    const asked = `${incoming.url ?? ''} ${incoming.headers.range ?? ''}`;
    const recorded = this.replays ? this.answers.get(asked) : undefined;
    if (recorded) {
      this.bytes += recorded.body.length;
      answer.writeHead(recorded.status, recorded.headers).end(recorded.body);
      return;
    }
    const passed = request({
      host: '127.0.0.1',
      port: this.target,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
      agent: this.agent,
    });
    passed.on('error', () => incoming.socket.destroy());
    passed.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        // moto closes each connection; S3 keeps them.
        const kept = Object.entries(response.headers).filter(([name]) => name !== 'connection' && name !== 'transfer-encoding');
        const headers = { ...Object.fromEntries(kept), 'content-length': body.length };
        const status = response.statusCode ?? 500;
        if (this.replays) this.answers.set(asked, { status, headers, body });
        answer.writeHead(status, headers);
        if (!cut) {
          this.bytes += body.length;
          answer.end(body);
          return;
        }
        answer.write(body.subarray(0, cut.bytes), () => {
          if (cut.stall !== true) incoming.socket.destroy();
        });
      });
    });
    passed.end();
  }

  private check({ method, url = '', headers }: IncomingMessage): GatewayRequest {
    const [path = '', search = ''] = url.split('?');
    const violate = (what: string): void => {
      this.violations.push(`${method ?? ''} ${url}: ${what}`);
    };
    const query = Object.fromEntries(search.split('&').map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]));
    const operation = query['list-type'] === '2' ? 'list' : 'read';
    if (method !== 'GET') violate('nothing but GET is asked');
    if (headers.authorization === undefined) violate('it is not signed');
    if (!/^\/(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*$/.test(path)) violate('the path is not encoded as the signature wants it');
    if (search !== '' && !/^(?:[A-Za-z0-9._~=&-]|%[0-9A-F]{2})*$/.test(search))
      violate('the query is not encoded as the signature wants it');
    if (operation === 'list' && query['encoding-type'] !== 'url') violate('keys could not be told in XML');
    if (operation === 'read' && search !== '') violate('it is neither a listing nor the reading of an object');
    const isHosted = /\.s3\.[a-z0-9-]+\.amazonaws\.com$/.test(headers.host ?? '');
    if (path === '/' && !isHosted) violate('all buckets are asked for');
    const key = decodeURIComponent(isHosted ? path.slice(1) : path.slice(1).replace(/^[^/]*\/?/, ''));
    return { path, query, headers, operation, key: operation === 'list' ? '' : key };
  }
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
