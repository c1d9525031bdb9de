// The values of a sort key as unsigned words that sort as the values do: a word for null or not, then the value's own.

import type { Cell, ColumnType } from '../table';
import { decimalScale } from './cellOrder';
import { unscaledKey, wholeKey, type ExactNumber } from './exactNumbers';
import { parseInterval } from './intervals';
import { cellDays, cellMoment, type Moment } from './moments';
import type { ScanPace } from './scanPace';
import { ValueRanks } from './valueRanks';

/** One 32-bit word of every key. Memory is taken when two keys differ in it. */
class WordColumn {
  private values: Uint32Array | undefined;
  private constant = 0;
  private isEmpty = true;

  constructor(private readonly count: number) {}

  set(position: number, word: number): void {
    if (this.values) {
      this.values[position] = word;
    } else if (this.isEmpty) {
      this.constant = word >>> 0;
      this.isEmpty = false;
    } else if (word >>> 0 !== this.constant) {
      this.values = new Uint32Array(this.count).fill(this.constant);
      this.values[position] = word;
    }
  }

  /** Undefined when all keys have the same word. */
  get words(): Uint32Array | undefined {
    return this.values;
  }
}

/** The keys of one sort column. Every position must be set once, in ascending order. */
export class SortKeyColumn {
  private readonly nulls: WordColumn;
  private readonly words: readonly WordColumn[];
  private readonly encode: (cell: Cell, words: number[]) => void;
  private readonly ranks: ValueRanks | undefined;
  private readonly scratch: number[];

  constructor(
    name: string,
    type: ColumnType,
    private readonly descending: boolean,
    count: number,
  ) {
    const fixed = type.kind === 'scalar' ? scalarEncoder(type.name) : undefined;
    const ranks = fixed ? undefined : new ValueRanks(name, type);
    this.ranks = ranks;
    this.encode = fixed?.encode ?? ((cell, words) => (words[0] = ranks?.add(cell) ?? 0));
    this.nulls = new WordColumn(count);
    this.words = Array.from({ length: fixed?.words ?? 1 }, () => new WordColumn(count));
    this.scratch = this.words.map(() => 0);
  }

  set(position: number, cell: Cell): void {
    if (cell === null) this.scratch.fill(0);
    else this.encode(cell, this.scratch);
    // Null is smaller than any value: first when ascending and last when descending.
    const flip = this.descending ? -1 : 0;
    this.nulls.set(position, Number(cell !== null) ^ flip);
    for (const [index, word] of this.words.entries()) word.set(position, (this.scratch[index] ?? 0) ^ (this.ranks ? 0 : flip));
  }

  /** The words of all keys, the most significant first, without those that tell nothing. */
  async finish(pace: ScanPace): Promise<readonly Uint32Array[]> {
    const words = [this.nulls, ...this.words].flatMap(({ words: found }) => found ?? []);
    const ids = this.ranks && this.words[0]?.words;
    if (ids) {
      const ranks = await this.ranks.finish(pace);
      const flip = this.descending ? -1 : 0;
      for (let position = 0; position < ids.length; position++) ids[position] = (ranks[ids[position] ?? 0] ?? 0) ^ flip;
    }
    return words;
  }
}

interface Encoder {
  readonly words: number;
  /** Writes the words of a value that is not null, the most significant first. */
  readonly encode: (cell: Cell, words: number[]) => void;
}

/** Undefined for types whose values are ranked among each other instead. */
function scalarEncoder(name: string): Encoder | undefined {
  const scale = decimalScale(name);
  if (scale !== undefined) return encoder(4, setWide, (cell) => unscaledKey(cell, scale));
  switch (name) {
    case 'boolean':
      return encoder(2, setLong, Number);
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return encoder(2, setLong, wholeKey);
    case 'float':
      return encoder(2, setDouble, (cell) => Math.fround(Number(cell)));
    case 'double':
      return encoder(2, setDouble, Number);
    case 'date':
      return encoder(2, setLong, (cell) => cellDays(String(cell)));
    case 'timestamp':
    case 'timestamp_ntz':
    case 'time':
      return encoder(3, setMoment, (cell) => cellMoment(String(cell)));
  }
  if (!name.startsWith('interval ')) return undefined;
  return encoder(4, setWide, (cell) => parseInterval(String(cell), name) ?? 0n);
}

function encoder<Value>(words: number, write: (words: number[], value: Value) => void, read: (cell: Cell) => Value): Encoder {
  return {
    words,
    encode(cell, target) {
      write(target, read(cell));
    },
  };
}

const signBit = 0x80000000;
const wordSize = 0x100000000;

/** A whole number of 64 bits, with its sign turned so that negative ones come first. */
function setLong(words: number[], value: ExactNumber, at = 0): void {
  if (typeof value === 'number') {
    const high = Math.floor(value / wordSize);
    words[at] = high ^ signBit;
    words[at + 1] = value - high * wordSize;
  } else {
    words[at] = Number((value >> 32n) & 0xffffffffn) ^ signBit;
    words[at + 1] = Number(value & 0xffffffffn);
  }
}

/** The same with 128 bits. */
function setWide(words: number[], value: ExactNumber): void {
  if (typeof value === 'number') {
    const sign = value < 0 ? -1 : 0;
    words[0] = sign ^ signBit;
    words[1] = sign;
    setLong(words, value, 2);
    words[2] = (words[2] ?? 0) ^ signBit;
  } else {
    setLong(words, value >> 64n);
    words[2] = Number((value >> 32n) & 0xffffffffn);
    words[3] = Number(value & 0xffffffffn);
  }
}

function setMoment(words: number[], { seconds, nanos }: Moment): void {
  setLong(words, seconds);
  words[2] = nanos;
}

const double = new Float64Array(1);
const doubleWords = new Uint32Array(double.buffer);
const [highWord, lowWord] = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? [1, 0] : [0, 1];

/** Bits of a double that sort as the numbers do: all of them turned for negative ones, otherwise the sign alone. */
function setDouble(words: number[], value: number): void {
  // There is one zero, and NaN is greater than infinity.
  double[0] = value + 0;
  const [high, low] = [doubleWords[highWord] ?? 0, doubleWords[lowWord] ?? 0];
  const flip = high >>> 31 === 1 ? -1 : 0;
  words[0] = Number.isNaN(value) ? -1 : high ^ (flip | signBit);
  words[1] = low ^ flip;
}
