/** A half-open range of UTF-16 offsets in one text. Everything below `features/` speaks in offsets, never in lines. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span together with the document (by URI) whose text it counts in. */
export interface Location {
  readonly uri: string;
  readonly span: Span;
}

/** True when `offset` lies in the span or directly behind its last character, where a cursor would still belong to it. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** True when `inner` lies wholly within `outer`. */
export function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when the two spans share at least one character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
