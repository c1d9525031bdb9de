// Reading parts of objects: from the disk where they were read before, otherwise from S3, which is held to what it says.

import { TableProblem } from '../table/tableProblem';
import type { HttpAnswer } from './httpRequest';
import type { ObjectPart, PinnedObject, ReadRange, StoreOptions } from './objectStore';
import type { CachedState, RangeCache } from './rangeCache';
import type { S3Client } from './s3Client';
import { formatS3Location } from './s3Location';
import { readError } from './s3Xml';

/** Errors and whole empty objects are shorter. */
const shortBytes = 1024 * 1024;

/** Throws a TableProblem, or the reason of the signal. */
export async function readPart(
  client: S3Client,
  cache: RangeCache | undefined,
  object: PinnedObject,
  range: ReadRange,
  options: StoreOptions,
): Promise<ObjectPart> {
  const part = await readBuffer(client, cache, object, range, options);
  // The methods of a Buffer do not all do what those of the same name do elsewhere: its slices are no copies.
  const { buffer, byteOffset, length } = part.bytes;
  return { ...part, bytes: new Uint8Array(buffer, byteOffset, length) };
}

async function readBuffer(
  client: S3Client,
  cache: RangeCache | undefined,
  object: PinnedObject,
  range: ReadRange,
  options: StoreOptions,
): Promise<ObjectPart> {
  if ('end' in range && range.end <= range.start) throw new RangeError(`bytes ${range.start} to ${range.end} are none`);
  if (!cache) return (await fetchPart(client, object, range, undefined, options)) ?? unasked(object);
  const service = await client.serviceName();
  options.signal?.throwIfAborted();
  const stateOf = (etag: string): CachedState => ({ service, bucket: object.bucket, key: object.key, etag });
  const find = async (etag: string, size: number | undefined): Promise<ObjectPart | undefined> => {
    const asked = 'end' in range ? range : size === undefined ? undefined : { start: Math.max(0, size - range.last), end: size };
    const part = asked && (await cache.get(stateOf(etag), asked));
    return part && { ...part, etag };
  };
  const keep = async (part: ObjectPart): Promise<void> => {
    const start = 'end' in range ? range.start : part.size - part.bytes.length;
    await cache.put(stateOf(part.etag), start, part);
  };
  if (object.etag !== undefined) {
    const kept = await find(object.etag, undefined);
    if (kept) return kept;
    const part = (await fetchPart(client, object, range, undefined, options)) ?? unasked(object);
    await keep(part);
    return part;
  }
  // Whether an object is as it was when it was read last, S3 says without sending it again.
  const last = stateOf('');
  const known = await lastKnown(cache, last);
  const kept = known && (await find(known.etag, known.size));
  const part = await fetchPart(client, object, range, kept?.etag, options);
  if (!part) return kept ?? unasked(object);
  await keep(part);
  await cache.drop(last);
  const { etag, size, modified } = part;
  await cache.put(last, 0, { bytes: Buffer.from(JSON.stringify({ etag, size })), size, modified });
  return part;
}

/** The state that an object was in when it was read last: the JSON text of a part that begins where objects do. */
async function lastKnown(cache: RangeCache, last: CachedState): Promise<{ readonly etag: string; readonly size: number } | undefined> {
  const part = await cache.first(last);
  if (!part) return undefined;
  const read: unknown = JSON.parse(Buffer.from(part.bytes).toString());
  if (typeof read !== 'object' || read === null || !('etag' in read) || !('size' in read)) return undefined;
  const { etag, size } = read;
  return typeof etag === 'string' && typeof size === 'number' ? { etag, size } : undefined;
}

/** Undefined where the object still has the ETag `unless`. */
async function fetchPart(
  client: S3Client,
  object: PinnedObject,
  range: ReadRange,
  unless: string | undefined,
  options: StoreOptions,
): Promise<ObjectPart | undefined> {
  const { bucket, key, etag } = object;
  const location = formatS3Location(object);
  const length = 'end' in range ? range.end - range.start : range.last;
  const ask = async (headers: Readonly<Record<string, string>>, expected: readonly number[], most: number): Promise<HttpAnswer> => {
    const pinned = { ...headers, ...(etag === undefined ? {} : { 'if-match': etag }) };
    const request = { operation: 'read', bucket, key, about: key, query: {}, headers: pinned, expected, mostBytes: most } as const;
    const answer = await client.send(request, options);
    if (options.cost) options.cost.bytesRead += answer.body.length;
    return answer;
  };
  const bytes = 'end' in range ? `bytes=${range.start}-${range.end - 1}` : `bytes=-${range.last}`;
  const condition = unless === undefined ? {} : { 'if-none-match': unless };
  const answer = await ask({ range: bytes, ...condition }, [304, 416], Math.max(length, shortBytes));
  if (answer.status === 304) return undefined;
  if (answer.status !== 416) return partOf(answer, range, object);
  // Of an empty object there is no range.
  const actual = readError(answer.body.toString())?.get('ActualObjectSize');
  if (('end' in range && range.start > 0) || (actual !== undefined && actual !== '0')) {
    throw new TableProblem('changed', `${location} became shorter while it was read`);
  }
  return partOf(await ask({}, [], shortBytes), range, object);
}

/** What came is held to what was asked for. */
function partOf({ status, headers, body }: HttpAnswer, range: ReadRange, object: PinnedObject): ObjectPart {
  const location = formatS3Location(object);
  const { etag } = headers;
  if (etag === undefined) throw new TableProblem('unreachable', `${location}: the server sent no ETag, as S3 does`);
  if (object.etag !== undefined && etag !== object.etag) throw new TableProblem('changed', `${location} was changed while it was shown`);
  const modified = Date.parse(headers['last-modified'] ?? '');
  const known = { etag, modified: Number.isNaN(modified) ? 0 : modified };
  if (status === 206) {
    const [, first, last, whole] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
    const [start, end, size] = [Number(first), Number(last) + 1, Number(whole)];
    const asked =
      'end' in range ? { start: range.start, end: Math.min(range.end, size) } : { start: Math.max(0, size - range.last), end: size };
    if (start !== asked.start || end !== asked.end || body.length !== end - start) {
      throw new TableProblem('unreachable', `${location}: the server sent other bytes than it was asked for`);
    }
    return { ...known, size, bytes: body };
  }
  // A server that knows no ranges sends everything.
  const size = body.length;
  const bytes = 'end' in range ? body.subarray(range.start, range.end) : body.subarray(Math.max(0, size - range.last));
  return { ...known, size, bytes };
}

function unasked(object: PinnedObject): never {
  throw new TableProblem('unreachable', `${formatS3Location(object)}: the server said that nothing changed, without being asked`);
}
