// A way through values in Thrift's compact encoding that builds nothing of them: for metadata of which little is needed. The encoding
// is that of https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md. What is rare is refused like what is
// damaged: whoever meets a RangeError asks the decoder (thriftStruct.ts), which knows everything and says what is wrong.

/** Types of fields and of items of lists, as they are encoded. */
export const thriftTypes = {
  stop: 0,
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  struct: 12,
} as const;

/** Deeper structs than this are in no metadata, and would exhaust the stack. */
const maxDepth = 32;

export class ThriftCursor {
  /** Of the field that was entered last, in its struct. */
  id = 0;
  /** Of the items of the list that was entered last. */
  itemType: number = thriftTypes.stop;
  private depth = 0;

  /** @param offset where it stands: at the first byte of a struct. */
  constructor(
    private readonly bytes: Uint8Array,
    public offset = 0,
  ) {}

  /**
   * Enters the next field of a struct, and gives its type; `stop` behind the last. Fields of one struct come in the order of their ids,
   * none twice. @param before the id of the field before, 0 at the beginning.
   */
  field(before: number): number {
    const byte = this.byte();
    const type = byte & 0x0f;
    if (type === thriftTypes.stop) return type;
    if (byte >> 4 === 0) throw new RangeError('a field names its id');
    this.id = before + (byte >> 4);
    return type;
  }

  /** Enters a list, and gives how many items it has. */
  list(type: number): number {
    if (type !== thriftTypes.list) throw new RangeError('it is no list');
    const byte = this.byte();
    this.itemType = byte & 0x0f;
    const count = byte >> 4 === 15 ? this.length() : byte >> 4;
    // No item is shorter than a byte.
    if (count > this.bytes.length - this.offset) throw new RangeError('a list is longer than its bytes');
    return count;
  }

  /** A whole number that is neither negative nor beyond 2^52. */
  natural(type: number): number {
    if (type !== thriftTypes.i64 && type !== thriftTypes.i32) throw new RangeError('it is no whole number');
    let value = 0;
    let weight = 1;
    for (let count = 0; count < 8; count++) {
      const byte = this.byte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) {
        // Odd ones are those of negative numbers; beyond 2^53 a double does not tell which are odd.
        if (value % 2 === 1 || value > (type === thriftTypes.i32 ? 0xffffffff : Number.MAX_SAFE_INTEGER)) break;
        return value / 2;
      }
      weight *= 0x80;
    }
    throw new RangeError('a whole number is out of bounds');
  }

  /** Leaves a value of this type behind. */
  skip(type: number): void {
    switch (type) {
      case thriftTypes.true:
      case thriftTypes.false:
        return;
      case thriftTypes.byte:
        this.byte();
        return;
      case thriftTypes.i16:
      case thriftTypes.i32:
      case thriftTypes.i64:
        while (this.byte() >= 0x80);
        return;
      case thriftTypes.double:
        this.pass(8);
        return;
      case thriftTypes.binary:
        this.pass(this.length());
        return;
      case thriftTypes.list:
        this.skipItems(this.list(type));
        return;
      case thriftTypes.struct:
        this.skipStruct();
        return;
      default:
        throw new RangeError('a type is unknown');
    }
  }

  private skipItems(count: number): void {
    const type = this.itemType;
    // As items, truth values take a byte.
    const isTruth = type === thriftTypes.true || type === thriftTypes.false;
    for (let item = 0; item < count; item++) this.skip(isTruth ? thriftTypes.byte : type);
  }

  private skipStruct(): void {
    if (++this.depth > maxDepth) throw new RangeError('structs are too deep');
    for (let id = 0, type = this.field(id); type !== thriftTypes.stop; id = this.id, type = this.field(id)) this.skip(type);
    this.depth -= 1;
  }

  private length(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a length is out of bounds');
  }

  private pass(count: number): void {
    if (count > this.bytes.length - this.offset) throw new RangeError('a value is longer than its bytes');
    this.offset += count;
  }

  private byte(): number {
    const byte = this.bytes[this.offset];
    if (byte === undefined) throw new RangeError('the bytes end');
    this.offset += 1;
    return byte;
  }
}
