// The runs that Featureform has written of one definition, for those who want to look at the newest.

import type { S3OutputAnswer } from '../../../shared/protocol/requests';
import { listPages, type ObjectStore, type StoreOptions } from '../../../shared/s3/objectStore';
import { folderPrefix, parseS3Location } from '../../../shared/s3/s3Location';
import { mapBounded } from '../../../shared/table/boundedParallel';
import { listRuns, type S3Run } from './listRuns';
import { lastElement } from './outputFolders';

export interface S3Output extends S3Run {
  /** Where the definition has none of its own: the one that was written. */
  readonly variant: string | undefined;
}

/** Variants that are listed side by side. */
const listedAtOnce = 4;

/** The newest first. Rejects with a TableProblem, or the signal's reason. */
export async function findOutputs(
  store: Pick<ObjectStore, 'list'>,
  { kind, location }: Extract<S3OutputAnswer, { kind: 'runs' | 'variants' }>,
  options: StoreOptions,
): Promise<readonly S3Output[]> {
  const folder = parseS3Location(location);
  if (kind === 'runs') return (await listRuns(store, folder, options)).runs.map((run) => ({ ...run, variant: undefined }));
  const { bucket } = folder;
  const variants: string[] = [];
  for await (const page of listPages(store, { bucket, prefix: folderPrefix(folder.key), delimiter: '/' }, options)) {
    variants.push(...page.prefixes);
  }
  const found = await mapBounded(variants, listedAtOnce, async (key) => {
    const { runs } = await listRuns(store, { bucket, key }, options);
    return runs.map((run) => ({ ...run, variant: lastElement(key) }));
  });
  return found.flat().sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
}
