// Values that no fixed number of bits can hold (texts, bytes, arrays, structs), each once, and their ranks in Spark's order.

import { typeName, type Cell, type ColumnType } from '../table';
import { TableProblem } from '../tableProblem';
import { cellOrder, compareTexts } from './cellOrder';
import type { ScanPace } from './scanPace';

/** Bounds of what the distinct values of a key may take. */
const maxDistinct = 5_000_000;
const maxCharacters = 200_000_000;
/** So many values are sorted at once, before other work has its turn. */
const sliceSize = 20_000;

export class ValueRanks {
  private readonly ids = new Map<string, number>();
  private characters = 0;

  constructor(
    private readonly column: string,
    private readonly type: ColumnType,
  ) {}

  /** A number for the value, the same for the same value. Throws a TableProblem when there are too many. */
  add(cell: Cell): number {
    const text = this.type.kind === 'scalar' ? String(cell) : JSON.stringify(cell);
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = this.ids.size;
    this.characters += text.length;
    if (id >= maxDistinct || this.characters > maxCharacters) {
      const limit = `${maxDistinct.toLocaleString('en')} different values or ${maxCharacters.toLocaleString('en')} characters of them`;
      throw new TableProblem(
        'too-large',
        `column "${this.column}" cannot be sorted: more than ${limit} do not fit into memory. Filter the rows first`,
      );
    }
    this.ids.set(text, id);
    return id;
  }

  /** The rank of each number; equal values share one. */
  async finish(pace: ScanPace): Promise<Uint32Array> {
    const texts = [...this.ids.keys()];
    const compare = this.comparer(texts);
    const sorted = await sortInTurns(Uint32Array.from(texts.keys()), compare, pace);
    const ranks = new Uint32Array(texts.length);
    let rank = 0;
    for (const [index, id] of sorted.entries()) {
      if (index > 0 && compare(sorted[index - 1] ?? 0, id) !== 0) rank++;
      ranks[id] = rank;
    }
    return ranks;
  }

  private comparer(texts: readonly string[]): (a: number, b: number) => number {
    if (this.type.kind !== 'scalar') {
      const cells = texts.map((text) => JSON.parse(text) as Cell);
      const order = cellOrder(this.type);
      if (!order) throw new RangeError(`${typeName(this.type)} has no order`);
      return (a, b) => order(cells[a] ?? null, cells[b] ?? null);
    }
    // Without characters beyond U+FFFF, JavaScript's own order is that of the bytes.
    if (texts.some((text) => /[\uD800-\uDFFF]/.test(text))) return (a, b) => compareTexts(texts[a] ?? '', texts[b] ?? '');
    return (a, b) => {
      const [left, right] = [texts[a] ?? '', texts[b] ?? ''];
      return left < right ? -1 : left > right ? 1 : 0;
    };
  }
}

/** Sorted slices, merged two by two. */
async function sortInTurns(ids: Uint32Array, compare: (a: number, b: number) => number, pace: ScanPace): Promise<Uint32Array> {
  for (let from = 0; from < ids.length; from += sliceSize) {
    ids.subarray(from, from + sliceSize).sort(compare);
    await pace.turn();
  }
  let source = ids;
  let target: Uint32Array = new Uint32Array(ids.length);
  for (let size = sliceSize; size < ids.length; size *= 2) {
    for (let from = 0; from < ids.length; from += size * 2) {
      let [left, right] = [from, Math.min(from + size, ids.length)];
      const [middle, end] = [right, Math.min(from + size * 2, ids.length)];
      for (let at = from; at < end; at++) {
        const [a, b] = [source[left] ?? 0, source[right] ?? 0];
        if (right >= end || (left < middle && compare(a, b) <= 0)) {
          target[at] = a;
          left++;
        } else {
          target[at] = b;
          right++;
        }
        if ((at + 1) % sliceSize === 0) await pace.turn();
      }
    }
    [source, target] = [target, source];
  }
  return source;
}
