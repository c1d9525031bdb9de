// What a footer says of its file beside where the rows are: the schema, the writer and what it noted. Parts that one program wrote
// have it in common.

import { ConvertedTypes, FieldRepetitionTypes, ParquetTypes } from 'hyparquet/src/constants.js';
import type { ConvertedType, FieldRepetitionType, ParquetType, TimeUnit } from 'hyparquet/src/types.js';
import { damaged, tolerate } from './tableProblem';
import { ThriftStruct } from './thriftStruct';

export type LogicalType =
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'timestamp' | 'time'; readonly utc: boolean; readonly unit: TimeUnit }
  | { readonly kind: 'integer'; readonly bits: number; readonly signed: boolean }
  | { readonly kind: 'string' | 'map' | 'list' | 'enum' | 'date' | 'null' | 'json' | 'bson' | 'uuid' | 'float16' | 'other' };

/** One element of the flattened schema with its children. */
export interface SchemaNode {
  /** Position in the flattened schema: unique in the file, unlike names. */
  readonly index: number;
  readonly name: string;
  /** From the root, without it. */
  readonly path: readonly string[];
  readonly repetition: FieldRepetitionType;
  /** Undefined for groups. */
  readonly type: ParquetType | undefined;
  readonly typeLength: number | undefined;
  readonly converted: ConvertedType | undefined;
  readonly logical: LogicalType | undefined;
  readonly scale: number;
  readonly precision: number;
  /** The number that the writer's own schema knows the element by, as Iceberg's does. */
  readonly fieldId: number | undefined;
  readonly children: readonly SchemaNode[];
  /** Position among the leaves, in column order; -1 for groups. */
  readonly leaf: number;
}

export interface FileDescription {
  readonly root: SchemaNode;
  readonly leaves: readonly SchemaNode[];
  readonly keyValues: ReadonlyMap<string, string>;
  readonly createdBy: string | undefined;
  /** By leaf: whether bounds are compared in the order that the format defines for its type. */
  readonly typeOrdered: readonly boolean[];
}

/** So many kinds of parts are known at a time: those of one folder are nearly all alike. */
const mostKnown = 16;

/** Descriptions that were read before: parts that are described by equal bytes share one, and all that is made of it. */
export class KnownDescriptions {
  /** The one that was asked for last comes first. */
  private readonly known: { readonly bytes: Uint8Array; readonly description: FileDescription }[] = [];

  /** Throws a TableProblem that names the file. @param bytes a `FileMetaData` of parquet.thrift without rows and row groups. */
  read(bytes: Uint8Array, name: string): FileDescription {
    const place = this.known.findIndex((one) => areEqual(one.bytes, bytes));
    const [found] = place < 0 ? [] : this.known.splice(place, 1);
    const { description } = found ?? { description: readDescription(ThriftStruct.parse(bytes, `The footer of ${name}`), name) };
    this.known.unshift(found ?? { bytes, description });
    if (this.known.length > mostKnown) this.known.pop();
    return description;
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Throws a TableProblem that names the file. @param footer a `FileMetaData` of parquet.thrift; its row groups are not looked at. */
export function readDescription(footer: ThriftStruct, name: string): FileDescription {
  const leaves: SchemaNode[] = [];
  const elements = footer.structs(2, (index) => `Schema element ${index} of ${name}`);
  const { node: root, next } = readNode(elements, 0, [], leaves, name);
  if (next !== elements.length) throw damaged(name, `its schema has ${elements.length - next} elements too many`);
  const keyValues = new Map<string, string>();
  for (const pair of footer.structs(5, () => `Metadata of ${name}`)) {
    const [key, value] = [pair.text(1), pair.text(2)];
    if (key !== undefined && value !== undefined) keyValues.set(key, value);
  }
  return { root, leaves, keyValues, createdBy: footer.text(6), typeOrdered: readColumnOrders(footer, leaves.length) };
}

/** Deeper schemas than this come from no writer and would exhaust the stack. */
const maxDepth = 100;

function readNode(
  elements: readonly ThriftStruct[],
  index: number,
  path: readonly string[],
  leaves: SchemaNode[],
  name: string,
): { readonly node: SchemaNode; readonly next: number } {
  const element = elements[index];
  if (!element) throw damaged(name, 'its schema ends too early');
  if (path.length > maxDepth) throw damaged(name, `its schema is nested more than ${maxDepth} deep`);
  const childCount = element.number(5) ?? 0;
  const ownName = element.text(4) ?? '';
  const ownPath = index === 0 ? [] : [...path, ownName];
  const isLeaf = element.has(1) && index > 0;
  const converted = element.number(6);
  const children: SchemaNode[] = [];
  // A leaf takes its place among the leaves before anything that follows it.
  const leaf = isLeaf ? leaves.length : -1;
  let next = index + 1;
  if (!isLeaf) {
    for (let child = 0; child < childCount; child++) {
      const read = readNode(elements, next, ownPath, leaves, name);
      children.push(read.node);
      next = read.next;
    }
  }
  const type = isLeaf ? ParquetTypes[element.requiredNumber(1)] : undefined;
  if (isLeaf && type === undefined) throw damaged(name, `column "${ownPath.join('.')}" has an unknown physical type`);
  const node: SchemaNode = {
    index,
    name: ownName,
    path: ownPath,
    repetition: index === 0 ? 'REQUIRED' : (FieldRepetitionTypes[element.number(3) ?? 0] ?? 'REQUIRED'),
    type,
    typeLength: element.number(2),
    converted: converted === undefined ? undefined : ConvertedTypes[converted],
    logical: readLogicalType(element.struct(10)),
    scale: element.number(7) ?? 0,
    precision: element.number(8) ?? 0,
    fieldId: element.number(9),
    children,
    leaf,
  };
  if (isLeaf) leaves.push(node);
  return { node, next };
}

const plainLogicalTypes = new Map([
  [1, 'string'],
  [2, 'map'],
  [3, 'list'],
  [4, 'enum'],
  [6, 'date'],
  [11, 'null'],
  [12, 'json'],
  [13, 'bson'],
  [14, 'uuid'],
  [15, 'float16'],
] as const);

function readLogicalType(union: ThriftStruct | undefined): LogicalType | undefined {
  if (!union) return undefined;
  const decimal = union.struct(5);
  if (decimal) return { kind: 'decimal', scale: decimal.number(1) ?? 0, precision: decimal.number(2) ?? 0 };
  for (const [id, kind] of [
    [7, 'time'],
    [8, 'timestamp'],
  ] as const) {
    const moment = union.struct(id);
    if (moment) return { kind, utc: moment.boolean(1) ?? false, unit: readUnit(moment.struct(2)) };
  }
  const integer = union.struct(10);
  if (integer) return { kind: 'integer', bits: integer.number(1) ?? 64, signed: integer.boolean(2) ?? true };
  for (const [id, kind] of plainLogicalTypes) if (union.has(id)) return { kind };
  return { kind: 'other' };
}

function readUnit(unit: ThriftStruct | undefined): TimeUnit {
  if (unit?.has(1)) return 'MILLIS';
  return unit?.has(3) ? 'NANOS' : 'MICROS';
}

function readColumnOrders(footer: ThriftStruct, leaves: number): readonly boolean[] {
  const orders = tolerate(() => footer.structs(7, () => 'Column orders')) ?? [];
  return Array.from({ length: leaves }, (_, leaf) => orders.length === leaves && (orders[leaf]?.has(1) ?? false));
}
