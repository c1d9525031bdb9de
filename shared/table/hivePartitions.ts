// Columns that live in folder names: `dt=2024-01-01/country=__HIVE_DEFAULT_PARTITION__/part-0.parquet`. Their types are
// inferred as Spark does by default.

import { partitionType, toPartitionCell } from './partitionTypes';
import { scalarType, type Cell, type ColumnType } from './table';
import { unescapeName } from './unescapeName';

export type Partitions =
  { readonly kind: 'read'; readonly parts: readonly (readonly PartitionValue[])[] } | { readonly kind: 'refused'; readonly reason: string };

export interface PartitionValue {
  readonly name: string;
  /** As it is written in the path, where `%2F` stands for a slash; null for Hive's default partition. */
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

/** The folders next to the file count, up to the first that is no partition: of `a=1/old/b=2/part-0` only `b`. */
function readPath(path: string): readonly PartitionValue[] {
  const values: PartitionValue[] = [];
  for (const folder of path.split('/').slice(0, -1).reverse()) {
    const equals = folder.indexOf('=');
    if (equals > 0) {
      const value = folder.slice(equals + 1);
      values.unshift({ name: unescapeName(folder.slice(0, equals)), value: value === nullPartition ? null : value });
    } else if (values.length > 0) {
      break;
    }
  }
  return values;
}

function typedColumn(name: string, values: readonly (string | null)[]): PartitionColumn {
  const type = partitionType(values);
  return { name, type: scalarType(type), values: values.map((value) => (value === null ? null : toPartitionCell(value, type))) };
}
