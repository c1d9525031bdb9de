// An S3 server for the tests of a file.

import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { S3Server } from './s3Server';

/**
 * Starts the server before the first test, and has each test fail that asks what S3 would not take. To be called once, at the
 * top of a file of tests.
 *
 * @param prepare is given the server before it counts what it is asked
 */
export function useS3Server(prepare: (server: S3Server) => Promise<void> | void): void {
  let server: S3Server | undefined;
  beforeAll(async () => {
    server = await S3Server.start();
    await prepare(server);
  }, 300_000);
  afterAll(() => server?.dispose());
  beforeEach(() => {
    server?.gateway.forget();
  });
  afterEach(() => {
    expect(server?.gateway.violations).toEqual([]);
  });
}
