// The signature of a request, version 4, as S3 wants it: the path is encoded once, and nothing in it is made simpler.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html

import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

export interface UnsignedRequest {
  readonly method: 'GET';
  /** With the port, where it is not the scheme's own. */
  readonly host: string;
  /** Encoded: by `encodePath`. */
  readonly path: string;
  /** Not encoded. */
  readonly query: Readonly<Record<string, string>>;
  /** Those that count, with small names; `host` and those of the signature come by themselves. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SignedRequest {
  /** Path and query, as they stand in the first line of the request. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** SHA-256 of nothing: requests that read have no body. */
const emptyHash = createHash('sha256').digest('hex');

/** @param now by the clock of the server, in milliseconds: a request of another quarter of an hour is refused. */
export function signRequest(request: UnsignedRequest, credentials: Credentials, region: string, now: number): SignedRequest {
  const moment = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = moment.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    'x-amz-content-sha256': emptyHash,
    'x-amz-date': moment,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const signedHeaders = names.join(';');
  const query = Object.entries(request.query)
    .map(([name, value]) => [encodeName(name), encodeName(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = [request.method, request.path, query, lines, signedHeaders, emptyHash].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', moment, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const signature = createHmac('sha256', signingKey(credentials, day, region))
    .update(toSign)
    .digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { target: query === '' ? request.path : `${request.path}?${query}`, headers: { ...headers, authorization } };
}

/** A key as the path of a request: every byte of its UTF-8 but letters, digits, `-._~` and the slashes. */
export function encodePath(key: string): string {
  return key.split('/').map(encodeName).join('/');
}

function encodeName(text: string): string {
  // Half of a surrogate pair has no UTF-8; it becomes what Buffers make of it.
  return encodeURIComponent(Buffer.from(text).toString()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The key of the last request: it is the same for a whole day. */
const lastKeys = new WeakMap<Credentials, { readonly scope: string; readonly key: Buffer }>();

function signingKey(credentials: Credentials, day: string, region: string): Buffer {
  const scope = `${day}/${region}`;
  const last = lastKeys.get(credentials);
  if (last?.scope === scope) return last.key;
  const hmac = (by: string | Buffer, text: string): Buffer => createHmac('sha256', by).update(text).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${credentials.secretAccessKey}`, day), region), 's3'), 'aws4_request');
  lastKeys.set(credentials, { scope, key });
  return key;
}
