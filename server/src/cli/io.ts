// What a command sees of the process it runs in, so that commands are plain functions.

export interface CommandIo {
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress and messages. */
  readonly err: (text: string) => void;
  readonly cwd: string;
  /** True when standard error is a terminal, where a line of progress may be rewritten. */
  readonly interactive: boolean;
  /** Whether results may have colours, and whether messages may: each goes to a stream of its own. */
  readonly color: boolean;
  readonly messageColor: boolean;
  /** How wide the terminal of the messages is. */
  readonly columns: number;
  /** Aborted by Ctrl-C, and when nobody reads the results any more. */
  readonly signal: AbortSignal;
}

export const exitCodes = { fine: 0, problems: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Wrong usage or unreadable input: the message goes to standard error, the exit code is 2. */
export class UsageError extends Error {}

/** Wraps text in an ANSI style when colours are on. */
export function styled(io: Pick<CommandIo, 'color'>, style: keyof typeof styles, text: string): string {
  return io.color ? `\u001B[${styles[style]}m${text}\u001B[0m` : text;
}

const styles = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', blue: '34', cyan: '36' } as const;
