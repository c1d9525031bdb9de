import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { UsageError, type CommandIo, type ExitCode } from './io';
import { parseOptions } from './options';

/** `lsp --stdio`: becomes the language server, which is a program of its own beside this one. */
export function lsp(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const options = parseOptions('lsp', args, { stdio: { kind: 'flag' } }, { min: 0, max: 0, name: '' });
  if (!options.flag('stdio')) throw new UsageError('lsp: --stdio is missing; it is the only transport of the command line');
  const server = spawn(process.execPath, [join(__dirname, 'server.js'), '--stdio'], { stdio: 'inherit' });
  io.signal.addEventListener('abort', () => server.kill());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => {
      resolve(code === 0 ? 0 : 1);
    });
  });
}
