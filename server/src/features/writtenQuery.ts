// How a query is written in a document: as a file, in one literal, or in several side by side; and how to write another layout of it
// in the same form.

import type { Expression, FormattedString, Statement, StringLiteral } from '../python/ast';
import { decodeText, formOf } from '../python/strings';
import { expressionsOf, partsOf } from '../python/walk';
import type { PrintedLine } from '../sql/format/printer';
import { tokenize } from '../sql/lexer';
import { MappedText, type Segment } from '../text/mappedText';
import { encloses, overlaps, type Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { statementAt } from './pythonPath';

export interface WrittenQuery {
  /** As the document has it: what is filled in is a symbol, whatever is known of it. */
  readonly query: MappedText;
  /** What is written anew. */
  readonly span: Span;
  /** A form that takes one line only, or one that has taken one so far. */
  readonly oneLine: 'always' | 'if it fits' | 'never';
  /** What stands on each line besides the query, in characters. */
  readonly indentation: number;
  /** The same where the query takes one line only. */
  readonly column: number;
  /** What the document has for a part of the query. */
  readonly written: (span: Span) => string;
  /** The text in place of `span`; undefined where the form cannot hold the lines. */
  readonly write: (lines: readonly PrintedLine[]) => string | undefined;
}

type Literal = StringLiteral | FormattedString;

const STEP = 4;

/** Undefined where the query is put together in any other way: then only the run time knows all of it, or several own a part. */
export function writtenQuery(file: FileSnapshot, query: MappedText): WrittenQuery | undefined {
  const literals = literalsOf(file, query);
  const [first] = literals;
  if (first === undefined || first.prefix.includes('b')) return undefined;
  const own = isWithin(file, query, literals) ? query : textOfLiterals(file, literals);
  if (literals.length > 1) return inLiterals(file, own, literals);
  return holdsNothingElse(file, own, [first], leadOf(file, first).length) ? inLiteral(file, own, first) : undefined;
}

/** The whole of a file of SQL. */
export function writtenInFile(text: string, query: MappedText): WrittenQuery {
  const lineEnd = lineEndOf(text, 0);
  return {
    query,
    span: { start: 0, end: text.length },
    oneLine: 'never',
    indentation: 0,
    column: 0,
    written: (span) => slice(text, query, span),
    write: (lines) => lines.map((line) => textOf(line) + lineEnd).join(''),
  };
}

function inLiteral(file: FileSnapshot, query: MappedText, literal: Literal): WrittenQuery {
  const { content, quote } = literal;
  const isTriple = quote.length === 3;
  const written = file.text.slice(content.start, content.end);
  const isSpread = isTriple && /\n/.test(written);
  const margin = /^[ \t]*/.exec(lineBefore(file.text, literal.span.start))?.[0] ?? '';
  const lineEnd = lineEndOf(file.text, literal.span.start);
  const lead = leadOf(file, literal);
  // As the lines around it are indented.
  const base = margin + (margin.endsWith('\t') ? '\t' : ' '.repeat(STEP));
  return {
    query,
    span: content,
    oneLine: isSpread ? 'never' : isTriple ? 'if it fits' : 'always',
    indentation: base.length,
    column: content.start - lineStart(file.text, content.start) + quote.length,
    written: (span) => slice(file.text, query, span),
    write: (lines) => {
      if (!isSpread && lines.length === 1) return endsOpen(lines, quote) ? undefined : lines[0]?.written;
      if (!isTriple) return undefined;
      const closesOwnLine = !isSpread || /\n[ \t]*$/.test(written) || endsOpen(lines, quote);
      const text = lines.map((line) => lineEnd + (line.written === '' ? '' : base + textOf(line))).join('');
      return lead + text + (closesOwnLine ? lineEnd + margin : '');
    },
  };
}

/** A quotation mark at the end of the query would become a part of the closing ones. */
function endsOpen(lines: readonly PrintedLine[], quote: string): boolean {
  return lines.at(-1)?.written.endsWith(quote[0] ?? '') === true;
}

/** Literals one below the other: a line of the query each, with what separated them at its end. */
function inLiterals(file: FileSnapshot, query: MappedText, literals: readonly Literal[]): WrittenQuery | undefined {
  const [first] = literals;
  const last = literals.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { quote } = first;
  const opening = file.text.slice(first.span.start, first.content.start);
  for (const [index, literal] of literals.entries()) {
    if (file.text.slice(literal.span.start, literal.content.start) !== opening || quote.length === 3) return undefined;
    const next = literals[index + 1];
    if (next !== undefined && !/^[ \t]*\r?\n\s*$/.test(file.text.slice(literal.span.end, next.span.start))) return undefined;
  }
  const contents = literals.slice(0, -1).map(({ content }) => file.text.slice(content.start, content.end));
  const separator = contents.every((content) => content.endsWith('\\n')) ? '\\n' : ' ';
  if (!holdsNothingElse(file, query, literals, 0, separator)) return undefined;
  const margin = lineBefore(file.text, first.span.start).replaceAll(/[^\t]/g, ' ');
  return {
    query,
    span: { start: first.span.start, end: last.span.end },
    oneLine: 'never',
    indentation: margin.length + opening.length + quote.length + separator.length,
    column: 0,
    written: (span) => slice(file.text, query, span),
    write: (lines) => {
      const texts = lines.filter(({ written }) => written !== '').map(textOf);
      if (separator === ' ' && tokenize(query.value).comments.some(({ kind }) => kind === 'line')) return undefined;
      if (texts.some((text) => text.includes('\n'))) return undefined;
      return texts
        .map((text, index) => opening + text + (index < texts.length - 1 ? separator : '') + quote)
        .join(lineEndOf(file.text, first.span.start) + margin);
    },
  };
}

/** A backslash at the end of the first line keeps the line end out of the query. */
function leadOf(file: FileSnapshot, { content }: Literal): string {
  return /^\\(?=\r?\n)/.exec(file.text.slice(content.start, content.start + 3))?.[0] ?? '';
}

/** Whether the literals hold tokens, comments and white space, and each token stands in one of them. */
function holdsNothingElse(file: FileSnapshot, query: MappedText, literals: readonly Literal[], lead: number, separator = ' '): boolean {
  const { tokens, comments } = tokenize(query.value);
  const parts = [...tokens.filter(({ kind }) => kind !== 'end'), ...comments].sort((a, b) => a.span.start - b.span.start);
  const blank = separator === ' ' ? /^\s*$/ : /^(?:\s|\\n)*$/;
  let at = (literals[0]?.content.start ?? 0) + lead;
  const end = literals.at(-1)?.content.end ?? at;
  const isBlank = (until: number): boolean => {
    const between = literals.map(({ content }) => file.text.slice(Math.max(at, content.start), Math.max(at, Math.min(until, content.end))));
    return between.every((text) => blank.test(text));
  };
  for (const { span } of parts) {
    const place = placeOf(query, span);
    if (place === undefined || place.start < at || !isBlank(place.start)) return false;
    if (!literals.some(({ content }) => encloses(content, place))) return false;
    at = place.end;
  }
  return isBlank(end);
}

function placeOf(query: MappedText, { start, end }: Span): Span | undefined {
  const first = query.sourceRanges({ start, end: start + 1 })[0];
  const last = query.sourceRanges({ start: end - 1, end }).at(-1);
  return first === undefined || last === undefined ? undefined : { start: first.span.start, end: last.span.end };
}

function slice(text: string, query: MappedText, span: Span): string {
  const place = span.start < span.end ? placeOf(query, span) : undefined;
  return place === undefined ? '' : text.slice(place.start, place.end);
}

/** The literals of one statement that wrote the query, but for what is filled into them. */
function literalsOf(file: FileSnapshot, query: MappedText): readonly Literal[] {
  const seen = new Set<Statement>();
  for (const { uri, source } of query.segments) {
    const statement = uri === file.uri ? statementAt(file.module, source.start) : undefined;
    if (statement === undefined || seen.has(statement)) continue;
    seen.add(statement);
    const all = expressionsOf(statement).flatMap(literalsIn);
    const own = all.filter(({ content }) => query.segments.some((one) => one.uri === file.uri && overlaps(content, one.source)));
    if (own.length > 0 && (isWithin(file, query, own) || isFilledIn(file, query, own))) return own;
  }
  return [];
}

function literalsIn(expression: Expression): readonly Literal[] {
  if (expression.kind === 'string' || expression.kind === 'formattedString') return [expression];
  return partsOf(expression).flatMap(literalsIn);
}

/** Whether every part of the query was written in the literals, in their order. */
function isWithin({ uri }: FileSnapshot, { segments }: MappedText, literals: readonly Literal[]): boolean {
  return segments.every(({ uri: own, source }, index) => {
    const isOwn = own === uri && literals.some(({ content }) => encloses(content, source));
    return isOwn && (index === 0 || (segments[index - 1]?.source.end ?? 0) <= source.start);
  });
}

/** Whether the query is all that the literals hold, with a token, or a part of one, for each part in braces. */
function isFilledIn(file: FileSnapshot, query: MappedText, literals: readonly Literal[]): boolean {
  const isOfText = ({ uri, source }: Segment): boolean =>
    uri === file.uri && literals.some((literal) => textSpans(literal).some((span) => encloses(span, source)));
  const places = (segments: readonly Segment[]): string =>
    segments
      .filter(isOfText)
      .reduce<Span[]>(joined, [])
      .map(({ start, end }) => `${start}-${end}`)
      .join();
  if (!literals.some(({ kind }) => kind === 'formattedString')) return false;
  if (places(query.segments) !== places(textOfLiterals(file, literals).segments)) return false;
  const { tokens } = tokenize(query.value);
  return query.segments.every((segment) => isOfText(segment) || tokens.some(({ span }) => encloses(span, segment)));
}

function joined(spans: Span[], { source }: Segment): Span[] {
  const last = spans.at(-1);
  if (last?.end === source.start) spans[spans.length - 1] = { start: last.start, end: source.end };
  else spans.push(source);
  return spans;
}

function textSpans(literal: Literal): readonly Span[] {
  if (literal.kind === 'string') return [literal.content];
  return literal.parts.flatMap((part) => (part.kind === 'text' ? [part.span] : []));
}

/** The text of literals as they stand, each part in braces a symbol. */
function textOfLiterals({ uri, text }: FileSnapshot, literals: readonly Literal[]): MappedText {
  return MappedText.concat(
    literals.flatMap((literal) => {
      const form = formOf(literal.prefix);
      if (literal.kind === 'string') return [decodeText(literal.content, form, uri, text)];
      return literal.parts.map(({ kind, span }) =>
        kind === 'text' ? decodeText(span, form, uri, text) : MappedText.symbol('', uri, span),
      );
    }),
  );
}

function textOf({ indentation, written }: PrintedLine): string {
  return written === '' ? '' : ' '.repeat(indentation) + written;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineBefore(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset);
}

/** What ends the line of an offset, or the last line that has an end. */
function lineEndOf(text: string, offset: number): string {
  const next = text.indexOf('\n', offset);
  const end = next < 0 ? text.lastIndexOf('\n') : next;
  return text[end - 1] === '\r' ? '\r\n' : '\n';
}
