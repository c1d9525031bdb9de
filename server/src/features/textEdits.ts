// Edits of the text that wrote a value: a name may be put together from several literals, and an edit must stay within those
// that wrote it character by character.

import type { MappedText, Segment } from '../text/mappedText';
import { encloses, overlaps, type Location, type Span } from '../text/span';
import type { Snapshot } from '../workspace/snapshot';

/** A replacement in one document; edits of one rename do not overlap. */
export interface SourceEdit extends Location {
  readonly newText: string;
}

/** The edits of each document, in text order. */
export type EditsByUri = ReadonlyMap<string, readonly SourceEdit[]>;

export function editsByUri(edits: readonly SourceEdit[]): EditsByUri {
  const byUri = new Map<string, SourceEdit[]>();
  for (const edit of edits) byUri.set(edit.uri, [...(byUri.get(edit.uri) ?? []), edit]);
  for (const list of byUri.values()) list.sort((a, b) => a.span.start - b.span.start);
  return byUri;
}

/** What has to change so that `text` becomes `newText`; undefined where what wrote it cannot be changed so. */
export function editsOfText(snapshot: Snapshot, text: MappedText, newText: string): readonly SourceEdit[] | undefined {
  const old = text.value;
  const whole = text.segments.length === 1;
  const prefix = whole ? 0 : commonStart(old, newText);
  const suffix = whole ? 0 : commonEnd(old, newText, Math.min(old.length, newText.length) - prefix);
  const middle = { start: prefix, end: old.length - suffix };
  const inserted = newText.slice(prefix, newText.length - suffix);
  const touched = text.segments.filter((segment) => isTouched(segment, middle));
  if (touched.length === 0) return undefined;
  const edits: SourceEdit[] = [];
  for (const [index, segment] of touched.entries()) {
    if (!isVerbatim(snapshot, text, segment)) return undefined;
    const start = segment.source.start + Math.max(0, middle.start - segment.start);
    const end = segment.source.start + Math.min(segment.end, middle.end) - segment.start;
    edits.push({ uri: segment.uri, span: { start, end }, newText: index === 0 ? inserted : '' });
    if (middle.start === middle.end) break;
  }
  return edits;
}

/** The value that a text has after the edits; undefined where an edit does not stay within what was copied. */
export function textAfter(text: MappedText, edits: EditsByUri): string | undefined {
  let value = '';
  for (const segment of text.segments) {
    let at = segment.start;
    for (const edit of editsIn(segment, edits)) {
      if (!segment.exact || !encloses(segment.source, edit.span)) return undefined;
      const from = segment.start + edit.span.start - segment.source.start;
      value += text.value.slice(at, from) + edit.newText;
      at = from + edit.span.end - edit.span.start;
    }
    value += text.value.slice(at, segment.end);
  }
  return value;
}

/** The ranges of the value that the edits write anew. */
export function editedRanges(text: MappedText, edits: EditsByUri): readonly Span[] {
  return text.segments.flatMap((segment) =>
    editsIn(segment, edits).map(({ span }) => {
      if (!segment.exact) return { start: segment.start, end: segment.end };
      const shift = segment.start - segment.source.start;
      return { start: Math.max(segment.start, span.start + shift), end: Math.min(segment.end, span.end + shift) };
    }),
  );
}

/** The text of a document after its edits, which are in text order. */
export function documentAfter(text: string, edits: readonly Omit<SourceEdit, 'uri'>[]): string {
  let result = '';
  let at = 0;
  for (const { span, newText } of edits) {
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

function editsIn({ uri, source }: Segment, edits: EditsByUri): readonly SourceEdit[] {
  const inFile = edits.get(uri) ?? [];
  return inFile.filter(({ span }) => (span.start === span.end ? encloses(source, span) : overlaps(source, span)));
}

/** An insertion between two pieces belongs to the first. */
function isTouched(segment: Segment, { start, end }: Span): boolean {
  return start === end ? segment.start <= start && start <= segment.end : segment.start < end && start < segment.end;
}

function isVerbatim(snapshot: Snapshot, text: MappedText, { exact, uri, source, start, end }: Segment): boolean {
  return exact && snapshot.files.get(uri)?.text.slice(source.start, source.end) === text.value.slice(start, end);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
  return length;
}

function commonEnd(a: string, b: string, limit: number): number {
  let length = 0;
  while (length < limit && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}
