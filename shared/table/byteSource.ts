// Random access to bytes, whatever holds them: a local file, an object in S3.

export interface ByteSource {
  /** How messages call it: a file name, or a path relative to the folder that is shown. */
  readonly name: string;
  readonly size: number;
  /**
   * Exactly the bytes from `start` (inclusive) to `end` (exclusive), within `size`. Whoever can stop half way does so when
   * the signal says so, with its reason.
   */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** To be told after each step of long work on what was read: a sign that it goes on. */
  readonly onStep?: (() => void) | undefined;
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes and read calls so far. */
export interface ReadCost {
  bytesRead: number;
  requests: number;
}

/** Counts what is read, and hears of each read and of each step of the work on it. */
export interface ReadMeter extends ReadCost {
  readonly onStep?: () => void;
}

/** The same source, adding what it reads to `cost`. */
export function countReads(source: ByteSource, cost: ReadMeter): ByteSource {
  return {
    name: source.name,
    size: source.size,
    async read(start, end, signal) {
      cost.requests += 1;
      cost.bytesRead += end - start;
      const bytes = await source.read(start, end, signal);
      cost.onStep?.();
      return bytes;
    },
    onStep: cost.onStep,
  };
}

/** Neighbours closer than this are read together: a request costs more than the bytes between them. */
const mergeGap = 64 * 1024;
/** Merged reads stop growing here, so that they can still run side by side. */
const mergeLimit = 16 * 1024 * 1024;

/** Joins ranges that overlap or nearly touch; the result is sorted. */
export function mergeRanges(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    const joined = last === undefined ? undefined : Math.max(last.end, end);
    if (last && joined !== undefined && start <= last.end + mergeGap && (start < last.end || joined - last.start <= mergeLimit)) {
      last.end = joined;
    } else {
      merged.push({ start, end });
    }
  }
  return merged;
}

/** Bytes that were fetched together, to be cut out range by range. */
export interface FetchedBytes {
  slice(range: ByteRange): Uint8Array;
}

export async function fetchRanges(source: ByteSource, ranges: readonly ByteRange[], signal?: AbortSignal): Promise<FetchedBytes> {
  signal?.throwIfAborted();
  const parts = await Promise.all(
    mergeRanges(ranges).map(async ({ start, end }) => ({ start, end, bytes: await source.read(start, end, signal) })),
  );
  signal?.throwIfAborted();
  return {
    slice({ start, end }) {
      const part = parts.find((candidate) => candidate.start <= start && end <= candidate.end);
      if (!part) throw new RangeError(`bytes ${start} to ${end} were not fetched`);
      return part.bytes.subarray(start - part.start, end - part.start);
    },
  };
}
