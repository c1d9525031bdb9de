// Places in S3 as URIs of documents. A URI knows no capital letters in its authority, while buckets from before 2018 may have some:
// their names stand in the path.

import { Uri } from 'vscode';
import type { S3Location } from '../../../shared/s3/s3Location';

const scheme = 's3';

/** Folders are named without a slash at the end, so that their last element is what a tab shows. */
export function s3UriOf({ bucket, key }: S3Location): Uri {
  const path = `/${key.replace(/(?<=[^/])\/$/, '')}`;
  return bucket === bucket.toLowerCase() ? Uri.from({ scheme, authority: bucket, path }) : Uri.from({ scheme, path: `/${bucket}${path}` });
}

/** Undefined for the URI of anything else. */
export function s3LocationOf(uri: Uri): S3Location | undefined {
  if (uri.scheme !== scheme) return undefined;
  if (uri.authority !== '') return { bucket: uri.authority, key: uri.path.replace(/^\//, '') };
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?([\s\S]*)$/.exec(uri.path) ?? [];
  return bucket === '' ? undefined : { bucket, key };
}
