// The colours of the SQL in a document. Of Python nothing is said: that is for others.

import type { SemanticTokens, SemanticTokensDelta, SemanticTokensEdit, SemanticTokensLegend } from 'vscode-languageserver-types';
import type { MappedText } from '../text/mappedText';
import { overlaps, type Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { type SqlToken, tokenModifiers, tokenTypes } from './sqlTokens';
import { sqlTextsIn } from './sqlTexts';

export const semanticTokensLegend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };

/** Five numbers a token, as the protocol has them; of the whole document, or of a part of it. `tokensOf` gives those of a query. */
export function semanticTokens(
  file: FileSnapshot,
  tokensOf: (sql: string) => readonly SqlToken[],
  range: Span = { start: 0, end: file.text.length },
): number[] {
  const placed: SqlToken[] = [];
  for (const text of sqlTextsIn(file)) {
    if (!text.segments.some(({ uri, source }) => uri === file.uri && overlaps(source, range))) continue;
    for (const token of tokensOf(text.value)) {
      for (const span of writtenParts(file, text, token.span)) if (overlaps(span, range)) placed.push({ ...token, span });
    }
  }
  return encode(file, placed);
}

/** Where the characters of a part of a query stand in the document, but for those that the run time alone knows. */
function writtenParts(file: FileSnapshot, text: MappedText, span: Span): readonly Span[] {
  const parts: { start: number; end: number }[] = [];
  for (const { uri, source, symbol } of text.slice(span.start, span.end).segments) {
    if (uri !== file.uri || symbol !== undefined) continue;
    const last = parts.at(-1);
    if (last?.end === source.start) last.end = source.end;
    else parts.push({ ...source });
  }
  return parts.flatMap((part) => linesOf(file, part));
}

/** No token reaches over the end of a line. */
function linesOf({ lines }: FileSnapshot, { start, end }: Span): readonly Span[] {
  const first = lines.positionAt(start).line;
  const last = lines.positionAt(end).line;
  const parts: Span[] = [];
  for (let line = first; line <= last; line++) {
    const part = { start: Math.max(start, lines.lineStart(line)), end: Math.min(end, lines.lineEnd(line)) };
    if (part.end > part.start) parts.push(part);
  }
  return parts;
}

function encode({ lines }: FileSnapshot, placed: readonly SqlToken[]): number[] {
  const data: number[] = [];
  let end = 0;
  let before = { line: 0, character: 0 };
  for (const { span, type, modifier } of [...placed].sort((a, b) => a.span.start - b.span.start)) {
    // What several queries read stands there once.
    if (span.start < end) continue;
    const { line, character } = lines.positionAt(span.start);
    const right = line === before.line ? character - before.character : character;
    const bits = modifier === undefined ? 0 : 1 << tokenModifiers.indexOf(modifier);
    data.push(line - before.line, right, span.end - span.start, tokenTypes.indexOf(type), bits);
    before = { line, character };
    end = span.end;
  }
  return data;
}

/** Of as many documents the answers are remembered, to tell next time only what has changed. */
const MOST_DOCUMENTS = 50;

export class SentTokens {
  /** The one that was asked for last is the last. */
  private readonly sent = new Map<string, { readonly resultId: string; readonly data: readonly number[] }>();
  private count = 0;

  remember(uri: string, data: number[]): SemanticTokens {
    this.sent.delete(uri);
    const resultId = String(++this.count);
    this.sent.set(uri, { resultId, data });
    const [oldest] = this.sent.keys();
    if (this.sent.size > MOST_DOCUMENTS && oldest !== undefined) this.sent.delete(oldest);
    return { resultId, data };
  }

  /** What has changed since an answer; the whole where that is not remembered. */
  since(uri: string, previous: string, data: number[]): SemanticTokens | SemanticTokensDelta {
    const known = this.sent.get(uri);
    const { resultId } = this.remember(uri, data);
    if (known?.resultId !== previous || resultId === undefined) return { data, ...(resultId !== undefined && { resultId }) };
    return { resultId, edits: editsBetween(known.data, data) };
  }
}

/** At most one edit, of whole tokens: what is alike at both ends stays. */
function editsBetween(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  start -= start % 5;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  same -= same % 5;
  const deleteCount = before.length - same - start;
  const inserted = after.slice(start, after.length - same);
  return deleteCount === 0 && inserted.length === 0 ? [] : [{ start, deleteCount, ...(inserted.length > 0 && { data: inserted }) }];
}
