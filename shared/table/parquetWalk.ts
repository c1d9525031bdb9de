// Where the pages of a flat column chunk lie, found without an index: by reading from header to header, no further than
// needed, and never twice.

import type { ByteSource } from './byteSource';
import type { ColumnChunk } from './parquetRowGroups';
import { readPageHeader, type PageHeader } from './parquetPages';
import type { PageLocation } from './parquetPlan';

/** Most headers fit into the first; bounds of long texts make a few longer. */
const headerBytes = [256, 4096, 65_536];

export class PageWalk {
  private readonly pages: PageLocation[] = [];
  private offset: number;
  private row = 0;
  private isDamaged = false;

  constructor(
    private readonly source: ByteSource,
    private readonly chunk: ColumnChunk,
  ) {
    this.offset = chunk.dataStart;
  }

  /** The pages up to the one that holds the row before `end`, at least; undefined while they are not known. */
  known(end: number): readonly PageLocation[] | undefined {
    return !this.isDamaged && this.row >= end ? this.pages : undefined;
  }

  /** Goes on until those pages are known, or it is clear that they cannot be told. */
  async locate(end: number, signal: AbortSignal | undefined): Promise<void> {
    while (!this.isDamaged && this.row < end) {
      const at = this.offset;
      const page = at < this.chunk.bytes.end ? await this.header(at, signal) : undefined;
      // Another walk over the same chunk may have gone ahead meanwhile.
      if (this.offset !== at) continue;
      if (page) this.add(page, at);
      else this.isDamaged = true;
    }
  }

  private add(page: PageHeader, at: number): void {
    const end = at + page.end;
    const rows = page.rows ?? page.values;
    if (end > this.chunk.bytes.end || end <= at) {
      this.isDamaged = true;
      return;
    }
    if (page.kind === 'data' && rows > 0) {
      this.pages.push({ start: at, end, firstRow: this.row, endRow: this.row + rows });
      this.row += rows;
    }
    this.offset = end;
  }

  private async header(at: number, signal: AbortSignal | undefined): Promise<PageHeader | undefined> {
    for (const length of headerBytes) {
      signal?.throwIfAborted();
      const bytes = await this.source.read(at, Math.min(at + length, this.chunk.bytes.end), signal);
      try {
        return readPageHeader(bytes, 0, this.chunk);
      } catch {
        // Cut short; or damaged, which is said when the whole chunk is read.
      }
    }
    return undefined;
  }
}

/** Chunks of fewer bytes are read as a whole: that costs less than to ask for headers. */
export const minWalkedBytes = 512 * 1024;
