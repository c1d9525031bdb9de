// Types as Spark writes them (`bigint`, `decimal(10,2)`, `array<int>`), and the one that Spark widens two of them to where the
// arguments of a function must agree.

/** The parts between the commas outside all brackets. */
export function splitTypes(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '<' || char === '(') depth++;
    else if (char === '>' || char === ')') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** What stands between the angle brackets of an array, a map or a struct; undefined for another type. */
export function typeArguments(type: string, of: 'array' | 'map' | 'struct'): readonly string[] | undefined {
  return type.startsWith(`${of}<`) ? splitTypes(type.slice(of.length + 1, -1)) : undefined;
}

export interface DecimalSize {
  readonly precision: number;
  readonly scale: number;
}

export function decimalSize(type: string): DecimalSize | undefined {
  const match = /^decimal\((\d+),(\d+)\)$/.exec(type);
  return match === null ? undefined : { precision: Number(match[1]), scale: Number(match[2]) };
}

const numbers = ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double'];
/** How many digits the whole numbers have. */
const digits: Readonly<Record<string, number>> = { tinyint: 3, smallint: 5, int: 10, bigint: 20 };
const moments = ['date', 'timestamp_ntz', 'timestamp'];
const neverText = new Set(['boolean', 'binary', 'interval']);
const mostDigits = 38;

/** The type both can be widened to; undefined where there is none. */
export function commonType(left: string, right: string): string | undefined {
  if (left === right || right === 'void') return left;
  if (left === 'void') return right;
  return commonOfNumbers(left, right) ?? commonOfMoments(left, right) ?? commonOfNested(left, right) ?? commonText(left, right);
}

function commonOfNumbers(left: string, right: string): string | undefined {
  const [a, b] = [numbers.indexOf(left), numbers.indexOf(right)];
  if (a >= 0 && b >= 0) return numbers[Math.max(a, b)];
  const [first, second] = [sizeOfNumber(left), sizeOfNumber(right)];
  if (first === undefined || second === undefined) {
    const decimal = decimalSize(left) ?? decimalSize(right);
    return decimal !== undefined && (a >= 4 || b >= 4) ? 'double' : undefined;
  }
  const scale = Math.max(first.scale, second.scale);
  const whole = Math.max(first.precision - first.scale, second.precision - second.scale);
  return `decimal(${Math.min(whole + scale, mostDigits)},${Math.min(scale, mostDigits)})`;
}

function sizeOfNumber(type: string): DecimalSize | undefined {
  const precision = digits[type];
  return precision === undefined ? decimalSize(type) : { precision, scale: 0 };
}

function commonOfMoments(left: string, right: string): string | undefined {
  const [a, b] = [moments.indexOf(left), moments.indexOf(right)];
  return a >= 0 && b >= 0 ? moments[Math.max(a, b)] : undefined;
}

function commonOfNested(left: string, right: string): string | undefined {
  for (const kind of ['array', 'map'] as const) {
    const [a, b] = [typeArguments(left, kind), typeArguments(right, kind)];
    if (a === undefined || b === undefined) continue;
    const common = a.map((type, at) => commonType(type, b[at] ?? type));
    return common.includes(undefined) ? undefined : `${kind}<${common.join(',')}>`;
  }
  const [a, b] = [typeArguments(left, 'struct'), typeArguments(right, 'struct')];
  if (a?.length !== b?.length || a === undefined || b === undefined) return undefined;
  const fields = a.map((field, at) => commonField(field, b[at] ?? ''));
  return fields.includes(undefined) ? undefined : `struct<${fields.join(',')}>`;
}

/** Fields agree by name, and the first keeps how it is written. */
function commonField(left: string, right: string): string | undefined {
  const [a, b] = [left.indexOf(':'), right.indexOf(':')];
  if (left.slice(0, a).toLowerCase() !== right.slice(0, b).toLowerCase()) return undefined;
  const type = commonType(left.slice(a + 1), right.slice(b + 1));
  return type === undefined ? undefined : `${left.slice(0, a)}:${type}`;
}

function commonText(left: string, right: string): string | undefined {
  const other = left === 'string' ? right : right === 'string' ? left : undefined;
  return other === undefined || neverText.has(other) || other.includes('<') ? undefined : 'string';
}
