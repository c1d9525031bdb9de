// The columns of an Iceberg table in one of its files, by field ids: whatever they were called when the file was written,
// wherever they stood, and of a narrower type.

import type { FieldIds } from '../parquetShape';
import type { ColumnSource } from '../partedTable';
import { typeName, type Cell, type Column, type ColumnType } from '../table';
import { TableProblem } from '../tableProblem';
import { columnType, type IcebergField, type IcebergType } from './icebergSchema';
import type { MappedName } from './tableMetadata';

export interface FileColumns {
  /** The file, for messages. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly fieldIds: readonly FieldIds[];
}

/**
 * Where the file has each field; undefined for those that it lacks. Types are promoted as
 * [Iceberg's "Schema Evolution"](https://iceberg.apache.org/spec/) has them.
 * @param mapping names for files that were written without ids.
 * @throws a TableProblem where a type does not fit, or columns cannot be told.
 */
export function matchColumns(
  fields: readonly IcebergField[],
  file: FileColumns,
  mapping: readonly MappedName[] | undefined,
): readonly (ColumnSource | undefined)[] {
  const ids = fieldIdsOf(file, mapping);
  return fields.map(({ id, name, type }) => {
    const index = ids.findIndex((one) => one.id === id);
    const [own, column] = [ids[index], file.columns[index]];
    if (!own || !column) return undefined;
    const promoted = promotion(column.type, own.parts, type);
    if (promoted !== 'unfit') return { kind: 'stored', index, convert: promoted };
    const [found, expected] = [typeName(column.type), typeName(columnType(type))];
    throw new TableProblem(
      'schema-mismatch',
      `${file.name} has ${found} in column "${column.name}", the table has ${expected} in "${name}"`,
    );
  });
}

function fieldIdsOf({ name, columns, fieldIds }: FileColumns, mapping: readonly MappedName[] | undefined): readonly FieldIds[] {
  if (columns.length === 0 || fieldIds.some(({ id }) => id !== undefined)) return fieldIds;
  if (mapping) return columns.map((column) => mappedIds(column.name, column.type, mapping));
  throw new TableProblem(
    'schema-mismatch',
    `${name} has no field ids, and the table has no name mapping (schema.name-mapping.default): which of its columns is which cannot be told`,
  );
}

function mappedIds(name: string, type: ColumnType, mapping: readonly MappedName[]): FieldIds {
  const found = mapping.find(({ names }) => names.includes(name));
  return { id: found?.id, parts: partIds(type, found?.fields ?? []) };
}

function partIds(type: ColumnType, mapping: readonly MappedName[]): readonly FieldIds[] {
  switch (type.kind) {
    case 'scalar':
      return [];
    case 'array':
      return [mappedIds('element', type.element, mapping)];
    case 'map':
      return [mappedIds('key', type.key, mapping), mappedIds('value', type.value, mapping)];
    case 'struct':
      return type.fields.map((field) => mappedIds(field.name, field.type, mapping));
  }
}

type Convert = ((cell: Cell) => Cell) | undefined;

/** How cells of a file become those of the table; undefined where they are the same. */
function promotion(own: ColumnType, ids: readonly FieldIds[], wanted: IcebergType): Convert | 'unfit' {
  if (own.kind === 'array' && wanted.kind === 'array') {
    const element = promotion(own.element, ids[0]?.parts ?? [], wanted.element);
    if (element === 'unfit') return element;
    return element && ((cell) => (isList(cell) ? cell.map(element) : cell));
  }
  if (own.kind === 'map' && wanted.kind === 'map') {
    const key = promotion(own.key, ids[0]?.parts ?? [], wanted.key);
    const value = promotion(own.value, ids[1]?.parts ?? [], wanted.value);
    if (key === 'unfit' || value === 'unfit') return 'unfit';
    return key || value ? entriesConversion(key, value) : undefined;
  }
  if (own.kind === 'struct' && wanted.kind === 'struct') return structPromotion(own, ids, wanted.fields);
  if (own.kind !== 'scalar' || wanted.kind !== 'scalar') return 'unfit';
  return scalarPromotion(own.name, wanted.name);
}

function structPromotion(
  own: ColumnType & { readonly kind: 'struct' },
  ids: readonly FieldIds[],
  wanted: readonly IcebergField[],
): Convert | 'unfit' {
  const places: { readonly index: number; readonly convert: Convert; readonly otherwise: Cell }[] = [];
  for (const { id, type, initial } of wanted) {
    const index = ids.findIndex((one) => one.id === id);
    const field = own.fields[index];
    const convert = field && promotion(field.type, ids[index]?.parts ?? [], type);
    if (convert === 'unfit') return convert;
    places.push({ index, convert, otherwise: initial });
  }
  const isSame = places.length === own.fields.length && places.every(({ index, convert }, place) => index === place && !convert);
  if (isSame) return undefined;
  return (cell) => {
    if (!isList(cell)) return cell;
    return places.map(({ index, convert, otherwise }) => {
      if (index < 0) return otherwise;
      const value = cell[index] ?? null;
      return convert ? convert(value) : value;
    });
  };
}

function entriesConversion(key: Convert, value: Convert): (cell: Cell) => Cell {
  const entry = (cell: Cell): Cell => {
    if (!isList(cell)) return cell;
    const [itsKey = null, itsValue = null] = cell;
    return [key ? key(itsKey) : itsKey, value ? value(itsValue) : itsValue];
  };
  return (cell) => (isList(cell) ? cell.map(entry) : cell);
}

/** Whole numbers that fit into wider ones; files that another program wrote may have narrower ones than Iceberg knows. */
const widerIntegers: ReadonlyMap<string, readonly string[]> = new Map([
  ['tinyint', ['int', 'bigint']],
  ['smallint', ['int', 'bigint']],
  ['int', ['bigint']],
]);

function scalarPromotion(own: string, wanted: string): Convert | 'unfit' {
  if (own === wanted || widerIntegers.get(own)?.includes(wanted)) return undefined;
  // A float is shown with the digits that tell it apart, a double with those of its exact value.
  if (own === 'float' && wanted === 'double') return (cell) => (typeof cell === 'number' ? Math.fround(cell) : cell);
  const [a, b] = [own, wanted].map((name) => /^decimal\((\d+),(\d+)\)$/.exec(name));
  return a && b && a[2] === b[2] && Number(a[1]) <= Number(b[1]) ? undefined : 'unfit';
}

function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}
