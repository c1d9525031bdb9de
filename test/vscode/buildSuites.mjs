// Bundles the suites: those that run inside the extension host, and those that drive the workbench from outside; and the S3 server
// that both look at.

import { build } from 'esbuild';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

/** The module that the extension host runs. */
export const extensionSuite = join(repository, 'build/vscode-suite/index.js');
/** The module that defines the tests of the workbench. */
export const uiSuite = join(repository, 'build/vscode-ui/index.js');
/** The module with `S3Server`, for the runners. */
export const s3ServerModule = join(repository, 'build/vscode-suite/s3Server.mjs');
/** Bundled modules find their files where their sources stand. */
const define = { 'import.meta.dirname': JSON.stringify(join(repository, 'test/support')) };

export async function buildSuites() {
  const common = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', sourcemap: 'inline', logLevel: 'warning' };
  await Promise.all([
    build({
      ...common,
      entryPoints: [join(import.meta.dirname, 'suite/index.ts')],
      outfile: extensionSuite,
      define,
      external: ['vscode', 'mocha'],
    }),
    build({ ...common, entryPoints: [join(import.meta.dirname, 'ui/index.ts')], outfile: uiSuite, external: ['mocha', 'playwright-core'] }),
    build({ ...common, format: 'esm', entryPoints: [join(import.meta.dirname, 's3ForEditor.ts')], outfile: s3ServerModule, define }),
  ]);
}
