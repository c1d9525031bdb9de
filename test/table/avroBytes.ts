// Avro files as a test wants them, true or not.

import { deflateRawSync } from 'node:zlib';

export type WrittenSchema =
  | string
  | readonly WrittenSchema[]
  | { readonly type: 'record'; readonly name: string; readonly fields: readonly { readonly name: string; readonly type: WrittenSchema }[] }
  | { readonly type: 'array'; readonly items: WrittenSchema }
  | { readonly type: 'fixed'; readonly name: string; readonly size: number };

export interface WrittenAvro {
  readonly codec?: string;
  /** What the block claims; the truth when left out. */
  readonly records?: number;
  readonly blockBytes?: number;
}

const sync = Buffer.alloc(16, 7);

/** One block of records in a container file; values of unions are `[branch, value]`. */
export function avroBytes(schema: WrittenSchema, rows: readonly unknown[], options: WrittenAvro = {}): Buffer {
  const { codec = 'null' } = options;
  const header = [text('avro.schema'), text(JSON.stringify(schema)), text('avro.codec'), text(codec)];
  const plain = Buffer.concat(rows.map((row) => encode(schema, row)));
  const block = codec === 'deflate' ? deflateRawSync(plain) : plain;
  return Buffer.concat([
    Buffer.from('Obj\u0001'),
    long(2),
    ...header,
    long(0),
    sync,
    long(options.records ?? rows.length),
    long(options.blockBytes ?? block.length),
    block,
    sync,
  ]);
}

function encode(schema: WrittenSchema, value: unknown): Buffer {
  if (isUnion(schema)) {
    const [branch, inner] = value as readonly [number, unknown];
    return Buffer.concat([long(branch), encode(schema[branch] ?? 'null', inner)]);
  }
  if (typeof schema === 'string') {
    switch (schema) {
      case 'null':
        return Buffer.alloc(0);
      case 'int':
      case 'long':
        return long(Number(value));
      case 'bytes':
        return Buffer.concat([long((value as Uint8Array).length), value as Uint8Array]);
      default:
        return text(String(value));
    }
  }
  if (schema.type === 'fixed') return Buffer.from(value as Uint8Array);
  if (schema.type === 'array') {
    const items = value as readonly unknown[];
    return Buffer.concat([...(items.length > 0 ? [long(items.length), ...items.map((item) => encode(schema.items, item))] : []), long(0)]);
  }
  return Buffer.concat(schema.fields.map(({ name, type }) => encode(type, (value as Readonly<Record<string, unknown>>)[name])));
}

function isUnion(schema: WrittenSchema): schema is readonly WrittenSchema[] {
  return Array.isArray(schema);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([long(bytes.length), bytes]);
}

function long(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
