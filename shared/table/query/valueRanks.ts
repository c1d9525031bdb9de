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
  private readonly texts: string[] = [];
  private hasSurrogates = false;
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
    this.texts.push(text);
    this.hasSurrogates ||= /[\uD800-\uDFFF]/.test(text);
    return id;
  }

  /** The rank of each number; equal values share one. */
  async finish(pace: ScanPace): Promise<Uint32Array> {
    const { texts } = this;
    const compare = this.comparer();
    const sorted = await sortInTurns(Uint32Array.from(texts.keys()), compare, pace);
    const ranks = new Uint32Array(texts.length);
    let rank = 0;
    for (const [index, id] of sorted.entries()) {
      if (index > 0 && compare(sorted[index - 1] ?? 0, id) !== 0) rank++;
      ranks[id] = rank;
    }
    return ranks;
  }

  private comparer(): (a: number, b: number) => number {
    const { texts } = this;
    if (this.type.kind !== 'scalar') {
      const cells = texts.map((text) => JSON.parse(text) as Cell);
      const order = cellOrder(this.type);
      if (!order) throw new RangeError(`${typeName(this.type)} has no order`);
      return (a, b) => order(cells[a] ?? null, cells[b] ?? null);
    }
    // Without characters beyond U+FFFF, JavaScript's own order is that of the bytes.
    if (this.hasSurrogates) return (a, b) => compareTexts(texts[a] ?? '', texts[b] ?? '');
    return (a, b) => {
      const left = texts[a] ?? '';
      const right = texts[b] ?? '';
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
      const middle = Math.min(from + size, ids.length);
      const end = Math.min(from + size * 2, ids.length);
      const merge: Merge = { source, target, middle, end, left: from, right: middle };
      for (let at = from; at < merge.end; at += sliceSize) {
        mergeStretch(merge, at, Math.min(at + sliceSize, merge.end), compare);
        await pace.turn();
      }
    }
    [source, target] = [target, source];
  }
  return source;
}

/** Two sorted runs that become one: from `left` to `middle` and from `right` to `end`. */
interface Merge {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly middle: number;
  readonly end: number;
  left: number;
  right: number;
}

function mergeStretch(merge: Merge, from: number, to: number, compare: (a: number, b: number) => number): void {
  const { source, target, middle, end } = merge;
  let { left, right } = merge;
  for (let at = from; at < to; at++) {
    const a = source[left] ?? 0;
    const b = source[right] ?? 0;
    const takesLeft = right >= end || (left < middle && compare(a, b) <= 0);
    target[at] = takesLeft ? a : b;
    if (takesLeft) left++;
    else right++;
  }
  merge.left = left;
  merge.right = right;
}
