// How the columns of a parquet file look to Spark: lists, maps and structs by the rules of the parquet format, including
// those for old writers, and a reader that turns an assembled raw value into a cell.
//
// The decoder is given a schema without annotations and with unique names (`rawName`), so that it assembles every group as
// a plain struct of arrays: duplicate names, map keys of any type and `__proto__` survive, and all meaning is given here.

import type { FileDescription, SchemaNode } from './parquetDescription';
import { leafShape, type CellReader, type LeafShape, type WriterCalendars } from './parquetLeaf';
import { parseSparkSchema, sparkSchemaKey, type SparkField } from './sparkSchema';
import type { Cell, ColumnType } from './table';

/** The field ids of a type, part by part: a struct has its fields, an array its element, a map its key and its value. */
export interface FieldIds {
  /** Undefined where the file gives none. */
  readonly id: number | undefined;
  readonly parts: readonly FieldIds[];
}

/** A type and how its values are read, with the field ids of its parts. */
interface ValueShape extends LeafShape {
  readonly parts: readonly FieldIds[];
}

export interface ColumnShape extends LeafShape {
  readonly name: string;
  readonly nullable: boolean;
  readonly node: SchemaNode;
  readonly ids: FieldIds;
  /** Positions of its leaves among the leaves of the file. */
  readonly leaves: readonly number[];
}

/** The name that the decoder knows an element by. */
export function rawName(node: SchemaNode): string {
  return `f${node.index}`;
}

export function readShapes(description: FileDescription): readonly ColumnShape[] {
  const calendars = writerCalendars(description);
  const spark = parseSparkSchema(description.keyValues.get(sparkSchemaKey));
  return description.root.children.map((node, index) => {
    const field = sparkFieldOf(node, index, spark);
    const { type, toCell, parts } = fieldShape(node, field?.type, calendars);
    return {
      type,
      toCell,
      ids: { id: node.fieldId, parts },
      name: node.name,
      nullable: field?.nullable ?? node.repetition === 'OPTIONAL',
      node,
      leaves: leavesOf(node),
    };
  });
}

/** Spark's field of the same name; where names repeat, the one in the same place. */
function sparkFieldOf(node: SchemaNode, index: number, fields: readonly SparkField[] | undefined): SparkField | undefined {
  const same = fields?.filter(({ name }) => name === node.name);
  return same?.length === 1 ? same[0] : same?.find((field) => field === fields?.[index]);
}

function leavesOf(node: SchemaNode): readonly number[] {
  return node.leaf >= 0 ? [node.leaf] : node.children.flatMap(leavesOf);
}

/** Spark's notes on the calendar of old days; Spark 2 left none but its version. */
function writerCalendars({ keyValues }: FileDescription): WriterCalendars {
  const version = /^(\d+)\.(\d+)/.exec(keyValues.get('org.apache.spark.version') ?? '');
  const number = version ? Number(version[1]) * 100 + Number(version[2]) : undefined;
  // Without a version the writer is not Spark 2.4 or later; Spark itself then assumes that nothing needs converting.
  const before = (minimum: number): boolean => number !== undefined && number < minimum;
  return {
    dates: before(300) || keyValues.has('org.apache.spark.legacyDateTime') ? 'hybrid' : 'proleptic',
    int96: before(301) || keyValues.has('org.apache.spark.legacyINT96') ? 'hybrid' : 'proleptic',
  };
}

/** The shape of a field including its repetition: a repeated field outside a list is an array that is never null. */
function fieldShape(node: SchemaNode, spark: ColumnType | undefined, calendars: WriterCalendars): ValueShape {
  if (node.repetition !== 'REPEATED') return valueShape(node, spark, calendars);
  return arrayShape(node, valueShape(node, spark?.kind === 'array' ? spark.element : undefined, calendars));
}

function valueShape(node: SchemaNode, spark: ColumnType | undefined, calendars: WriterCalendars): ValueShape {
  if (node.leaf >= 0) return { ...leafShape(node, spark, calendars), parts: [] };
  const only = node.children.length === 1 ? node.children[0] : undefined;
  if (only?.repetition === 'REPEATED') {
    const { converted, logical } = node;
    if (converted === 'LIST' || logical?.kind === 'list') return listShape(node, only, spark, calendars);
    const isMap = converted === 'MAP' || converted === 'MAP_KEY_VALUE' || logical?.kind === 'map';
    if (isMap && only.children.length === 2) return mapShape(only, spark, calendars);
  }
  return structShape(node, spark, calendars);
}

function listShape(list: SchemaNode, repeated: SchemaNode, spark: ColumnType | undefined, calendars: WriterCalendars): ValueShape {
  const elementType = spark?.kind === 'array' ? spark.element : undefined;
  const wrapped = wrappedElement(list, repeated);
  const element = wrapped ? fieldShape(wrapped, elementType, calendars) : valueShape(repeated, elementType, calendars);
  const array = wrapped
    ? arrayShape(wrapped, { ...element, toCell: (raw) => element.toCell(member(raw, wrapped)) })
    : arrayShape(repeated, element);
  return { ...array, toCell: (raw) => (isMissing(raw) ? null : array.toCell(member(raw, repeated))) };
}

/**
 * The element that the repeated group only wraps; undefined when the repeated field is the element itself, as old writers
 * had it (the format's backward compatibility rules).
 */
function wrappedElement(list: SchemaNode, repeated: SchemaNode): SchemaNode | undefined {
  const [only, second] = repeated.children;
  if (!only || second || only.repetition === 'REPEATED') return undefined;
  if (repeated.name === 'array' || repeated.name === `${list.name}_tuple`) return undefined;
  return only;
}

function arrayShape(element: SchemaNode, { type, toCell, parts }: ValueShape): ValueShape {
  return {
    parts: [{ id: element.fieldId, parts }],
    type: { kind: 'array', element: type },
    // The decoder gives null for a repeated field without values.
    toCell: (raw) => (Array.isArray(raw) ? (raw as readonly unknown[]).map(toCell) : []),
  };
}

function mapShape(entries: SchemaNode, spark: ColumnType | undefined, calendars: WriterCalendars): ValueShape {
  const [keyNode, valueNode] = entries.children;
  if (!keyNode || !valueNode) return structShape(entries, undefined, calendars);
  const types = spark?.kind === 'map' ? spark : undefined;
  const key = fieldShape(keyNode, types?.key, calendars);
  const value = fieldShape(valueNode, types?.value, calendars);
  const toEntry = (raw: unknown): Cell => [key.toCell(member(raw, keyNode)), value.toCell(member(raw, valueNode))];
  return {
    type: { kind: 'map', key: key.type, value: value.type },
    parts: [
      { id: keyNode.fieldId, parts: key.parts },
      { id: valueNode.fieldId, parts: value.parts },
    ],
    toCell: (raw) => {
      if (isMissing(raw)) return null;
      const list = member(raw, entries);
      return Array.isArray(list) ? (list as readonly unknown[]).map(toEntry) : [];
    },
  };
}

function structShape(node: SchemaNode, spark: ColumnType | undefined, calendars: WriterCalendars): ValueShape {
  const types = spark?.kind === 'struct' ? spark.fields : undefined;
  const fields = node.children.map((child) => {
    const shape = fieldShape(child, types?.find(({ name }) => name === child.name)?.type, calendars);
    return { name: child.name, child, ...shape };
  });
  const toCell: CellReader = (raw) => (isMissing(raw) ? null : fields.map((field) => field.toCell(member(raw, field.child))));
  return {
    type: { kind: 'struct', fields: fields.map(({ name, type }) => ({ name, type })) },
    toCell,
    parts: fields.map(({ child, parts }) => ({ id: child.fieldId, parts })),
  };
}

function isMissing(raw: unknown): boolean {
  return raw === null || raw === undefined;
}

function member(raw: unknown, node: SchemaNode): unknown {
  return typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>)[rawName(node)] : undefined;
}
