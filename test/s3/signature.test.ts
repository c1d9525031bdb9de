// botocore judges: it signs the same requests, and must come to the same signatures.

import { expect, it } from 'vitest';
import { encodePath, signRequest, type Credentials, type UnsignedRequest } from '../../shared/s3/signature';
import { askPython } from '../support/cpython';
import { motoPython } from '../support/motoEnvironment';
import { randomNumbers } from '../table/randomNumbers';

const judge = `
import sys, json
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from urllib.parse import quote

def judge(case):
    request = AWSRequest(method="GET", url="https://" + case["host"] + case["path"], headers=case["headers"], params=case["query"])
    request.context["timestamp"] = case["moment"]
    request.headers["X-Amz-Date"] = case["moment"]
    request.headers["X-Amz-Content-SHA256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    if case["token"] is not None:
        request.headers["X-Amz-Security-Token"] = case["token"]
    auth = S3SigV4Auth(Credentials(case["id"], case["secret"], case["token"]), "s3", case["region"])
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return {"path": "/" + quote(case["key"], safe="/-_.~"), "signature": signature}

print(json.dumps([judge(case) for case in json.load(sys.stdin)]))
`;

const pieces = [
  'a',
  'Z',
  '9',
  '-',
  '.',
  '_',
  '~',
  '/',
  ' ',
  '+',
  '=',
  '%',
  '%41',
  '&',
  '?',
  '#',
  ':',
  '@',
  '!',
  "'",
  '(',
  ')',
  '*',
  ',',
  ';',
  '"',
  '<',
  '\\',
  '^',
  '\t',
  '\n',
  'é',
  'ß',
  '日',
  '😀',
  '//',
  '..',
  '/./',
];

it('is the one that botocore computes, whatever the key, the query and the headers', async () => {
  const below = randomNumbers(Number(process.env['SPARKFORM_SEED'] ?? 1));
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const text = (most: number): string => Array.from({ length: below(most + 1) }, () => pick(pieces)).join('');
  const users = Array.from({ length: 20 }, (): Credentials => {
    const sessionToken = below(2) === 0 ? undefined : `Fw${below(1e9)}//+=`;
    return { accessKeyId: `AKID${below(1e6)}`, secretAccessKey: text(30) + 'x', sessionToken };
  });
  const requests = Array.from({ length: 500 }, () => {
    const credentials = users[below(users.length)] as Credentials;
    const key = text(20);
    const request: UnsignedRequest = {
      method: 'GET',
      host: pick(['lake.s3.eu-west-1.amazonaws.com', 'localhost:9000', '[::1]:9000']),
      path: `/${encodePath(key)}`,
      query: below(2) === 0 ? {} : { prefix: text(10), 'list-type': '2', a: text(5), 'a-b': text(5), 'continuation-token': text(8) },
      headers: {
        ...(below(2) === 0 ? {} : { range: `bytes=${below(1e9)}-` }),
        ...(below(2) === 0 ? {} : { 'if-match': '"d41d8cd98f00b204e9800998ecf8427e"' }),
        ...(below(3) === 0 ? { 'x-amz-request-payer': '  requester   pays ' } : {}),
      },
    };
    const region = pick(['us-east-1', 'eu-west-1', 'cn-north-1']);
    const now = Date.UTC(2020, 0, 1) + below(4e9) * 60;
    return { key, request, credentials, region, now };
  });
  const cases = requests.map(({ key, request, credentials, region, now }) => ({
    ...request,
    key,
    region,
    moment: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    id: credentials.accessKeyId,
    secret: credentials.secretAccessKey,
    token: credentials.sessionToken ?? null,
  }));
  const ours = requests.map(({ request, credentials, region, now }) => {
    const { headers } = signRequest(request, credentials, region, now);
    return { path: request.path, signature: /Signature=([0-9a-f]{64})$/.exec(headers['authorization'] ?? '')?.[1] };
  });
  expect(ours).toEqual(askPython(judge, cases, await motoPython()));
}, 300_000);

it('writes the query into the request as it is signed', () => {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'hush', sessionToken: undefined };
  const request = { method: 'GET', host: 'lake.s3.eu-west-1.amazonaws.com', path: '/', headers: {} } as const;
  const { target, headers } = signRequest({ ...request, query: { 'list-type': '2', prefix: 'a b/+' } }, credentials, 'eu-west-1', 0);
  expect(target).toBe('/?list-type=2&prefix=a%20b%2F%2B');
  expect(headers).toMatchObject({
    host: 'lake.s3.eu-west-1.amazonaws.com',
    'x-amz-date': '19700101T000000Z',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKID\/19700101\/eu-west-1\/s3\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    ) as string,
  });
});
