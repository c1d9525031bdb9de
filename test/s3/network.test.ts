// As it is at AWS: buckets as hosts of its regions, over TLS, through a proxy. The proxy leads to the S3 server of the tests.

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { ObjectStore, S3Settings } from '../../shared/s3/objectStore';
import { openS3Store } from '../../shared/s3/s3Store';
import { askPython } from '../support/cpython';
import { ConnectProxy } from '../support/connectProxy';
import { motoPython } from '../support/motoEnvironment';
import { awsEnvironment, type S3Server } from '../support/s3Server';
import { useS3Server } from '../support/useS3Server';
import { tableProblemOf } from '../support/tableProblemOf';

/** An authority, and a certificate for the names of S3 in two regions. */
const certificates = `
import sys, json, datetime
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

def pem(key):
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()

def certificate(name, key, issuer, signer, names):
    now = datetime.datetime.now(datetime.timezone.utc)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer or subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
    return builder.sign(signer, hashes.SHA256())

names = json.load(sys.stdin)
authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
authority = certificate("authority", authority_key, None, authority_key, [])
own = certificate("s3", key, authority.subject, authority_key, names)
print(json.dumps({"ca": authority.public_bytes(serialization.Encoding.PEM).decode(), "cert": own.public_bytes(serialization.Encoding.PEM).decode(), "key": pem(key)}))
`;

const hosts = ['us-east-1', 'eu-west-1'].flatMap((region) => [`s3.${region}.amazonaws.com`, `*.s3.${region}.amazonaws.com`]);

let server: S3Server;
let secure: Server;
let proxy: ConnectProxy;
let scratch: string;
let bundle: string;
useS3Server(async (started) => {
  server = started;
  await server.createBucket('dotted.lake', 'eu-west-1');
  await server.put('a b/+.bin', 'hello');
  await server.put('a b/+.bin', 'dots', undefined, 'dotted.lake');
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-network-'));
  const { ca, cert, key } = askPython(certificates, hosts, await motoPython()) as Record<'ca' | 'cert' | 'key', string>;
  bundle = join(scratch, 'ca.pem');
  writeFileSync(bundle, ca);
  secure = createServer({ cert, key }, (incoming, answer) => {
    server.gateway.handle(incoming, answer);
  });
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  proxy = await ConnectProxy.start((secure.address() as AddressInfo).port);
});
afterAll(async () => {
  await proxy.dispose();
  secure.closeAllConnections();
  secure.close();
  rmSync(scratch, { recursive: true });
});
beforeEach(() => {
  proxy.asked.length = 0;
  proxy.authorizations.length = 0;
});

/** AWS, behind the proxy. */
function store(more: Record<string, string> = {}, settings: S3Settings = {}, patience = {}): ObjectStore {
  const env = { ...awsEnvironment(''), AWS_CA_BUNDLE: bundle, HTTPS_PROXY: `http://user:pass%21@${proxy.host}`, ...more };
  return openS3Store({ cacheBytes: 0, ...settings }, { env, patience: { attempts: 2, pause: 1, busyPause: 1, ...patience } });
}

const read = async (from: ObjectStore, bucket = 'lake'): Promise<string> =>
  Buffer.from((await from.read({ bucket, key: 'a b/+.bin' }, { last: 100 })).bytes).toString();

it('asks the host of the bucket, in the region where it is, over connections that are kept', async () => {
  server.gateway.fault = ({ headers }) =>
    headers.authorization?.includes('/us-east-1/') === true
      ? { kind: 'error', status: 301, code: 'PermanentRedirect', message: 'Elsewhere', headers: { 'x-amz-bucket-region': 'eu-west-1' } }
      : undefined;
  const one = store();
  expect(await read(one)).toBe('hello');
  expect(await read(one)).toBe('hello');
  expect((await one.list({ bucket: 'lake', prefix: 'a b/' })).objects.map(({ key }) => key)).toEqual(['a b/+.bin']);
  expect(proxy.asked).toEqual(['CONNECT lake.s3.us-east-1.amazonaws.com:443', 'CONNECT lake.s3.eu-west-1.amazonaws.com:443']);
  expect(proxy.authorizations[0]).toBe(`Basic ${Buffer.from('user:pass!').toString('base64')}`);
  expect(server.gateway.requests.map(({ headers, path }) => `${headers.host ?? ''}${path}`)).toEqual([
    'lake.s3.us-east-1.amazonaws.com/a%20b/%2B.bin',
    'lake.s3.eu-west-1.amazonaws.com/a%20b/%2B.bin',
    'lake.s3.eu-west-1.amazonaws.com/a%20b/%2B.bin',
    'lake.s3.eu-west-1.amazonaws.com/',
  ]);
});

it('leaves a bucket with dots in its name to the path, which the certificate of its host would not cover', async () => {
  await read(store({ AWS_REGION: 'eu-west-1' }), 'dotted.lake').catch(() => undefined);
  expect(proxy.asked).toEqual(['CONNECT s3.eu-west-1.amazonaws.com:443']);
  expect(server.gateway.requests.map(({ headers, path }) => `${headers.host ?? ''}${path}`)).toEqual([
    's3.eu-west-1.amazonaws.com/dotted.lake/a%20b/%2B.bin',
  ]);
});

it('trusts the authorities that are named alone', async () => {
  expect(await tableProblemOf(read(store({ AWS_CA_BUNDLE: '' })))).toEqual({
    kind: 'unreachable',
    message:
      `s3://lake/a b/+.bin: the certificate of lake.s3.us-east-1.amazonaws.com through the proxy ${proxy.host} is not trusted ` +
      '(unable to verify the first certificate): ' +
      'AWS_CA_BUNDLE can name a file with that of its authority',
  });
  expect(server.gateway.requests).toEqual([]);
  expect(await tableProblemOf(read(store({ AWS_CA_BUNDLE: '/nonexistent/ca.pem' })))).toEqual({
    kind: 'unreachable',
    message: 'the certificates in /nonexistent/ca.pem (AWS_CA_BUNDLE) cannot be read: ENOENT',
  });
});

it('passes by the proxy where that is wanted', async () => {
  const { endpoint } = server;
  for (const except of ['*', '127.0.0.1', 'example.com,127.0.0.1', `127.0.0.1:${endpoint.split(':').at(-1) ?? ''}`]) {
    expect(await read(store({ HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: except }, { endpoint }))).toBe('hello');
  }
  expect(proxy.asked).toEqual([]);
  const through = store({ http_proxy: proxy.host, no_proxy: 'example.com, 127.0.0.1:1' }, { endpoint });
  expect(await tableProblemOf(read(through))).toEqual({
    kind: 'unreachable',
    message: 's3://lake/a b/+.bin: the proxy asks for a name and a password (status 407)',
  });
  expect(proxy.asked).toEqual([`GET ${endpoint}/lake/a%20b/%2B.bin`]);
});

it('goes through the proxy of the settings rather than that of the variables', async () => {
  const set = { proxy: `http://user:pass%21@${proxy.host}` };
  expect(await read(store({ HTTPS_PROXY: 'http://127.0.0.1:1' }, set))).toBe('hello');
  expect(proxy.asked).toEqual(['CONNECT lake.s3.us-east-1.amazonaws.com:443']);
  const { endpoint } = server;
  const elsewhere = { endpoint, proxy: 'http://127.0.0.1:1' };
  expect(await read(store({}, { ...elsewhere, noProxy: ['127.0.0.1'] }))).toBe('hello');
  expect(await read(store({ NO_PROXY: '127.0.0.1' }, elsewhere))).toBe('hello');
  expect((await tableProblemOf(read(store({ NO_PROXY: '127.0.0.1' }, { ...elsewhere, noProxy: ['example.com'] })))).kind).toBe(
    'unreachable',
  );
  expect((await tableProblemOf(read(store({}, { proxy: 'socks5://127.0.0.1:1080' })))).message).toBe(
    'the proxy for https:// in the settings is no URL of http:// or https://',
  );
});

it('names the proxy that does not answer, or is not there', async () => {
  proxy.isSilent = true;
  const silent = await tableProblemOf(read(store({}, {}, { silence: 50 })));
  proxy.isSilent = false;
  expect(silent).toEqual({
    kind: 'unreachable',
    message: `s3://lake/a b/+.bin: lake.s3.us-east-1.amazonaws.com through the proxy ${proxy.host} did not answer in time`,
  });
  expect((await tableProblemOf(read(store({ HTTPS_PROXY: 'http://me:hush@127.0.0.1:1' })))).message).toBe(
    's3://lake/a b/+.bin: lake.s3.us-east-1.amazonaws.com through the proxy 127.0.0.1:1 refuses connections: does it run, and is the port right?',
  );
  expect((await tableProblemOf(read(store({ HTTPS_PROXY: 'socks5://127.0.0.1:1080' })))).message).toBe(
    'the proxy for https:// in the variables is no URL of http:// or https://',
  );
});
