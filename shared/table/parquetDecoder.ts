// The decoding library behind a narrow door: bytes of pages in, raw values out. It sees a schema without annotations (see
// parquetShape.ts), so that it converts nothing but INT96, and pages whose counts were checked before.

import { compressors as libraryCompressors } from 'hyparquet-compressors';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { parquetHeader, readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import type { ColumnDecoder, Compressors, DecodedArray, ParquetParsers, SchemaElement, SchemaTree } from 'hyparquet/src/types.js';
import type { ColumnChunk, ParquetFooter, SchemaNode } from './parquetFooter';
import { rawName } from './parquetShape';
import { TableProblem } from './tableProblem';

/** The decoded values of consecutive rows of one leaf; those of nested leaves are nested arrays. */
export interface LeafRows {
  /** Rows of the group: `start` inclusive, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly chunks: readonly DecodedArray[];
}

const parsers: ParquetParsers = { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanos) => nanos };

/** Bigger pages than this come from no writer; sizes are checked before a page is unpacked. */
const maxPageBytes = 512 * 1024 * 1024;
const maxPageValues = 50_000_000;

export class ParquetDecoder {
  private readonly root: SchemaTree;
  private readonly leafPaths: readonly (readonly SchemaTree[])[];

  constructor(
    private readonly name: string,
    footer: ParquetFooter,
  ) {
    const paths: SchemaTree[][] = footer.leaves.map(() => []);
    this.root = buildTree(footer.root, [], [], paths);
    this.leafPaths = paths;
  }

  /**
   * @param bytes a dictionary page, when there is one, and data pages; the first data page begins at row `firstRow`.
   * @param rowEnd the row of the group after the last one that is needed.
   */
  decodeLeaf(leaf: SchemaNode, chunk: ColumnChunk, bytes: Uint8Array, firstRow: number, rowEnd: number): LeafRows {
    const schemaPath = this.leafPaths[leaf.leaf];
    const tree = schemaPath?.at(-1);
    if (!schemaPath || !tree || leaf.type === undefined) throw new RangeError(`"${leaf.path.join('.')}" is not a leaf`);
    checkPages(this.name, leaf, chunk, bytes);
    const decoder: ColumnDecoder = {
      pathInSchema: tree.path,
      type: leaf.type,
      element: tree.element,
      schemaPath: [...schemaPath],
      codec: chunk.codec,
      parsers,
      compressors: lenientCompressors,
      utf8: false,
    };
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const select = { groupStart: 0, groupRows: rowEnd - firstRow, selectStart: 0, selectEnd: rowEnd - firstRow };
    const { data } = readColumn({ view, offset: 0 }, select, decoder);
    const count = data.reduce((sum, part) => sum + part.length, 0);
    if (firstRow + count < rowEnd) {
      throw new TableProblem(
        'malformed',
        `${this.name} is damaged: column "${leaf.path.join('.')}" ends at row ${firstRow + count} of its row group, expected ${rowEnd}`,
      );
    }
    return { start: firstRow, end: firstRow + count, chunks: data };
  }

  /** The raw values of a top-level column for the rows `start` to `end`, put together from the rows of its leaves. */
  assemble(column: SchemaNode, leaves: ReadonlyMap<number, LeafRows>, start: number, end: number): readonly unknown[] {
    const tree = this.root.children.find((child) => child.element.name === rawName(column));
    if (!tree) throw new RangeError(`"${column.name}" is not a column`);
    const data = new Map<string, DecodedArray>();
    for (const [leaf, rows] of leaves) {
      const path = this.leafPaths[leaf]?.at(-1)?.path.join('.');
      if (path !== undefined) data.set(path, sliceRows(rows, start, end));
    }
    assembleNested(data, tree, parsers);
    const values = data.get(tree.path.join('.'));
    if (!values) throw new TableProblem('malformed', `${this.name} is damaged: column "${column.name}" cannot be put together`);
    return Array.from(values as ArrayLike<unknown>);
  }
}

function sliceRows(rows: LeafRows, start: number, end: number): unknown[] {
  const values: unknown[] = [];
  let row = rows.start;
  for (const chunk of rows.chunks) {
    const from = Math.max(0, start - row);
    const to = Math.min(chunk.length, end - row);
    for (let index = from; index < to; index++) values.push((chunk as ArrayLike<unknown>)[index]);
    row += chunk.length;
  }
  return values;
}

function buildTree(node: SchemaNode, path: readonly string[], above: readonly SchemaTree[], paths: SchemaTree[][]): SchemaTree {
  const element: SchemaElement = { name: rawName(node), repetition_type: node.repetition };
  if (node.type !== undefined) element.type = node.type;
  if (node.typeLength !== undefined) element.type_length = node.typeLength;
  if (node.leaf < 0) element.num_children = node.children.length;
  const tree: SchemaTree = { element, path: [...path], children: [], count: 1 };
  const upTo = [...above, tree];
  if (node.leaf >= 0) paths[node.leaf] = upTo;
  for (const child of node.children) {
    const subtree = buildTree(child, [...path, rawName(child)], upTo, paths);
    tree.children.push(subtree);
    tree.count += subtree.count;
  }
  return tree;
}

/** Walks the page headers, so that nothing is allocated for counts that cannot be true. */
function checkPages(name: string, leaf: SchemaNode, chunk: ColumnChunk, bytes: Uint8Array): void {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const label = `column "${leaf.path.join('.')}"`;
  while (reader.offset < bytes.byteLength - 1) {
    const at = reader.offset;
    const page = parquetHeader(reader);
    const values =
      page.data_page_header?.num_values ?? page.data_page_header_v2?.num_values ?? page.dictionary_page_header?.num_values ?? 0;
    const left = bytes.byteLength - reader.offset;
    const size = page.compressed_page_size;
    const unpacked = page.uncompressed_page_size;
    const reason =
      !(size >= 0) || size > left
        ? `claims ${size} bytes, ${left} are left`
        : !(unpacked >= 0) || unpacked > maxPageBytes
          ? `claims to unpack to ${unpacked} bytes`
          : !(values >= 0) || values > maxPageValues || (!page.dictionary_page_header && values > chunk.values)
            ? `claims ${values} values, the column has ${chunk.values}`
            : page.dictionary_page_header && values > unpacked * 8
              ? `claims ${values} dictionary entries in ${unpacked} bytes`
              : undefined;
    if (reason !== undefined)
      throw new TableProblem('malformed', `${name} is damaged: a page of ${label} (at byte ${at} of what was read) ${reason}`);
    reader.offset += size;
  }
}

/** Writers leave the data of a page of nulls empty, which some decompressors refuse. */
const lenientCompressors: Compressors = Object.fromEntries(
  Object.entries(libraryCompressors).map(([codec, decompress]) => [
    codec,
    (input: Uint8Array, length: number) => (length === 0 ? new Uint8Array(0) : decompress(input, length)),
  ]),
);
