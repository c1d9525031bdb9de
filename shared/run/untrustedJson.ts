// Reads JSON that came from outside: a value of the promised type, or one sentence that says where it differs, what was
// expected and what was found. Properties that nobody asks for are ignored, so that newer writers can be read.

export type Parsed<T> = { readonly kind: 'valid'; readonly value: T } | { readonly kind: 'invalid'; readonly problem: string };

/** Gives the value at a path, or throws what `parseUntrusted` turns into a problem. */
export type Reader<T> = (value: unknown, path: string) => T;

export function parseUntrusted<T>(value: unknown, reader: Reader<T>): Parsed<T> {
  try {
    return { kind: 'valid', value: reader(value, '') };
  } catch (error) {
    if (error instanceof Mismatch) return { kind: 'invalid', problem: error.message };
    throw error;
  }
}

/** The same for a text. */
export function parseUntrustedText<T>(text: string, reader: Reader<T>): Parsed<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  return parseUntrusted(value, reader);
}

/** Ends reading: what is at `path` is not what it should be. */
export function mismatch(path: string, expected: string, found: unknown): never {
  throw new Mismatch(`${path === '' ? 'the value' : path}: expected ${expected}, found ${describe(found)}`);
}

export const readText: Reader<string> = (value, path) =>
  typeof value === 'string' && value !== '' && !value.includes('\0') ? value : mismatch(path, 'a text that is not empty', value);

/** A text that may be empty. */
export const readAnyText: Reader<string> = (value, path) => (typeof value === 'string' ? value : mismatch(path, 'a text', value));

export const readBoolean: Reader<boolean> = (value, path) => (typeof value === 'boolean' ? value : mismatch(path, 'true or false', value));

export const readNumber: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : mismatch(path, 'a number of at least 0', value);

export function readWhole(least: number, most: number = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, path) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
      ? value
      : mismatch(path, `a whole number from ${least} to ${most}`, value);
}

export function readOneOf<const T extends string>(...allowed: readonly T[]): Reader<T> {
  return (value, path) =>
    allowed.find((one) => one === value) ?? mismatch(path, allowed.map((one) => JSON.stringify(one)).join(' or '), value);
}

export function readList<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value, path) =>
    Array.isArray(value) ? value.map((item: unknown, index) => reader(item, `${path}[${index}]`)) : mismatch(path, 'an array', value);
}

/** Reads an object property by property. */
export function readObject<T>(read: (fields: Fields) => T): Reader<T> {
  return (value, path) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? read(new Fields(value as Readonly<Record<string, unknown>>, path))
      : mismatch(path, 'an object', value);
}

export class Fields {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    readonly path: string,
  ) {}

  read<T>(name: string, reader: Reader<T>): T {
    return reader(Object.hasOwn(this.values, name) ? this.values[name] : undefined, this.at(name));
  }

  /** The property under its own name, or nothing where it is absent: to be spread into the result. */
  optional<const K extends string, T>(name: K, reader: Reader<T>): { readonly [P in K]?: T } {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    // The computed name widens the type to an index signature.
    return value === undefined || value === null ? {} : ({ [name]: reader(value, this.at(name)) } as { readonly [P in K]?: T });
  }

  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}

class Mismatch extends Error {}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : 'an array';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
