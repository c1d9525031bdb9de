import { spawnSync } from 'node:child_process';

/** Runs a Python program with JSON on its standard input and output: the judge of what Python does. */
export function askPython(program: string, input: unknown, python = 'python3'): unknown {
  const run = spawnSync(python, ['-c', program], { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error !== undefined)
    throw new Error(`This test compares with Python itself and needs "python3" on the PATH: ${run.error.message}`);
  if (run.status !== 0) throw new Error(`python3 ended with ${run.status ?? run.signal ?? 'an unknown status'}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}
