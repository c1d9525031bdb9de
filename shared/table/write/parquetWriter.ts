// Writes rows of cells as a parquet file that Spark reads with the same types: plain values in pages, row groups that are given
// away as soon as they are large, bounds of every column, and Spark's own schema in the footer.

import { joinBytes } from '../joinBytes';
import type { Cell, Column } from '../table';
import { TableProblem } from '../tableProblem';
import { sparkSchemaKey } from '../sparkSchema';
import { encodeLevels } from './levels';
import type { Bounds } from './leafValues';
import { thrift, thriftBytes, type ThriftValue } from './thrift';
import { writeSchema, type WriteLeaf, type WriteNode, type WriteSchema } from './writeSchema';

export interface ParquetWriterOptions {
  /** Takes the bytes of the file, in their order. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Packs a page by GZIP; without it pages stay as they are. */
  readonly gzip?: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Bytes in memory from which a row group is written; 64 MB when left out. */
  readonly groupBytes?: number;
}

const megabyte = 1024 * 1024;
const mostGroupRows = 1_000_000;
const pageBytes = megabyte;
const pageValues = 20_000;

/** Numbers of the format. */
const [dataPage, plain, runLengths, uncompressed, gzipped] = [0, 0, 3, 0, 2];

/** Which calendar old days are written in follows from the version of Spark; since the third it is the one of ISO 8601. */
const sparkVersion = '3.5.0';

export class ParquetWriter {
  private readonly schema: WriteSchema;
  private readonly chunks: readonly ChunkWriter[];
  private readonly chunkOf: ReadonlyMap<WriteLeaf, ChunkWriter>;
  private readonly groups: ThriftValue[] = [];
  private offset = 0;
  private rowCount = 0;
  private groupRows = 0;

  /** Throws a TableProblem for columns whose types Spark lacks. */
  constructor(
    private readonly columns: readonly Column[],
    private readonly options: ParquetWriterOptions,
  ) {
    this.schema = writeSchema(columns);
    this.chunks = this.schema.leaves.map((leaf) => new ChunkWriter(leaf, options.gzip));
    this.chunkOf = new Map(this.chunks.map((chunk) => [chunk.leaf, chunk]));
  }

  /** Bytes given to `write` so far. */
  get bytes(): number {
    return this.offset;
  }

  async add(rows: readonly (readonly Cell[])[]): Promise<void> {
    if (this.offset === 0) await this.put(magic);
    for (const row of rows) {
      for (const [index, node] of this.schema.nodes.entries()) this.addCell(node, row[index] ?? null, index);
      this.rowCount += 1;
      this.groupRows += 1;
      for (const chunk of this.chunks) if (chunk.isPageFull) await chunk.endPage();
      // To sum over all columns for each row would take longer than to write it.
      if (this.groupRows % 256 === 0 || this.groupRows >= mostGroupRows) await this.endFullGroup();
    }
  }

  /** Writes what is left and the footer. */
  async finish(): Promise<void> {
    if (this.offset === 0) await this.put(magic);
    await this.endGroup();
    const footer = thriftBytes(
      [1, thrift.int32(1)],
      [2, thrift.list(this.schema.elements)],
      [3, thrift.int64(this.rowCount)],
      [4, thrift.list(this.groups)],
      [5, thrift.list([keyValue('org.apache.spark.version', sparkVersion), keyValue(sparkSchemaKey, this.schema.spark)])],
      [6, thrift.text('sparkform version 1')],
      [7, thrift.list(this.schema.leaves.map(() => thrift.struct([1, thrift.struct()])))],
    );
    const end = new Uint8Array(8);
    new DataView(end.buffer).setUint32(0, footer.length, true);
    end.set(magic, 4);
    await this.put(footer);
    await this.put(end);
  }

  private addCell(node: WriteNode, cell: Cell, column: number): void {
    try {
      this.shred(node, cell, 0, 0);
    } catch (error) {
      if (!(error instanceof TableProblem)) throw error;
      const name = this.columns[column]?.name ?? '';
      throw new TableProblem(error.kind, `column "${name}", row ${this.rowCount + 1}: ${error.message}`, { cause: error });
    }
  }

  /** Takes a cell apart into its leaves. @param definition how many of the places above are there */
  private shred(node: WriteNode, cell: Cell, repetition: number, definition: number): void {
    if (cell === null) {
      if (!node.optional) throw new TableProblem('unsupported', 'there is no value, where the table says that there always is one');
      this.shredNothing(node, repetition, definition);
      return;
    }
    const own = definition + Number(node.optional);
    switch (node.kind) {
      case 'leaf':
        this.chunkOf.get(node.leaf)?.add(cell, repetition, own);
        return;
      case 'struct': {
        const cells = itemsOf(cell);
        for (const [index, field] of node.fields.entries()) this.shred(field, cells[index] ?? null, repetition, own);
        return;
      }
      case 'array':
      case 'map': {
        const items = itemsOf(cell);
        if (items.length === 0) this.shredNothing(node, repetition, own);
        for (const [index, item] of items.entries()) this.shredItem(node, item, index === 0 ? repetition : node.repetition, own + 1);
      }
    }
  }

  private shredItem(node: WriteNode & { readonly kind: 'array' | 'map' }, item: Cell, repetition: number, definition: number): void {
    if (node.kind === 'array') {
      this.shred(node.element, item, repetition, definition);
    } else {
      const [key = null, value = null] = itemsOf(item);
      this.shred(node.key, key, repetition, definition);
      this.shred(node.value, value, repetition, definition);
    }
  }

  private shredNothing(node: WriteNode, repetition: number, definition: number): void {
    switch (node.kind) {
      case 'leaf':
        this.chunkOf.get(node.leaf)?.add(null, repetition, definition);
        return;
      case 'struct':
        for (const field of node.fields) this.shredNothing(field, repetition, definition);
        return;
      case 'array':
        this.shredNothing(node.element, repetition, definition);
        return;
      case 'map':
        this.shredNothing(node.key, repetition, definition);
        this.shredNothing(node.value, repetition, definition);
    }
  }

  private async endFullGroup(): Promise<void> {
    const held = this.chunks.reduce((sum, chunk) => sum + chunk.heldBytes, 0);
    if (held >= (this.options.groupBytes ?? 64 * megabyte) || this.groupRows >= mostGroupRows) await this.endGroup();
  }

  private async endGroup(): Promise<void> {
    if (this.groupRows === 0) return;
    const start = this.offset;
    const columns: ThriftValue[] = [];
    let [unpacked, packed] = [0, 0];
    for (const chunk of this.chunks) {
      await chunk.endPage();
      const { pages, ...taken } = chunk.takeChunk();
      columns.push(this.columnChunk(chunk.leaf, taken));
      for (const page of pages) await this.put(page);
      unpacked += taken.unpacked;
      packed += taken.packed;
    }
    this.groups.push(
      thrift.struct(
        [1, thrift.list(columns)],
        [2, thrift.int64(unpacked)],
        [3, thrift.int64(this.groupRows)],
        [5, thrift.int64(start)],
        [6, thrift.int64(packed)],
      ),
    );
    this.groupRows = 0;
  }

  private columnChunk(leaf: WriteLeaf, { values, nulls, unpacked, packed, bounds }: ChunkFacts): ThriftValue {
    const statistics = thrift.struct(
      [3, thrift.int64(nulls)],
      [5, bounds && thrift.bytes(bounds.max)],
      [6, bounds && thrift.bytes(bounds.min)],
    );
    const meta = thrift.struct(
      [1, thrift.int32(leaf.physical)],
      [2, thrift.list([thrift.int32(plain), thrift.int32(runLengths)])],
      [3, thrift.list(leaf.path.map(thrift.text))],
      [4, thrift.int32(this.options.gzip ? gzipped : uncompressed)],
      [5, thrift.int64(values)],
      [6, thrift.int64(unpacked)],
      [7, thrift.int64(packed)],
      [9, thrift.int64(this.offset)],
      [12, statistics],
    );
    return thrift.struct([2, thrift.int64(this.offset)], [3, meta]);
  }

  private async put(bytes: Uint8Array): Promise<void> {
    this.offset += bytes.length;
    await this.options.write(bytes);
  }
}

const magic = new TextEncoder().encode('PAR1');

interface ChunkFacts {
  /** Nulls among them. */
  readonly values: number;
  readonly nulls: number;
  readonly unpacked: number;
  readonly packed: number;
  readonly bounds: Bounds | undefined;
}

/** The values of one leaf in the present row group. */
class ChunkWriter {
  private definitions: number[] = [];
  private repetitions: number[] = [];
  private pages: Uint8Array[] = [];
  private facts = { values: 0, nulls: 0, unpacked: 0, packed: 0 };

  constructor(
    readonly leaf: WriteLeaf,
    private readonly gzip: ParquetWriterOptions['gzip'],
  ) {}

  /** To be asked between two rows: no page ends within one. */
  get isPageFull(): boolean {
    return this.definitions.length >= pageValues || this.leaf.values.pendingBytes >= pageBytes;
  }

  get heldBytes(): number {
    return this.facts.packed + this.leaf.values.pendingBytes + this.definitions.length;
  }

  add(cell: Cell, repetition: number, definition: number): void {
    this.repetitions.push(repetition);
    this.definitions.push(definition);
    if (definition < this.leaf.definition) this.facts.nulls += 1;
    else this.leaf.values.add(cell);
  }

  async endPage(): Promise<void> {
    const count = this.definitions.length;
    if (count === 0) return;
    const { repetition, definition, values } = this.leaf;
    const parts = [levelBytes(this.repetitions, repetition), levelBytes(this.definitions, definition), values.takeValues()];
    this.repetitions = [];
    this.definitions = [];
    const body = joinBytes(parts);
    const packed = this.gzip ? await this.gzip(body) : body;
    const header = thriftBytes(
      [1, thrift.int32(dataPage)],
      [2, thrift.int32(body.length)],
      [3, thrift.int32(packed.length)],
      [5, thrift.struct([1, thrift.int32(count)], [2, thrift.int32(plain)], [3, thrift.int32(runLengths)], [4, thrift.int32(runLengths)])],
    );
    this.pages.push(header, packed);
    this.facts.values += count;
    this.facts.unpacked += header.length + body.length;
    this.facts.packed += header.length + packed.length;
  }

  takeChunk(): ChunkFacts & { readonly pages: readonly Uint8Array[] } {
    const taken = { ...this.facts, bounds: this.leaf.values.takeBounds(), pages: this.pages };
    this.pages = [];
    this.facts = { values: 0, nulls: 0, unpacked: 0, packed: 0 };
    return taken;
  }
}

/** With their length before them. */
function levelBytes(levels: readonly number[], highest: number): Uint8Array {
  if (highest === 0) return new Uint8Array(0);
  const encoded = encodeLevels(levels, highest);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, encoded.length, true);
  return joinBytes([length, encoded]);
}

function itemsOf(cell: Cell): readonly Cell[] {
  return Array.isArray(cell) ? (cell as readonly Cell[]) : [];
}

function keyValue(key: string, value: string): ThriftValue {
  return thrift.struct([1, thrift.text(key)], [2, thrift.text(value)]);
}
