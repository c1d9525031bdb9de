// Builds every bundle under dist/. `--watch` rebuilds on change, `--analyze` prints what each bundle is made of.
import { context, analyzeMetafile } from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const { version } = require('./package.json');
const watch = process.argv.includes('--watch');
const analyze = process.argv.includes('--analyze');

/** Programs for Node; the extension host brings `vscode`. */
const nodeBundles = {
  extension: 'client/src/extension.ts',
  server: 'server/src/lsp/main.ts',
  cli: 'server/src/cli/main.ts',
  tableReader: 'shared/tableReader/main.ts',
};
/** Scripts and styles for webviews. */
const webBundles = [
  { out: 'tableGrid', in: 'media/tableGrid/main.ts' },
  { out: 'tableGrid', in: 'media/tableGrid/tableGrid.css' },
  { out: 'lineage', in: 'media/lineage/main.ts' },
  { out: 'lineage', in: 'media/lineage/lineage.css' },
  { out: 'lineageLayout', in: 'media/lineageLayout/main.ts' },
];

/** Names the version of the trees that programs keep on the disk: it changes with all that they are made by. */
function treeFormat() {
  const hash = createHash('sha256');
  for (const folder of ['server/src/python', 'server/src/text'])
    for (const name of readdirSync(folder).sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  for (const name of ['tree-sitter.wasm', 'tree-sitter-python.wasm']) hash.update(readFileSync(join(wasm, name)));
  return hash.digest('hex').slice(0, 32);
}

const wasm = dirname(require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter.wasm'));
const common = {
  bundle: true,
  outdir: 'dist',
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  metafile: true,
  // An editor's background task waits for the lines that `info` prints in watch mode.
  logLevel: watch ? 'info' : 'warning',
  legalComments: 'none',
  define: { TOOL_VERSION: JSON.stringify(version), TREE_FORMAT: JSON.stringify(treeFormat()) },
};
const present = (entries) => Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
for (const file of ['tree-sitter.wasm', 'tree-sitter-python.wasm']) cpSync(join(wasm, file), join('dist', file));
cpSync('runner', 'dist/runner', { recursive: true, filter: (path) => !path.includes('__pycache__') });

const contexts = await Promise.all([
  context({
    ...common,
    entryPoints: present(nodeBundles),
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    mainFields: ['module', 'main'],
  }),
  context({
    ...common,
    entryPoints: webBundles,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
  }),
]);
for (const one of contexts) {
  if (watch) await one.watch();
  else {
    const { metafile } = await one.rebuild();
    if (analyze) console.log(await analyzeMetafile(metafile));
    await one.dispose();
  }
}
