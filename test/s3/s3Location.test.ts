import { describe, expect, it } from 'vitest';
import { formatS3Location, isS3Location, parseS3Location } from '../../shared/s3/s3Location';
import { TableProblem } from '../../shared/table/tableProblem';

describe('a location in S3', () => {
  it.each([
    ['s3://lake/featureform/a.parquet', { bucket: 'lake', key: 'featureform/a.parquet' }],
    ['s3a://lake/v1/', { bucket: 'lake', key: 'v1/' }],
    ['S3N://lake/v1', { bucket: 'lake', key: 'v1' }],
    ['s3://lake', { bucket: 'lake', key: '' }],
    ['s3://lake/', { bucket: 'lake', key: '' }],
    ['s3://lake//a//b', { bucket: 'lake', key: '/a//b' }],
    ['s3://lake/100%25 of?a#b&c=+\u00e4\n', { bucket: 'lake', key: '100%25 of?a#b&c=+\u00e4\n' }],
    ['s3://My_Old.Bucket/a', { bucket: 'My_Old.Bucket', key: 'a' }],
    ['s3://prices-abc123-s3alias/a', { bucket: 'prices-abc123-s3alias', key: 'a' }],
  ])('%j is read as it stands', (text, location) => {
    expect(isS3Location(text)).toBe(true);
    expect(parseS3Location(text)).toEqual(location);
    expect(parseS3Location(formatS3Location(location))).toEqual(location);
  });

  it.each([
    ['s3:/lake/a', 's3:/lake/a is not a location in S3: expected s3://bucket/key'],
    ['https://lake/a', 'https://lake/a is not a location in S3: expected s3://bucket/key'],
    ['s3://', 's3:// names no bucket: expected s3://bucket/key'],
    ['s3:///a', 's3:///a names no bucket: expected s3://bucket/key'],
    ['s3://ab/c', 's3://ab/c names the bucket "ab": a bucket\'s name is of letters, digits, dots and hyphens, three at least'],
    ['s3://la ke/c', 's3://la ke/c names the bucket "la ke": a bucket\'s name is of letters, digits, dots and hyphens, three at least'],
    [
      's3://arn:aws:s3:eu-west-1:123456789012:accesspoint/prices/a',
      's3://arn:aws:s3:eu-west-1:123456789012:accesspoint/prices/a names an access point by its ARN: write its alias (…-s3alias) instead',
    ],
    [
      's3://fast--use1-az4--x-s3/a',
      's3://fast--use1-az4--x-s3/a is in a directory bucket (S3 Express One Zone), which Sparkform cannot read',
    ],
    ['s3n://AKIDEXAMPLE:hush@lake/a', 's3n://…@lake/a holds credentials: leave them out, a profile names them'],
    [`s3://lake/${'ä'.repeat(513)}`, 's3://lake/… has a key of 1026 bytes; S3 allows 1024'],
  ])('%j is refused with the reason', (text, message) => {
    expect(() => parseS3Location(text)).toThrow(new TableProblem('wrong-location', message));
  });

  it('is told from paths and other schemes', () => {
    for (const text of ['C:\\s3\\a.parquet', './s3/a', 's3', 'hdfs://lake/a', '/s3://lake']) expect(isS3Location(text)).toBe(false);
  });
});
