// Finds the parts of a SQL text that are not code: string literals and comments. Nothing else of SQL is understood here.

import type { Span } from '../text/span';

export interface SqlLiteral {
  /** A `/*+ hint *\/` is code and not listed. */
  readonly kind: 'string' | 'comment';
  /** With its quotes or delimiters. */
  readonly span: Span;
}

export interface LiteralOptions {
  /** What double quotes hold: text in Spark, a name in most other dialects. */
  readonly doubleQuoted: 'string' | 'name';
}

/** The closed literals and comments of a text, in order. What is never closed is not listed, since where it ends is a guess. */
export function scanLiterals(sql: string, { doubleQuoted }: LiteralOptions): readonly SqlLiteral[] {
  const found: SqlLiteral[] = [];
  const opening = /['"`]|--|\/\*/g;
  for (let match = opening.exec(sql); match !== null; match = opening.exec(sql)) {
    const { index } = match;
    const end = endOfToken(sql, index);
    if (end === undefined) break;
    const kind = kindOfToken(sql, index, doubleQuoted);
    if (kind !== undefined) found.push({ kind, span: { start: index, end } });
    opening.lastIndex = end;
  }
  return found;
}

function kindOfToken(sql: string, at: number, doubleQuoted: LiteralOptions['doubleQuoted']): SqlLiteral['kind'] | undefined {
  const character = sql[at];
  if (character === "'" || (character === '"' && doubleQuoted === 'string')) return 'string';
  if (sql.startsWith('--', at)) return 'comment';
  if (sql.startsWith('/*', at) && sql[at + 2] !== '+') return 'comment';
  return undefined;
}

/** Where the quoted text or comment at `at` ends; undefined when it is never closed. */
function endOfToken(sql: string, at: number): number | undefined {
  const character = sql[at];
  if (character === "'" || character === '"' || character === '`') return endOfQuoted(sql, at, character);
  if (sql.startsWith('--', at)) {
    const lineEnd = sql.indexOf('\n', at);
    return lineEnd < 0 ? sql.length : lineEnd;
  }
  return endOfBlockComment(sql, at);
}

function endOfQuoted(sql: string, at: number, quote: string): number | undefined {
  const escapes = quote !== '`' && !/(?<![\p{L}\p{N}_])[rR]$/u.test(sql.slice(Math.max(0, at - 2), at));
  for (let i = at + 1; i < sql.length; i++) {
    if (sql[i] === '\\' && escapes) i++;
    else if (sql[i] === quote && sql[i + 1] === quote) i++;
    else if (sql[i] === quote) return i + 1;
  }
  return undefined;
}

/** Block comments nest in Spark. */
function endOfBlockComment(sql: string, at: number): number | undefined {
  let depth = 0;
  for (const { 0: delimiter, index } of sql.slice(at).matchAll(/\/\*|\*\//g)) {
    depth += delimiter === '/*' ? 1 : -1;
    if (depth === 0) return at + index + 2;
  }
  return undefined;
}
