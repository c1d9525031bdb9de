import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ServerProcess } from '../support/serverProcess';
import { rounded, type Row } from './table';

export async function measureBundles(): Promise<Row[]> {
  const rows: Row[] = readdirSync('dist')
    .filter((name) => /\.(js|css|wasm)$/.test(name))
    .map((name) => {
      const bytes = readFileSync(join('dist', name));
      return {
        part: name,
        'minified, kB': rounded(bytes.length / 1000),
        'gzipped, kB': rounded(gzipSync(bytes).length / 1000),
      };
    });
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const server = new ServerProcess();
    await server.initialize(undefined);
    best = Math.min(best, performance.now() - start);
    await server.stop();
  }
  const started: Readonly<Record<string, string>> = { 'server.js': String(Math.round(best)), 'extension.js': activation() };
  return rows.map((row) => ({ ...row, 'start, ms': started[String(row['part'])] ?? '' }));
}

/** Measured by `run.mjs` in a real editor. */
function activation(): string {
  const { active, ready } = JSON.parse(process.env['SPARKFORM_ACTIVATION'] ?? '{}') as { active?: number; ready?: number };
  return active === undefined || ready === undefined ? '' : `${String(active)} (workspace read: ${String(ready)})`;
}
