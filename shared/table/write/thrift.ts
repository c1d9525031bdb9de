// Thrift's compact protocol, in which parquet writes what it says of its data.

import { ByteWriter } from './byteWriter';

export type ThriftValue =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'byte' | 'int32' | 'int64'; readonly value: number }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'list'; readonly items: readonly ThriftValue[] }
  | { readonly kind: 'struct'; readonly fields: ThriftFields };

/** By ascending id; what is undefined is left out. */
export type ThriftFields = readonly (readonly [id: number, value: ThriftValue | undefined])[];

const utf8 = new TextEncoder();

export const thrift = {
  boolean: (value: boolean): ThriftValue => ({ kind: 'boolean', value }),
  byte: (value: number): ThriftValue => ({ kind: 'byte', value }),
  int32: (value: number): ThriftValue => ({ kind: 'int32', value }),
  int64: (value: number): ThriftValue => ({ kind: 'int64', value }),
  bytes: (value: Uint8Array): ThriftValue => ({ kind: 'bytes', value }),
  text: (value: string): ThriftValue => ({ kind: 'bytes', value: utf8.encode(value) }),
  list: (items: readonly ThriftValue[]): ThriftValue => ({ kind: 'list', items }),
  struct: (...fields: ThriftFields): ThriftValue => ({ kind: 'struct', fields }),
};

const codes = { boolean: 1, byte: 3, int32: 5, int64: 6, bytes: 8, list: 9, struct: 12 } as const;

export function thriftBytes(...fields: ThriftFields): Uint8Array {
  const out = new ByteWriter();
  writeFields(out, fields);
  return out.take();
}

function writeFields(out: ByteWriter, fields: ThriftFields): void {
  let last = 0;
  for (const [id, value] of fields) {
    if (!value) continue;
    // The value of a boolean is its type.
    const code = value.kind === 'boolean' && !value.value ? 2 : codes[value.kind];
    if (id - last < 16) {
      out.byte(((id - last) << 4) | code);
    } else {
      out.byte(code);
      out.zigzag(id);
    }
    last = id;
    if (value.kind !== 'boolean') writeValue(out, value);
  }
  out.byte(0);
}

function writeValue(out: ByteWriter, value: ThriftValue): void {
  switch (value.kind) {
    case 'boolean':
      out.byte(value.value ? 1 : 2);
      return;
    case 'byte':
      out.byte(value.value);
      return;
    case 'int32':
    case 'int64':
      out.zigzag(value.value);
      return;
    case 'bytes':
      out.variable(value.value.length);
      out.raw(value.value);
      return;
    case 'list': {
      const code = codes[value.items[0]?.kind ?? 'struct'];
      const { length } = value.items;
      if (length < 15) {
        out.byte((length << 4) | code);
      } else {
        out.byte(0xf0 | code);
        out.variable(length);
      }
      for (const item of value.items) writeValue(out, item);
      return;
    }
    case 'struct':
      writeFields(out, value.fields);
  }
}
