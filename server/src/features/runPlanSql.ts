// The SQL text that Spark is given, and how each of its characters leads back to the document that wrote it.

import type { SqlSegment } from '../../../shared/run/plan';
import type { Reference, Resource, SqlText } from '../definitions/resources';
import type { MappedText, Segment } from '../text/mappedText';
import type { Location, Span } from '../text/span';
import type { Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { referenceOfTemplate } from './resourceAt';

/** Featureform replaces every occurrence by the end of the last successful run; on the first run that is the epoch. */
const LAST_RUN = /FF_LAST_RUN_TIMESTAMP/g;
const FIRST_RUN = 'TO_TIMESTAMP(0)';

/** The query with every template replaced by its view; undefined when a view is missing because its source was refused. */
export function submittedSql(
  snapshot: Snapshot,
  resource: Resource,
  sql: SqlText,
  viewOf: (reference: Reference) => string | undefined,
): { readonly sql: string; readonly segments: readonly SqlSegment[] } | undefined {
  const replacements: { readonly span: Span; readonly text: string }[] = [];
  for (const template of sql.scan.templates) {
    const reference = referenceOfTemplate(resource, template);
    const view = reference === undefined ? undefined : viewOf(reference);
    if (view === undefined) return undefined;
    replacements.push({ span: template.span, text: view });
  }
  for (const match of sql.text.value.matchAll(LAST_RUN)) {
    replacements.push({ span: { start: match.index, end: match.index + match[0].length }, text: FIRST_RUN });
  }
  replacements.sort((a, b) => a.span.start - b.span.start);
  const writer = new SegmentWriter(snapshot, { uri: resource.uri, span: sql.span });
  let from = 0;
  for (const { span, text } of replacements) {
    if (span.start < from) continue;
    writer.copy(sql.text.slice(from, span.start));
    writer.replace(text, sql.text.sourceLocation(span));
    from = span.end;
  }
  writer.copy(sql.text.slice(from));
  return { sql: writer.text, segments: writer.segments };
}

class SegmentWriter {
  text = '';
  readonly segments: SqlSegment[] = [];

  constructor(
    private readonly snapshot: Snapshot,
    /** Where text stands whose own document the workspace does not hold. */
    private readonly fallback: Location,
  ) {}

  copy(part: MappedText): void {
    for (const segment of part.segments) this.copySegment(part.value.slice(segment.start, segment.end), segment);
  }

  replace(text: string, written: Location | undefined): void {
    this.push(text, written ?? this.fallback, false);
  }

  private copySegment(value: string, { uri, source, exact }: Segment): void {
    const document = this.snapshot.files.get(uri)?.text;
    // Line ends may be normalised on the way, and a document may be gone: nothing is called exact that is not.
    if (!exact || document?.slice(source.start, source.end) !== value) {
      this.push(value, { uri, span: source }, false);
      return;
    }
    let at = source.start;
    for (const piece of value.split(/(\r\n|\r|\n)/)) {
      const isLineEnd = piece === '\n' || piece === '\r' || piece === '\r\n';
      this.push(piece, { uri, span: { start: at, end: at + piece.length } }, !isLineEnd);
      at += piece.length;
    }
  }

  private push(text: string, location: Location, exact: boolean): void {
    if (text === '') return;
    const home = this.snapshot.files.has(location.uri) ? location : this.fallback;
    const lines = this.snapshot.files.get(home.uri)?.lines;
    const start = this.text.length;
    this.text += text;
    if (lines === undefined) return;
    this.segments.push({
      start,
      end: this.text.length,
      uri: home.uri,
      range: rangeOf(lines, home.span),
      exact: exact && home === location,
    });
  }
}
