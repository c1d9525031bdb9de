// What tests of the store have in common: a server, an object of a thousand bytes in it, and requests that go wrong.

import type { ObjectStore, S3Settings } from '../../shared/s3/objectStore';
import { openS3Store } from '../../shared/s3/s3Store';
import type { Fault } from '../support/s3Gateway';
import type { S3Server } from '../support/s3Server';
import { useS3Server } from '../support/useS3Server';

export const thousandBytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
export const object = { bucket: 'lake', key: 'a.bin' };
/** Breaks without a pause. */
export const patience = { attempts: 4, pause: 1, busyPause: 1 };

export interface StoreBench {
  readonly server: S3Server;
  /** Without a cache. */
  readonly store: (settings?: S3Settings, env?: Record<string, string>) => ObjectStore;
  /** The whole object, in one request. */
  readonly readAll: (from?: ObjectStore) => Promise<unknown>;
  /** The first so many requests have this fault. */
  readonly failing: (times: number, fault: Fault) => void;
}

/** Starts the server for the tests of a file, and has each of them fail that asks what S3 would not take. */
export function storeBench(): StoreBench {
  let server: S3Server | undefined;
  const started = (): S3Server => {
    if (!server) throw new Error('the server is started before the first test');
    return server;
  };
  useS3Server(async (own) => {
    server = own;
    await own.put(object.key, thousandBytes);
  });
  const store: StoreBench['store'] = (settings = {}, env = started().env) => openS3Store({ cacheBytes: 0, ...settings }, { env, patience });
  return {
    get server() {
      return started();
    },
    store,
    readAll: (from = store()) => from.read(object, { start: 0, end: 1000 }),
    failing(times, fault) {
      started().gateway.fault = (_, number) => (number < times ? fault : undefined);
    },
  };
}

export function error(status: number, code: string, message = '', more: Partial<Fault & { kind: 'error' }> = {}): Fault {
  return { kind: 'error', status, code, message, ...more };
}
