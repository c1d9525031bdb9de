// What went wrong with S3, in words for the user, and what they can do about it at once.

import { TableProblem } from '../../../shared/table/tableProblem';

export type S3Remedy =
  /** Runs the command of AWS that asks the user to sign in. */
  | { readonly kind: 'signIn'; readonly command: string }
  | { readonly kind: 'chooseProfile' }
  | { readonly kind: 'openSettings' }
  | { readonly kind: 'retry' };

export interface S3Problem {
  readonly message: string;
  readonly remedies: readonly S3Remedy[];
}

export function s3ProblemOf(error: unknown): S3Problem {
  const message = sentence(error instanceof Error ? error.message : String(error));
  const command = signInCommand(message);
  const kind = error instanceof TableProblem ? error.kind : undefined;
  const isRefused = kind === 'denied' || kind === 'no-credentials';
  return {
    message,
    remedies: [
      ...(command === undefined ? [] : [{ kind: 'signIn', command } as const]),
      ...(isRefused || command !== undefined ? [{ kind: 'chooseProfile' } as const] : []),
      ...(isRefused || kind === 'unreachable' ? [{ kind: 'openSettings' } as const] : []),
      { kind: 'retry' },
    ],
  };
}

/** The command that a message tells the user to run: `aws sso login --profile dev`. The name of a profile is all that may follow. */
export function signInCommand(message: string): string | undefined {
  return /\baws (?:sso )?login(?: --profile (?:"[^"\\$`]+"|'[^'\\]+'|[\w@.+/-]*\w))?/.exec(message)?.[0];
}

/** With a capital letter, unless it begins with a location. */
function sentence(message: string): string {
  return /^[a-z]+\b(?!:)/.test(message) ? `${message.charAt(0).toUpperCase()}${message.slice(1)}` : message;
}
