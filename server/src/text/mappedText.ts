// Text that was written somewhere else: the value of a Python string expression, every character of which knows the
// character of the file that wrote it. Parts that only the run time knows stand in it as one placeholder character each.

import { encloses, type Location, type Span } from './span';

/** Stands for one part that cannot be known without running the program (U+FFFC, the object replacement character). */
export const SYMBOL = '\uFFFC';

/**
 * A run of the value and where it was written. `exact` runs were copied character by character, so offsets inside
 * them translate one to one; the others (an escape, a symbol) translate only as a whole.
 */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  readonly source: Span;
  readonly exact: boolean;
  /** The normalised expression of a symbolic part; two equal keys stand for equal values. */
  readonly symbol?: string;
}

export class MappedText {
  /** `segments` are in order, touch each other, and together cover `value`. */
  constructor(
    readonly value: string,
    readonly segments: readonly Segment[],
    /** The expression that the whole text belongs to. Parts written elsewhere (a constant) are not marked where it can be helped. */
    readonly home?: Location,
  ) {}

  static readonly empty = new MappedText('', []);

  /** Text that stands in the file exactly as in the value. */
  static verbatim(value: string, uri: string, sourceStart: number): MappedText {
    if (value === '') return MappedText.empty;
    return new MappedText(value, [
      { start: 0, end: value.length, uri, source: { start: sourceStart, end: sourceStart + value.length }, exact: true },
    ]);
  }

  /** Text whose whole stands for the whole of a source range, such as an escape sequence. */
  static atomic(value: string, uri: string, source: Span): MappedText {
    if (value === '') return MappedText.empty;
    return new MappedText(value, [{ start: 0, end: value.length, uri, source, exact: false }]);
  }

  /** One part whose value only the run time knows; `key` is its normalised expression. */
  static symbol(key: string, uri: string, source: Span): MappedText {
    return new MappedText(SYMBOL, [{ start: 0, end: 1, uri, source, exact: false, symbol: key }]);
  }

  static concat(parts: readonly MappedText[]): MappedText {
    const kept = parts.filter((part) => part.value !== '');
    if (kept.length === 0) return MappedText.empty;
    if (kept.length === 1 && kept[0] !== undefined) return kept[0];
    const segments: Segment[] = [];
    let at = 0;
    for (const part of kept) {
      for (const segment of part.segments) segments.push({ ...segment, start: segment.start + at, end: segment.end + at });
      at += part.value.length;
    }
    return new MappedText(kept.map((part) => part.value).join(''), segments);
  }

  /** The same text, belonging to an expression: diagnostics on parts of it prefer places inside that. */
  at(home: Location): MappedText {
    return new MappedText(this.value, this.segments, home);
  }

  get isConstant(): boolean {
    return !this.segments.some((segment) => segment.symbol !== undefined);
  }

  /** Equal for two texts exactly when their values are sure to be equal: symbols are spelled out as `${key}`. */
  get key(): string {
    if (this.isConstant) return this.value;
    return this.segments
      .map((segment) => (segment.symbol === undefined ? this.value.slice(segment.start, segment.end) : `\${${segment.symbol}}`))
      .join('');
  }

  slice(start: number, end: number = this.value.length): MappedText {
    const from = Math.max(0, start);
    const to = Math.min(this.value.length, end);
    if (from >= to) return MappedText.empty;
    if (from === 0 && to === this.value.length) return this;
    const span = { start: from, end: to };
    const segments: Segment[] = [];
    for (let i = this.segmentAt(from); i < this.segments.length; i++) {
      const segment = this.segments[i];
      if (segment === undefined || segment.start >= to) break;
      segments.push(cut(segment, span, 0));
    }
    return new MappedText(this.value.slice(from, to), segments, this.home);
  }

  /** The parts of the text in `spans`, joined. */
  keep(spans: readonly Span[]): MappedText {
    return MappedText.concat(spans.map((span) => this.slice(span.start, span.end)));
  }

  /** The same text with every segment replaced by what `change` makes of it. */
  map(change: (part: MappedText, segment: Segment) => MappedText): MappedText {
    return MappedText.concat(
      this.segments.map((segment) => {
        const { start, end } = segment;
        return change(new MappedText(this.value.slice(start, end), [{ ...segment, start: 0, end: end - start }]), segment);
      }),
    );
  }

  /** The source ranges that wrote `span` of the value, in the order of the value, adjacent ones of one document merged. */
  sourceRanges(span: Span): readonly Location[] {
    const ranges: Location[] = [];
    for (const segment of this.slice(span.start, span.end).segments) {
      const last = ranges.at(-1);
      if (last?.uri === segment.uri && last.span.end === segment.source.start) {
        ranges[ranges.length - 1] = { uri: last.uri, span: { start: last.span.start, end: segment.source.end } };
      } else if (last?.uri === segment.uri && last.span.start === segment.source.start && last.span.end === segment.source.end) {
        continue;
      } else {
        ranges.push({ uri: segment.uri, span: segment.source });
      }
    }
    return ranges;
  }

  /** The one range that wrote all of `span`; undefined where it was put together from several. */
  soleRange(span: Span): Location | undefined {
    const [range, ...more] = this.sourceRanges(span);
    return more.length === 0 ? range : undefined;
  }

  /**
   * The one range that a diagnostic on `span` should mark: from the first to the last character in the document that
   * wrote its beginning, of those inside `home` where there are any. An empty span maps to the place between its
   * neighbours. Undefined only for an empty value.
   */
  sourceLocation(span: Span): Location | undefined {
    if (span.start >= span.end) return this.sourcePoint(span.start);
    const { home, segments } = this;
    const [only] = segments;
    // Most texts are one literal.
    if (segments.length === 1 && only?.exact === true && span.start >= 0 && span.end <= only.end) {
      return { uri: only.uri, span: { start: only.source.start + span.start, end: only.source.start + span.end } };
    }
    const all = this.sourceRanges(span);
    const inside = home === undefined ? all : all.filter((range) => range.uri === home.uri && encloses(home.span, range.span));
    const ranges = inside.length > 0 ? inside : all;
    const first = ranges[0];
    if (first === undefined) return this.sourcePoint(span.start);
    let { start, end } = first.span;
    for (const range of ranges) {
      if (range.uri !== first.uri) continue;
      start = Math.min(start, range.span.start);
      end = Math.max(end, range.span.end);
    }
    return { uri: first.uri, span: { start, end } };
  }

  /** The offset in the value of a source offset, if that character (or the place directly behind one) was written there. */
  valueOffset(uri: string, sourceOffset: number): number | undefined {
    let behind: number | undefined;
    for (const segment of this.segments) {
      if (segment.uri !== uri) continue;
      const { start, end } = segment.source;
      if (sourceOffset >= start && sourceOffset < end) return segment.exact ? segment.start + (sourceOffset - start) : segment.start;
      if (sourceOffset === end) behind = segment.end;
    }
    return behind;
  }

  /** The index of the segment that holds the character at `offset`. */
  private segmentAt(offset: number): number {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.segments[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private sourcePoint(offset: number): Location | undefined {
    for (const segment of this.segments) {
      if (offset < segment.start || offset > segment.end) continue;
      if (offset === segment.end && segment !== this.segments.at(-1)) continue;
      const at = segment.exact
        ? segment.source.start + (offset - segment.start)
        : offset === segment.end
          ? segment.source.end
          : segment.source.start;
      return { uri: segment.uri, span: { start: at, end: at } };
    }
    return undefined;
  }
}

/** The part of `segment` inside `span`, placed so that the span begins at `offset`. */
function cut(segment: Segment, span: Span, offset: number): Segment {
  const start = Math.max(segment.start, span.start);
  const end = Math.min(segment.end, span.end);
  const source = segment.exact
    ? { start: segment.source.start + (start - segment.start), end: segment.source.start + (end - segment.start) }
    : segment.source;
  return { ...segment, start: start - span.start + offset, end: end - span.start + offset, source };
}
