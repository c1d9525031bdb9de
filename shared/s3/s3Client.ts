// Sends signed requests until one is answered: again where S3 is busy or a connection breaks, to the region that a bucket turns
// out to be in, by the clock of the server, and with credentials that were renewed.

import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { TableProblem } from '../table/tableProblem';
import { loadAwsConfiguration, type Environment } from './awsConfiguration';
import { configuredCredentials, type CredentialsProvider } from './credentials';
import { addressOf, findService, keepConnections, type Address, type ConnectingTo, type Service } from './endpoints';
import { NoAnswer, sendRequest, type HttpAnswer } from './httpRequest';
import type { S3Settings, StoreOptions } from './objectStore';
import { formatS3Location } from './s3Location';
import { explainNoAnswer, explainRefusal, type Refusal } from './s3Problems';
import { readError, type ErrorFields } from './s3Xml';
import { signRequest, type Credentials } from './signature';

export interface S3Request {
  readonly operation: 'list' | 'read';
  readonly bucket: string;
  /** Empty for requests about the bucket. */
  readonly key: string;
  /** What messages say that was asked for: the key, or the prefix. */
  readonly about: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Statuses that are answers, besides those of success. */
  readonly expected: readonly number[];
  /** An answer is not longer. */
  readonly mostBytes: number;
}

export interface Patience {
  /** How often one request is sent before it is given up; a time-out counts twice. */
  readonly attempts: number;
  /** The longest first pause, in milliseconds; it doubles each time. */
  readonly pause: number;
  /** The same where S3 says that it is busy. */
  readonly busyPause: number;
  /** So many milliseconds may pass without a byte. */
  readonly silence: number;
}

export const usualPatience: Patience = { attempts: 6, pause: 100, busyPause: 500, silence: 15_000 };
const longestPause = 20_000;
/** Connections that break come and go; those that are refused, or not trusted, stay so. */
const passingCodes = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'];
const endedSession = ['ExpiredToken', 'TokenRefreshRequired', 'InvalidToken', 'InvalidAccessKeyId', 'SignatureDoesNotMatch'];

/** What one sequence of attempts has tried. */
interface Attempts {
  failures: number;
  redirected: boolean;
  clockSet: boolean;
  renewed: boolean;
}

interface Reached {
  readonly service: Service;
  readonly connectingTo: ConnectingTo;
}

export class S3Client {
  private readonly credentials: CredentialsProvider;
  /** Once it has been found out. */
  private reached: Promise<Reached> | undefined;
  private readonly regions: Map<string, string>;
  /** How many milliseconds the clock of the server is ahead. */
  private clockOffset = 0;

  constructor(
    private readonly settings: S3Settings,
    private readonly env: Environment,
    private readonly patience: Patience,
  ) {
    this.credentials = configuredCredentials(settings.profile, env);
    this.regions = new Map(Object.entries(settings.bucketRegions ?? {}));
  }

  /** What is asked: the endpoint, or AWS in one of its partitions. Buckets of one name in two of them are not the same. */
  async serviceName(): Promise<string> {
    const { endpoint, region } = (await this.reach()).service;
    return endpoint?.href ?? `aws ${/^(cn|us-gov|us-iso[a-z]?)-/.exec(region)?.[1] ?? ''}`;
  }

  /** Throws a TableProblem, or the reason of the signal. */
  async send(request: S3Request, { signal, cost }: StoreOptions): Promise<HttpAnswer> {
    const tried: Attempts = { failures: 0, redirected: false, clockSet: false, renewed: false };
    const { service, connectingTo } = await this.reach();
    let credentials = await this.credentials.get({ signal });
    for (;;) {
      const region = this.regions.get(request.bucket) ?? service.region;
      const address = addressOf(service, region, request.bucket, request.key);
      if (cost) cost.requests += 1;
      const answer = await this.attempt(request, address, { region, credentials, connectingTo, signal, tried });
      if (answer === undefined) continue;
      if ((answer.status >= 200 && answer.status < 300) || request.expected.includes(answer.status)) return answer;
      const fields = readError(answer.body.toString()) ?? new Map<string, string>();
      const refusal: Refusal = { status: answer.status, fields };
      if (this.learnRegion(request.bucket, region, refusal, answer.headers, tried)) continue;
      const code = fields.get('Code') ?? '';
      if (code === 'RequestTimeTooSkewed' && !tried.clockSet) {
        tried.clockSet = true;
        if (this.setClock(answer.headers.date)) continue;
      }
      if (endedSession.includes(code) && !tried.renewed) {
        tried.renewed = true;
        const renewed = await this.credentials.get({ refused: credentials, signal });
        if (isOther(renewed, credentials)) {
          credentials = renewed;
          continue;
        }
      }
      const first = isBusy(refusal) ? this.patience.busyPause : this.patience.pause;
      if (isPassing(refusal) && (await this.pause(tried, { weight: 1, first, signal }))) continue;
      throw this.explain(request, refusal);
    }
  }

  /** Undefined where it is to be tried again. */
  private async attempt(
    request: S3Request,
    address: Address,
    by: {
      readonly region: string;
      readonly credentials: Credentials;
      readonly connectingTo: ConnectingTo;
      readonly signal: AbortSignal | undefined;
      readonly tried: Attempts;
    },
  ): Promise<HttpAnswer | undefined> {
    const { query, mostBytes } = request;
    const payer: Record<string, string> = this.settings.requesterPays === true ? { 'x-amz-request-payer': 'requester' } : {};
    const unsigned = { method: 'GET', host: address.host, path: address.path, query, headers: { ...request.headers, ...payer } } as const;
    const { target, headers } = signRequest(unsigned, by.credentials, by.region, Date.now() + this.clockOffset);
    const { silence } = this.patience;
    const connecting = by.connectingTo(address);
    try {
      return await sendRequest({ address, target, headers, connecting, signal: by.signal, silence, mostBytes });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.wasStale) return undefined;
      const code = codeOf(error.reason);
      const pause = { weight: code === 'ETIMEDOUT' ? 2 : 1, first: this.patience.pause, signal: by.signal };
      if (passingCodes.includes(code) && (await this.pause(by.tried, pause))) return undefined;
      const { proxy } = connecting;
      const server = proxy === undefined ? address.host : `${address.host} through the proxy ${proxy}`;
      throw explainNoAnswer(error.reason, formatS3Location({ bucket: request.bucket, key: request.about }), server);
    }
  }

  /** Whether it is worth another try, after a pause of random length, as they all would come back at once otherwise. */
  private async pause(
    tried: Attempts,
    { weight, first, signal }: { readonly weight: number; readonly first: number; readonly signal: AbortSignal | undefined },
  ): Promise<boolean> {
    tried.failures += weight;
    if (tried.failures >= this.patience.attempts) return false;
    const longest = Math.min(longestPause, first * 2 ** (tried.failures - 1));
    try {
      await wait(Math.random() * longest, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
    return true;
  }

  /** Whether the answer named another region, once a request. It is remembered. */
  private learnRegion(bucket: string, asked: string, refusal: Refusal, headers: IncomingHttpHeaders, tried: Attempts): boolean {
    if (tried.redirected || ![301, 307, 400, 403].includes(refusal.status)) return false;
    const region = headers['x-amz-bucket-region'] ?? refusal.fields.get('Region') ?? regionOf(refusal.fields);
    if (typeof region !== 'string' || region === asked || !/^[a-z0-9-]+$/.test(region)) return false;
    tried.redirected = true;
    this.regions.set(bucket, region);
    return true;
  }

  private setClock(date: string | undefined): boolean {
    const server = Date.parse(date ?? '');
    if (Number.isNaN(server)) return false;
    this.clockOffset = server - Date.now();
    return true;
  }

  private explain({ operation, bucket, about }: S3Request, refusal: Refusal): TableProblem {
    const location = formatS3Location({ bucket, key: about });
    const requesterPays = this.settings.requesterPays === true;
    return explainRefusal(refusal, { operation, location, bucket, requesterPays, origin: this.credentials.origin });
  }

  private reach(): Promise<Reached> {
    this.reached ??= loadAwsConfiguration(this.env)
      .then((configuration) => {
        const service = findService(this.settings, this.env, configuration);
        return { service, connectingTo: keepConnections(service) };
      })
      .catch((error: unknown) => {
        this.reached = undefined;
        throw error;
      });
    return this.reached;
  }
}

function isOther(a: Credentials, b: Credentials): boolean {
  return a.accessKeyId !== b.accessKeyId || a.secretAccessKey !== b.secretAccessKey || a.sessionToken !== b.sessionToken;
}

function isPassing({ status, fields }: Refusal): boolean {
  return status === 429 || status >= 500 || ['SlowDown', 'RequestTimeout', 'InternalError'].includes(fields.get('Code') ?? '');
}

function isBusy({ status, fields }: Refusal): boolean {
  return status === 429 || status === 503 || fields.get('Code') === 'SlowDown';
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

/** Of the endpoint that an old redirection names: `bucket.s3.eu-west-1.amazonaws.com` or `bucket.s3-eu-west-1.amazonaws.com`. */
function regionOf(fields: ErrorFields): string | undefined {
  return /\bs3[.-]([a-z]{2}-[a-z0-9-]+)\.amazonaws\.com/.exec(fields.get('Endpoint') ?? '')?.[1];
}
