// Avro schemas in the few forms that the decoder knows, checked before anything is decoded by them: they come with the file.

import { damaged, TableProblem } from '../tableProblem';

/** What is left of a schema: logical types are for the reader of the values. */
export type AvroSchema =
  | 'null'
  | 'boolean'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'bytes'
  | 'string'
  | readonly AvroSchema[]
  | { readonly type: 'array'; readonly items: AvroSchema }
  | AvroRecord;

export interface AvroRecord {
  readonly type: 'record';
  readonly fields: readonly { readonly name: string; readonly type: AvroSchema }[];
}

/** More than the schemas of any manifest, whose partitions have a field or two. */
const mostTypes = 10_000;
const deepest = 20;
const longestFixed = 4096;

const plainTypes: ReadonlySet<unknown> = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);

/**
 * The record that each row of an Avro file is, by the schema in its header
 * ([Avro, "Schema Declaration"](https://avro.apache.org/docs/1.12.0/specification/)). Fixed bytes become a record of that many
 * flags, which is stepped over like any other; enums are numbers, maps lists of records.
 * @param name the file, for messages.
 * @throws a TableProblem for what is no schema, or one of no manifest.
 */
export function readAvroSchema(schema: unknown, name: string): AvroRecord {
  const read = new SchemaReader(name).read(schema, 0);
  if (typeof read === 'object' && 'type' in read && read.type === 'record') return read;
  throw damaged(name, `its rows are no Avro records`);
}

class SchemaReader {
  private types = 0;
  /** Fixed bytes are named once, and referred to by their name from there on, as two partition fields of one decimal type are. */
  private readonly named = new Map<string, { readonly schema: AvroSchema; readonly types: number }>();

  constructor(private readonly name: string) {}

  read(schema: unknown, depth: number): AvroSchema {
    this.count(1);
    if (depth > deepest) throw new TableProblem('too-large', `${this.name} has an Avro schema that is nested more than ${deepest} deep`);
    if (Array.isArray(schema)) return schema.map((branch) => this.read(branch, depth + 1));
    if (typeof schema === 'string') return this.byName(schema);
    if (typeof schema !== 'object' || schema === null) throw this.unknown(schema);
    const { type, items, values, fields, size, name } = schema as Readonly<Record<string, unknown>>;
    switch (type) {
      case 'record':
        return { type, fields: this.fields(fields, depth) };
      case 'array':
        return { type, items: this.item(items, depth) };
      case 'map':
        return {
          type: 'array',
          items: {
            type: 'record',
            fields: [
              { name: 'key', type: 'string' },
              { name: 'value', type: this.read(values, depth + 1) },
            ],
          },
        };
      case 'enum':
        return this.keep(name, 'int', 1);
      case 'fixed':
        return this.fixed(name, size);
      default:
        // Annotations stand around a plain type.
        return this.read(type, depth + 1);
    }
  }

  private byName(name: string): AvroSchema {
    if (plainTypes.has(name)) return name as AvroSchema;
    const known = this.named.get(name);
    if (known === undefined) throw this.unknown(name);
    this.count(known.types);
    return known.schema;
  }

  private keep(name: unknown, schema: AvroSchema, types: number): AvroSchema {
    if (typeof name === 'string') this.named.set(name, { schema, types });
    return schema;
  }

  private count(types: number): void {
    this.types += types;
    if (this.types > mostTypes) throw new TableProblem('too-large', `${this.name} has an Avro schema of more than ${mostTypes} types`);
  }

  private fields(fields: unknown, depth: number): AvroRecord['fields'] {
    if (!Array.isArray(fields)) throw this.unknown(fields);
    return (fields as readonly unknown[]).map((field) => {
      const { name, type } = (typeof field === 'object' && field !== null ? field : {}) as Readonly<Record<string, unknown>>;
      if (typeof name !== 'string') throw this.unknown(field);
      return { name, type: this.read(type, depth + 1) };
    });
  }

  /** A list of items without bytes would have no end. */
  private item(items: unknown, depth: number): AvroSchema {
    const item = this.read(items, depth + 1);
    if (leastBytes(item) > 0) return item;
    throw damaged(this.name, `its Avro schema has a list of items without bytes`);
  }

  private fixed(name: unknown, size: unknown): AvroSchema {
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > longestFixed) {
      throw new TableProblem(
        'unsupported',
        `${this.name} has fixed bytes of the length ${JSON.stringify(size)}, at most ${longestFixed} are read`,
      );
    }
    this.count(size);
    const fields = Array.from({ length: size }, (_, index) => ({ name: `byte${index}`, type: 'boolean' as const }));
    return this.keep(name, { type: 'record', fields }, size);
  }

  private unknown(schema: unknown): TableProblem {
    const text = (JSON.stringify(schema) as string | undefined) ?? 'nothing';
    return damaged(this.name, `expected an Avro schema, found ${text.slice(0, 100)}`);
  }
}

/** How many bytes a value has at least. */
export function leastBytes(schema: AvroSchema): number {
  if (typeof schema === 'string') return schema === 'null' ? 0 : schema === 'float' ? 4 : schema === 'double' ? 8 : 1;
  if (!('type' in schema)) return 1;
  return schema.type === 'array' ? 1 : schema.fields.reduce((sum, { type }) => sum + leastBytes(type), 0);
}
