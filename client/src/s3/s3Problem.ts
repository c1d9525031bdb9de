// What went wrong with S3, in words for the user, and what they can do about it at once.

import { formatS3Location, type S3Location } from '../../../shared/s3/s3Location';
import { TableProblem } from '../../../shared/table/tableProblem';

export type S3Remedy =
  /** Runs the command of AWS that asks the user to sign in. */
  | { readonly kind: 'signIn'; readonly command: string }
  | { readonly kind: 'chooseProfile' }
  | { readonly kind: 'openSettings' }
  | { readonly kind: 'retry' };

export interface S3Problem {
  readonly message: string;
  /** The message for a row below the place that it is about, which it need not name again. */
  readonly summary: string;
  readonly remedies: readonly S3Remedy[];
}

/** @param place what was asked for; messages begin with it. */
export function s3ProblemOf(error: unknown, place?: S3Location): S3Problem {
  const message = sentence(error instanceof Error ? error.message : String(error));
  const command = signInCommand(message);
  const kind = error instanceof TableProblem ? error.kind : undefined;
  const isRefused = kind === 'denied' || kind === 'no-credentials';
  return {
    message,
    summary: place === undefined ? message : withoutPlace(message, formatS3Location(place)),
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

function withoutPlace(message: string, place: string): string {
  return message.startsWith(place) ? sentence(message.slice(place.length).replace(/^:? /, '')) : message;
}

/** With a capital letter, unless it begins with a location. */
function sentence(message: string): string {
  return /^[a-z]+\b(?!:)/.test(message) ? `${message.charAt(0).toUpperCase()}${message.slice(1)}` : message;
}
