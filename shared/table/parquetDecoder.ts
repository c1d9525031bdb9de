// The decoding library behind a narrow door, for nested columns: bytes of pages in, raw values out. It sees a schema without annotations (see
// parquetShape.ts), so that it converts nothing but INT96, and pages whose counts were checked before.

import { assembleNested } from 'hyparquet/src/assemble.js';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import type { ColumnDecoder, DecodedArray, ParquetParsers, SchemaElement, SchemaTree } from 'hyparquet/src/types.js';
import type { FileDescription, SchemaNode } from './parquetDescription';
import { lenientCompressors, readPageHeaders } from './parquetPages';
import type { ColumnChunk } from './parquetRowGroups';
import { rawName } from './parquetShape';
import { damaged } from './tableProblem';

/** The decoded values of consecutive rows of one leaf; those of nested leaves are nested arrays. */
export interface LeafRows {
  /** Rows of the group: `start` inclusive, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly chunks: readonly DecodedArray[];
}

const parsers: ParquetParsers = { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanos) => nanos };

export class ParquetDecoder {
  private readonly root: SchemaTree;
  private readonly leafPaths: readonly (readonly SchemaTree[])[];

  constructor(
    private readonly name: string,
    { root, leaves }: FileDescription,
  ) {
    const paths: SchemaTree[][] = leaves.map(() => []);
    this.root = buildTree(root, [], [], paths);
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
    // Nothing is allocated for counts that cannot be true.
    const pages = readPageHeaders(bytes, chunk);
    // DuckDB, which writes no dictionary then, begins differences of unsigned numbers with one of 64 bits; the library takes 32 of it.
    const isWide = leaf.type === 'INT32' && pages.every(({ kind, encoding }) => kind === 'data' && encoding === 'DELTA_BINARY_PACKED');
    const decoder: ColumnDecoder = {
      pathInSchema: tree.path,
      type: isWide ? 'INT64' : leaf.type,
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
      throw damaged(this.name, `column "${leaf.path.join('.')}" ends at row ${firstRow + count} of its row group, expected ${rowEnd}`);
    }
    return { start: firstRow, end: firstRow + count, chunks: isWide ? data.map((part) => Array.from(part, inNarrow)) : data };
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
    if (!values) throw damaged(this.name, `column "${column.name}" cannot be put together`);
    return Array.from(values as ArrayLike<unknown>);
  }
}

/** Numbers of 64 bits, in lists of any depth, as numbers of 32. */
function inNarrow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inNarrow);
  return typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value;
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
