// Reads rows of row groups as cells: from what was decoded before, from the beginnings of pages, from pages, and from whole
// column chunks, whichever is the least.

import { fetchRanges, type ByteRange, type ByteSource, type FetchedBytes } from './byteSource';
import { ParquetDecoder, type LeafRows } from './parquetDecoder';
import { isFlat, readDictionaryPage, readFlatPage, type FlatContext, type FlatRows } from './parquetFlat';
import type { FileDescription, SchemaNode } from './parquetDescription';
import type { ParquetIndexes } from './parquetIndexes';
import { knownCodecs, readPageHeader, readPageHeaders, type PageHeader } from './parquetPages';
import { dictionaryRange, planChunk, selectPages, type GroupSelection, type PageLocation } from './parquetPlan';
import { readFlatPrefix } from './parquetPrefix';
import type { ColumnChunk } from './parquetRowGroups';
import type { ColumnShape } from './parquetShape';
import type { Dictionary, FlatLeaf } from './parquetValues';
import { RowsCache } from './rowsCache';
import type { Cell } from './table';
import { damaged, TableProblem } from './tableProblem';

/** So many rows at the beginning of a row group are read without whole pages. */
const prefixRows = 1000;
/** Shorter chunks are read as they are: the savings would be smaller than another request costs. */
const minPrefixedBytes = 48 * 1024;

const megabyte = 1024 * 1024;
/** What a value takes beside its own bytes, in a flat and in a nested column, where it may be an object in a list. */
const flatValueBytes = 8;
const nestedValueBytes = 64;

/** A leaf whose rows are wanted; `flat` when its column has no other. */
interface WantedLeaf {
  readonly node: SchemaNode;
  readonly chunk: ColumnChunk;
  readonly flat: FlatLeaf | undefined;
  /** Of what is kept of it. */
  readonly key: string;
}

/** What has to be fetched for a leaf, and what is done with it. */
interface LeafTask {
  readonly leaf: WantedLeaf;
  readonly ranges: readonly ByteRange[];
  /** Whether it relies on page locations, which may be wrong. */
  readonly isLocated: boolean;
  decode(fetched: FetchedBytes): DecodedLeaf;
}

type DecodedLeaf = { readonly kind: 'flat'; readonly pages: readonly FlatRows[] } | { readonly kind: 'nested'; readonly rows: LeafRows };

type DecodedLeaves = Map<number, DecodedLeaf>;

export class ParquetRows {
  private nestedDecoder: ParquetDecoder | undefined;
  private readonly pages = new RowsCache<FlatRows>(128 * megabyte);
  private readonly nested = new RowsCache<LeafRows>(64 * megabyte);
  private readonly dictionaries = new RowsCache<Dictionary>(64 * megabyte);

  constructor(
    private readonly source: ByteSource,
    private readonly description: FileDescription,
    private readonly indexes: ParquetIndexes,
  ) {}

  async read(selection: GroupSelection, shapes: readonly ColumnShape[], signal: AbortSignal | undefined): Promise<Cell[][]> {
    const { start, end } = selection;
    const decoded = await this.decodeLeaves(selection, this.wantedLeaves(selection, shapes), signal);
    const rows = Array.from({ length: end - start }, () => new Array<Cell>(shapes.length).fill(null));
    const pause = new Pause(signal);
    for (const [column, shape] of shapes.entries()) {
      await pause.take();
      const only = decoded.get(shape.node.leaf);
      if (only?.kind === 'flat') {
        for (const page of only.pages) page.fill(rows, column, start, end, start);
      } else {
        const leaves = new Map<number, LeafRows>();
        for (const leaf of shape.leaves) {
          const found = decoded.get(leaf);
          if (found?.kind === 'nested') leaves.set(leaf, found.rows);
        }
        const values = this.decoder.assemble(shape.node, leaves, start, end);
        for (const [row, cells] of rows.entries()) cells[column] = shape.toCell(values[row]);
        this.source.onStep?.();
      }
    }
    return rows;
  }

  /** Made when the first nested column is read: many parts are opened of which nothing is. */
  private get decoder(): ParquetDecoder {
    this.nestedDecoder ??= new ParquetDecoder(this.source.name, this.description);
    return this.nestedDecoder;
  }

  private wantedLeaves({ group, groupIndex }: GroupSelection, shapes: readonly ColumnShape[]): readonly WantedLeaf[] {
    const wanted = new Map<number, WantedLeaf>();
    for (const shape of shapes) {
      for (const leaf of shape.leaves) {
        const [node, chunk] = [this.description.leaves[leaf], group.chunk(leaf)];
        if (!node || !chunk || wanted.has(leaf)) continue;
        if (!knownCodecs.includes(chunk.codec)) throw this.unknownCodec(chunk.codec, node);
        const flat = isFlat(node) ? { node, toCell: shape.toCell } : undefined;
        wanted.set(leaf, { node, chunk, flat, key: `${groupIndex}:${leaf}` });
      }
    }
    return [...wanted.values()];
  }

  private async decodeLeaves(
    selection: GroupSelection,
    wanted: readonly WantedLeaf[],
    signal: AbortSignal | undefined,
  ): Promise<DecodedLeaves> {
    const decoded: DecodedLeaves = new Map();
    const prefixed: WantedLeaf[] = [];
    const paged: WantedLeaf[] = [];
    for (const leaf of wanted) {
      const kept = this.keptRows(leaf, selection);
      if (kept) decoded.set(leaf.node.leaf, kept);
      else if (this.isPrefixed(leaf, selection)) prefixed.push(leaf);
      else paged.push(leaf);
    }
    const missed = this.readPrefixes(prefixed, selection, decoded, signal);
    await Promise.all([missed, this.readPages(paged, selection, decoded, signal)]);
    await this.readPages(await missed, selection, decoded, signal);
    return decoded;
  }

  private keptRows({ key, flat, chunk }: WantedLeaf, { start, end }: GroupSelection): DecodedLeaf | undefined {
    if (!flat) {
      const rows = this.nested.get(key);
      return rows && rows.start <= start && rows.end >= end ? { kind: 'nested', rows } : undefined;
    }
    const first = this.pages.get(`${key}:0`);
    if (first && first.end >= end) return { kind: 'flat', pages: [first] };
    const locations = this.indexes.locations(chunk, end);
    if (!locations) return undefined;
    const pages = this.keptPages(key, selectPages(locations, start, end), end);
    return pages.every((page) => page !== undefined) ? { kind: 'flat', pages } : undefined;
  }

  /** Those of the pages that are kept, up to row `end`. */
  private keptPages(key: string, selected: readonly PageLocation[], end: number): readonly (FlatRows | undefined)[] {
    return selected.map(({ firstRow, endRow }) => {
      const page = this.pages.get(`${key}:${firstRow}`);
      return page && page.end >= Math.min(end, endRow) ? page : undefined;
    });
  }

  /** Only at the first sight of a chunk: who goes on reading needs the pages anyway. */
  private isPrefixed({ flat, key, chunk }: WantedLeaf, { end, group }: GroupSelection): boolean {
    const { start, end: chunkEnd } = chunk.bytes;
    if (!flat || end > prefixRows || end === group.rowCount || chunkEnd - start < minPrefixedBytes) return false;
    return this.pages.get(`${key}:0`) === undefined;
  }

  /** Gives those leaves of which whole pages must be read. */
  private async readPrefixes(
    leaves: readonly WantedLeaf[],
    { end }: GroupSelection,
    decoded: DecodedLeaves,
    signal: AbortSignal | undefined,
  ): Promise<readonly WantedLeaf[]> {
    const missed: WantedLeaf[] = [];
    await Promise.all(
      leaves.map(async (leaf) => {
        const { flat, chunk, key, node } = leaf;
        const rows = flat && (await readFlatPrefix(this.source, { leaf: flat, chunk, rows: end }, signal));
        if (rows) {
          this.pages.set(`${key}:0`, rows, rows.end * flatValueBytes);
          decoded.set(node.leaf, { kind: 'flat', pages: [rows] });
        } else {
          missed.push(leaf);
        }
      }),
    );
    return missed;
  }

  private async readPages(
    leaves: readonly WantedLeaf[],
    selection: GroupSelection,
    decoded: DecodedLeaves,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (leaves.length === 0) return;
    const { start, end, group } = selection;
    if (start > 0 || end < group.rowCount) {
      await this.indexes.load(
        leaves.map(({ chunk }) => chunk),
        signal,
      );
      await this.indexes.walk(
        leaves.flatMap(({ flat, chunk }) => (flat ? [chunk] : [])),
        end,
        signal,
      );
    }
    const failed: WantedLeaf[] = [];
    await this.perform(
      leaves.map((leaf) => this.task(leaf, selection, this.indexes.locations(leaf.chunk, end))),
      decoded,
      signal,
      (leaf) => failed.push(leaf),
    );
    // Page locations that lead nowhere only save reading: without them the whole chunk says what is wrong, if anything is.
    for (const { chunk } of failed) this.indexes.set(chunk, undefined);
    await this.perform(
      failed.map((leaf) => this.task(leaf, selection, undefined)),
      decoded,
      signal,
      () => undefined,
    );
  }

  private async perform(
    tasks: readonly LeafTask[],
    decoded: DecodedLeaves,
    signal: AbortSignal | undefined,
    onFailure: (leaf: WantedLeaf) => void,
  ): Promise<void> {
    const fetched = await fetchRanges(
      this.source,
      tasks.flatMap(({ ranges }) => ranges),
      signal,
    );
    const pause = new Pause(signal);
    for (const task of tasks) {
      await pause.take();
      try {
        decoded.set(task.leaf.node.leaf, task.decode(fetched));
      } catch (error) {
        if (!task.isLocated) throw this.problem(error, task.leaf.node);
        onFailure(task.leaf);
      }
    }
  }

  private task(leaf: WantedLeaf, selection: GroupSelection, locations: readonly PageLocation[] | undefined): LeafTask {
    const { flat } = leaf;
    if (!flat) return this.nestedTask(leaf, selection, locations);
    return locations ? this.pagesTask(leaf, flat, selection, locations) : this.chunkTask(leaf, flat, selection);
  }

  private nestedTask(leaf: WantedLeaf, { start, end }: GroupSelection, locations: readonly PageLocation[] | undefined): LeafTask {
    const { node, chunk, key } = leaf;
    const { dictionary, pages, firstRow, endRow } = planChunk(chunk, locations, start, end);
    return {
      leaf,
      ranges: dictionary ? [dictionary, pages] : [pages],
      isLocated: locations !== undefined,
      decode: (fetched) => {
        const bytes = dictionary ? joined(fetched.slice(dictionary), fetched.slice(pages)) : fetched.slice(pages);
        const rows = this.decoder.decodeLeaf(node, chunk, bytes, firstRow, end);
        this.source.onStep?.();
        if (locations && rows.end !== endRow) throw new RangeError('a page is not where it should be');
        this.nested.set(key, rows, (rows.end - rows.start) * nestedValueBytes);
        return { kind: 'nested', rows };
      },
    };
  }

  private pagesTask(leaf: WantedLeaf, flat: FlatLeaf, selection: GroupSelection, locations: readonly PageLocation[]): LeafTask {
    const { chunk, key } = leaf;
    const { start, end } = selection;
    const selected = selectPages(locations, start, end);
    const kept = this.keptPages(key, selected, end);
    const missing = selected.filter((_, index) => !kept[index]);
    const known = this.dictionaries.get(key);
    const range = known ? undefined : dictionaryRange(chunk, locations);
    return {
      leaf,
      ranges: range ? [range, ...missing] : missing,
      isLocated: true,
      decode: (fetched) => {
        const dictionary = known ?? (range && readDictionaryPage(fetched.slice(range), flat, chunk));
        if (dictionary && range) this.dictionaries.set(key, dictionary, range.end - range.start + dictionary.size * nestedValueBytes);
        const pages = selected.map((location, index) => {
          const page = kept[index];
          if (page) return page;
          const bytes = fetched.slice(location);
          const header = readPageHeader(bytes, 0, chunk);
          const rows = header.rows ?? header.values;
          if (header.kind !== 'data' || header.end !== bytes.length || rows !== location.endRow - location.firstRow)
            throw new RangeError('a page is not where it should be');
          return this.readPage(header, bytes, { leaf: flat, chunk, dictionary }, key, location.firstRow, rows);
        });
        checkEnd(pages.at(-1)?.end ?? 0, end);
        return { kind: 'flat', pages };
      },
    };
  }

  private chunkTask(leaf: WantedLeaf, flat: FlatLeaf, { start, end }: GroupSelection): LeafTask {
    const { chunk, key } = leaf;
    return {
      leaf,
      ranges: [chunk.bytes],
      isLocated: false,
      decode: (fetched) => {
        const bytes = fetched.slice(chunk.bytes);
        const headers = readPageHeaders(bytes, chunk);
        const isDictionary = headers[0]?.kind === 'dictionary';
        const dictionary = isDictionary ? readDictionaryPage(bytes, flat, chunk) : undefined;
        const pages: FlatRows[] = [];
        const locations: PageLocation[] = [];
        let row = 0;
        for (const [index, header] of headers.entries()) {
          const rows = header.rows ?? header.values;
          if (header.kind !== 'data' || rows === 0) continue;
          const from = chunk.bytes.start + (headers[index - 1]?.end ?? 0);
          locations.push({ start: from, end: chunk.bytes.start + header.end, firstRow: row, endRow: row + rows });
          if (row < end && row + rows > start) {
            pages.push(this.readPage(header, bytes, { leaf: flat, chunk, dictionary }, key, row, rows));
          }
          row += rows;
        }
        checkEnd(row, end);
        this.indexes.set(chunk, locations);
        return { kind: 'flat', pages };
      },
    };
  }

  private readPage(header: PageHeader, bytes: Uint8Array, context: FlatContext, key: string, firstRow: number, count: number): FlatRows {
    const rows = readFlatPage(header, bytes, context, firstRow, count);
    this.source.onStep?.();
    this.pages.set(`${key}:${firstRow}`, rows, header.unpackedSize + count * flatValueBytes);
    return rows;
  }

  private unknownCodec(codec: string, { path }: SchemaNode): TableProblem {
    const expected = `expected one of ${knownCodecs.join(', ')}`;
    return new TableProblem('unsupported', `${this.source.name} compresses column "${path.join('.')}" with ${codec}, ${expected}`);
  }

  private problem(error: unknown, node: SchemaNode): TableProblem {
    if (error instanceof TableProblem) return error;
    const cause = error instanceof Error ? error.message : String(error);
    return damaged(this.source.name, `column "${node.path.join('.')}": ${cause}`, error);
  }
}

function checkEnd(found: number, end: number): void {
  if (found < end) throw new RangeError(`it ends at row ${found} of its row group, expected ${end}`);
}

/** Lets others have their turn between columns, the sender of an abort among them. */
class Pause {
  private last = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {}

  async take(): Promise<void> {
    if (!this.signal) return;
    if (performance.now() - this.last > 10) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.last = performance.now();
    }
    this.signal.throwIfAborted();
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
