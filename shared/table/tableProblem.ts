// Why a table cannot be shown, in words for the user. Everything that goes wrong with someone's bytes ends as one of these.

export const problemKinds = [
  'missing',
  'not-parquet',
  'encrypted',
  'malformed',
  'unsupported',
  'schema-mismatch',
  'changed',
  'out-of-range',
  'wrong-query',
  'too-large',
  'no-answer',
  'crashed',
  'not-written',
  'wrong-location',
  'denied',
  'no-credentials',
  'unreachable',
] as const;

export type ProblemKind = (typeof problemKinds)[number];

export class TableProblem extends Error {
  constructor(
    readonly kind: ProblemKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TableProblem';
  }
}

/** The problem itself, or an unexpected error (a decoder that tripped over bad bytes) as a malformed file. */
export function toTableProblem(error: unknown, name: string): TableProblem {
  if (error instanceof TableProblem) return error;
  const cause = error instanceof Error ? error.message : String(error);
  return new TableProblem('malformed', `${name} cannot be decoded: ${cause}`, { cause: error });
}

/** A file that contradicts itself or its format; the reason goes on with "its …". */
export function damaged(name: string, reason: string, cause?: unknown): TableProblem {
  return new TableProblem('malformed', `${name} is damaged: ${reason}`, cause === undefined ? undefined : { cause });
}

/** What only saves reading is left out where it is damaged. */
export function tolerate<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TableProblem) return undefined;
    throw error;
  }
}
