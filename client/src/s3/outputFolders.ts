// How Featureform lays out what it writes below a bucket and a path. Of what else lies there (pickles, scripts, pointers) nothing
// is a table.

import { folderPrefix, type S3Location } from '../../../shared/s3/s3Location';
import { runTime } from '../../../shared/table/runFolders';

export interface OutputGroup {
  /** Below `featureform/`. */
  readonly folder: string;
  readonly label: string;
  /** Folders for names lie above those for variants; batch features have none, only runs. */
  readonly holds: 'names' | 'runs';
}

/** In the order in which they are shown. */
export const outputGroups: readonly OutputGroup[] = [
  { folder: 'Transformation', label: 'Transformations', holds: 'names' },
  { folder: 'TrainingSet', label: 'Training Sets', holds: 'names' },
  { folder: 'Materialization', label: 'Materializations', holds: 'names' },
  { folder: 'BatchFeatures', label: 'Batch Features', holds: 'runs' },
];

/** The folder that everything of Featureform lies in; its key ends with a slash. */
export function outputRoot({ bucket, path }: { readonly bucket: string; readonly path: string }): S3Location {
  return { bucket, key: path === '' ? 'featureform/' : `${path}/featureform/` };
}

/** The last element of a key, of a folder as well. */
export function lastElement(key: string): string {
  return key.slice(key.lastIndexOf('/', key.length - 2) + 1).replace(/\/$/, '');
}

/** `2024-05-06 07:08:09` for the folder of a run, by the clock of the machine that ran it; any other name as it is. */
export function formatMoment(folder: string): string {
  return (
    runTime(folder)
      ?.replace('T', ' ')
      .replace(/\.\d*$/, '') ?? folder
  );
}

/** What a tab, a message or a comparison calls a table: of a run, the definition and when; otherwise the last part of its key. */
export function tableName({ bucket, key }: S3Location): string {
  const [run = '', variant, name] = folderPrefix(key).split('/').slice(0, -1).toReversed();
  if (run === '') return bucket;
  return runTime(run) === undefined || name === undefined || variant === undefined ? run : `${name}.${variant} ${formatMoment(run)}`;
}
