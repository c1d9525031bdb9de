// Finds the references to other sources in a SQL text: `{{name.variant}}`, Featureform's own form, and `<<name.variant>>`,
// its equal here. The rules of the scan are those of Featureform's client (two opening braces, the shortest run of
// characters except a newline, two closing braces); what they let through wrongly is described, not judged.

import type { Span } from '../text/span';

export interface Template {
  readonly open: '{{' | '<<';
  /** With both delimiters. */
  readonly span: Span;
  /** The text between the delimiters, without outer white space. */
  readonly inner: string;
  readonly innerSpan: Span;
  /** The parts between periods, in order, with the spans of their exact text; one empty part for `{{}}`. */
  readonly parts: readonly { readonly text: string; readonly span: Span }[];
}

/** An opening or closing delimiter without its partner, or braces that do not pair up (`{{{a.b}}}`). */
export interface StrayDelimiter {
  readonly kind: 'unclosed' | 'extra';
  readonly span: Span;
}

export interface TemplateScan {
  readonly templates: readonly Template[];
  readonly stray: readonly StrayDelimiter[];
}

/** Between `<<` and `>>` only what is sure to be a name, since Spark 4 shifts bits with them: `1 << 2, 8 >> 1`. */
const CHEVRONS = /<<\s*([\p{L}_][\p{L}\p{N}_.:-]*)\s*>>/uy;

/** All templates of a text, in order. Never fails, and takes time in proportion to the text. Spans are offsets of `sql`. */
export function scanTemplates(sql: string): TemplateScan {
  const templates: Template[] = [];
  const stray: StrayDelimiter[] = [];
  const braces = new BraceScan(sql);
  let from = 0;
  for (let at = nextOpening(sql, 0); at !== undefined; at = nextOpening(sql, at)) {
    const open = sql.startsWith('{{', at) ? '{{' : '<<';
    const found = open === '{{' ? braces.match(at) : matchChevrons(sql, at);
    if (found === undefined) {
      at++;
      continue;
    }
    const { innerSpan, end } = found;
    const inner = sql.slice(innerSpan.start, innerSpan.end);
    stray.push(...strayIn(sql, from, at));
    templates.push({ open, span: { start: at, end }, inner, innerSpan, parts: splitParts(inner, innerSpan.start) });
    from = end;
    if (sql[from] === '}' && open === '{{') {
      stray.push({ kind: 'extra', span: { start: from, end: from + 1 } });
      from++;
    }
    at = from;
  }
  stray.push(...strayIn(sql, from, sql.length));
  return { templates, stray };
}

interface Match {
  readonly innerSpan: Span;
  readonly end: number;
}

function nextOpening(sql: string, from: number): number | undefined {
  for (let at = from; at + 1 < sql.length; at++) {
    const code = sql.charCodeAt(at);
    if ((code === 123 || code === 60) && sql.charCodeAt(at + 1) === code) return at;
  }
  return undefined;
}

/** Words of SQL that are no operand of a shift, though they stand beside a table or a value. */
const wordsOfClauses: ReadonlySet<string> = new Set(
  (
    'all and anti any apply as asc between by case cross desc describe distinct div else except exists explain filter from full having in inner insert ' +
    'group intersect into is join lateral left like limit minus natural not offset on or order outer over overwrite partition refresh right rlike ' +
    'pivot select semi set table tablesample then union unpivot update using values when where with'
  ).split(' '),
);

/** True where a value ends in front of the opening chevrons and one begins behind the closing ones: `1 <<x>> 2` shifts bits. */
function isShift(sql: string, { start, end }: Span): boolean {
  const lineStart = Math.max(sql.lastIndexOf('\n', start - 1) + 1, start - 200);
  const [before] = /(?:[\p{L}\p{N}_]+|[)\]'"`])[^\S\n]*$/u.exec(sql.slice(lineStart, start)) ?? [];
  const [after] = /^[^\S\n]*(?:[\p{L}\p{N}_]+|[(['"`~-])/u.exec(sql.slice(end, end + 200)) ?? [];
  return [before, after].every((text) => text !== undefined && !wordsOfClauses.has(text.trim().toLowerCase()));
}

function matchChevrons(sql: string, at: number): Match | undefined {
  CHEVRONS.lastIndex = at;
  const match = CHEVRONS.exec(sql);
  const name = match?.[1];
  if (match === null || name === undefined) return undefined;
  const start = at + match[0].indexOf(name, 2);
  const end = at + match[0].length;
  return isShift(sql, { start: at, end }) ? undefined : { innerSpan: { start, end: start + name.length }, end };
}

/**
 * Opening braces, white space, the shortest run of anything but a line end, white space, closing braces. What lies ahead is
 * looked for once for all the openings before it.
 */
class BraceScan {
  private close = -1;
  /** Behind the last character before `close` that is not white space. */
  private textEnd = 0;
  private lineEnd = -1;

  constructor(private readonly sql: string) {}

  match(at: number): Match | undefined {
    const { sql } = this;
    let start = at + 2;
    if (this.close < start) this.findClose(start);
    if (this.close === Number.POSITIVE_INFINITY) return undefined;
    while (start < this.close && isSpace(sql.charCodeAt(start))) start++;
    if (start >= this.close) return { innerSpan: { start, end: start }, end: this.close + 2 };
    if (this.lineEnd < start) {
      const next = sql.indexOf('\n', start);
      this.lineEnd = next < 0 ? Number.POSITIVE_INFINITY : next;
    }
    if (this.lineEnd < this.textEnd) return undefined;
    return { innerSpan: { start, end: this.textEnd }, end: this.close + 2 };
  }

  private findClose(from: number): void {
    const close = this.sql.indexOf('}}', from);
    this.close = close < 0 ? Number.POSITIVE_INFINITY : close;
    if (close < 0) return;
    let end = close;
    while (end > from && isSpace(this.sql.charCodeAt(end - 1))) end--;
    this.textEnd = end;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 128 && /\s/u.test(String.fromCharCode(code)));
}

function splitParts(inner: string, start: number): Template['parts'] {
  const parts: { text: string; span: Span }[] = [];
  let at = start;
  for (const text of inner.split('.')) {
    parts.push({ text, span: { start: at, end: at + text.length } });
    at += text.length + 1;
  }
  return parts;
}

function strayIn(sql: string, start: number, end: number): StrayDelimiter[] {
  const found: StrayDelimiter[] = [];
  for (const match of sql.slice(start, end).matchAll(/\{\{+|\}\}+/g)) {
    const at = start + match.index;
    found.push({ kind: match[0].startsWith('{') ? 'unclosed' : 'extra', span: { start: at, end: at + match[0].length } });
  }
  return found;
}
