// A translation of a query's text as a repair of the file that wrote it.

import type { Piece, SqlEdit, Translation } from '../sql/dialects/construct';
import type { MappedText } from '../text/mappedText';
import type { Location, Span } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { Fix, RuleContext, TextEdit } from './rule';

/** No fix where a part of the text was put together from several literals, or cannot be written there as it is. */
export function fixesOf({ title, edits, sure }: Translation, text: MappedText, context: RuleContext): readonly Fix[] {
  const made = edits.map((edit) => sourceEdit(edit, text, context));
  const known = made.filter((edit) => edit !== undefined);
  return known.length < made.length ? [] : [{ title, edits: known, preferred: sure }];
}

function sourceEdit({ span, pieces }: SqlEdit, text: MappedText, context: RuleContext): TextEdit | undefined {
  const place = placeOf(span, text);
  const document = place === undefined ? undefined : context.snapshot.files.get(place.uri);
  if (place === undefined || document === undefined || (place.uri !== context.file.uri && !isQueryFile(place.uri))) return undefined;
  let newText = '';
  for (const piece of pieces) {
    const written = typeof piece === 'string' ? piece : sourceOf(piece, span, text, document.text);
    if (written === undefined || (typeof piece === 'string' && NEEDS_ESCAPE.test(piece))) return undefined;
    newText += written;
  }
  return { uri: place.uri, span: place.span, newText };
}

/** What would not stand in every literal as it is. */
const NEEDS_ESCAPE = /["'\\{}\n\r]/;

function placeOf(span: Span, text: MappedText): Location | undefined {
  if (span.start === span.end) return text.sourceLocation(span);
  return text.soleRange(span);
}

/** What moves must stay in its literal: elsewhere it might have to be written in another way. */
function sourceOf(piece: Exclude<Piece, string>, target: Span, text: MappedText, document: string): string | undefined {
  const hull = { start: Math.min(piece.start, target.start), end: Math.max(piece.end, target.end) };
  if (text.sourceRanges(hull).length !== 1) return undefined;
  const [range] = text.sourceRanges(piece);
  return range === undefined ? '' : document.slice(range.span.start, range.span.end);
}
