// `npm run bench`: builds the programs and the benchmark, runs it, prints its table and writes docs/benchmarks.md.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';

for (const command of [['esbuild.config.mjs']]) {
  const built = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
await build({
  entryPoints: ['test/bench/main.ts'],
  outfile: 'build/bench/main.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, ['build/bench/main.cjs', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(run.status ?? 1);
