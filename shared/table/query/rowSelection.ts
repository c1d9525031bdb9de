// Which rows of a table a query keeps, in its order: compact, however many there are.

export interface RowSelection {
  readonly count: number;
  /** The zero-based row of the table at a position of the selection, from 0 to `count - 1`. */
  readonly row: (position: number) => number;
  /** The same rows in the order of the table, where this one has another. */
  readonly unsorted?: RowSelection;
}

/** Every row in the order of the table. */
export function allRows(count: number): RowSelection {
  return { count, row: (position) => position };
}

/** The rows of another selection in another order. */
export function orderedRows(rows: RowSelection, order: Uint32Array): RowSelection {
  return { count: order.length, row: (position) => rows.row(order[position] ?? 0), unsorted: rows };
}

/** Rows are kept in pieces of so many rows of the table, within which 16 bits tell a row. */
const pieceRows = 0x10000;
/** With more rows than this a piece is smaller as one bit a row. */
const maxListed = pieceRows / 16;

/** The rows found in one piece of the table. */
interface Piece {
  /** The position of its first row in the selection. */
  readonly position: number;
  readonly firstRow: number;
  /** What to add to `firstRow`: a list, a bit for each, or nothing at all when the rows follow each other. */
  readonly offsets: { readonly list: Uint16Array } | { readonly bits: Uint32Array } | undefined;
}

/** Takes rows in ascending order. */
export class SelectionBuilder {
  private readonly pieces: Piece[] = [];
  private readonly offsets = new Uint16Array(pieceRows);
  private base = 0;
  private pending = 0;
  private finished = 0;

  get count(): number {
    return this.finished + this.pending;
  }

  add(row: number): void {
    if (row >= this.base + pieceRows) this.begin(row - (row % pieceRows));
    this.offsets[this.pending++] = row - this.base;
  }

  /** `start` inclusive, `end` exclusive. */
  addRange(start: number, end: number): void {
    for (let row = start; row < end;) {
      if (row % pieceRows === 0 && end - row >= pieceRows) {
        this.begin(row + pieceRows);
        this.push(row, pieceRows, undefined);
        row += pieceRows;
      } else {
        this.add(row++);
      }
    }
  }

  finish(): RowSelection {
    this.begin(this.base);
    return new PiecewiseRows(this.pieces, this.finished);
  }

  private begin(base: number): void {
    const { pending, offsets } = this;
    if (pending > 0) {
      const [first = 0, last = 0] = [offsets[0], offsets[pending - 1]];
      if (last - first + 1 === pending) this.push(this.base + first, pending, undefined);
      else this.push(this.base, pending, pending <= maxListed ? { list: offsets.slice(0, pending) } : { bits: bitsOf(offsets, pending) });
    }
    this.pending = 0;
    this.base = base;
  }

  private push(firstRow: number, count: number, offsets: Piece['offsets']): void {
    this.pieces.push({ position: this.finished, firstRow, offsets });
    this.finished += count;
  }
}

function bitsOf(offsets: Uint16Array, count: number): Uint32Array {
  const bits = new Uint32Array(pieceRows / 32);
  for (let index = 0; index < count; index++) {
    const offset = offsets[index] ?? 0;
    bits[offset >>> 5] = (bits[offset >>> 5] ?? 0) | (1 << (offset & 31));
  }
  return bits;
}

class PiecewiseRows implements RowSelection {
  /** The piece that was asked for last: neighbours are mostly asked for one after the other. */
  private at = 0;
  private list: Uint16Array | undefined;
  private readonly scratch = new Uint16Array(pieceRows);

  constructor(
    private readonly pieces: readonly Piece[],
    readonly count: number,
  ) {
    this.load(0);
  }

  readonly row = (position: number): number => {
    const index = this.pieceOf(position);
    if (index !== this.at) this.load(index);
    const piece = this.pieces[index];
    if (!piece) return 0;
    const offset = position - piece.position;
    return piece.firstRow + (this.list ? (this.list[offset] ?? 0) : offset);
  };

  private pieceOf(position: number): number {
    const starts = this.pieces;
    const isIn = (index: number): boolean =>
      (starts[index]?.position ?? Infinity) <= position && position < (starts[index + 1]?.position ?? this.count);
    if (isIn(this.at)) return this.at;
    if (isIn(this.at + 1)) return this.at + 1;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle]?.position ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private load(index: number): void {
    this.at = index;
    const offsets = this.pieces[index]?.offsets;
    this.list = offsets === undefined ? undefined : 'list' in offsets ? offsets.list : this.expand(offsets.bits);
  }

  private expand(bits: Uint32Array): Uint16Array {
    let count = 0;
    for (let word = 0; word < bits.length; word++) {
      for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) {
        this.scratch[count++] = word * 32 + 31 - Math.clz32(rest & -rest);
      }
    }
    return this.scratch;
  }
}
