// Python's string methods and `textwrap.dedent`, on text that remembers where it was written.

import { MappedText, SYMBOL } from '../text/mappedText';
import type { Segment } from '../text/mappedText';
import type { Location, Span } from '../text/span';
import { stringValue, strOf } from './formatting';
import type { Value } from './values';
import { valueKey } from './valueKey';

/** What `str.strip` takes for white space, in the part that people write. */
const WHITE = ' \t\n\r\v\f\u001c\u001d\u001e\u001f\u0085\u00a0';

/** The result of `text.name(…)`, or undefined where it is not known. */
export function callStringMethod(text: MappedText, name: string, given: readonly Value[], at: Location): Value | undefined {
  const string = (result: MappedText | undefined): Value | undefined => result && stringValue(result, at);
  const [first, second] = given;
  switch (name) {
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return string(strip(text, name, first));
    case 'lower':
    case 'upper':
    case 'casefold':
      return given.length === 0 ? string(changeCase(text, name)) : undefined;
    case 'title':
    case 'capitalize':
    case 'swapcase':
      return undefined;
    case 'replace':
      return given.length === 2 ? string(replaceAll(text, first, second)) : undefined;
    case 'join':
      return given.length === 1 ? string(join(text, first, at)) : undefined;
    case 'split':
      return split(text, first, second, at);
    case 'splitlines':
      return given.length === 0 ? list(text, lines(text.value), at) : undefined;
    case 'removeprefix':
    case 'removesuffix': {
      const part = constant(first);
      if (part === undefined || !text.isConstant) return undefined;
      if (name === 'removeprefix') return string(text.value.startsWith(part) ? text.slice(part.length) : text);
      return string(part !== '' && text.value.endsWith(part) ? text.slice(0, text.value.length - part.length) : text);
    }
    case 'startswith':
    case 'endswith': {
      const part = constant(first);
      if (part === undefined || !text.isConstant || given.length !== 1) return undefined;
      return { kind: 'boolean', value: name === 'startswith' ? text.value.startsWith(part) : text.value.endsWith(part), at };
    }
    case 'encode':
    case '__str__':
      return name === '__str__' ? string(text) : undefined;
    default:
      return undefined;
  }
}

/** `textwrap.dedent` */
export function dedent(text: MappedText): MappedText {
  const all = linesWithEnds(text.value);
  const blank = (line: Span): boolean => /^[ \t]*\n?$/u.test(text.value.slice(line.start, line.end));
  let margin: string | undefined;
  for (const line of all) {
    if (blank(line)) continue;
    const indent = /^[ \t]*/u.exec(text.value.slice(line.start, line.end))?.[0] ?? '';
    margin = margin === undefined ? indent : commonStart(margin, indent);
  }
  const width = margin?.length ?? 0;
  return text.keep(
    all.map((line) => {
      // A line of white space keeps nothing but its end.
      if (blank(line)) return { start: text.value[line.end - 1] === '\n' ? line.end - 1 : line.end, end: line.end };
      return { start: line.start + width, end: line.end };
    }),
  );
}

/** `inspect.cleandoc` */
export function cleandoc(text: MappedText): MappedText | undefined {
  if (text.value.includes('\t')) return undefined;
  const all = linesWithEnds(text.value);
  const widths = all
    .slice(1)
    .map((line) => ({ content: text.value.slice(line.start, line.end).trimEnd(), line }))
    .filter(({ content }) => content !== '')
    .map(({ content }) => content.length - content.trimStart().length);
  const margin = widths.length === 0 ? 0 : Math.min(...widths);
  const kept = all.map((line, index) => {
    const written = text.value.slice(line.start, line.end);
    const content = written.endsWith('\n') ? written.slice(0, -1) : written;
    const cut = index === 0 ? content.length - content.trimStart().length : Math.min(margin, content.length);
    return { start: line.start + cut, end: line.end, empty: content.length === cut };
  });
  while (kept[0]?.empty === true) kept.shift();
  while (kept.at(-1)?.empty === true) kept.pop();
  const result = text.keep(kept);
  return result.value.endsWith('\n') ? result.slice(0, result.value.length - 1) : result;
}

/** `separator.join(items)` */
function join(separator: MappedText, items: Value | undefined, at: Location): MappedText | undefined {
  if (items?.kind === 'string' && items.text.isConstant) return undefined;
  if (items?.kind !== 'list' && items?.kind !== 'tuple') return undefined;
  if (!items.complete) return undefined;
  const parts: MappedText[] = [];
  for (const [index, item] of items.items.entries()) {
    if (index > 0) parts.push(separator);
    if (item.kind === 'symbol') parts.push(MappedText.symbol(item.key, item.at.uri, item.at.span));
    else if (item.kind === 'string') parts.push(strOf(item) ?? MappedText.symbol(valueKey(item), at.uri, at.span));
    else return undefined;
  }
  return MappedText.concat(parts);
}

function strip(text: MappedText, name: 'strip' | 'lstrip' | 'rstrip', given: Value | undefined): MappedText | undefined {
  const characters = given === undefined || given.kind === 'none' ? WHITE : constant(given);
  if (characters === undefined) return undefined;
  let start = 0;
  let end = text.value.length;
  if (name !== 'rstrip') while (start < end && characters.includes(text.value[start] ?? '')) start++;
  if (name !== 'lstrip') while (end > start && characters.includes(text.value[end - 1] ?? '')) end--;
  const kept = text.slice(start, end);
  if (kept.isConstant) return kept;
  // What the run time puts at an edge may begin or end with such characters itself.
  const suffix = given === undefined ? `${name}()` : `${name}(${valueKey(given)})`;
  return kept.map((part, segment) => {
    const atStart = name !== 'rstrip' && segment.start === 0;
    const atEnd = name !== 'lstrip' && segment.end === kept.value.length;
    return segment.symbol !== undefined && (atStart || atEnd) ? derived(segment, suffix) : part;
  });
}

function changeCase(text: MappedText, name: 'lower' | 'upper' | 'casefold'): MappedText | undefined {
  const changed = (value: string): string => (name === 'upper' ? value.toUpperCase() : value.toLowerCase());
  if (name === 'casefold' && !/^[\0-\x7f\ufffc]*$/u.test(text.value)) return undefined;
  return text.map((part, segment) => {
    if (segment.symbol !== undefined) return derived(segment, `${name}()`);
    const value = changed(part.value);
    // Some letters change into two; then only the whole run can be mapped.
    const exact = segment.exact && value.length === part.value.length;
    return new MappedText(value, [{ ...segment, start: 0, end: value.length, exact }]);
  });
}

function replaceAll(text: MappedText, what: Value | undefined, by: Value | undefined): MappedText | undefined {
  const old = constant(what);
  if (old === undefined || old === '' || by?.kind !== 'string') return undefined;
  const parts: MappedText[] = [];
  let copied = 0;
  for (let at = text.value.indexOf(old); at >= 0; at = text.value.indexOf(old, copied)) {
    parts.push(text.slice(copied, at), by.text);
    copied = at + old.length;
  }
  parts.push(text.slice(copied));
  const call = `replace(${valueKey(what as Value)},${valueKey(by)})`;
  // A symbol that came with the replacement is not searched again.
  return MappedText.concat(
    parts.map((part, index) =>
      index % 2 === 1 || part.isConstant
        ? part
        : part.map((piece, segment) => (segment.symbol === undefined ? piece : derived(segment, call))),
    ),
  );
}

function split(text: MappedText, separator: Value | undefined, limit: Value | undefined, at: Location): Value | undefined {
  if (!text.isConstant || limit !== undefined) return undefined;
  if (separator === undefined || separator.kind === 'none') {
    const words = [...text.value.matchAll(new RegExp(`[^${WHITE}]+`, 'gu'))];
    return list(
      text,
      words.map((word) => ({ start: word.index, end: word.index + word[0].length })),
      at,
    );
  }
  const mark = constant(separator);
  if (mark === undefined || mark === '') return undefined;
  const spans: Span[] = [];
  let start = 0;
  for (let found = text.value.indexOf(mark); found >= 0; found = text.value.indexOf(mark, start)) {
    spans.push({ start, end: found });
    start = found + mark.length;
  }
  spans.push({ start, end: text.value.length });
  return list(text, spans, at);
}

function list(text: MappedText, spans: readonly Span[], at: Location): Value {
  const items = spans.map((span) => stringValue(text.slice(span.start, span.end), text.sourceLocation(span) ?? at));
  return { kind: 'list', items, complete: true, at };
}

function derived(segment: Segment, call: string): MappedText {
  return new MappedText(SYMBOL, [{ ...segment, start: 0, end: 1, symbol: `${segment.symbol ?? ''}.${call}` }]);
}

function constant(value: Value | undefined): string | undefined {
  return value?.kind === 'string' && value.text.isConstant ? value.text.value : undefined;
}

function lines(value: string): readonly Span[] {
  return linesWithEnds(value)
    .map((line) => ({ start: line.start, end: value[line.end - 1] === '\n' ? line.end - 1 : line.end }))
    .filter((line, index, all) => index < all.length - 1 || line.start < value.length);
}

function linesWithEnds(value: string): readonly Span[] {
  const found: Span[] = [];
  let start = 0;
  for (let at = value.indexOf('\n'); at >= 0; at = value.indexOf('\n', start)) {
    found.push({ start, end: at + 1 });
    start = at + 1;
  }
  if (start < value.length) found.push({ start, end: value.length });
  return found;
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
