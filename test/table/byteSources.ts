import type { ByteSource } from '../../shared/table/byteSource';

export interface RecordedSource extends ByteSource {
  /** What was asked for, in order. */
  readonly reads: { readonly start: number; readonly end: number }[];
}

/** Bytes in memory as a source that remembers what was asked of it. */
export function recordedSource(bytes: Uint8Array, name = 'table.parquet'): RecordedSource {
  const reads: { start: number; end: number }[] = [];
  return {
    name,
    size: bytes.length,
    reads,
    read(start, end, signal) {
      signal?.throwIfAborted();
      reads.push({ start, end });
      return Promise.resolve(bytes.slice(start, end));
    },
  };
}

export function bytesAsked({ reads }: RecordedSource): number {
  return reads.reduce((sum, { start, end }) => sum + end - start, 0);
}
