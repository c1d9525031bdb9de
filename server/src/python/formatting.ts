// How values become text inside strings: str(), repr(), the format mini-language, `%` and `str.format`.

import { MappedText } from '../text/mappedText';
import type { Location } from '../text/span';
import { isInteger } from './numbers';
import type { NumberValue, StringValue, Value } from './values';
import { valueKey } from './valueKey';

export interface Interpolation {
  readonly conversion?: string | undefined;
  readonly spec?: string | undefined;
}

/** What `{value!conversion:spec}` writes; `place` is the field itself, which stands for whatever is not known. */
export function interpolate(value: Value, how: Interpolation, place: Location): MappedText {
  const spec = how.spec ?? '';
  const shown = how.conversion === undefined && spec === '' ? strOf(value) : converted(value, how.conversion, place);
  const text = shown !== undefined && spec !== '' ? applySpec(value, shown, how.conversion, spec, place) : shown;
  if (text !== undefined) return text;
  const conversion = how.conversion === undefined ? '' : `!${how.conversion}`;
  return MappedText.symbol(`${valueKey(value)}${conversion}${spec === '' ? '' : `:${spec}`}`, place.uri, place.span);
}

/** str(value), where it is known; the text of a constant stands where the constant was written. */
export function strOf(value: Value): MappedText | undefined {
  if (value.kind === 'string') return value.text;
  const plain = plainText(value);
  return plain === undefined ? undefined : MappedText.atomic(plain, value.at.uri, value.at.span);
}

/** repr(value), where it is known. */
export function reprOf(value: Value, place: Location): MappedText | undefined {
  if (value.kind !== 'string') return strOf(value);
  // Quotes, backslashes and control characters would have to be escaped as Python does.
  if (!value.text.isConstant || !/^[ !#-&(-[\]-~]*$/u.test(value.text.value)) return undefined;
  const quote = MappedText.atomic("'", place.uri, place.span);
  return MappedText.concat([quote, value.text, quote]);
}

/** `template % argument` */
export function percentFormat(template: MappedText, argument: Value, place: Location): MappedText | undefined {
  const positional = argument.kind === 'tuple' ? (argument.complete ? argument.items : undefined) : [argument];
  const parts: MappedText[] = [];
  const conversions = /%(?:\(([^)]*)\))?([-#0 +]*)([0-9]*)(?:\.([0-9]+))?[hlL]?([a-zA-Z%])/gu;
  let copied = 0;
  let next = 0;
  for (const match of template.value.matchAll(conversions)) {
    const [whole, name, flags = '', width = '', precision, type = ''] = match;
    const span = { start: match.index, end: match.index + whole.length };
    if (template.value.slice(copied, span.start).includes('%')) return undefined;
    const field = template.sourceLocation(span) ?? place;
    parts.push(template.slice(copied, span.start));
    copied = span.end;
    if (type === '%') {
      parts.push(template.slice(span.end - 1, span.end));
      continue;
    }
    const value = name === undefined ? positional?.[next++] : argument.kind === 'dict' ? entryOf(argument, name) : undefined;
    if (value === undefined) {
      // One value that only the run time knows may be a tuple or a dictionary of the right shape.
      if (argument.kind !== 'symbol' && (name === undefined || argument.kind !== 'dict' || argument.complete)) return undefined;
      parts.push(MappedText.symbol(`${valueKey(argument)}[${name ?? next - 1}]`, field.uri, field.span));
    } else parts.push(percentField(value, flags, width, precision, type, field));
  }
  if (template.value.slice(copied).includes('%')) return undefined;
  parts.push(template.slice(copied));
  return MappedText.concat(parts);
}

export interface FormatArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** False when arguments of unknown number or name were unpacked into the call. */
  readonly complete: boolean;
  /** The value of an attribute of an argument, `{a.b}`. */
  attribute(object: Value, name: string): Value;
  item(object: Value, key: string): Value;
}

/** `template.format(…)` */
export function braceFormat(template: MappedText, given: FormatArguments, place: Location): MappedText | undefined {
  const text = template.value;
  const parts: MappedText[] = [];
  let copied = 0;
  let next = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char !== '{' && char !== '}') {
      at++;
      continue;
    }
    parts.push(template.slice(copied, at));
    if (text[at + 1] === char) {
      // Two braces that become one are an escape: they translate only as a whole.
      const both = template.sourceLocation({ start: at, end: at + 2 }) ?? place;
      parts.push(MappedText.atomic(char, both.uri, both.span));
      at += 2;
      copied = at;
      continue;
    }
    const end = char === '{' ? text.indexOf('}', at) : -1;
    if (end < 0) return undefined;
    const field = /^([^!:{}[.]*)((?:\.[^!:{}[.]+|\[[^\]{}]*\])*)(?:!([rsa]))?(?::([^{}]*))?$/u.exec(text.slice(at + 1, end));
    if (field === null) return undefined;
    const [, head = '', path = '', conversion, spec] = field;
    const where = template.sourceLocation({ start: at, end: end + 1 }) ?? place;
    let value = head === '' ? given.positional[next++] : /^[0-9]+$/u.test(head) ? given.positional[Number(head)] : given.named.get(head);
    if (value === undefined) {
      if (given.complete) return undefined;
      value = { kind: 'symbol', key: `format argument ${head === '' ? next - 1 : head}@${place.uri}#${place.span.start}`, at: where };
    }
    for (const step of path.matchAll(/\.([^.[]+)|\[([^\]]*)\]/gu)) {
      value = step[1] === undefined ? given.item(value, step[2] ?? '') : given.attribute(value, step[1]);
    }
    parts.push(interpolate(value, { conversion, spec }, where));
    at = end + 1;
    copied = at;
  }
  parts.push(template.slice(copied));
  return MappedText.concat(parts);
}

function entryOf(dict: Value & { readonly kind: 'dict' }, name: string): Value | undefined {
  const found = dict.entries.findLast(({ key }) => key.kind === 'string' && key.text.isConstant && key.text.value === name);
  return dict.complete ? found?.value : undefined;
}

function percentField(
  value: Value,
  flags: string,
  width: string,
  precision: string | undefined,
  type: string,
  place: Location,
): MappedText {
  const conversion = type === 'r' || type === 'a' ? type : undefined;
  const bare = flags === '' && width === '' && precision === undefined;
  if (bare && (type === 's' || conversion !== undefined)) return interpolate(value, { conversion }, place);
  if (bare && (type === 'd' || type === 'i' || type === 'u')) {
    if (value.kind === 'symbol' || (value.kind === 'number' && isInteger(value))) return interpolate(value, {}, place);
  }
  const number = value.kind === 'number' && /[dioxXfFeEgGu]/u.test(type);
  const align = flags.includes('-') ? '<' : number ? '' : '>';
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const zero = flags.includes('0') && !flags.includes('-') && number ? '0' : '';
  const letter = number ? (/[iu]/u.test(type) ? 'd' : type) : '';
  const spec = `${align}${sign}${zero}${width}${precision === undefined ? '' : `.${precision}`}${letter}`;
  return interpolate(value, { conversion, spec: spec === '' ? type : spec }, place);
}

function converted(value: Value, conversion: string | undefined, place: Location): MappedText | undefined {
  return conversion === 'r' || conversion === 'a' ? reprOf(value, place) : strOf(value);
}

function plainText(value: Value): string | undefined {
  switch (value.kind) {
    case 'number':
      return value.text;
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    default:
      return undefined;
  }
}

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly zero: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

function applySpec(value: Value, shown: MappedText, conversion: string | undefined, spec: string, place: Location): MappedText | undefined {
  const parsed = readSpec(spec);
  if (parsed === undefined) return undefined;
  if (value.kind === 'number' && conversion === undefined) {
    const written = formatNumber(value, parsed);
    return written === undefined ? undefined : MappedText.atomic(written, place.uri, place.span);
  }
  if (value.kind !== 'string' && conversion === undefined) return undefined;
  if (parsed.precision !== undefined && /[^\0-\uffff]/u.test(shown.value)) return undefined;
  if (!shown.isConstant || parsed.zero || parsed.sign !== '' || parsed.grouping !== '' || !/^s?$/u.test(parsed.type)) return undefined;
  return padText(parsed.precision === undefined ? shown : shown.slice(0, parsed.precision), parsed, place);
}

function readSpec(spec: string): Spec | undefined {
  const match = /^(?:(.)?([<>=^]))?([-+ ]?)(0?)([0-9]{0,4})([,_]?)(?:\.([0-9]{1,3}))?([a-zA-Z%]?)$/u.exec(spec);
  if (match === null) return undefined;
  const [, fill, align = '', sign = '', zero = '', width = '', grouping = '', precision, type = ''] = match;
  return {
    fill: fill ?? (zero === '' ? ' ' : '0'),
    align,
    sign,
    zero: zero !== '',
    width: width === '' ? 0 : Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function formatNumber(value: NumberValue, spec: Spec): string | undefined {
  const digits = digitsOf(value, spec);
  if (digits === undefined) return undefined;
  const negative = digits.startsWith('-');
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  const bare = negative ? digits.slice(1) : digits;
  const padding = spec.fill.repeat(Math.max(0, spec.width - sign.length - bare.length));
  if (spec.zero && spec.grouping !== '' && padding !== '') return undefined;
  const align = spec.align === '' ? (spec.zero ? '=' : '>') : spec.align;
  switch (align) {
    case '<':
      return `${sign}${bare}${padding}`;
    case '^': {
      const left = Math.floor(padding.length / 2);
      return `${padding.slice(0, left)}${sign}${bare}${padding.slice(left)}`;
    }
    case '=':
      return `${sign}${padding}${bare}`;
    default:
      return `${padding}${sign}${bare}`;
  }
}

function digitsOf(value: NumberValue, spec: Spec): string | undefined {
  const whole = isInteger(value);
  switch (spec.type) {
    case '':
      return spec.precision === undefined ? grouped(value.text, spec.grouping) : undefined;
    case 'd':
      return whole && spec.precision === undefined ? grouped(value.text, spec.grouping) : undefined;
    case 'x':
    case 'X':
    case 'o':
    case 'b': {
      if (!whole || spec.grouping !== '' || spec.precision !== undefined) return undefined;
      const digits = BigInt(value.text).toString(spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : 16);
      return spec.type === 'X' ? digits.toUpperCase() : digits;
    }
    case 'f':
    case 'F':
      return Math.abs(value.value) < 1e15 ? grouped(fixed(value.value, spec.precision ?? 6), spec.grouping) : undefined;
    case '%':
      return Math.abs(value.value) < 1e12 ? `${fixed(value.value * 100, spec.precision ?? 6)}%` : undefined;
    default:
      return undefined;
  }
}

/** Both languages round the exact binary value; JavaScript loses the sign of what rounds to zero. */
function fixed(value: number, precision: number): string {
  const digits = value.toFixed(Math.min(precision, 100));
  return value < 0 && !digits.startsWith('-') ? `-${digits}` : digits;
}

function grouped(digits: string, separator: string): string {
  if (separator === '') return digits;
  const [whole = '', fraction] = digits.split('.');
  const parted = whole.replace(/\B(?=(?:[0-9]{3})+$)/gu, separator);
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

function padText(text: MappedText, spec: Spec, place: Location): MappedText {
  // Python counts code points.
  const missing = spec.width - Array.from(text.value).length;
  if (missing <= 0) return text;
  const left = spec.align === '>' ? missing : spec.align === '^' ? Math.floor(missing / 2) : 0;
  const pad = (count: number): MappedText => MappedText.atomic(spec.fill.repeat(count), place.uri, place.span);
  return MappedText.concat([pad(left), text, pad(missing - left)]);
}

export function stringValue(text: MappedText, at: Location): StringValue {
  return { kind: 'string', text, at };
}
