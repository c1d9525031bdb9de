import { describe, expect, it } from 'vitest';
import { parsePartitions, partitionColumns } from '../../shared/table/hivePartitions';

/** Type and values of the one partition column with these values. */
function inferred(...values: readonly string[]): readonly unknown[] {
  const partitions = parsePartitions(values.map((value) => `p=${value}/part-0.parquet`));
  if (partitions.kind === 'refused') throw new Error(partitions.reason);
  const [column] = partitionColumns(partitions.parts);
  return [column?.type.kind === 'scalar' ? column.type.name : undefined, ...(column?.values ?? [])];
}

describe('partition columns', () => {
  it('have the narrowest type that holds all values, as Spark infers it', () => {
    expect(inferred('1', '02')).toEqual(['int', 1, 2]);
    expect(inferred('1', '9223372036854775807')).toEqual(['bigint', 1, '9223372036854775807']);
    expect(inferred('1', '2.5')).toEqual(['double', 1, 2.5]);
    expect(inferred('2024-02-29')).toEqual(['date', '2024-02-29']);
    expect(inferred('2023-02-29')).toEqual(['string', '2023-02-29']);
    expect(inferred('2024-01-01', '2024-01-01 10%3A00%3A00')).toEqual(['timestamp', '2024-01-01T00:00:00', '2024-01-01T10:00:00']);
    expect(inferred('1', 'a%2Fb', '__HIVE_DEFAULT_PARTITION__')).toEqual(['string', '1', 'a/b', null]);
    expect(inferred('__HIVE_DEFAULT_PARTITION__')).toEqual(['void', null]);
    expect(inferred('1', '1e5')).toEqual(['decimal(10,0)', '1', '100000']);
    expect(inferred('2147483648', '2.5')).toEqual(['string', '2147483648', '2.5']);
  });

  it('must be the same in all paths', () => {
    expect(parsePartitions(['a=1/x', 'b=1/x'])).toEqual({
      kind: 'refused',
      reason: 'its partition columns are a in a=1/x and b in b=1/x',
    });
    expect(parsePartitions(['x', 'plain/x'])).toEqual({ kind: 'read', parts: [[], []] });
  });
});
