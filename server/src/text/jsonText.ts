// JSON whose values know where they stand, for files that are shown to people by place. Problems are values.

import { MappedText } from './mappedText';
import type { Span } from './span';

export type JsonNode =
  | { readonly kind: 'object'; readonly span: Span; readonly members: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly span: Span; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly span: Span }
  | { readonly kind: 'other'; readonly span: Span };

export interface JsonProblem {
  readonly offset: number;
  /** What was expected, as the end of a sentence. */
  readonly message: string;
}

/** No file that people write is nested deeper. */
const MAX_DEPTH = 200;

export function parseJson(text: string): JsonNode | JsonProblem {
  try {
    return new JsonReader(text).read();
  } catch (error) {
    if (error instanceof Flaw) return { offset: error.offset, message: error.message };
    throw error;
  }
}

/** The value of a string node of the text. */
export function stringValueOf(text: string, { span }: JsonNode): string {
  const written = text.slice(span.start + 1, span.end - 1);
  return written.includes('\\') ? (JSON.parse(text.slice(span.start, span.end)) as string) : written;
}

/** The same, each character with its place in the text. */
export function mappedStringOf(text: string, uri: string, { span }: JsonNode): MappedText {
  const parts: MappedText[] = [];
  const end = span.end - 1;
  for (let at = span.start + 1; at < end;) {
    const escape = text.indexOf('\\', at);
    const until = escape < 0 || escape > end ? end : escape;
    parts.push(MappedText.verbatim(text.slice(at, until), uri, at));
    if (until === end) break;
    const length = text[escape + 1] === 'u' ? 6 : 2;
    const source = { start: escape, end: escape + length };
    parts.push(MappedText.atomic(JSON.parse(`"${text.slice(source.start, source.end)}"`) as string, uri, source));
    at = source.end;
  }
  return MappedText.concat(parts);
}

class Flaw extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a string does not hold as it is; the upper control characters it may. */
const SPECIAL = /["\\\p{Cc}]/gu;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): JsonNode {
    const node = this.value(0);
    this.skip();
    if (this.at < this.text.length) throw new Flaw(this.at, 'nothing more was expected');
    return node;
  }

  private value(depth: number): JsonNode {
    this.skip();
    if (depth > MAX_DEPTH) throw new Flaw(this.at, 'it is nested too deeply');
    const start = this.at;
    switch (this.text[start]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        this.string();
        return { kind: 'string', span: { start, end: this.at } };
      default:
        SCALAR.lastIndex = start;
        if (!SCALAR.test(this.text)) throw new Flaw(start, 'a value was expected');
        this.at = SCALAR.lastIndex;
        return { kind: 'other', span: { start, end: this.at } };
    }
  }

  private object(depth: number): JsonNode {
    const start = this.at++;
    const members = new Map<string, JsonNode>();
    if (!this.takes('}')) {
      do {
        this.skip();
        const name = this.at;
        this.string();
        const key = stringValueOf(this.text, { kind: 'string', span: { start: name, end: this.at } });
        if (!this.takes(':')) throw new Flaw(this.at, '":" was expected');
        members.set(key, this.value(depth + 1));
      } while (this.takes(','));
      if (!this.takes('}')) throw new Flaw(this.at, '"," or "}" was expected');
    }
    return { kind: 'object', span: { start, end: this.at }, members };
  }

  private array(depth: number): JsonNode {
    const start = this.at++;
    const items: JsonNode[] = [];
    if (!this.takes(']')) {
      do items.push(this.value(depth + 1));
      while (this.takes(','));
      if (!this.takes(']')) throw new Flaw(this.at, '"," or "]" was expected');
    }
    return { kind: 'array', span: { start, end: this.at }, items };
  }

  private string(): void {
    const { text } = this;
    if (text[this.at] !== '"') throw new Flaw(this.at, 'a string in double quotes was expected');
    for (let at = this.at + 1; ;) {
      SPECIAL.lastIndex = at;
      const found = SPECIAL.exec(text)?.index ?? text.length;
      if (text[found] === '"') {
        this.at = found + 1;
        return;
      }
      ESCAPE.lastIndex = found;
      if (text.charCodeAt(found) > 126) at = found + 1;
      else if (ESCAPE.test(text)) at = ESCAPE.lastIndex;
      else throw new Flaw(found, text[found] === '\\' ? 'this is no escape of JSON' : 'the string has no end');
    }
  }

  private takes(character: string): boolean {
    this.skip();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private skip(): void {
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    }
  }
}
