// What the store makes of refusals, and what it says then.

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../support/s3Gateway';
import { temporaryFolder } from '../support/cli';
import { awsEnvironment } from '../support/s3Server';
import { tableProblemOf } from '../support/tableProblemOf';
import { error, storeBench } from './storeBench';

const bench = storeBench();
const { store, readAll, failing } = bench;

describe('a bucket in another region', () => {
  const signedFor = (): (string | undefined)[] =>
    bench.server.gateway.requests.map(({ headers }) => /Credential=[^/]*\/\d+\/([^/]*)/.exec(headers.authorization ?? '')?.[1]);

  it.each<[string, Fault]>([
    ['by a header', error(301, 'PermanentRedirect', 'Use the endpoint.', { headers: { 'x-amz-bucket-region': 'eu-west-1' } })],
    [
      'by the region that is expected',
      error(400, 'AuthorizationHeaderMalformed', "the region 'us-east-1' is wrong; expecting 'eu-west-1'", {
        fields: { Region: 'eu-west-1' },
      }),
    ],
    ['by an endpoint', error(307, 'TemporaryRedirect', 'Re-send.', { fields: { Endpoint: 'lake.s3-eu-west-1.amazonaws.com' } })],
    [
      'by a constraint',
      error(400, 'IllegalLocationConstraintException', 'incompatible', { headers: { 'x-amz-bucket-region': 'eu-west-1' } }),
    ],
  ])('is found %s, and remembered', async (_, fault) => {
    bench.server.gateway.fault = ({ headers }) => (headers.authorization?.includes('/us-east-1/') === true ? fault : undefined);
    const one = store();
    await readAll(one);
    await readAll(one);
    expect(signedFor()).toEqual(['us-east-1', 'eu-west-1', 'eu-west-1']);
  });

  it('is not followed in a circle, nor without a name', async () => {
    bench.server.gateway.fault = ({ headers }) => {
      const region = headers.authorization?.includes('/us-east-1/') === true ? 'eu-west-1' : 'us-east-1';
      return error(301, 'PermanentRedirect', 'Use another.', { headers: { 'x-amz-bucket-region': region } });
    };
    const expected = {
      kind: 'unreachable',
      message: 's3://lake/a.bin: the bucket "lake" is in another region: say which. S3 says: Use another.',
    };
    expect(await tableProblemOf(readAll())).toEqual(expected);
    expect(bench.server.gateway.requests).toHaveLength(2);
    bench.server.gateway.fault = () => error(301, 'PermanentRedirect', 'Use another.');
    expect(await tableProblemOf(readAll())).toEqual(expected);
  });

  it('is asked for by what settings, variables or the profile say first', async () => {
    await readAll(store({ region: 'ap-south-1' }, { ...bench.server.env, AWS_REGION: 'eu-west-1' }));
    await readAll(store({}, { ...bench.server.env, AWS_DEFAULT_REGION: 'eu-west-1' }));
    expect(signedFor()).toEqual(['ap-south-1', 'eu-west-1']);
  });
});

describe('a refusal', () => {
  const denied = 's3://lake/a.bin may not be read by the keys in AWS_ACCESS_KEY_ID: access denied. ';
  const payer = '; where the owner of the bucket lets requesters pay, turn on “requester pays”';
  it.each<[Fault, { readonly kind: string; readonly message: string }]>([
    [
      error(403, 'AccessDenied', 'Access Denied'),
      {
        kind: 'denied',
        message: `${denied}It needs s3:GetObject; without s3:ListBucket on "lake", S3 says the same of an object that does not exist${payer}`,
      },
    ],
    [
      error(403, 'AccessDenied', 'User: arn:aws:iam::1:user/u is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:k'),
      {
        kind: 'denied',
        message:
          's3://lake/a.bin is encrypted with a KMS key: reading it needs kms:Decrypt on that key as well. ' +
          'S3 says: User: arn:aws:iam::1:user/u is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:k',
      },
    ],
    [
      error(400, 'KMS.DisabledException', 'arn:aws:kms:k is disabled.'),
      { kind: 'denied', message: 's3://lake/a.bin cannot be decrypted: its KMS key is disabled. S3 says: arn:aws:kms:k is disabled.' },
    ],
    [
      error(400, 'KMS.KMSInvalidStateException', 'arn:aws:kms:k is pending deletion.'),
      {
        kind: 'denied',
        message:
          's3://lake/a.bin cannot be decrypted: its KMS key is not in use, or is to be deleted. S3 says: arn:aws:kms:k is pending deletion.',
      },
    ],
    [
      error(403, 'InvalidObjectState', 'Not valid for the storage class', { fields: { StorageClass: 'DEEP_ARCHIVE' } }),
      { kind: 'denied', message: 's3://lake/a.bin is archived (DEEP_ARCHIVE): it must be restored before it can be read' },
    ],
    [
      error(
        400,
        'InvalidRequest',
        'The object was stored using a form of Server Side Encryption. The correct parameters must be provided.',
      ),
      { kind: 'denied', message: 's3://lake/a.bin is encrypted with a key that its writer keeps (SSE-C), and cannot be read without it' },
    ],
    [
      error(400, 'ExpiredToken', 'The provided token has expired.'),
      {
        kind: 'no-credentials',
        message:
          's3://lake/a.bin: the credentials of the keys in AWS_ACCESS_KEY_ID have expired: set AWS_ACCESS_KEY_ID and its companions anew',
      },
    ],
    [
      error(404, ''),
      {
        kind: 'unreachable',
        message: 's3://lake/a.bin: an answer with status 404 is not one of S3: is a proxy in between, or the endpoint wrong?',
      },
    ],
    [error(418, 'Teapot', 'Short and stout'), { kind: 'denied', message: 's3://lake/a.bin: S3 answered Teapot: Short and stout' }],
  ])('is explained: %j', async (fault, problem) => {
    failing(Infinity, fault);
    expect(await tableProblemOf(readAll())).toEqual(problem);
    expect(bench.server.gateway.requests).toHaveLength(1);
  });

  it('of a listing names the permission to list', async () => {
    const said = 'User: arn:aws:iam::1:user/u is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::lake" because …';
    failing(Infinity, error(403, 'AccessDenied', said));
    expect(await tableProblemOf(store({ requesterPays: true }).list({ bucket: 'lake', prefix: 'v1/' }))).toEqual({
      kind: 'denied',
      message:
        's3://lake/v1/ may not be listed by the keys in AWS_ACCESS_KEY_ID: access denied. ' +
        `It needs s3:ListBucket on the bucket "lake" for this prefix. S3 says: ${said}`,
    });
    expect(bench.server.gateway.requests[0]?.headers['x-amz-request-payer']).toBe('requester');
  });

  it('says what does not exist', async () => {
    expect(await tableProblemOf(store().read({ bucket: 'lake', key: 'b.bin' }, { last: 8 }))).toEqual({
      kind: 'missing',
      message: 's3://lake/b.bin does not exist',
    });
    expect(await tableProblemOf(store().list({ bucket: 'sea-without', prefix: 'a/' }))).toEqual({
      kind: 'missing',
      message: 's3://sea-without/a/ cannot be listed: there is no bucket "sea-without"',
    });
    await bench.server.put('cold.bin', 'cold', 'GLACIER');
    expect(await tableProblemOf(store().read({ bucket: 'lake', key: 'cold.bin' }, { last: 8 }))).toEqual({
      kind: 'denied',
      message: 's3://lake/cold.bin is archived (GLACIER): it must be restored before it can be read',
    });
  });

  it('of keys names where they come from, and no secret', async () => {
    expect(await tableProblemOf(readAll(store({}, { ...bench.server.env, AWS_SECRET_ACCESS_KEY: 'wrong' })))).toEqual({
      kind: 'no-credentials',
      message:
        's3://lake/a.bin: the secret access key of the keys in AWS_ACCESS_KEY_ID is not the right one: set AWS_ACCESS_KEY_ID and its companions anew',
    });
    expect(await tableProblemOf(readAll(store({}, { ...bench.server.env, AWS_ACCESS_KEY_ID: 'AKIDUNKNOWN' })))).toEqual({
      kind: 'no-credentials',
      message:
        's3://lake/a.bin: S3 does not know the credentials of the keys in AWS_ACCESS_KEY_ID: set AWS_ACCESS_KEY_ID and its companions anew',
    });
  });
});

describe('credentials that are not taken any more', () => {
  it('are renewed once by those who can', async () => {
    const home = temporaryFolder({ config: '[profile p]\ncredential_process = sh -c \'cat "$KEYS"\'\n', keys: '' });
    try {
      const hand = (id: string): void => {
        const granted = { Version: 1, AccessKeyId: id, SecretAccessKey: 'hush', SessionToken: `token-of-${id}` };
        writeFileSync(join(home.path, 'keys'), JSON.stringify(granted));
      };
      await bench.server.know({ id: 'FIRST', secret: 'hush', token: 'token-of-FIRST' });
      await bench.server.know({ id: 'SECOND', secret: 'hush', token: 'token-of-SECOND' });
      const env = { ...bench.server.env, AWS_CONFIG_FILE: join(home.path, 'config'), KEYS: join(home.path, 'keys') };
      const one = store({ profile: 'p' }, env);
      hand('FIRST');
      await readAll(one);
      await bench.server.know({ id: 'FIRST', secret: 'hush', token: 'token-of-FIRST', expired: true });
      hand('SECOND');
      await Promise.all([readAll(one), readAll(one), readAll(one)]);
      expect(bench.server.gateway.requests.at(-1)?.headers['x-amz-security-token']).toBe('token-of-SECOND');
      await bench.server.know({ id: 'SECOND', secret: 'hush', token: 'token-of-SECOND', expired: true });
      expect(await tableProblemOf(readAll(one))).toEqual({
        kind: 'no-credentials',
        message:
          's3://lake/a.bin: the credentials of the profile "p" (credential_process) have expired: see what its credential_process says',
      });
    } finally {
      home.dispose();
    }
  });
});

describe('the clock', () => {
  it('is that of the server where this one is wrong', async () => {
    const ahead = Date.now() + 3600_000;
    bench.server.gateway.fault = (_, number) => {
      const headers = { date: new Date(ahead).toUTCString() };
      return number === 0 ? error(403, 'RequestTimeTooSkewed', 'too large', { headers }) : error(403, 'Stop');
    };
    await tableProblemOf(readAll());
    const signed = bench.server.gateway.requests.map(({ headers }) => String(headers['x-amz-date']));
    expect(signed).toHaveLength(2);
    const [before = '', after = ''] = signed.map((text) => text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    expect(Math.round((Date.parse(after) - Date.parse(before)) / 60_000)).toBe(60);
  });
});

describe('a server', () => {
  it('that is not there is named', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    await once(closed, 'close');
    expect(await tableProblemOf(readAll(store({ endpoint: `http://127.0.0.1:${port}` })))).toEqual({
      kind: 'unreachable',
      message: `s3://lake/a.bin: 127.0.0.1:${port} refuses connections: does it run, and is the port right?`,
    });
    expect(await tableProblemOf(readAll(store({ endpoint: bench.server.endpoint.replace('http:', 'https:') })))).toEqual({
      kind: 'unreachable',
      message: `s3://lake/a.bin: ${bench.server.endpoint.slice(7)} does not speak TLS: is its endpoint one of http://?`,
    });
    for (const endpoint of ['localhost:9000', 'ftp://host', 'http://host?x=1']) {
      expect(await tableProblemOf(readAll(store({ endpoint })))).toEqual({
        kind: 'wrong-location',
        message: `the endpoint "${endpoint}" is no URL of a server: expected https://host or http://host:port`,
      });
    }
  });

  it('may be named by a profile', async () => {
    const env = awsEnvironment('');
    const scratch = mkdtempSync(join(tmpdir(), 'sparkform-config-'));
    const config = join(scratch, 'config');
    writeFileSync(config, `[profile minio]\nservices = local\n[services local]\ns3 =\n  endpoint_url = ${bench.server.endpoint}\n`);
    await readAll(store({}, { ...env, AWS_CONFIG_FILE: config, AWS_PROFILE: 'minio' }));
    writeFileSync(config, `[profile minio]\nendpoint_url = ${bench.server.endpoint}\nregion = eu-north-1\n`);
    await readAll(store({}, { ...env, AWS_CONFIG_FILE: config, AWS_PROFILE: 'minio' }));
    rmSync(scratch, { recursive: true });
    expect(bench.server.gateway.requests.map(({ headers }) => headers.host)).toEqual([
      bench.server.endpoint.slice(7),
      bench.server.endpoint.slice(7),
    ]);
    expect(bench.server.gateway.requests[1]?.headers.authorization).toContain('/eu-north-1/s3/');
  });
});
