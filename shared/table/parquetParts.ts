// Parquet files as parts of one table, opened by their footers: many at a time, and each with one read where the footers
// of its neighbours tell how long it will be.

import { mapBounded } from './boundedParallel';
import type { ByteSource } from './byteSource';
import { explainNotParquet } from './foreignFormats';
import { KnownDescriptions } from './parquetDescription';
import type { FooterOptions } from './parquetFooter';
import { openParquet, type ParquetFile } from './parquetTable';
import type { ReadOptions } from './table';
import { TableProblem } from './tableProblem';

/** So many footers are read at a time, as many as there are connections to S3 (shared/s3/endpoints.ts): most of the time is spent waiting. */
const parallelOpens = 64;

/** Opens one file; what is no parquet file is named for what it is. */
export async function openParquetFile(source: ByteSource, footer?: FooterOptions): Promise<ParquetFile> {
  try {
    return await openParquet(source, footer);
  } catch (error) {
    if (error instanceof TableProblem && error.kind === 'not-parquet' && source.size > 0)
      throw await explainNotParquet(source, error, footer?.signal);
    throw error;
  }
}

/** Of the footers of about fifty thousand parts. */
export const mostHeldBytes = 512 * 1024 * 1024;

export interface OpenPartsOptions extends ReadOptions {
  /** The table that they are parts of, for messages. */
  readonly name: string;
  /** At most so many bytes are held for them (`Table.heldBytes`), `mostHeldBytes` by default. */
  readonly heldBytes?: number | undefined;
  /** Told of each, in the order in which they come. */
  readonly onOpened?: (table: ParquetFile) => void;
}

/** In the order of the sources. The first one is opened alone, to learn from. */
export async function openParquetParts(
  sources: readonly ByteSource[],
  { name, heldBytes: limit = mostHeldBytes, onOpened, ...options }: OpenPartsOptions,
): Promise<ParquetFile[]> {
  let [longest, opened, held] = [0, 0, 0];
  const descriptions = new KnownDescriptions();
  const open = async (source: ByteSource, guess?: FooterOptions): Promise<ParquetFile> => {
    options.signal?.throwIfAborted();
    const onLength = (bytes: number): void => {
      longest = Math.max(longest, bytes);
    };
    const table = await openParquetFile(source, { ...options, ...guess, onLength, descriptions });
    opened += 1;
    held += table.heldBytes ?? 0;
    if (held > limit) {
      const found = `the footers of ${opened} of its ${sources.length} parts take ${held} bytes of memory`;
      throw new TableProblem('too-large', `${name} has too many parts: ${found}, expected at most ${limit}`);
    }
    onOpened?.(table);
    return table;
  };
  const [first, ...others] = sources;
  if (!first) return [];
  const firstTable = await open(first);
  // Statistics differ in length from part to part, and more in short footers.
  const guess = (): FooterOptions => ({ tailBytes: Math.ceil(longest * 1.05) + 256 });
  return [firstTable, ...(await mapBounded(others, parallelOpens, (source) => open(source, guess())))];
}
