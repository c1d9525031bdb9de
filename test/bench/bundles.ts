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
        'start, ms': '',
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
  return rows.map((row) => (row['part'] === 'server.js' ? { ...row, 'start, ms': Math.round(best) } : row));
}
