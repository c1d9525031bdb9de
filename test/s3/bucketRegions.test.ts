import { expect, it } from 'vitest';
import { openS3Store } from '../../shared/s3/s3Store';
import type { S3Server } from '../support/s3Server';
import { useS3Server } from '../support/useS3Server';

let server: S3Server;
useS3Server((started) => {
  server = started;
});

it('a bucket is asked for first in the region that is named for it, any other in that of the settings', async () => {
  const store = openS3Store({ region: 'us-west-2', bucketRegions: { lake: 'eu-west-1' }, cacheBytes: 0 }, { env: server.env });
  const regionAsked = async (bucket: string): Promise<string | undefined> => {
    server.gateway.forget();
    await store.list({ bucket, prefix: '' });
    return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(server.gateway.requests[0]?.headers.authorization ?? '')?.[1];
  };
  await server.createBucket('pond');
  expect(await regionAsked('lake')).toBe('eu-west-1');
  expect(await regionAsked('pond')).toBe('us-west-2');
});
