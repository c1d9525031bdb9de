// The commands that look at tables, with targets in S3, as a user runs them.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sparkformBeside, type CliResult } from '../support/cli';
import type { S3Server } from '../support/s3Server';
import { useS3Server } from '../support/useS3Server';

const tables = join(import.meta.dirname, '..', 'tables');
const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

let server: S3Server;
let scratch: string;
useS3Server(async (started) => {
  server = started;
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-s3-cli-'));
  await server.upload(join(tables, 'parts.parquet'), 'runs/v1');
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function sparkform(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  return sparkformBeside(args, tables, { ...server.env, SPARKFORM_CACHE: join(scratch, 'cache'), ...env });
}

describe('preview', () => {
  it('shows rows of S3 and what reading them took, which is little the second time', async () => {
    const out = lines(
      '    id         amount',
      'bigint  decimal(23,1)',
      '──────  ─────────────',
      '     0            0.0',
      '     1            1.5',
      '',
      '10 rows (2 shown), 2 columns',
    );
    const first = await sparkform(['preview', 's3a://lake/runs/v1', '--limit', '2']);
    expect(first).toEqual({
      code: 0,
      out,
      err: `Read from S3: ${server.gateway.requests.length} requests, ${(server.gateway.bytes / 1000).toPrecision(3)} kB\n`,
    });
    expect(server.gateway.requests.length).toBe(4);
    server.gateway.forget();
    expect(await sparkform(['preview', 's3://lake/runs/v1/', '--limit', '2'])).toMatchObject({
      code: 0,
      out,
      err: expect.stringMatching(/^Read from S3: 1 request, \d\.\d\d kB\n$/) as string,
    });
    expect(server.gateway.reads).toEqual([]);
    expect(readdirSync(join(scratch, 'cache', 's3')).length).toBeGreaterThan(2);
  });

  it('filters, and tells cost in JSON', async () => {
    const { code, out } = await sparkform(['preview', 's3://lake/runs/v1', '--where', 'id = 4', '--format', 'json']);
    expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({
      code: 0,
      target: 's3://lake/runs/v1',
      rows: [{ id: 4, amount: '6.0' }],
      totalRows: 10,
      rowsFound: 1,
      requests: 1,
    });
  });

  it('takes the profile, region, endpoint and who pays from options', async () => {
    const config = join(scratch, 'credentials');
    writeFileSync(
      config,
      `[etl]\naws_access_key_id = ${server.env['AWS_ACCESS_KEY_ID'] ?? ''}\naws_secret_access_key = ${server.env['AWS_SECRET_ACCESS_KEY'] ?? ''}\n`,
    );
    const env = { AWS_SHARED_CREDENTIALS_FILE: config, AWS_ACCESS_KEY_ID: 'AKIDOTHER', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const options = ['--profile', 'etl', '--region', 'eu-west-1', '--endpoint-url', server.endpoint, '--requester-pays'];
    expect(await sparkform(['preview', 's3://lake/runs/v1', ...options], env)).toMatchObject({ code: 0 });
    const [listing] = server.gateway.requests;
    expect(listing?.headers).toMatchObject({
      authorization: expect.stringMatching(/Credential=AKIDTESTSOFSPARKFORM\/\d+\/eu-west-1\/s3\//) as string,
      'x-amz-request-payer': 'requester',
    });
    expect(await sparkform(['preview', 's3://lake/runs/v1', '--profile', 'prod'], env)).toEqual({
      code: 2,
      out: '',
      err: `sparkform: preview: there is no profile "prod" in /nonexistent/config or ${config}; profiles there: etl\n`,
    });
  });

  it('says what is wrong in one line', async () => {
    expect(await sparkform(['preview', 's3://lake/runs/v2'])).toEqual({
      code: 2,
      out: '',
      err: 'sparkform: preview: s3://lake/runs/v2 does not exist: there is no such object, and none below it\n',
    });
    expect((await sparkform(['preview', 's3:/lake/runs'])).err).toBe(
      'sparkform: preview: s3:/lake/runs is not a location in S3: expected s3://bucket/key\n',
    );
    const offline = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    expect((await sparkform(['stats', 's3://lake/runs/v1'], offline)).err).toBe(
      'sparkform: stats: s3://lake/runs/v1/: 127.0.0.1:1 refuses connections: does it run, and is the port right?\n',
    );
  });
});

describe('an id', () => {
  const definitions = `import featureform as ff
aws = ff.AWSStaticCredentials(access_key="", secret_key="")
store = ff.register_s3(name="lake", credentials=aws, bucket_name="lake", bucket_region="eu-west-1", path="team")
executor = ff.EMRCredentials("j-1", "eu-west-1", aws)
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
events = spark.register_file(name="events", variant="v1", file_path="s3://lake/runs/v1")

@spark.sql_transformation(name="totals", variant="v1", inputs=[("events", "v1")])
def totals():
    return "SELECT * FROM {{events.v1}}"

@spark.sql_transformation(name="never", variant="v1", inputs=[("events", "v1")])
def never():
    return "SELECT * FROM {{events.v1}}"

ff.register_entity("user")
`;
  const outputs = 'team/featureform/Transformation/totals';
  let workspace: string;
  beforeAll(async () => {
    workspace = join(scratch, 'workspace');
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'definitions.py'), definitions);
    const part = join(tables, 'parts.parquet', 'part-00000.parquet');
    await server.upload(part, `${outputs}/v1/2024-05-06-07-08-09-123456/part-00000.parquet`);
    await server.upload(join(tables, 'parts.parquet'), `${outputs}/v1/2024-05-07-07-08-09-123456`);
    await server.upload(part, `${outputs}/v10/2024-06-07-07-08-09-123456/part-00000.parquet`);
  }, 60_000);
  const ask = (...args: readonly string[]): Promise<CliResult> => sparkform([...args, '--dir', workspace, '--from', 's3']);

  it('means what Featureform wrote of it, the newest run first', async () => {
    const newest = await ask('preview', 'totals.v1', '--limit', '1');
    expect(newest.code).toBe(0);
    expect(newest.out).toContain('10 rows (1 shown), 2 columns');
    expect(newest.err).toContain('Read from S3: ');
    const first = await ask('preview', 'source:totals.v1', '--run', '2024-05-06-07-08-09-123456', '--limit', '1', '--format', 'json');
    expect(JSON.parse(first.out)).toMatchObject({ target: 'source:totals.v1', totalRows: 3, rows: [{ id: 0 }] });
    expect((await ask('preview', 'events.v1', '--limit', '1')).out).toContain('10 rows (1 shown), 2 columns');
    expect(await ask('diff', 'totals.v1', 'events.v1', '--key', 'id')).toMatchObject({ code: 0 });
    expect(await ask('diff', 'totals.v1', 'totals.v1', '--run', '2024-05-06-07-08-09-123456,newest')).toMatchObject({ code: 1 });
  });

  it('that Featureform wrote nothing of, or that has no output, is told from one', async () => {
    const folder = 's3://lake/team/featureform/Transformation/never/v1/';
    const err = `sparkform: preview: ${folder} does not exist: there is no object below it\n`;
    expect(await ask('preview', 'never.v1')).toEqual({ code: 2, out: '', err });
    const entity = await ask('stats', 'user');
    expect(entity).toMatchObject({ code: 1, out: '' });
    expect(entity.err).toMatch(/^stats: where the output of "user" is in S3 cannot be told: /);
    expect((await sparkform(['preview', 'totals.v1', '--dir', workspace])).err).toMatch(/^preview: "totals\.v1" has not been run here yet/);
    expect(server.gateway.reads).toEqual([]);
  });
});

describe('stats and diff', () => {
  it('read S3 as they read this computer, on either side', async () => {
    const there = await sparkform(['stats', 's3://lake/runs/v1', '--columns', 'id']);
    const here = await sparkform(['stats', 'parts.parquet', '--columns', 'id']);
    expect(here.err).toBe('');
    expect(there.err).toMatch(/^Read from S3: \d+ requests?, .*\n$/);
    expect(there.out).toBe(here.out);
    expect(await sparkform(['diff', 'parts.parquet', 's3://lake/runs/v1', '--key', 'id'])).toMatchObject({ code: 0 });
    const differing = await sparkform(['diff', 's3://lake/runs/v1', 'merged.parquet', '--format', 'json']);
    expect(differing.code).toBe(1);
    expect(JSON.parse(differing.out)).toMatchObject({ before: 's3://lake/runs/v1', after: 'merged.parquet', different: true });
  });
});
