// A byte source as a server has it, for readers that bring their own client: every ranged GET is one read of the source.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ByteSource } from '../../shared/table/byteSource';

export interface RangeServer {
  readonly url: string;
  close(): void;
}

/** On the loopback interface, for anyone. Knows nothing but ranges. */
export async function serveRanges(source: ByteSource): Promise<RangeServer> {
  const server = createServer((request, response) => {
    const range = rangeOf(request.headers.range, source.size);
    if (!range) {
      response.writeHead(416).end();
      return;
    }
    const { start, end } = range;
    source.read(start, end).then(
      (bytes) =>
        response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${source.size}`, 'content-length': bytes.length }).end(bytes),
      (error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${source.name}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** `bytes=0-99`, or `bytes=-8` for the last eight. */
function rangeOf(header: string | undefined, size: number): { readonly start: number; readonly end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first !== '') return { start: Number(first), end: last === '' ? size : Math.min(size, Number(last) + 1) };
  return last === '' ? undefined : { start: Math.max(0, size - Number(last)), end: size };
}
