// What is wrong with the form of the templates of a SQL text, whatever they name. Two rules need to know: the one that says so,
// and those that must not draw conclusions from a template that is malformed.

import type { SqlText } from '../definitions/resources';
import { scanLiterals } from '../sql/literals';
import type { Template } from '../sql/templates';
import { type MappedText, SYMBOL } from '../text/mappedText';
import { overlaps, type Span } from '../text/span';
import type { Era } from '../workspace/snapshot';

export interface TemplateFlaw {
  /** In the SQL text. */
  readonly span: Span;
  readonly message: string;
  /** What the SQL text should hold in place of `replaced`, where that is sure. */
  readonly repair?: { readonly span: Span; readonly text: string };
}

/** Everything wrong with the form of the templates and braces of a text, in text order. */
export function findTemplateFlaws(sql: SqlText, era: Era): readonly TemplateFlaw[] {
  const { value } = sql.text;
  const flaws = [...sql.scan.templates.flatMap((template) => flawsOf(template, sql, era)), ...brokenTemplates(sql)];
  const literals = sql.scan.stray.length === 0 ? [] : scanLiterals(value, { doubleQuoted: 'string' });
  for (const { kind, span } of sql.scan.stray) {
    if (flaws.some((flaw) => overlaps(flaw.span, span))) continue;
    // A part that only the run time knows may bring the other half.
    if (kind === 'unclosed' ? value.includes(SYMBOL, span.end) : value.lastIndexOf(SYMBOL, span.start) >= 0) continue;
    // Featureform looks for opening braces only, and a literal may hold closing ones, such as those of JSON.
    if (kind === 'extra' && literals.some((literal) => overlaps(literal.span, span))) continue;
    const written = value.slice(span.start, span.end);
    flaws.push({ span, message: kind === 'unclosed' ? `"${written}" is not closed, expected "}}"` : `"${written}" closes no template` });
  }
  flaws.push(...singleBraces(sql).filter(({ span }) => !flaws.some((flaw) => overlaps(flaw.span, span))));
  return flaws.sort((a, b) => a.span.start - b.span.start);
}

/** `{{name⏎.variant}}`: what holds a line break is not seen as a template. */
function brokenTemplates({ text: { value }, scan: { stray } }: SqlText): TemplateFlaw[] {
  return stray.flatMap(({ kind, span: { start } }, index) => {
    const end = stray[index + 1]?.span.end;
    if (kind !== 'unclosed' || end === undefined || stray[index + 1]?.kind !== 'extra') return [];
    const span = { start, end };
    const match = /^\{\{\s*([^\s{}.]*)\s*\.\s*([^\s{}.]*)\s*\}\}$/.exec(value.slice(start, end));
    if (match === null || match[0].includes(SYMBOL)) return [];
    const expected = `{{${match[1] ?? ''}.${match[2] ?? ''}}}`;
    return [{ span, message: `a template cannot hold a line break, expected "${expected}"`, repair: { span, text: expected } }];
  });
}

/** True when the template has the form `name` or `name.variant` that Featureform understands. */
export function isWellFormed(template: Template, sql: SqlText, era: Era): boolean {
  return flawsOf(template, sql, era).length === 0;
}

/** True for a template of which a part is known only at run time: nothing can be said of it. */
export function isSymbolic(template: Template): boolean {
  return template.inner.includes(SYMBOL);
}

/** What Featureform fills in by itself where a template has no variant: Python's `\w+`. */
export function isPlainWord(inner: string): boolean {
  return /^[\p{L}\p{N}_]+$/u.test(inner);
}

const SINGLE_BRACES = /(?<!\{)\{\s*([\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{N}_:-]*)?)\s*\}(?!\})/gu;

/**
 * `{name.variant}` in the code of a query, which is neither a template nor anything that Spark SQL has. Without a period only where
 * two braces in the file became one in the value: in an f-string, or by `format`.
 */
function singleBraces(sql: SqlText): TemplateFlaw[] {
  const { value } = sql.text;
  const matches = [...value.matchAll(SINGLE_BRACES)];
  if (matches.length === 0) return [];
  const literals = scanLiterals(value, { doubleQuoted: 'string' });
  return matches.flatMap((match) => {
    const span = { start: match.index, end: match.index + match[0].length };
    if (literals.some((literal) => overlaps(literal.span, span))) return [];
    const name = match[1] ?? '';
    const expected = `{{${name}}}`;
    const repair = { span, text: expected };
    if (isHalved(sql.text, span)) {
      const message = `"{{${name}}}" becomes "${match[0]}" where the string is formatted, expected "{{{{${name}}}}}"`;
      return [{ span, message, repair }];
    }
    return name.includes('.') ? [{ span, message: `"${match[0]}" has single braces, expected "${expected}"`, repair }] : [];
  });
}

/** True when the brace at the beginning of the span was written as two. */
function isHalved(text: MappedText, { start }: Span): boolean {
  const brace = text.sourceLocation({ start, end: start + 1 });
  const next = text.sourceLocation({ start: start + 1, end: start + 2 });
  return brace !== undefined && next?.uri === brace.uri && next.span.start - brace.span.start === 2;
}

function flawsOf(template: Template, sql: SqlText, era: Era): TemplateFlaw[] {
  if (isSymbolic(template)) return [];
  const { inner, parts } = template;
  if (/[^{]\{\{/.test(inner)) {
    const { start } = template.span;
    return [{ span: { start, end: start + template.open.length }, message: '"{{" is not closed before the next one, expected "}}"' }];
  }
  const braces = braceFlaw(template, sql.text.value);
  if (braces !== undefined) return [braces];
  if (inner === '') return [{ span: template.span, message: `"${textOf(template, sql)}" names no source, expected "{{name.variant}}"` }];
  // Where the client does not look at the text, only what the backend cannot take is wrong.
  const unchecked = sql.origin === 'argument';
  if (parts.length > 2 && !unchecked) {
    return [{ span: template.innerSpan, message: `"${inner}" has ${parts.length - 1} periods, expected one, between name and variant` }];
  }
  const [name, variant] = parts;
  if (name === undefined) return [];
  const flaws: TemplateFlaw[] = [];
  if (name.text.trim() === '') flaws.push({ span: template.innerSpan, message: `"${inner}" has no name in front of the period` });
  if (variant?.text.trim() === '') flaws.push({ span: template.innerSpan, message: `"${inner}" has no variant behind the period` });
  if (flaws.length > 0) return flaws;
  if (!unchecked) flaws.push(...partFlaws('name', name, era), ...(variant === undefined ? [] : partFlaws('variant', variant, era)));
  return flaws;
}

function partFlaws(role: 'name' | 'variant', part: Template['parts'][number], era: Era): TemplateFlaw[] {
  const { text, span } = part;
  if (text.startsWith(' ') || text.endsWith(' ')) {
    const where = text.startsWith(' ') ? 'begins' : 'ends';
    return [{ span, message: `the ${role} "${text}" ${where} with a space`, repair: { span, text: text.trim() } }];
  }
  // The client of the legacy era let any underscore pass.
  if (era === 'legacy') return [];
  if (text.startsWith('_') || text.endsWith('_')) {
    return [{ span, message: `the ${role} "${text}" ${text.startsWith('_') ? 'begins' : 'ends'} with an underscore` }];
  }
  if (text.includes('__')) return [{ span, message: `the ${role} "${text}" has two underscores in a row` }];
  return [];
}

/** `{{{a.b}}}` and `{{{{a.b}}}}`: the run of braces on either side is longer than two. */
function braceFlaw(template: Template, sql: string): TemplateFlaw | undefined {
  if (template.open !== '{{') return undefined;
  const inner = template.inner.replace(/^[{\s]+/, '').replace(/[}\s]+$/, '');
  let end = template.span.end;
  while (sql[end] === '}') end++;
  const extraOpen = template.inner.startsWith('{');
  if (!extraOpen && end === template.span.end) return undefined;
  const span = { start: template.span.start, end };
  const expected = `{{${inner}}}`;
  return {
    span,
    message: `"${sql.slice(span.start, span.end)}" has too many braces, expected "${expected}"`,
    ...(inner === '' || /[{}]/.test(inner) ? {} : { repair: { span, text: expected } }),
  };
}

function textOf(template: Template, sql: SqlText): string {
  return sql.text.value.slice(template.span.start, template.span.end);
}
