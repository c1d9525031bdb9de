// Parquet files with other pages: in codecs that no writer at hand has.

import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import {
  asStruct,
  columnChunks,
  editFooter,
  removeIndexes,
  structsOf,
  toThrift,
  type ThriftFields,
  type ThriftValue,
} from './editedFooter';

/** The numbers of codecs in the footer, as the specification of parquet has them. */
export const codecs = { gzip: 2, lzo: 3, brotli: 4, lz4: 5, lz4Raw: 7 } as const;

/** The same values in another codec; `file` is not compressed. Its indexes are gone. */
export function compressPages(file: Uint8Array, codec: number, compress: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [file.subarray(0, 4)];
  let end = 4;
  const write = (bytes: Uint8Array): void => {
    parts.push(bytes);
    end += bytes.length;
  };
  const edited = editFooter(file, (footer) => {
    removeIndexes(footer);
    for (const group of structsOf(footer.field_4)) {
      for (const chunk of structsOf(group.field_1)) {
        const meta = asStruct(chunk.field_3);
        const first = Math.min(numberOf(meta.field_9), numberOf(meta.field_11 ?? meta.field_9));
        const last = first + numberOf(meta.field_7);
        const start = end;
        for (let offset = first; offset < last;) {
          const page = readPage(file, offset);
          if (offset === numberOf(meta.field_9)) meta.field_9 = BigInt(end);
          if (offset === numberOf(meta.field_11 ?? -1)) meta.field_11 = BigInt(end);
          write(compressPage(page, compress));
          offset = page.end;
        }
        Object.assign(meta, { field_4: codec, field_7: BigInt(end - start) });
        Object.assign(chunk, { field_2: BigInt(start) });
      }
    }
  });
  const footer = edited.subarray(edited.length - 8 - new DataView(edited.buffer).getUint32(edited.length - 8, true));
  return Buffer.concat([...parts, footer]);
}

/** What {@link columnChunks} finds, as one column has it in the first row group. */
export function firstChunk(footer: ThriftFields, leaf: number): ThriftFields {
  const [chunk] = columnChunks(footer, leaf);
  if (chunk === undefined) throw new Error('there are no row groups');
  return asStruct(chunk.field_3);
}

interface Page {
  readonly header: ThriftFields;
  readonly body: Uint8Array;
  readonly end: number;
}

function readPage(file: Uint8Array, offset: number): Page {
  const reader = { view: new DataView(file.buffer, file.byteOffset, file.byteLength), offset };
  const header = deserializeTCompactProtocol(reader) as ThriftFields;
  const end = reader.offset + numberOf(header.field_3);
  return { header, body: file.subarray(reader.offset, end), end };
}

function compressPage({ header, body }: Page, compress: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  // The levels of pages of the second version stand before what is compressed.
  const second = header.field_8 === undefined ? undefined : asStruct(header.field_8);
  const levels = second === undefined ? 0 : numberOf(second.field_5) + numberOf(second.field_6);
  const compressed = compress(body.subarray(levels));
  const edited: ThriftFields = { ...header, field_3: levels + compressed.length, field_4: undefined };
  if (second !== undefined) edited.field_8 = { ...second, field_7: true };
  return Buffer.concat([toThrift(edited), body.subarray(0, levels), compressed]);
}

function numberOf(value: ThriftValue | undefined): number {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new Error('it is no number');
  return Number(value);
}
