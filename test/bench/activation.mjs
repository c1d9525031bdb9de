// Opens a real editor on a generated workspace, several times, and has the extension activated there.

import { build } from 'esbuild';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInExtensionHost } from '../vscode/runExtensionTests.mjs';

const probe = resolve('build/bench/activationProbe.js');

/**
 * Milliseconds from nothing to active, and to a workspace that is read, the best of `rounds` windows. `files` are the
 * definitions, by name: no `sparkform.json` among them, which would activate the extension by itself.
 */
export async function measureActivation(files, rounds) {
  await build({
    entryPoints: ['test/bench/activationProbe.ts'],
    outfile: probe,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
    external: ['vscode'],
  });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sparkform-activation-')));
  const outcome = join(folder, 'outcome.json');
  try {
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    const measured = [];
    for (let round = 0; round < rounds; round++) {
      const code = await runInExtensionHost(folder, probe, outcome);
      if (code !== 0) throw new Error(`the extension host ended with code ${code}`);
      measured.push(JSON.parse(readFileSync(outcome, 'utf8')));
    }
    const best = (part) => Math.round(Math.min(...measured.map((one) => one[part])));
    return { active: best('active'), ready: best('ready') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
