// The bounds that a writer noted for the values of a flat column, as cells; undefined wherever they cannot be relied on. The
// rules are the parquet format's, and those that readers learnt from writers with defects.

import type { FileDescription, SchemaNode } from './parquetDescription';
import { meansItself, signedInteger, type CellReader } from './parquetLeaf';
import type { RawStatistics } from './parquetRowGroups';
import type { Cell } from './table';

export interface Bounds {
  readonly min: Cell | undefined;
  readonly max: Cell | undefined;
}

export const noBounds: Bounds = { min: undefined, max: undefined };

/** How the values of a column are ordered. */
type Order = 'signed' | 'unsigned' | 'floating' | 'decimal bytes' | 'bytes' | 'text';

export class BoundReader {
  private readonly order: Order | undefined;
  /** Whether the newer bounds mean something. */
  private readonly isTrusted: boolean;

  constructor(
    private readonly leaf: SchemaNode,
    private readonly toCell: CellReader,
    { typeOrdered, createdBy }: FileDescription,
  ) {
    this.order = orderOf(leaf);
    this.isTrusted = (typeOrdered[leaf.leaf] ?? false) && (this.isSigned || comparesUnsigned(createdBy));
  }

  /** Bounds of a whole column chunk: the newer ones or, where those mean nothing, the older. */
  ofChunk({ min, max, oldMin, oldMax }: RawStatistics): Bounds {
    if (this.isTrusted && (min ?? max)) return this.read(min, max);
    // The older ones were compared as signed numbers, whatever the type.
    return this.isSigned ? this.read(oldMin, oldMax) : noBounds;
  }

  /** Bounds of a page in a column index. */
  ofPage(min: Uint8Array, max: Uint8Array): Bounds {
    return this.isTrusted ? this.read(min, max) : noBounds;
  }

  private get isSigned(): boolean {
    return this.order === 'signed' || this.order === 'floating';
  }

  private read(minBytes: Uint8Array | undefined, maxBytes: Uint8Array | undefined): Bounds {
    // A text may be cut within a character: without its rest it is still less, but not known to be greater.
    const isText = this.order === 'text';
    const [min, max] = [minBytes && this.raw(isText ? wholeCharacters(minBytes) : minBytes), maxBytes && this.raw(maxBytes)];
    if (this.order === 'floating' && (Number.isNaN(min) || Number.isNaN(max))) return noBounds;
    if (min !== undefined && max !== undefined && this.isLess(max, min)) return noBounds;
    if (!this.isPlain(min) || !this.isPlain(max)) return noBounds;
    const isCut = isText && maxBytes && wholeCharacters(maxBytes) !== maxBytes;
    return { min: this.cell(min), max: isCut ? undefined : this.cell(max) };
  }

  private isPlain(raw: RawBound | undefined): boolean {
    return typeof raw === 'boolean' || raw instanceof Uint8Array || meansItself(this.leaf, raw);
  }

  private cell(raw: RawBound | undefined): Cell | undefined {
    if (raw === undefined) return undefined;
    // Zero has two signs, and writers do not agree which of them is less.
    return this.toCell(this.order === 'floating' && raw === 0 ? 0 : raw) ?? undefined;
  }

  private raw(bytes: Uint8Array): RawBound | undefined {
    const { order, leaf } = this;
    if (order === undefined) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    switch (leaf.type) {
      case 'BOOLEAN':
        return bytes.length === 1 ? bytes[0] !== 0 : undefined;
      case 'INT32':
        return bytes.length === 4 ? view.getInt32(0, true) : undefined;
      case 'INT64':
        return bytes.length === 8 ? view.getBigInt64(0, true) : undefined;
      case 'FLOAT':
        return bytes.length === 4 ? view.getFloat32(0, true) : undefined;
      case 'DOUBLE':
        return bytes.length === 8 ? view.getFloat64(0, true) : undefined;
      case 'FIXED_LEN_BYTE_ARRAY':
        return bytes.length === leaf.typeLength ? bytes : undefined;
      case 'BYTE_ARRAY':
        return order === 'decimal bytes' && bytes.length === 0 ? undefined : bytes;
      case 'INT96':
      case undefined:
        return undefined;
    }
  }

  private isLess(a: RawBound, b: RawBound): boolean {
    if (a instanceof Uint8Array && b instanceof Uint8Array) {
      return this.order === 'decimal bytes' ? signedInteger(a) < signedInteger(b) : compareBytes(a, b) < 0;
    }
    if (this.order === 'unsigned' && !(a instanceof Uint8Array) && !(b instanceof Uint8Array)) {
      return BigInt.asUintN(64, BigInt(a)) < BigInt.asUintN(64, BigInt(b));
    }
    return a < b;
  }
}

type RawBound = boolean | number | bigint | Uint8Array;

/** Undefined where the format defines no order, or none that this reader knows. */
function orderOf({ type, logical, converted }: SchemaNode): Order | undefined {
  if (type === 'FLOAT' || type === 'DOUBLE') return 'floating';
  if (type === 'BOOLEAN') return 'signed';
  const isDecimal = logical?.kind === 'decimal' || converted === 'DECIMAL';
  if (type === 'INT32' || type === 'INT64') {
    const isUnsigned = logical?.kind === 'integer' ? !logical.signed : (converted?.startsWith('UINT_') ?? false);
    return isUnsigned ? 'unsigned' : logical?.kind === 'other' || logical?.kind === 'null' ? undefined : 'signed';
  }
  if (type !== 'BYTE_ARRAY' && type !== 'FIXED_LEN_BYTE_ARRAY') return undefined;
  if (isDecimal) return 'decimal bytes';
  if (converted === 'INTERVAL') return undefined;
  switch (logical?.kind) {
    case 'string':
    case 'enum':
    case 'json':
      return 'text';
    case 'bson':
    case 'uuid':
      return 'bytes';
    case undefined:
      return converted === 'UTF8' || converted === 'ENUM' || converted === 'JSON' ? 'text' : 'bytes';
    default:
      return undefined;
  }
}

/**
 * Whether a writer knew that not all values are ordered as signed numbers: parquet-mr did not before 1.10, nor did parquet-cpp
 * before 1.3; who does not say who it is may be either.
 */
function comparesUnsigned(createdBy: string | undefined): boolean {
  const writer = /^(\S+)(?: version (\d+)\.(\d+))?/.exec(createdBy ?? '');
  if (!writer) return false;
  const [, name, major, minor] = writer;
  const first = name === 'parquet-mr' ? 110 : name === 'parquet-cpp' ? 103 : undefined;
  return first === undefined || (major !== undefined && Number(major) * 100 + Number(minor) >= first);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** The bytes themselves, or without those of a character at the end that is not whole. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++) {
    const rest = cut === 0 ? bytes : bytes.subarray(0, bytes.length - cut);
    try {
      strictUtf8.decode(rest);
      return rest;
    } catch {
      // One byte less, then.
    }
  }
  return bytes.subarray(0, 0);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
