// A predicate as functions: its truth for a row, and what it may be for the rows of a chunk whose statistics are known.

import { cellText } from '../cellText';
import type { Cell, ChunkStatistics, Column, TableChunk } from '../table';
import { scalarOrder, type OrderKey, type ScalarOrder } from './cellOrder';
import { parseLike } from './likePattern';
import { compareWithLiteral, parseLiteral, type Literal } from './literal';
import type { ComparisonOperator, Predicate } from './tableQuery';
import { andTruth, anyTruth, isFalse, isTrue, isUnknown, notTruth, orTruth, truthOf, type Truth } from './truth';

export interface CompiledPredicate {
  /** The columns whose cells it needs, in this order. */
  readonly columns: readonly number[];
  /** Those of which statistics can tell something. */
  readonly bounded: readonly number[];
  /** The truth for a row. */
  readonly test: (cells: readonly Cell[]) => Truth;
  /** The truth values that rows of the chunk may have; never too few. */
  readonly possible: (chunk: TableChunk) => Truth;
}

type Part = Pick<CompiledPredicate, 'test' | 'possible'>;

/** The predicate must fit the columns (see checkQuery.ts). */
export function compilePredicate(columns: readonly Column[], predicate: Predicate): CompiledPredicate {
  const compiler = new Compiler(columns);
  const { test, possible } = compiler.compile(predicate);
  return { columns: [...compiler.places.keys()], bounded: [...compiler.bounded], test, possible };
}

class Compiler {
  /** Where the cell of each column stands in a row of cells. */
  readonly places = new Map<number, number>();
  readonly bounded = new Set<number>();

  constructor(private readonly columns: readonly Column[]) {}

  compile(predicate: Predicate): Part {
    switch (predicate.kind) {
      case 'and':
        return this.all(predicate.parts, andTruth, isTrue, isFalse);
      case 'or':
        return this.all(predicate.parts, orTruth, isFalse, isTrue);
      case 'not': {
        const part = this.compile(predicate.part);
        return { test: (cells) => notTruth(part.test(cells)), possible: (chunk) => notTruth(part.possible(chunk)) };
      }
      case 'compare':
        return this.compare(predicate.column, predicate.operator, predicate.value);
      case 'in':
        return this.among(predicate.column, predicate.values);
      case 'null':
        return this.isNull(predicate.column);
      case 'like':
        return this.like(predicate.column, predicate.pattern, predicate.ignoreCase);
      case 'contains':
        return predicate.column === undefined ? this.anyContains(predicate.text) : this.contains(predicate.column, predicate.text);
    }
  }

  /** @param decisive the truth value that no further part can change. */
  private all(predicates: readonly Predicate[], join: (a: Truth, b: Truth) => Truth, start: Truth, decisive: Truth): Part {
    const parts = predicates.map((predicate) => this.compile(predicate));
    return {
      test(cells) {
        let truth = start;
        for (const part of parts) {
          truth = join(truth, part.test(cells));
          if (truth === decisive) break;
        }
        return truth;
      },
      possible: (chunk) => parts.reduce((truth, part) => join(truth, part.possible(chunk)), start),
    };
  }

  private compare(column: number, operator: ComparisonOperator, value: string): Part {
    const { order, literal } = this.comparison(column, value);
    const holds = outcomes[operator];
    const sign = (key: OrderKey): number => Math.sign(compareWithLiteral(key, literal, order.compare));
    return this.ofValue(
      column,
      (cell) => truthOf(holds(sign(order.key(cell)))),
      (statistics) => {
        const [low, high] = signRange(statistics, order, sign);
        return [-1, 0, 1].reduce((truth, one) => (one >= low && one <= high ? truth | truthOf(holds(one)) : truth), 0);
      },
    );
  }

  private among(column: number, values: readonly string[]): Part {
    const comparisons = values.map((value) => this.comparison(column, value));
    const keys = new Set(comparisons.flatMap(({ literal }) => (literal.beyondKey ? [] : [literal.key])));
    const own = this.orderOf(column);
    return this.ofValue(
      column,
      (cell) => truthOf(own !== undefined && keys.has(own.key(cell))),
      (statistics) => {
        const ranges = comparisons.map(({ order, literal }) =>
          signRange(statistics, order, (key) => Math.sign(compareWithLiteral(key, literal, order.compare))),
        );
        if (ranges.some(([low, high]) => low === 0 && high === 0)) return isTrue;
        return ranges.some(([low, high]) => low <= 0 && high >= 0) ? isTrue | isFalse : isFalse;
      },
    );
  }

  private isNull(column: number): Part {
    const place = this.placeOf(column);
    this.bounded.add(column);
    return {
      test: (cells) => truthOf(cells[place] === null),
      possible(chunk) {
        const nulls = chunk.statistics.get(column)?.nulls;
        if (nulls === undefined) return isTrue | isFalse;
        return (nulls > 0 ? isTrue : 0) | (nulls < chunk.end - chunk.start ? isFalse : 0);
      },
    };
  }

  private like(column: number, pattern: string, ignoreCase: boolean): Part {
    const like = parseLike(ignoreCase ? pattern.toLowerCase() : pattern);
    const { type } = this.column(column);
    const test = (cell: Cell): Truth => {
      const text = String(cell);
      return truthOf(like.matches(ignoreCase ? text.toLowerCase() : text));
    };
    const order = type.kind === 'scalar' && type.family === 'text' && !ignoreCase ? scalarOrder(type.name) : undefined;
    if (!order || like.prefix === '') return this.ofValue(column, test, undefined);
    const { prefix } = like;
    return this.ofValue(column, test, ({ min, max }) => {
      const tooSmall = max !== undefined && order.compare(order.key(max), prefix) < 0;
      const tooGreat = min !== undefined && order.compare(order.key(min), prefix) > 0 && !String(min).startsWith(prefix);
      return tooSmall || tooGreat ? isFalse : isTrue | isFalse;
    });
  }

  private contains(column: number, text: string): Part {
    const wanted = text.toLowerCase();
    return this.ofValue(column, (cell) => truthOf(this.shownText(column, cell).includes(wanted)), undefined);
  }

  /** Null contains nothing, so that `not` of it finds the rows in which the text stands nowhere. */
  private anyContains(text: string): Part {
    const wanted = text.toLowerCase();
    const places = this.columns.map((_, column) => [column, this.placeOf(column)] as const);
    return {
      test: (cells) => truthOf(places.some(([column, place]) => this.shownText(column, cells[place] ?? null).includes(wanted))),
      possible: () => isTrue | isFalse,
    };
  }

  private shownText(column: number, cell: Cell): string {
    const text = cellText(this.column(column).type, cell, Infinity);
    return typeof text === 'string' ? text.toLowerCase() : '';
  }

  /** A test that is unknown for null. `bounds` tells its truth for values between the statistics, where they help. */
  private ofValue(column: number, test: (cell: Cell) => Truth, bounds: ((statistics: ChunkStatistics) => Truth) | undefined): Part {
    const place = this.placeOf(column);
    if (bounds) this.bounded.add(column);
    return {
      test(cells) {
        const cell = cells[place] ?? null;
        return cell === null ? isUnknown : test(cell);
      },
      possible(chunk) {
        const statistics = chunk.statistics.get(column);
        if (!statistics) return anyTruth;
        const { nulls } = statistics;
        const rows = chunk.end - chunk.start;
        if (nulls !== undefined && nulls >= rows) return isUnknown;
        return (bounds ? bounds(statistics) : isTrue | isFalse) | (nulls === 0 ? 0 : isUnknown);
      },
    };
  }

  private comparison(column: number, value: string): { readonly order: ScalarOrder; readonly literal: Literal } {
    const order = this.orderOf(column);
    const literal = parseLiteral(this.column(column).type, value);
    if (!order || !literal) throw new RangeError(`column ${column} cannot be compared with "${value}"`);
    return { order, literal };
  }

  private orderOf(column: number): ScalarOrder | undefined {
    const { type } = this.column(column);
    return type.kind === 'scalar' ? scalarOrder(type.name) : undefined;
  }

  private column(index: number): Column {
    const column = this.columns[index];
    if (!column) throw new RangeError(`there is no column ${index}`);
    return column;
  }

  private placeOf(column: number): number {
    const place = this.places.get(column) ?? this.places.size;
    this.places.set(column, place);
    return place;
  }
}

/** Whether a comparison holds for a value that is smaller than (-1), equal to or greater than (1) the literal. */
const outcomes: Readonly<Record<ComparisonOperator, (sign: number) => boolean>> = {
  '=': (sign) => sign === 0,
  '<>': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

/** How the values of a chunk may stand to a literal, from the least to the greatest of -1, 0 and 1. */
function signRange(
  { min, max }: ChunkStatistics,
  order: ScalarOrder,
  sign: (key: OrderKey) => number,
): readonly [low: number, high: number] {
  const low = min === undefined || min === null ? -1 : sign(order.key(min));
  // Statistics leave NaN out of account, and it is greater than everything.
  const high = order.nan ? sign(NaN) : max === undefined || max === null ? 1 : sign(order.key(max));
  return low <= high ? [low, high] : [-1, 1];
}
