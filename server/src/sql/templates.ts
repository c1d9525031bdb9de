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
const PATTERN = /\{\{\s*(.*?)\s*\}\}|<<\s*([\p{L}_][\p{L}\p{N}_.:-]*)\s*>>/gu;

/** All templates of a text, in order. Never fails. Spans are offsets of `sql`. */
export function scanTemplates(sql: string): TemplateScan {
  const templates: Template[] = [];
  const stray: StrayDelimiter[] = [];
  let from = 0;
  for (const match of sql.matchAll(PATTERN)) {
    const open = match[0].startsWith('{{') ? '{{' : '<<';
    const inner = match[1] ?? match[2] ?? '';
    const innerStart = match.index + 2 + leadingSpace(match[0].slice(2));
    stray.push(...strayIn(sql, from, match.index));
    templates.push({
      open,
      span: { start: match.index, end: match.index + match[0].length },
      inner,
      innerSpan: { start: innerStart, end: innerStart + inner.length },
      parts: splitParts(inner, innerStart),
    });
    from = match.index + match[0].length;
    if (sql[from] === '}' && open === '{{') {
      const end = from + 1;
      stray.push({ kind: 'extra', span: { start: from, end } });
      from = end;
    }
  }
  stray.push(...strayIn(sql, from, sql.length));
  return { templates, stray };
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length;
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
