import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rounded, type Row } from './table';

const astParse = `
import ast, pathlib, sys, time
files = [p.read_text() for p in sorted(pathlib.Path(sys.argv[1]).glob("*.py"))]
start = time.perf_counter()
for text in files:
    ast.parse(text)
print((time.perf_counter() - start) * 1000)
`;

/** Time and memory of `check` in a new process; throws when it finds a problem, since the definitions are correct. */
export function measureColdCheck(folder: string, size: number, cacheFolder: string): Row {
  let best = Number.POSITIVE_INFINITY;
  let memory = 0;
  for (let i = 0; i < 3; i++) {
    rmSync(cacheFolder, { recursive: true, force: true });
    const start = performance.now();
    const run = spawnSync(
      '/usr/bin/env',
      [process.execPath, '--expose-gc', '-r', memoryProbe, 'dist/cli.js', 'check', folder, '--format', 'json'],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      },
    );
    best = Math.min(best, performance.now() - start);
    if (run.status !== 0)
      throw new Error(`check of ${size} generated definitions: exit ${String(run.status)}\n${run.stdout.slice(0, 2000)}${run.stderr}`);
    memory = Math.max(memory, Number(/maxrss=(\d+)/.exec(run.stderr)?.[1] ?? Number.NaN) / 1024);
  }
  const python = spawnSync('python3', ['-c', astParse, folder], { encoding: 'utf8' });
  const peer = python.status === 0 ? Number(python.stdout) : Number.NaN;
  return {
    definitions: size,
    'check, s': rounded(best / 1000, 2),
    'ms a definition': rounded(best / size, 3),
    'peak memory, MB': Math.round(memory),
    'ast.parse, s': rounded(peer / 1000, 2),
    ratio: rounded(best / peer, 1),
  };
}

/** Preloaded into the measured process: prints the peak of its resident set when it ends. */
const memoryProbe = require.resolve(`${process.cwd()}/test/bench/memoryProbe.cjs`);
