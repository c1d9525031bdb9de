// Bytes that grow: numbers in the byte order of parquet, whole and in variable length.

const utf8 = new TextEncoder();
const shortText = 64;

export class ByteWriter {
  private bytes = new Uint8Array(1024);
  private view = new DataView(this.bytes.buffer);
  length = 0;

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  int32(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.length, value, true);
    this.length += 4;
  }

  /** @param value within 64 bits */
  int64(value: number | bigint): void {
    this.reserve(8);
    if (typeof value === 'bigint') {
      this.view.setBigInt64(this.length, value, true);
    } else {
      // Of a number that a double holds exactly: several times as fast as by way of a bigint.
      const high = Math.floor(value / 2 ** 32);
      this.view.setUint32(this.length, value - high * 2 ** 32, true);
      this.view.setInt32(this.length + 4, high, true);
    }
    this.length += 8;
  }

  float(value: number): void {
    this.reserve(4);
    this.view.setFloat32(this.length, value, true);
    this.length += 4;
  }

  double(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** Seven bits a byte, the lowest first. @param value a whole number from 0 to 2^53 */
  variable(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  /** Whole numbers of either sign in variable length: the sign is the lowest bit. */
  zigzag(value: number): void {
    this.variable(value < 0 ? -2 * value - 1 : 2 * value);
  }

  raw(added: Uint8Array): void {
    this.reserve(added.length);
    this.bytes.set(added, this.length);
    this.length += added.length;
  }

  /** As UTF-8, without its length. */
  text(value: string): void {
    this.reserve(3 * value.length);
    let at = this.length;
    // Most texts are short and of ASCII alone, for which calling the encoder takes longer than its work.
    const isShort = value.length <= shortText;
    for (let index = 0; isShort && index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit >= 128) break;
      this.bytes[at++] = unit;
    }
    if (at - this.length < value.length) at = this.length + utf8.encodeInto(value, this.bytes.subarray(this.length)).written;
    this.length = at;
  }

  /** Puts a number into four bytes that were written before. */
  setInt32(at: number, value: number): void {
    this.view.setInt32(at, value, true);
  }

  /** What was written from a place on: valid until more is written. */
  since(start: number): Uint8Array {
    return this.bytes.subarray(start, this.length);
  }

  /** What was written, which the writer forgets. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}
