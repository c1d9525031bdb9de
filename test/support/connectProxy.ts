// A proxy that leads whatever host is asked for to one server of this computer.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export class ConnectProxy {
  /** What was asked for: `CONNECT host:port`, or the method and the whole URL. */
  readonly asked: string[] = [];
  /** The credentials that came along, if any. */
  readonly authorizations: (string | undefined)[] = [];
  /** Takes connections, and says nothing. */
  isSilent = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** @param port of the server for tunnels. */
  static async start(port: number): Promise<ConnectProxy> {
    const server = createServer();
    const proxy = new ConnectProxy(server);
    server.on('connection', (socket) => {
      proxy.sockets.add(socket);
    });
    server.on('connect', ({ url = '', headers }, client: Socket) => {
      proxy.asked.push(`CONNECT ${url}`);
      proxy.authorizations.push(headers['proxy-authorization']);
      if (proxy.isSilent) return;
      const tunnel = connect(port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        tunnel.pipe(client).pipe(tunnel);
      });
      proxy.sockets.add(tunnel);
      for (const socket of [client, tunnel]) socket.on('error', () => undefined);
    });
    server.on('request', ({ method = '', url = '' }, answer) => {
      proxy.asked.push(`${method} ${url}`);
      answer.writeHead(407, { 'content-type': 'text/html' }).end('<html>Who are you?</html>');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async dispose(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
