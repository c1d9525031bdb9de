// Parquet files with another footer: what no writer at hand writes, such as the files of old programs and of liars.

import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';

export type ThriftValue = boolean | number | bigint | Uint8Array | ThriftValue[] | ThriftFields;
/** Fields by their numbers, as many as tests ask for. */
export type ThriftFields = {
  [Field in `field_${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 15 | 30}`]?: ThriftValue | undefined;
};

/** @param extra bytes to put before the footer; `edit` is told where they begin. */
export function editFooter(
  file: Uint8Array,
  edit: (footer: ThriftFields, extraStart: number) => void,
  extra: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = file.length - 8 - view.getUint32(file.length - 8, true);
  const footer = deserializeTCompactProtocol({ view, offset: start });
  edit(footer, start);
  const bytes = toThrift(footer);
  const edited = new Uint8Array(start + extra.length + bytes.length + 8);
  edited.set(file.subarray(0, start));
  edited.set(extra, start);
  edited.set(bytes, start + extra.length);
  new DataView(edited.buffer).setUint32(edited.length - 8, bytes.length, true);
  edited.set(file.subarray(-4), edited.length - 4);
  return edited;
}

/** The chunks of a column, the `leaf`th, in all row groups. */
export function columnChunks(footer: ThriftFields, leaf: number): readonly ThriftFields[] {
  return structsOf(footer.field_4).map((group) => {
    const chunk = structsOf(group.field_1)[leaf];
    if (!chunk) throw new Error(`there is no leaf ${String(leaf)}`);
    return chunk;
  });
}

/** The metadata of those chunks. */
export function columnMetadata(footer: ThriftFields, leaf: number): readonly ThriftFields[] {
  return columnChunks(footer, leaf).map(({ field_3: meta }) => asStruct(meta));
}

/** Takes the offset and column indexes of all columns away. */
export function removeIndexes(footer: ThriftFields): void {
  for (const group of structsOf(footer.field_4)) {
    for (const chunk of structsOf(group.field_1))
      Object.assign(chunk, { field_4: undefined, field_5: undefined, field_6: undefined, field_7: undefined });
  }
}

export function asStruct(value: ThriftValue | undefined): ThriftFields {
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array) throw new Error('it is no struct');
  return value;
}

/** The structs of a list. */
export function structsOf(value: ThriftValue | undefined): readonly ThriftFields[] {
  return Array.isArray(value) ? value.map(asStruct) : [];
}

export function toThrift(fields: ThriftFields): Uint8Array {
  const bytes: number[] = [];
  writeStruct(bytes, fields);
  return Uint8Array.from(bytes);
}

function writeStruct(bytes: number[], fields: ThriftFields): void {
  let last = 0;
  for (const [name, value] of Object.entries<ThriftValue | undefined>(fields)) {
    if (value === undefined) continue;
    const id = Number(name.slice('field_'.length));
    const type = typeof value === 'boolean' ? (value ? 1 : 2) : typeOf(value);
    if (id - last > 0 && id - last < 16) bytes.push(((id - last) << 4) | type);
    else {
      bytes.push(type);
      writeNumber(bytes, zigzag(BigInt(id)));
    }
    last = id;
    if (typeof value !== 'boolean') writeValue(bytes, value);
  }
  bytes.push(0);
}

function typeOf(value: ThriftValue | undefined): number {
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 5;
  if (typeof value === 'bigint') return 6;
  if (value instanceof Uint8Array) return 8;
  return Array.isArray(value) ? 9 : 12;
}

function writeValue(bytes: number[], value: ThriftValue): void {
  if (typeof value === 'boolean') bytes.push(value ? 1 : 2);
  else if (typeof value === 'number' || typeof value === 'bigint') writeNumber(bytes, zigzag(BigInt(value)));
  else if (value instanceof Uint8Array) {
    writeNumber(bytes, BigInt(value.length));
    bytes.push(...value);
  } else if (Array.isArray(value)) {
    bytes.push(0xf0 | typeOf(value[0]));
    writeNumber(bytes, BigInt(value.length));
    for (const item of value) writeValue(bytes, item);
  } else writeStruct(bytes, value);
}

function zigzag(value: bigint): bigint {
  return value < 0n ? -value * 2n - 1n : value * 2n;
}

function writeNumber(bytes: number[], value: bigint): void {
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
}
