// Deletion vectors: the positions of deleted rows as a compressed bitmap.

/** The first bytes behind the length, by which a vector is known. */
const magic = [0xd1, 0xd3, 0x39, 0x64];
/** Of 32-bit bitmaps: without and with containers that are runs. */
const plainCookie = 12346;
const runCookie = 12347;
/** Up to so many containers, the offsets are left out where there are runs. */
const noOffsetThreshold = 4;
/** Containers with more values than this are bitmaps of 8 kB. */
const longestArray = 4096;

/**
 * The positions in a blob `deletion-vector-v1` of a Puffin file, in their order
 * ([Puffin, "deletion-vector-v1"](https://iceberg.apache.org/puffin-spec/),
 * [Roaring bitmaps, "64-bit implementations"](https://github.com/RoaringBitmap/RoaringFormatSpec)).
 * @param most so many positions are expected at most.
 * @throws RangeError where the bytes are something else, or more.
 */
export function readDeletionVector(bytes: Uint8Array, most: number): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The length counts what follows, without the checksum at the end.
  const end = 4 + view.getUint32(0);
  if (end + 4 !== bytes.length || magic.some((byte, index) => bytes[4 + index] !== byte)) throw new RangeError('it is no deletion vector');
  const bitmaps = Number(view.getBigUint64(8, true));
  const reader = new BitmapReader(view, 16, most);
  for (let index = 0; index < bitmaps; index++) reader.readBitmap();
  return reader.positions;
}

class BitmapReader {
  readonly positions: number[] = [];

  constructor(
    private readonly view: DataView,
    private at: number,
    private readonly most: number,
  ) {}

  /** One bitmap of 32 bits behind its upper 32 bits. */
  readBitmap(): void {
    const upper = this.uint32() * 2 ** 32;
    const cookie = this.uint32();
    const hasRuns = (cookie & 0xffff) === runCookie;
    if (!hasRuns && cookie !== plainCookie) throw new RangeError('it has a bitmap of an unknown kind');
    const containers = hasRuns ? (cookie >>> 16) + 1 : this.uint32();
    const runFlags = this.at;
    if (hasRuns) this.at += Math.ceil(containers / 8);
    const headers = Array.from({ length: Math.min(containers, 65_536) }, () => ({ key: this.uint16(), values: this.uint16() + 1 }));
    if (!hasRuns || containers >= noOffsetThreshold) this.at += 4 * containers;
    for (const [index, { key, values }] of headers.entries()) {
      const first = upper + key * 65_536;
      const isRun = hasRuns && (this.view.getUint8(runFlags + (index >> 3)) & (1 << (index & 7))) !== 0;
      if (isRun) this.readRuns(first);
      else if (values <= longestArray) for (let value = 0; value < values; value++) this.add(first + this.uint16());
      else this.readBits(first);
    }
  }

  private readRuns(first: number): void {
    for (let runs = this.uint16(); runs > 0; runs--) {
      const start = first + this.uint16();
      const last = start + this.uint16();
      for (let position = start; position <= last; position++) this.add(position);
    }
  }

  private readBits(first: number): void {
    for (let index = 0; index < 8192; index++) {
      const bits = this.view.getUint8(this.at++);
      for (let bit = 0; bits >> bit !== 0; bit++) if ((bits >> bit) & 1) this.add(first + index * 8 + bit);
    }
  }

  private add(position: number): void {
    const last = this.positions.at(-1);
    if (last !== undefined && position <= last) throw new RangeError('its positions are out of order');
    if (this.positions.length >= this.most) throw new RangeError(`it has more than the ${this.most} rows that its manifest counts`);
    this.positions.push(position);
  }

  private uint16(): number {
    this.at += 2;
    return this.view.getUint16(this.at - 2, true);
  }

  private uint32(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }
}
