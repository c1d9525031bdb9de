// Schemas of Iceberg as its metadata has them: fields with ids that stay, whatever they are called and wherever they stand.

import { scalarType, type Cell, type ColumnType } from '../table';
import { damaged, TableProblem } from '../tableProblem';
import { idText, isObject, objectsOf, shortText, wholeNumberOf } from './exactJson';

export type IcebergType =
  /** By Spark's name. */
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'array'; readonly element: IcebergType }
  | { readonly kind: 'map'; readonly key: IcebergType; readonly value: IcebergType }
  | { readonly kind: 'struct'; readonly fields: readonly IcebergField[] };

export interface IcebergField {
  readonly id: number;
  readonly name: string;
  readonly required: boolean;
  readonly type: IcebergType;
  /** What it has in rows that were written before it was added. */
  readonly initial: Cell;
}

/** Deeper schemas than this come from no writer. */
const deepest = 100;

/**
 * The fields of a schema ([Iceberg, "Schemas" and Appendix C](https://iceberg.apache.org/spec/)), with the types that Spark
 * gives them.
 * @param name the file of metadata, for messages.
 * @throws a TableProblem where a type is unknown or has no form in a table.
 */
export function readIcebergSchema(schema: unknown, name: string): readonly IcebergField[] {
  if (isObject(schema)) return readFields(schema['fields'], name, []);
  throw damaged(name, `expected a schema, found ${shortText(schema)}`);
}

/** The same type as every table has it. */
export function columnType(type: IcebergType): ColumnType {
  switch (type.kind) {
    case 'scalar':
      return scalarType(type.name);
    case 'array':
      return { kind: 'array', element: columnType(type.element) };
    case 'map':
      return { kind: 'map', key: columnType(type.key), value: columnType(type.value) };
    case 'struct':
      return { kind: 'struct', fields: type.fields.map(({ name, type: field }) => ({ name, type: columnType(field) })) };
  }
}

function readFields(fields: unknown, name: string, path: readonly string[]): readonly IcebergField[] {
  if (!Array.isArray(fields)) throw damaged(name, `expected fields, found ${shortText(fields)}`);
  if (path.length > deepest) throw damaged(name, `its schema is nested more than ${deepest} deep`);
  return objectsOf(fields).map((field) => {
    const { id, name: own, required, type, ['initial-default']: initial } = field;
    const number = wholeNumberOf(id);
    if (number === undefined || typeof own !== 'string') {
      throw damaged(name, `expected a field with an id and a name, found ${shortText(field)}`);
    }
    const read = readType(type, name, [...path, own]);
    return { id: number, name: own, required: required === true, type: read, initial: initialCell(initial, read, name, [...path, own]) };
  });
}

function readType(type: unknown, name: string, path: readonly string[]): IcebergType {
  if (path.length > deepest) throw damaged(name, `its schema is nested more than ${deepest} deep`);
  if (typeof type === 'string') {
    const scalar = sparkName(type);
    if (scalar !== undefined) return { kind: 'scalar', name: scalar };
  }
  if (isObject(type)) {
    switch (type['type']) {
      case 'struct':
        return { kind: 'struct', fields: readFields(type['fields'], name, path) };
      case 'list':
        return { kind: 'array', element: readType(type['element'], name, [...path, 'element']) };
      case 'map':
        return {
          kind: 'map',
          key: readType(type['key'], name, [...path, 'key']),
          value: readType(type['value'], name, [...path, 'value']),
        };
    }
  }
  throw new TableProblem('unsupported', `${name} gives column "${path.join('.')}" the type ${shortText(type)}, which cannot be shown`);
}

const scalarNames: ReadonlyMap<string, string> = new Map([
  ['boolean', 'boolean'],
  ['int', 'int'],
  ['long', 'bigint'],
  ['float', 'float'],
  ['double', 'double'],
  ['date', 'date'],
  ['time', 'time'],
  ['timestamp', 'timestamp_ntz'],
  ['timestamptz', 'timestamp'],
  ['timestamp_ns', 'timestamp_ntz'],
  ['timestamptz_ns', 'timestamp'],
  ['string', 'string'],
  ['uuid', 'string'],
  ['binary', 'binary'],
  ['unknown', 'void'],
]);

function sparkName(type: string): string | undefined {
  const decimal = /^decimal\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$/.exec(type);
  if (decimal) return `decimal(${Number(decimal[1])},${Number(decimal[2])})`;
  return /^fixed\[\d+\]$/.test(type) ? 'binary' : scalarNames.get(type);
}

/** The cell of a default, by Iceberg's "JSON single-value serialization"; null where there is none. */
function initialCell(value: unknown, type: IcebergType, name: string, path: readonly string[]): Cell {
  if (value === undefined || value === null) return null;
  const cell = type.kind === 'scalar' ? scalarCell(value, type.name) : undefined;
  if (cell !== undefined) return cell;
  throw new TableProblem('unsupported', `${name} gives column "${path.join('.')}" the default ${shortText(value)}, which cannot be shown`);
}

function scalarCell(value: unknown, type: string): Cell | undefined {
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (type === 'int' || type === 'bigint') return typeof value === 'number' ? value : idText(value);
  if (type === 'float' || type === 'double') {
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  }
  if (typeof value !== 'string') return undefined;
  switch (type) {
    case 'binary':
      return value.toUpperCase();
    case 'timestamp':
      return `${trimmedTime(value.replace(/(?:Z|\+00:00)$/, ''))}Z`;
    case 'timestamp_ntz':
    case 'time':
      return trimmedTime(value);
    default:
      return value;
  }
}

/** Times have a fraction only where it is not zero, and no zeros at its end. */
function trimmedTime(text: string): string {
  return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
