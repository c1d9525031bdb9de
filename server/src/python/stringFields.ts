// The replacement fields of a formatted string, found without parsing.

import { stringEnd } from './stringScan';
import type { Span } from '../text/span';

/** The expressions in the fields of a string token, those of nested format specifiers included; a field without an end is empty. */
export function fieldsOf(text: string, token: Span): readonly Span[] {
  const opening = /^([a-z]*)("""|'''|"|')/iu.exec(text.slice(token.start, token.start + 6));
  const prefix = opening?.[1] ?? '';
  if (opening === null || !/[ft]/iu.test(prefix)) return [];
  const scan = new FieldScan(text, Math.max(token.start + opening[0].length, token.end - (opening[2]?.length ?? 1)), /r/iu.test(prefix));
  scan.literal(token.start + opening[0].length);
  return scan.found;
}

class FieldScan {
  readonly found: Span[] = [];

  constructor(
    private readonly text: string,
    private readonly end: number,
    private readonly raw: boolean,
  ) {}

  literal(start: number): void {
    const { text } = this;
    for (let at = start; at < this.end;) {
      const char = text[at];
      if (char === '\\' && !this.raw) at = this.behindEscape(at);
      else if (char !== '{') at++;
      else at = text[at + 1] === '{' ? at + 2 : this.field(at);
    }
  }

  /** The offset behind the field whose brace is at `at`; the end of the string where it does not close. */
  private field(at: number): number {
    const { text } = this;
    let depth = 0;
    let expressionEnd: number | undefined;
    for (let i = at + 1; i < this.end; i++) {
      const char = text[i] ?? '';
      if (expressionEnd !== undefined && char === '{') i = this.field(i) - 1;
      else if (char === '}' && depth === 0) {
        this.add(at + 1, expressionEnd ?? i);
        return i + 1;
      } else if (expressionEnd !== undefined) continue;
      else if (char === '(' || char === '[' || char === '{') depth++;
      else if (char === ')' || char === ']' || char === '}') depth--;
      else if (char === '"' || char === "'") i = (stringEnd(text, i) ?? this.end) - 1;
      else if (depth === 0 && (char === ':' || (char === '!' && text[i + 1] !== '='))) expressionEnd = i;
    }
    this.found.push({ start: at, end: at });
    return this.end;
  }

  private add(start: number, end: number): void {
    const written = this.text.slice(start, end);
    const debug = /[^=!<>]=\s*$/u.exec(written);
    this.found.push({ start, end: debug === null ? end : start + debug.index + 1 });
  }

  private behindEscape(at: number): number {
    const next = this.text[at + 1];
    if (next === 'N' && this.text[at + 2] === '{') {
      const close = this.text.indexOf('}', at);
      return close < 0 ? this.end : close + 1;
    }
    return next === '{' ? at + 1 : at + 2;
  }
}
