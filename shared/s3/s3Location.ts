// Places in S3 as people and Spark write them: `s3://bucket/key`, with Hadoop's `s3a` and `s3n` as other words for the same.

import { TableProblem } from '../table/tableProblem';

/** A key is taken as it stands: nothing in it is escaped, and `a//b` is not `a/b`. Empty for the whole bucket. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/** Whether a text is meant as a place in S3, right or wrong. */
export function isS3Location(text: string): boolean {
  return /^s3[an]?:/i.test(text);
}

/** Throws a TableProblem where the text is no place in S3 that can be read. */
export function parseS3Location(text: string): S3Location {
  const parts = /^s3[an]?:\/\/([^/]*)(?:\/([\s\S]*))?$/i.exec(text);
  if (!parts) throw wrong(text, 'is not a location in S3: expected s3://bucket/key');
  const [, bucket = '', key = ''] = parts;
  if (bucket === '') throw wrong(text, 'names no bucket: expected s3://bucket/key');
  if (bucket.startsWith('arn:')) throw wrong(text, 'names an access point by its ARN: write its alias (…-s3alias) instead');
  if (bucket.endsWith('--x-s3')) throw wrong(text, 'is in a directory bucket (S3 Express One Zone), which Sparkform cannot read');
  if (bucket.includes('@')) throw wrong(text.replace(/\/\/[^/]*@/, '//…@'), 'holds credentials: leave them out, a profile names them');
  // Capitals, underscores and long names are left from before 2018.
  if (!/^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i.test(bucket)) {
    throw wrong(text, `names the bucket "${bucket}": a bucket's name is of letters, digits, dots and hyphens, three at least`);
  }
  if (Buffer.byteLength(key) > 1024) throw wrong(`s3://${bucket}/…`, `has a key of ${Buffer.byteLength(key)} bytes; S3 allows 1024`);
  return { bucket, key };
}

/** `s3://bucket/key`, whatever scheme it was written with. */
export function formatS3Location({ bucket, key }: S3Location): string {
  return `s3://${bucket}/${key}`;
}

/** What keys in the folder begin with: the key of a folder may be written without its slash, that of a bucket is empty. */
export function folderPrefix(key: string): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}

function wrong(text: string, why: string): TableProblem {
  return new TableProblem('wrong-location', `${text} ${why}`);
}
