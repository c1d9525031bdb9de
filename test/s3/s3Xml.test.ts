import { describe, expect, it } from 'vitest';
import { readError, readListing } from '../../shared/s3/s3Xml';
import { randomNumbers } from '../table/randomNumbers';

const listing = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>lake</Name><Prefix>a+b%2F</Prefix><KeyCount>2</KeyCount>
  <MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>1%2B/x==</NextContinuationToken>
  <Contents><Key>a+b/c%2Bd%3D%C3%A9.parquet</Key><LastModified>2024-05-06T07:08:09.000Z</LastModified>
    <ETag>&quot;d41d8cd98f00b204e9800998ecf8427e-3&quot;</ETag><Size>5368709120</Size><StorageClass>STANDARD</StorageClass></Contents>
  <CommonPrefixes><Prefix>a+b/dt%3D1/</Prefix></CommonPrefixes>
</ListBucketResult>`;

describe('a listing', () => {
  it('is read with its keys decoded', () => {
    expect(readListing(listing, 'lake')).toEqual({
      objects: [
        {
          bucket: 'lake',
          key: 'a b/c+d=é.parquet',
          size: 5_368_709_120,
          etag: '"d41d8cd98f00b204e9800998ecf8427e-3"',
          modified: Date.UTC(2024, 4, 6, 7, 8, 9),
          storageClass: 'STANDARD',
        },
      ],
      prefixes: ['a b/dt=1/'],
      continuation: '1%2B/x==',
    });
    const plain = listing.replace('<EncodingType>url</EncodingType>', '').replace(/<Contents>[^]*<\/Contents>/, '');
    expect(readListing(plain, 'lake')?.prefixes).toEqual(['a+b/dt%3D1/']);
  });

  it.each([
    ['it is an error', '<Error><Code>NoSuchBucket</Code></Error>'],
    ['it is the page of a proxy', '<html><body>Please sign in<br></body></html>'],
    ['it is empty', ''],
    ['it is not finished', listing.slice(0, -10)],
    ['a size is none', listing.replace('5368709120', '-1')],
    ['a time is none', listing.replace('2024-05-06T', '')],
    ['an object has no ETag', listing.replace(/<ETag>.*<\/ETag>/, '')],
    ['a key is encoded wrongly', listing.replace('%C3%A9', '%C3')],
    ['the next page has no name', listing.replace(/<Next.*Token>/, '')],
    ['it defines entities', listing.replace('\n', '<!DOCTYPE x [<!ENTITY a "b">]>')],
    ['it has an unknown entity', listing.replace('&quot;', '&nbsp;')],
    ['it is nested without end', `${'<ListBucketResult>'.repeat(50)}${'</ListBucketResult>'.repeat(50)}`],
  ])('is none where %s', (_, xml) => {
    expect(readListing(xml, 'lake')).toBeUndefined();
  });

  it('is read or not, but never half, whatever stands there', () => {
    const below = randomNumbers(Number(process.env['SPARKFORM_SEED'] ?? 1));
    for (let round = 0; round < 2000; round++) {
      const at = below(listing.length);
      const piece = ['', '<', '>', '&', '"', '%', '</Contents>'][below(7)] ?? '';
      const damaged = listing.slice(0, at) + piece + listing.slice(at + below(4));
      const page = readListing(damaged, 'lake');
      for (const { size, modified } of page?.objects ?? [])
        expect([Number.isSafeInteger(size), Number.isNaN(modified)]).toEqual([true, false]);
    }
  });
});

it('an error is read by its fields', () => {
  const error =
    '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Not &lt;you&gt;</Message><Region>eu-west-1</Region></Error>';
  expect([...(readError(error) ?? [])]).toEqual([
    ['Code', 'AccessDenied'],
    ['Message', 'Not <you>'],
    ['Region', 'eu-west-1'],
  ]);
  expect(readError('Bad Gateway')).toBeUndefined();
  expect(readError(listing)).toBeUndefined();
});
