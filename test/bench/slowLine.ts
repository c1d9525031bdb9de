// A file as it is behind a slow connection.

import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../../shared/table/byteSource';

const millisecondsPerRequest = 30;
const bytesPerMillisecond = 25_000;

export function fileSource(file: FileHandle, size: number): ByteSource {
  return {
    name: 'payments.parquet',
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      await file.read(bytes, 0, bytes.length, start);
      return bytes;
    },
  };
}

/** Each request waits, all of them side by side; then their bytes come one after the other over one line. */
export function slowed(source: ByteSource): ByteSource {
  let lineFree = 0;
  return {
    name: source.name,
    size: source.size,
    async read(start, end) {
      const asked = performance.now();
      const bytes = await source.read(start, end);
      lineFree = Math.max(lineFree, asked + millisecondsPerRequest) + (end - start) / bytesPerMillisecond;
      const wait = lineFree - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return bytes;
    },
  };
}
