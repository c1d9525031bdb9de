// The schema that Spark itself wrote into the footer of a file, as JSON: exact Spark types, where the parquet schema only
// has physical ones.

import { scalarType, type ColumnType } from './table';

/** Spark's key for its schema in the key-value metadata of a footer. */
export const sparkSchemaKey = 'org.apache.spark.sql.parquet.row.metadata';

export interface SparkField {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** The fields of Spark's `StructType` JSON; undefined when it is not one, since any program may write any text there. */
export function parseSparkSchema(json: string | undefined): readonly SparkField[] | undefined {
  if (json === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  return parseFields(value);
}

function parseFields(value: unknown): readonly SparkField[] | undefined {
  if (!isRecord(value) || value['type'] !== 'struct' || !Array.isArray(value['fields'])) return undefined;
  const fields: SparkField[] = [];
  for (const field of value['fields'] as readonly unknown[]) {
    if (!isRecord(field) || typeof field['name'] !== 'string') return undefined;
    const type = parseType(field['type']);
    if (!type) return undefined;
    fields.push({ name: field['name'], type, nullable: field['nullable'] !== false });
  }
  return fields;
}

/** JSON names that differ from Spark's simple ones. */
const simpleNames: ReadonlyMap<string, string> = new Map([
  ['long', 'bigint'],
  ['integer', 'int'],
  ['short', 'smallint'],
  ['byte', 'tinyint'],
]);

function parseType(value: unknown): ColumnType | undefined {
  if (typeof value === 'string') return scalarType(simpleNames.get(value) ?? value);
  if (!isRecord(value)) return undefined;
  switch (value['type']) {
    case 'struct': {
      const fields = parseFields(value);
      return fields && { kind: 'struct', fields };
    }
    case 'array': {
      const element = parseType(value['elementType']);
      return element && { kind: 'array', element };
    }
    case 'map': {
      const [key, item] = [parseType(value['keyType']), parseType(value['valueType'])];
      return key && item && { kind: 'map', key, value: item };
    }
    case 'udt':
      return parseType(value['sqlType']);
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
