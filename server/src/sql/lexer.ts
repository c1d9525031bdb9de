// Cuts a Spark SQL text into tokens by the rules of Spark's lexer (SqlBaseLexer.g4 of Spark 3.5 and 4.0). Templates are
// tokens of their own. Never fails: an unclosed quotation ends with its line, what is unknown becomes a token of its own.

import { SYMBOL } from '../text/mappedText';
import type { Span } from '../text/span';
import { scanTemplates, type Template, type TemplateScan } from './templates';
import type { Comment, Token, TokenKind, TokenList } from './tokens';

const WORD = new RegExp(`[\\p{L}\\p{M}0-9_${SYMBOL}]+`, 'uy');
const ASCII_WORD = /[A-Za-z0-9_]+/y;
/** With a period; what follows may not continue a word, or else the period separates names. */
const DECIMAL = /(?:\d+\.\d*|\.\d+)(?:e[+-]?\d+)?(?:f|d|bd)?(?![\p{L}0-9_])/iuy;
const WHOLE = /^\d+(?:e\d+)?(?:[lsyfd]|bd)?$/i;
/** The sign makes it longer than any word. */
const SIGNED_EXPONENT = /\d+e[+-]\d+(?:f|d|bd)?/iy;
const SINGLE_BRACES = /\{[^{}'"`\n]*\}(?!\})/y;
const OPERATORS = ['<=>', '<=', '>=', '<>', '!=', '!<', '!>', '==', '||', '|>', '->', '=>', '::', '*/', '/*+'];
const SINGLE = new Set('+-*/%~&|^:;,.()[]=<>!?');

/** The tokens and comments of a text. Takes time in proportion to the text. */
export function tokenize(sql: string, scan: TemplateScan = scanTemplates(sql)): TokenList {
  return new Lexer(sql, scan).run();
}

class Lexer {
  private readonly tokens: Token[] = [];
  private readonly comments: Comment[] = [];
  private readonly templates: readonly Template[];
  private readonly stray: readonly Span[];
  private nextTemplate = 0;
  private nextStray = 0;

  constructor(
    private readonly sql: string,
    { templates, stray }: TemplateScan,
  ) {
    this.templates = templates;
    this.stray = stray.map(({ span }) => span);
  }

  run(): TokenList {
    const { sql } = this;
    let at = 0;
    while (at < sql.length) at = this.step(at);
    this.tokens.push({ kind: 'end', span: { start: sql.length, end: sql.length }, key: '' });
    return { tokens: this.tokens, comments: this.comments };
  }

  /** Reads what begins at `at`; gives where it ends. */
  private step(at: number): number {
    const { sql } = this;
    const code = sql.charCodeAt(at);
    if (isSpace(code)) return at + 1;
    const holeEnd = this.template(at) ?? this.singleBraces(at) ?? this.strayDelimiter(at);
    if (holeEnd !== undefined) return holeEnd;
    if (isWordCode(code) || code >= 128) {
      const end = this.number(at, code) ?? this.word(at);
      if (end !== undefined) return end;
    }
    if (code === 46) {
      const end = this.number(at, code);
      if (end !== undefined) return end;
    }
    if (code === 45 && sql.charCodeAt(at + 1) === 45) return this.lineComment(at);
    if (code === 47 && sql.charCodeAt(at + 1) === 42 && sql.charCodeAt(at + 2) !== 43) return this.blockComment(at);
    if (code === 39 || code === 34) return this.quoted(at, at, 'string');
    if (code === 96) return this.quoted(at, at, 'quotedName');
    return this.operator(at);
  }

  private template(at: number): number | undefined {
    let template = this.templates[this.nextTemplate];
    while (template !== undefined && template.span.start < at) template = this.templates[++this.nextTemplate];
    if (template?.span.start !== at) return undefined;
    this.tokens.push({ kind: 'template', span: template.span, key: '', template });
    return template.span.end;
  }

  /** `{name}`, a template with too few braces, stands where one would. */
  private singleBraces(at: number): number | undefined {
    if (this.sql.charCodeAt(at) !== 123) return undefined;
    SINGLE_BRACES.lastIndex = at;
    return SINGLE_BRACES.test(this.sql) ? this.push('template', at, SINGLE_BRACES.lastIndex) : undefined;
  }

  /** Braces without a partner are the business of the templates: the rest of the text is read as if they were not there. */
  private strayDelimiter(at: number): number | undefined {
    if (this.stray.length === 0) return undefined;
    let span = this.stray[this.nextStray];
    while (span !== undefined && span.end <= at) span = this.stray[++this.nextStray];
    const code = this.sql.charCodeAt(at);
    return (span !== undefined && span.start <= at) || code === 123 || code === 125 ? at + 1 : undefined;
  }

  private number(at: number, code: number): number | undefined {
    if (code !== 46 && !isDigit(code)) return undefined;
    const { sql } = this;
    DECIMAL.lastIndex = at;
    if (DECIMAL.test(sql)) return this.push('number', at, DECIMAL.lastIndex);
    SIGNED_EXPONENT.lastIndex = at;
    if (isDigit(code) && SIGNED_EXPONENT.test(sql)) return this.push('number', at, SIGNED_EXPONENT.lastIndex);
    return undefined;
  }

  private word(at: number): number | undefined {
    const { sql } = this;
    ASCII_WORD.lastIndex = at;
    let end = ASCII_WORD.test(sql) ? ASCII_WORD.lastIndex : at;
    if (sql.charCodeAt(end) >= 128) {
      WORD.lastIndex = at;
      if (!WORD.test(sql)) return undefined;
      end = WORD.lastIndex;
    }
    const text = sql.slice(at, end);
    if (isDigit(sql.charCodeAt(at)) && WHOLE.test(text)) return this.push('number', at, end);
    const quote = sql.charCodeAt(end);
    if (end === at + 1 && (text === 'r' || text === 'R') && (quote === 39 || quote === 34)) return this.quoted(at, end, 'string');
    this.tokens.push({ kind: 'word', span: { start: at, end }, key: text.toUpperCase() });
    return end;
  }

  private lineComment(at: number): number {
    const { sql } = this;
    let end = at;
    // A backslash in front of the line end joins the next line to the comment.
    do {
      const lineEnd = sql.indexOf('\n', end + 1);
      end = lineEnd < 0 ? sql.length : lineEnd;
    } while (end < sql.length && sql[end - 1] === '\\');
    this.comments.push({ kind: 'line', span: { start: at, end } });
    return end;
  }

  /** Block comments nest. */
  private blockComment(at: number): number {
    const delimiter = /\/\*(?!\+)|\*\//g;
    delimiter.lastIndex = at;
    let depth = 0;
    for (let match = delimiter.exec(this.sql); match !== null; match = delimiter.exec(this.sql)) {
      depth += match[0] === '*/' ? -1 : 1;
      if (depth > 0) continue;
      this.comments.push({ kind: 'block', span: { start: at, end: delimiter.lastIndex } });
      return delimiter.lastIndex;
    }
    this.comments.push({ kind: 'block', span: { start: at, end: this.sql.length }, unclosed: true });
    return this.sql.length;
  }

  /** `start` is where the token begins, `at` its opening quotation mark: a prefix makes the text raw. */
  private quoted(start: number, at: number, kind: 'string' | 'quotedName'): number {
    const { sql } = this;
    const quote = sql.charCodeAt(at);
    const raw = start < at;
    const escapes = kind === 'string' && !raw;
    for (let i = at + 1; i < sql.length; i++) {
      const code = sql.charCodeAt(i);
      if (code === 92 && escapes) i++;
      else if (code !== quote) continue;
      else if (!raw && sql.charCodeAt(i + 1) === quote) i++;
      else return this.push(kind, start, i + 1);
    }
    const lineEnd = sql.indexOf('\n', at);
    const end = lineEnd < 0 ? sql.length : lineEnd;
    this.tokens.push({ kind, span: { start, end }, key: '', unclosed: true });
    return end;
  }

  private operator(at: number): number {
    const { sql } = this;
    const long = OPERATORS.find((operator) => sql.startsWith(operator, at));
    const text = long ?? String.fromCodePoint(sql.codePointAt(at) ?? 0);
    const end = at + text.length;
    const known = long !== undefined || SINGLE.has(text);
    this.tokens.push({ kind: known ? 'operator' : 'unknown', span: { start: at, end }, key: known ? text : '' });
    return end;
  }

  private push(kind: TokenKind, start: number, end: number): number {
    this.tokens.push({ kind, span: { start, end }, key: '' });
    return end;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 128 && /\s/u.test(String.fromCharCode(code)));
}
