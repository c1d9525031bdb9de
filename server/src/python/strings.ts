// String literals -> text whose every character knows the character of the file that wrote it.

import { MappedText } from '../text/mappedText';
import type { Span } from '../text/span';
import { characterNames } from './characterNames';

export interface LiteralForm {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** Doubled braces stand for one. */
  readonly formatted: boolean;
}

export function formOf(prefix: string): LiteralForm {
  return { raw: prefix.includes('r'), bytes: prefix.includes('b'), formatted: prefix.includes('f') || prefix.includes('t') };
}

/** What Python makes of the characters `span` of a string token. */
export function decodeText(span: Span, form: LiteralForm, uri: string, text: string): MappedText {
  const written = text.slice(span.start, span.end);
  if (!(form.formatted ? /[\\\r{}]/u : /[\\\r]/u).test(written)) return MappedText.verbatim(written, uri, span.start);
  const parts: MappedText[] = [];
  let copied = span.start;
  let at = span.start;
  const replace = (end: number, part: MappedText): void => {
    if (copied < at) parts.push(MappedText.verbatim(text.slice(copied, at), uri, copied));
    parts.push(part);
    at = end;
    copied = end;
  };
  while (at < span.end) {
    const char = text[at];
    if (char === '\\' && !form.raw) {
      const escape = readEscape(text, at, span.end, form.bytes);
      if (escape === undefined) at = Math.min(at + 2, span.end);
      else {
        const source = { start: at, end: escape.end };
        replace(escape.end, escape.symbolic ? MappedText.symbol(escape.value, uri, source) : MappedText.atomic(escape.value, uri, source));
      }
    } else if (char === '\\' && form.raw) {
      // A raw string keeps the backslash and what follows, but a line end behind it is still one character.
      at++;
    } else if (char === '\r') {
      // Python reads every kind of line end as "\n" before it looks at the text.
      const end = text[at + 1] === '\n' && at + 1 < span.end ? at + 2 : at + 1;
      replace(end, MappedText.atomic('\n', uri, { start: at, end }));
    } else if (form.formatted && (char === '{' || char === '}') && text[at + 1] === char && at + 1 < span.end) {
      replace(at + 2, MappedText.atomic(char, uri, { start: at, end: at + 2 }));
    } else at++;
  }
  if (copied < span.end) parts.push(MappedText.verbatim(text.slice(copied, span.end), uri, copied));
  return MappedText.concat(parts);
}

interface Escape {
  readonly value: string;
  readonly end: number;
  readonly symbolic?: boolean;
}

const simple: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const hexDigits: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** The escape sequence whose backslash is at `at`; undefined for a backslash that Python keeps. */
function readEscape(text: string, at: number, end: number, bytes: boolean): Escape | undefined {
  const char = at + 1 < end ? text[at + 1] : undefined;
  if (char === undefined) return undefined;
  const single = simple.get(char);
  if (single !== undefined) return { value: single, end: at + 2 };
  if (char === '\n') return { value: '', end: at + 2 };
  if (char === '\r') return { value: '', end: text[at + 2] === '\n' ? at + 3 : at + 2 };
  const octal = /^[0-7]{1,3}/u.exec(text.slice(at + 1, Math.min(at + 4, end)));
  if (octal !== null) return { value: String.fromCharCode(parseInt(octal[0], 8)), end: at + 1 + octal[0].length };
  const digits = hexDigits.get(char);
  if (digits !== undefined && (char === 'x' || !bytes)) {
    const code = text.slice(at + 2, Math.min(at + 2 + digits, end));
    if (code.length < digits || !/^[0-9a-f]+$/iu.test(code)) return undefined;
    const point = parseInt(code, 16);
    return point > 0x10ffff ? undefined : { value: String.fromCodePoint(point), end: at + 2 + digits };
  }
  if (char === 'N' && !bytes && text[at + 2] === '{') {
    const close = text.indexOf('}', at + 3);
    if (close < 0 || close >= end) return undefined;
    const name = text.slice(at + 3, close).toUpperCase();
    const value = characterNames.get(name);
    return value === undefined ? { value: `\\N{${name}}`, end: close + 1, symbolic: true } : { value, end: close + 1 };
  }
  return undefined;
}
