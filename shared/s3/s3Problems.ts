// What a refusal of S3 means for whoever looks at a table, and what can be done about it.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

import { TableProblem } from '../table/tableProblem';
import type { CredentialsOrigin } from './credentials';
import type { ErrorFields } from './s3Xml';

/** What was asked for, as messages tell it. */
export interface Asked {
  readonly operation: 'list' | 'read';
  /** `s3://bucket/key` */
  readonly location: string;
  readonly bucket: string;
  readonly requesterPays: boolean;
  readonly origin: CredentialsOrigin | undefined;
}

export interface Refusal {
  readonly status: number;
  /** Empty where the body was no error of S3. */
  readonly fields: ErrorFields;
}

export function explainRefusal({ status, fields }: Refusal, asked: Asked): TableProblem {
  const { location, bucket, operation } = asked;
  const code = fields.get('Code') ?? '';
  const said = fields.get('Message') ?? '';
  switch (code) {
    case 'NoSuchBucket':
      return new TableProblem('missing', `${location} cannot be ${pastOf(operation)}: there is no bucket "${bucket}"`);
    case 'NoSuchKey':
      return new TableProblem('missing', `${location} does not exist`);
    case 'PreconditionFailed':
      return new TableProblem('changed', `${location} was changed while it was shown`);
    case 'InvalidObjectState':
      return new TableProblem('denied', explainArchived(fields, location));
    case 'InvalidRange':
      return new TableProblem('changed', `${location} became shorter while it was read`);
    case 'ExpiredToken':
    case 'TokenRefreshRequired':
      return new TableProblem('no-credentials', `${location}: the credentials of ${labelOf(asked)} have expired: ${renewalOf(asked)}`);
    case 'InvalidAccessKeyId':
    case 'InvalidToken':
    case 'InvalidSecurity':
    case 'InvalidClientTokenId':
      return new TableProblem('no-credentials', `${location}: S3 does not know the credentials of ${labelOf(asked)}: ${renewalOf(asked)}`);
    case 'SignatureDoesNotMatch':
      return new TableProblem(
        'no-credentials',
        `${location}: the secret access key of ${labelOf(asked)} is not the right one: ${renewalOf(asked)}`,
      );
    case 'RequestTimeTooSkewed':
      return new TableProblem('denied', `${location}: the clock of this computer is wrong by more than 15 minutes: set it`);
    case 'PermanentRedirect':
    case 'TemporaryRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      return new TableProblem('unreachable', `${location}: the bucket "${bucket}" is in another region: say which. S3 says: ${said}`);
    case 'SlowDown':
    case 'ServiceUnavailable':
    case 'TooManyRequests':
      return new TableProblem('unreachable', `${location}: S3 asked again and again to be asked more slowly (${code}): try later`);
    case 'AccountProblem':
    case 'AllAccessDisabled':
    case 'NotSignedUp':
      return new TableProblem('denied', `${location}: the AWS account has no access to S3 (${code}): ${said}`);
  }
  if (code === '' && status !== 407 && status < 500) {
    return new TableProblem(
      'unreachable',
      `${location}: an answer with status ${status} is not one of S3: is a proxy in between, or the endpoint wrong?`,
    );
  }
  if (/^KMS\b|kms:|\bKMS key/i.test(`${code} ${said}`)) return new TableProblem('denied', explainKms(code, said, location));
  if (/server.?side encryption/i.test(said) && status === 400) {
    return new TableProblem('denied', `${location} is encrypted with a key that its writer keeps (SSE-C), and cannot be read without it`);
  }
  if (status === 403) return new TableProblem('denied', explainDenied(said, asked));
  if (status === 404) return new TableProblem('missing', `${location} does not exist`);
  if (status === 407) return new TableProblem('unreachable', `${location}: the proxy asks for a name and a password (status 407)`);
  const answer = code === '' ? `with status ${status}` : `${code}: ${said}`;
  return new TableProblem(status >= 500 || status === 429 ? 'unreachable' : 'denied', `${location}: S3 answered ${answer}`);
}

function pastOf(operation: Asked['operation']): string {
  return operation === 'list' ? 'listed' : 'read';
}

function labelOf({ origin }: Asked): string {
  return origin?.label ?? 'this computer';
}

function renewalOf({ origin }: Asked): string {
  return origin === undefined ? 'renew them' : origin.renewal;
}

function explainDenied(said: string, asked: Asked): string {
  const { location, bucket, operation, requesterPays } = asked;
  const by = asked.origin === undefined ? '' : ` by ${asked.origin.label}`;
  // Newer messages name who asked, for what, and which policy was in the way.
  const detail = /is not authorized to perform|explicit deny/.test(said) ? `. S3 says: ${said}` : '';
  const needed =
    operation === 'list'
      ? `It needs s3:ListBucket on the bucket "${bucket}" for this prefix`
      : `It needs s3:GetObject; without s3:ListBucket on "${bucket}", S3 says the same of an object that does not exist`;
  const payer = requesterPays ? '' : '; where the owner of the bucket lets requesters pay, turn on “requester pays”';
  return `${location} may not be ${pastOf(operation)}${by}: access denied. ${needed}${payer}${detail}`;
}

function explainKms(code: string, said: string, location: string): string {
  if (/Disabled/i.test(code)) return `${location} cannot be decrypted: its KMS key is disabled. S3 says: ${said}`;
  if (/InvalidState|PendingDeletion|pending deletion/i.test(`${code} ${said}`)) {
    return `${location} cannot be decrypted: its KMS key is not in use, or is to be deleted. S3 says: ${said}`;
  }
  if (/NotFound/i.test(code)) return `${location} cannot be decrypted: its KMS key does not exist any more. S3 says: ${said}`;
  return `${location} is encrypted with a KMS key: reading it needs kms:Decrypt on that key as well. S3 says: ${said}`;
}

function explainArchived(fields: ErrorFields, location: string): string {
  const storage = fields.get('AccessTier') ?? fields.get('StorageClass') ?? 'GLACIER';
  return `${location} is archived (${storage}): it must be restored before it can be read`;
}

/** Why no answer came. */
export function explainNoAnswer(error: unknown, location: string, server: string): TableProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cause = error instanceof Error ? error.message : String(error);
  const because = (why: string): TableProblem => new TableProblem('unreachable', `${location}: ${why}`, { cause: error });
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return because(`${server} cannot be found: is this computer offline, or the region or endpoint misspelt?`);
    case 'ECONNREFUSED':
      return because(`${server} refuses connections: does it run, and is the port right?`);
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
      return because(`${server} cannot be reached: is this computer offline?`);
    case 'ETIMEDOUT':
      return because(`${server} did not answer in time`);
    case 'ECONNRESET':
    case 'EPIPE':
      return because(`${server} broke the connection again and again`);
    case 'EMSGSIZE':
      return because(`${server} sends more than it is asked for: Sparkform needs a server that answers ranges, as S3 does`);
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return because(`${server} does not speak TLS: is its endpoint one of http://?`);
  }
  if (/certificate|CERT|altname/i.test(`${code} ${cause}`)) {
    return because(`the certificate of ${server} is not trusted (${cause}): AWS_CA_BUNDLE can name a file with that of its authority`);
  }
  return because(`${server} could not be asked: ${cause}`);
}
