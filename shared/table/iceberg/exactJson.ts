// JSON in which whole numbers of 64 bits keep every digit: snapshots are told apart by them.

import { damaged } from '../tableProblem';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A text or a number. Of valid JSON each of them is passed over once. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * JSON text as values, in which whole numbers of 16 digits and more are texts of their digits.
 * @param name the file, for messages.
 * @throws a TableProblem for what is no JSON object.
 */
export function parseExactJson(text: string, name: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (/\d{16}/.test(text)) value = JSON.parse(text.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
  } catch (error) {
    throw damaged(name, error instanceof Error ? error.message : String(error), error);
  }
  if (isObject(value)) return value;
  throw damaged(name, `expected a JSON object, found ${shortText(value)}`);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; nothing where it is none. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : [];
}

/** A whole number however it is written; undefined where it is none, or beyond 2^53. */
export function wholeNumberOf(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** An id of 64 bits as its digits. */
export function idText(value: unknown): string | undefined {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) return value.toString();
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? value : undefined;
}

/** A value for messages. */
export function shortText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  return ((JSON.stringify(value) as string | undefined) ?? 'nothing').slice(0, 100);
}
