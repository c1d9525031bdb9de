// `npm run bench`: builds the programs and the benchmark, runs it, prints its table and writes docs/benchmarks.md.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const built = spawnSync(process.execPath, ['esbuild.config.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
await build({
  entryPoints: ['test/bench/main.ts'],
  outfile: 'build/bench/main.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  // The tests' helpers find dist/ beside themselves; bundled, they are elsewhere.
  define: { 'import.meta.dirname': JSON.stringify(resolve('test/support')) },
});
const run = spawnSync(process.execPath, ['build/bench/main.cjs', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(run.status ?? 1);
