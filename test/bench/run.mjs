// `npm run bench`: builds the programs and the benchmark, runs it, prints its table and writes docs/benchmarks.md.
import { build } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { measureActivation } from './activation.mjs';

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
  // The layouts of ELK start a worker of theirs by its file.
  external: ['playwright-core', 'elkjs'],
  // The tests' helpers find dist/ beside themselves; bundled, they are elsewhere.
  define: { 'import.meta.dirname': JSON.stringify(resolve('test/support')) },
});
await build({
  entryPoints: ['test/bench/tableWork.ts'],
  outfile: 'build/bench/tableWork.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  external: ['@duckdb/node-api', 'parquet-wasm'],
});
// The parts about tables, the lineage and the grid alone, which need nothing else of what follows.
for (const part of ['--tables', '--lineage', '--grid']) {
  if (!process.argv.includes(part)) continue;
  const alone = spawnSync(process.execPath, ['build/bench/main.cjs', part], { stdio: 'inherit' });
  process.exit(alone.status ?? 1);
}
await build({
  entryPoints: ['test/support/generatedWorkspace.ts'],
  outfile: 'build/bench/generatedWorkspace.cjs',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'warning',
});
await build({
  entryPoints: ['server/src/sql/parser.ts'],
  outfile: 'build/bench/sqlParserAlone.cjs',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'warning',
});
await build({
  entryPoints: ['test/bench/sqlParser.ts'],
  outfile: 'build/bench/sqlParser.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  define: { 'import.meta.dirname': JSON.stringify(resolve('test/sql')) },
});
process.stderr.write('the parser of SQL\n');
const sqlParser = execFileSync(process.execPath, ['build/bench/sqlParser.cjs', resolve('build/bench/sqlParserAlone.cjs')], {
  encoding: 'utf8',
});
process.stderr.write('activation in a real editor\n');
const { generateWorkspace } = createRequire(import.meta.url)(resolve('build/bench/generatedWorkspace.cjs'));
const activation = await measureActivation(generateWorkspace(100), 3);
const run = spawnSync(process.execPath, ['build/bench/main.cjs', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, SPARKFORM_ACTIVATION: JSON.stringify(activation), SPARKFORM_SQL_PARSER: sqlParser },
});
process.exit(run.status ?? 1);
