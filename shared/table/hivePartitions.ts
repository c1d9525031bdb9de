// Columns that live in folder names: `dt=2024-01-01/country=__HIVE_DEFAULT_PARTITION__/part-0.parquet`. Their types are
// inferred as Spark does by default.

import { scalarType, type Cell, type ColumnType } from './table';

export type Partitions =
  { readonly kind: 'read'; readonly parts: readonly (readonly PartitionValue[])[] } | { readonly kind: 'refused'; readonly reason: string };

export interface PartitionValue {
  readonly name: string;
  /** Unescaped; null for Hive's default partition. */
  readonly value: string | null;
}

export interface PartitionColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** One value a part. */
  readonly values: readonly Cell[];
}

const nullPartition = '__HIVE_DEFAULT_PARTITION__';

/** The partition values in each path; all paths must name the same columns in the same order. */
export function parsePartitions(paths: readonly string[]): Partitions {
  const parts = paths.map(readPath);
  const names = (values: readonly PartitionValue[] | undefined): string => (values ?? []).map(({ name }) => name).join(', ') || 'none';
  const differing = parts.findIndex((values) => names(values) !== names(parts[0]));
  if (differing < 0) return { kind: 'read', parts };
  const [first, other] = [paths[0] ?? '', paths[differing] ?? ''];
  return {
    kind: 'refused',
    reason: `its partition columns are ${names(parts[0])} in ${first} and ${names(parts[differing])} in ${other}`,
  };
}

export function partitionColumns(parts: readonly (readonly PartitionValue[])[]): readonly PartitionColumn[] {
  return (parts[0] ?? []).map(({ name }, index) =>
    typedColumn(
      name,
      parts.map((values) => values[index]?.value ?? null),
    ),
  );
}

function readPath(path: string): readonly PartitionValue[] {
  return path
    .split('/')
    .slice(0, -1)
    .flatMap((folder) => {
      const equals = folder.indexOf('=');
      if (equals <= 0) return [];
      const value = folder.slice(equals + 1);
      return [{ name: unescape(folder.slice(0, equals)), value: value === nullPartition ? null : unescape(value) }];
    });
}

/** Spark escapes what file systems dislike as `%2F`, byte by byte of the characters below 128. */
function unescape(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

interface PartitionType {
  readonly name: string;
  readonly accepts: (value: string) => boolean;
  readonly toCell: (value: string) => Cell;
}

/** From narrow to wide: a column has the first type that accepts all its values. */
const partitionTypes: readonly PartitionType[] = [
  { name: 'int', accepts: (value) => isWhole(value, 32), toCell: (value) => Number(value) },
  { name: 'bigint', accepts: (value) => isWhole(value, 64), toCell: wholeCell },
  { name: 'double', accepts: (value) => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value), toCell: (value) => Number(value) },
  { name: 'date', accepts: isDate, toCell: (value) => value },
  {
    name: 'timestamp',
    accepts: (value) => isDate(value.slice(0, 10)) && (value.length === 10 || /^.{10}[ T]\d{2}:\d{2}:\d{2}(\.\d{1,6})?$/.test(value)),
    // Spark reads it in the session's zone, which is not recorded: no zone is claimed.
    toCell: (value) => (value.length === 10 ? `${value}T00:00:00` : value.replace(' ', 'T')),
  },
];

const textType: PartitionType = { name: 'string', accepts: () => true, toCell: (value) => value };

function typedColumn(name: string, values: readonly (string | null)[]): PartitionColumn {
  const known = values.filter((value) => value !== null);
  const type = known.length === 0 ? textType : (partitionTypes.find(({ accepts }) => known.every(accepts)) ?? textType);
  return { name, type: scalarType(type.name), values: values.map((value) => (value === null ? null : type.toCell(value))) };
}

function isWhole(value: string, bits: 32 | 64): boolean {
  if (!/^[+-]?\d{1,20}$/.test(value)) return false;
  const number = BigInt(value.replace(/^\+/, ''));
  return BigInt.asIntN(bits, number) === number;
}

function wholeCell(value: string): Cell {
  const number = BigInt(value.replace(/^\+/, ''));
  return Number.isSafeInteger(Number(number)) ? Number(number) : number.toString();
}

function isDate(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
}
