// Which two of the runs of a definition tell whether its output has drifted. Pure.

import type { S3Run } from '../s3/listRuns';

export interface RunPair {
  readonly before: S3Run;
  readonly after: S3Run;
}

/** Each file costs a request at least: of longer runs the user asks for a comparison. */
const mostFiles = 100;

/**
 * The newest two of those that have an output, where their footers are few enough to be read unasked.
 *
 * @param runs the newest first
 */
export function comparableRuns(runs: readonly S3Run[]): RunPair | undefined {
  // Where jobs mark their end, one without the mark still writes, or has failed.
  const marksEnds = runs.some(({ contents }) => contents?.success === true);
  const ended = runs.filter(({ contents }) => contents === undefined || (contents.files > 0 && (contents.success || !marksEnds)));
  const [after, before] = ended;
  return before && after && [before, after].every(hasFewFooters) ? { before, after } : undefined;
}

function hasFewFooters({ contents }: S3Run): boolean {
  return contents !== undefined && contents.complete && contents.files <= mostFiles && !contents.hasText;
}
