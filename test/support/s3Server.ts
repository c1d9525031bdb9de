// S3 over the wire: moto behind a gateway that counts, slows down, breaks off and refuses with the errors of S3 itself.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { motoPython } from './motoEnvironment';
import { S3Gateway } from './s3Gateway';

/** Keys that the server knows. */
export const testKeys = { id: 'AKIDTESTSOFSPARKFORM', secret: 'not/a+secret=of=anybody' };

/** Variables of a computer whose only AWS configuration are those keys. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    AWS_ACCESS_KEY_ID: testKeys.id,
    AWS_SECRET_ACCESS_KEY: testKeys.secret,
    AWS_ENDPOINT_URL: endpoint,
  };
}

export interface StoredKeys {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
  readonly expired?: boolean;
}

export class S3Server {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    private readonly scratch: string,
    readonly gateway: S3Gateway,
  ) {}

  /** With one bucket, `lake`. */
  static async start(): Promise<S3Server> {
    const environment = { ...process.env, AWS_ACCESS_KEY_ID: 'moto', AWS_SECRET_ACCESS_KEY: 'moto', PYTHONDONTWRITEBYTECODE: '1' };
    const child = spawn(await motoPython(), [join(import.meta.dirname, 's3Server.py')], {
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const reader: Interface = createInterface({ input: child.stdout });
    const lines = reader[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error('the S3 server of the tests did not start');
    const gateway = await S3Gateway.start(Number(first.value));
    const server = new S3Server(child, lines, mkdtempSync(join(tmpdir(), 'sparkform-s3-')), gateway);
    await server.know(testKeys);
    await server.createBucket('lake');
    return server;
  }

  get endpoint(): string {
    return this.gateway.url;
  }

  get env(): Record<string, string> {
    return awsEnvironment(this.endpoint);
  }

  async know(keys: StoredKeys): Promise<void> {
    await this.command({ do: 'key', ...keys });
  }

  async createBucket(bucket: string, region = 'us-east-1'): Promise<void> {
    await this.command({ do: 'bucket', bucket, region });
  }

  async put(key: string, content: Uint8Array | string, storage?: string, bucket = 'lake'): Promise<void> {
    const file = join(this.scratch, 'object');
    writeFileSync(file, content);
    await this.command({ do: 'put', bucket, key, file, ...(storage === undefined ? {} : { storage }) });
  }

  /** A local file, or a folder with all below it, under a key. */
  async upload(path: string, key: string, bucket = 'lake'): Promise<void> {
    if (!statSync(path).isDirectory()) return this.put(key, readFileSync(path), undefined, bucket);
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile()) await this.put(`${key}/${relative(path, file)}`, readFileSync(file), undefined, bucket);
    }
  }

  async delete(key: string, bucket = 'lake'): Promise<void> {
    await this.command({ do: 'delete', bucket, key });
  }

  async dispose(): Promise<void> {
    await this.gateway.dispose();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    rmSync(this.scratch, { recursive: true, force: true });
  }

  private async command(command: object): Promise<void> {
    this.child.stdin?.write(`${JSON.stringify(command)}\n`);
    const answer = await this.lines.next();
    if (answer.done === true || answer.value !== 'null') throw new Error(`the S3 server of the tests says ${String(answer.value)}`);
  }
}
