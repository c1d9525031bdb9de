// The schema of a file as Spark writes it: columns as a tree with the levels of its leaves, in the words of parquet, and as
// Spark's own JSON, which tells the types that parquet has no word for.

import type { Column, ColumnType, StructField } from '../table';
import { TableProblem } from '../tableProblem';
import { decimalWidth, leafValues, type LeafValues } from './leafValues';
import { thrift, type ThriftFields, type ThriftValue } from './thrift';

/** A place where values may be missing or repeat, or a leaf. */
export type WriteNode =
  | { readonly kind: 'leaf'; readonly optional: boolean; readonly leaf: WriteLeaf }
  | { readonly kind: 'struct'; readonly optional: boolean; readonly fields: readonly WriteNode[] }
  /** `repetition`: the level at which one more item of it is told. */
  | { readonly kind: 'array'; readonly optional: boolean; readonly repetition: number; readonly element: WriteNode }
  | {
      readonly kind: 'map';
      readonly optional: boolean;
      readonly repetition: number;
      readonly key: WriteNode;
      readonly value: WriteNode;
    };

export interface WriteLeaf {
  readonly path: readonly string[];
  /** Parquet's number of it. */
  readonly physical: number;
  readonly definition: number;
  readonly repetition: number;
  readonly values: LeafValues;
}

export interface WriteSchema {
  /** One a column. */
  readonly nodes: readonly WriteNode[];
  readonly leaves: readonly WriteLeaf[];
  /** The flattened schema, its root first. */
  readonly elements: readonly ThriftValue[];
  /** Spark's `StructType` as JSON. */
  readonly spark: string;
}

/** Throws a TableProblem for a type that Spark lacks. */
export function writeSchema(columns: readonly Column[]): WriteSchema {
  const builder = new SchemaBuilder();
  const root = builder.group('spark_schema', undefined, columns.length);
  const nodes = columns.map((column) => builder.field(column, column.nullable, top));
  const fields = columns.map(({ name, type, nullable }) => ({ name, type: sparkType(type), nullable, metadata: {} }));
  return { nodes, leaves: builder.leaves, elements: [root, ...builder.elements], spark: JSON.stringify({ type: 'struct', fields }) };
}

interface Above {
  readonly path: readonly string[];
  readonly definition: number;
  readonly repetition: number;
}

const top: Above = { path: [], definition: 0, repetition: 0 };

const [required, optional, repeated] = [0, 1, 2];
const converted = { utf8: 0, map: 1, list: 3, decimal: 5, date: 6, timestampMicros: 10, int8: 15, int16: 16 } as const;

class SchemaBuilder {
  readonly elements: ThriftValue[] = [];
  readonly leaves: WriteLeaf[] = [];

  field({ name, type }: StructField, isOptional: boolean, above: Above): WriteNode {
    const own: Above = { ...above, path: [...above.path, name], definition: above.definition + Number(isOptional) };
    const repetition = isOptional ? optional : required;
    switch (type.kind) {
      case 'scalar':
        return { kind: 'leaf', optional: isOptional, leaf: this.leaf(name, type.name, repetition, own) };
      case 'struct':
        if (type.fields.length === 0) throw unwritable(own.path, 'struct<>');
        this.elements.push(this.group(name, repetition, type.fields.length));
        return { kind: 'struct', optional: isOptional, fields: type.fields.map((field) => this.field(field, true, own)) };
      case 'array': {
        this.elements.push(this.group(name, repetition, 1, converted.list, [3, thrift.struct()]));
        const items = this.repeated('list', 1, own);
        const element = this.field({ name: 'element', type: type.element }, true, items);
        return { kind: 'array', optional: isOptional, repetition: items.repetition, element };
      }
      case 'map': {
        this.elements.push(this.group(name, repetition, 1, converted.map, [2, thrift.struct()]));
        const entries = this.repeated('key_value', 2, own);
        const key = this.field({ name: 'key', type: type.key }, false, entries);
        const value = this.field({ name: 'value', type: type.value }, true, entries);
        return { kind: 'map', optional: isOptional, repetition: entries.repetition, key, value };
      }
    }
  }

  group(
    name: string,
    repetition: number | undefined,
    children: number,
    convertedType?: number,
    logical?: readonly [id: number, value: ThriftValue],
  ): ThriftValue {
    return thrift.struct(
      [3, repetition === undefined ? undefined : thrift.int32(repetition)],
      [4, thrift.text(name)],
      [5, thrift.int32(children)],
      [6, convertedType === undefined ? undefined : thrift.int32(convertedType)],
      [10, logical && thrift.struct(logical)],
    );
  }

  private repeated(name: string, children: number, above: Above): Above {
    this.elements.push(this.group(name, repeated, children));
    return { path: [...above.path, name], definition: above.definition + 1, repetition: above.repetition + 1 };
  }

  private leaf(name: string, type: string, repetition: number, { path, definition, repetition: deepest }: Above): WriteLeaf {
    const values = leafValues(type);
    const described = describe(type);
    if (!values || !described) throw unwritable(path, type);
    const { physical, length, annotation } = described;
    this.elements.push(
      thrift.struct(
        [1, thrift.int32(physical)],
        [2, length === undefined ? undefined : thrift.int32(length)],
        [3, thrift.int32(repetition)],
        [4, thrift.text(name)],
        ...annotation,
      ),
    );
    const leaf: WriteLeaf = { path, physical, definition, repetition: deepest, values };
    this.leaves.push(leaf);
    return leaf;
  }
}

interface LeafDescription {
  readonly physical: number;
  readonly length?: number;
  readonly annotation: ThriftFields;
}

const physicalTypes = { boolean: 0, int32: 1, int64: 2, float: 4, double: 5, bytes: 6, fixed: 7 } as const;

/** What parquet says of a scalar. Intervals are plain numbers to it: Spark's JSON alone tells what they are. */
function describe(type: string): LeafDescription | undefined {
  const of = (physical: keyof typeof physicalTypes, convertedType?: number, logical?: readonly [number, ThriftValue]): LeafDescription => ({
    physical: physicalTypes[physical],
    annotation: [
      [6, convertedType === undefined ? undefined : thrift.int32(convertedType)],
      [10, logical && thrift.struct(logical)],
    ],
  });
  const integer = (bits: number): readonly [number, ThriftValue] => [10, thrift.struct([1, thrift.byte(bits)], [2, thrift.boolean(true)])];
  const moment = (utc: boolean): readonly [number, ThriftValue] => [
    8,
    thrift.struct([1, thrift.boolean(utc)], [2, thrift.struct([2, thrift.struct()])]),
  ];
  switch (type) {
    case 'boolean':
    case 'float':
    case 'double':
      return of(type);
    case 'tinyint':
      return of('int32', converted.int8, integer(8));
    case 'smallint':
      return of('int32', converted.int16, integer(16));
    case 'int':
      return of('int32');
    case 'bigint':
      return of('int64');
    case 'binary':
      return of('bytes');
    case 'date':
      return of('int32', converted.date, [6, thrift.struct()]);
    case 'timestamp':
      return of('int64', converted.timestampMicros, moment(true));
    case 'timestamp_ntz':
      return of('int64', undefined, moment(false));
    default:
      break;
  }
  if (/^(string|char|varchar)\b/.test(type)) return of('bytes', converted.utf8, [1, thrift.struct()]);
  if (/^interval (year|month)/.test(type)) return of('int32');
  if (/^interval (day|hour|minute|second)/.test(type)) return of('int64');
  return describeDecimal(type);
}

/** Of the most digits that Spark's decimals have. */
const mostDigits = 38;

function describeDecimal(type: string): LeafDescription | undefined {
  const match = /^decimal\((\d+),(\d+)\)$/.exec(type);
  if (!match || Number(match[1]) > mostDigits) return undefined;
  const [precision, scale] = [Number(match[1]), Number(match[2])];
  const width = decimalWidth(precision);
  return {
    physical: physicalTypes[width.kind],
    ...(width.kind === 'fixed' ? { length: width.bytes } : {}),
    annotation: [
      [6, thrift.int32(converted.decimal)],
      [7, thrift.int32(scale)],
      [8, thrift.int32(precision)],
      [10, thrift.struct([5, thrift.struct([1, thrift.int32(scale)], [2, thrift.int32(precision)])])],
    ],
  };
}

function unwritable(path: readonly string[], type: string): TableProblem {
  return new TableProblem(
    'unsupported',
    `column "${path.join('.')}" cannot be written as parquet: it is ${type}, and Spark has no such type; hide it, or write CSV or JSON`,
  );
}

/** Names that differ in Spark's JSON from its simple ones. */
const jsonNames: ReadonlyMap<string, string> = new Map([
  ['bigint', 'long'],
  ['int', 'integer'],
  ['smallint', 'short'],
  ['tinyint', 'byte'],
]);

type SparkJson = string | { readonly [name: string]: unknown };

function sparkType(type: ColumnType): SparkJson {
  switch (type.kind) {
    case 'scalar':
      return /^(char|varchar)\b/.test(type.name) ? 'string' : (jsonNames.get(type.name) ?? type.name);
    case 'array':
      return { type: 'array', elementType: sparkType(type.element), containsNull: true };
    case 'map':
      return { type: 'map', keyType: sparkType(type.key), valueType: sparkType(type.value), valueContainsNull: true };
    case 'struct': {
      const fields = type.fields.map(({ name, type: field }) => ({ name, type: sparkType(field), nullable: true, metadata: {} }));
      return { type: 'struct', fields };
    }
  }
}
