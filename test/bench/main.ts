// Measures the built programs on generated workspaces: cold checks (time, memory, growth with size), edits over the wire
// (percentiles), activation and bundle sizes. Figures depend on the machine, so each stands beside a peer of the same run.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateWorkspace } from '../support/generatedWorkspace';
import { measureBundles } from './bundles';
import { measureColdCheck } from './coldCheck';
import { measureEdits } from './edits';
import { measureGrid } from './grid';
import { measureLayoutPeers } from './layoutPeers';
import { measureLineage } from './lineage';
import { measureLineageFrames } from './lineageFrames';
import { measureS3 } from './s3';
import { measureStarts } from './starts';
import { formatTable, type Row } from './table';
import { measureTables } from './tables';

const sizes = process.argv.includes('--quick') ? [100, 1_000] : [100, 1_000, 10_000];

async function main(): Promise<void> {
  if (process.argv.includes('--lineage')) {
    process.stdout.write(`${(await lineageSections()).join('\n\n')}\n`);
    return;
  }
  if (process.argv.includes('--grid')) {
    process.stdout.write(`${(await gridSections()).join('\n\n')}\n`);
    return;
  }
  // With the user's own cache, for what takes long to make; measured programs get one that is empty.
  const tables = await tableSections();
  if (process.argv.includes('--tables')) {
    process.stdout.write(`${tables.join('\n\n')}\n`);
    return;
  }
  const root = mkdtempSync(join(tmpdir(), 'sparkform-bench-'));
  try {
    // What is kept of earlier starts is measured on its own, and never the user's.
    const cacheFolder = join(root, 'cache');
    process.env['SPARKFORM_CACHE'] = cacheFolder;
    const starts: Row[] = [];
    const cold: Row[] = [];
    const edits: Row[] = [];
    const completion: Row[] = [];
    for (const size of sizes) {
      const folder = join(root, String(size));
      mkdirSync(folder);
      for (const file of generateWorkspace(size)) writeFileSync(join(folder, file.name), file.text);
      process.stderr.write(`${size} definitions: cold check\n`);
      cold.push(measureColdCheck(folder, size, cacheFolder));
      process.stderr.write(`${size} definitions: starts\n`);
      starts.push(await measureStarts(folder, size, cacheFolder));
      process.stderr.write(`${size} definitions: edits\n`);
      const measured = await measureEdits(folder, size);
      edits.push(...measured.edits);
      completion.push(...measured.completion);
    }
    const sections = [
      `Measured with Node ${process.version} on ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${new Date().toISOString().slice(0, 10)}.`,
      '## Cold check of a workspace\n\n`sparkform check` as a new process, the best of three, without trees of an earlier start. The peer is CPython parsing the\nsame files with `ast.parse`.',
      formatTable(cold),
      '## Start of the language server\n\nFrom the start of its process until it has answered what is wrong in an open document, the best of five. With the cache, the trees of\nthe start before lie on the disk; the peer is the same start without. At last every definition is checked, with the cache.',
      formatTable(starts),
      '## An edit, over the wire\n\nFrom sending `didChange` to the answer of a pull for diagnostics, in one open file; milliseconds. The peer is the same document changed\nas a whole, so that nothing of the previous tree can be used.',
      formatTable(edits),
      '## Completion, over the wire\n\nMilliseconds.',
      formatTable(completion),
      '## The parser of Spark SQL\n\nQueries of the corpus with nine lines or more. Loading and the first query in a process of its own; then the best of nine for each\nquery. The peer is the parser of Spark 3.5 in its own process, warm.',
      formatTable(JSON.parse(process.env['SPARKFORM_SQL_PARSER'] ?? '[]') as Row[]),
      ...tables,
      ...(await lineageSections()),
      ...(await gridSections()),
      '## Bundles and start\n\nMinified and gzipped sizes; the time until the language server answers `initialize`, and from nothing until the extension is active in a\nreal editor on 100 definitions, and has read them; each the best of several.',
      formatTable(await measureBundles()),
    ];
    const text = `# Benchmarks\n\nWritten by \`npm run bench\`; nothing here is asserted by a test.\n\n${sections.join('\n\n')}\n`;
    process.stdout.write(text);
    if (!process.argv.includes('--quick')) writeFileSync(join('docs', 'benchmarks.md'), text);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function lineageSections(): Promise<readonly string[]> {
  process.stderr.write('lineage\n');
  return [
    '## Layout of the lineage\n\nGraphs as a company has them, from nothing and, after one node was added, keeping to the layout before; the best of five. The base of\nthe crossings is the order of a depth-first search.',
    formatTable(measureLineage([100, 500, 1_000, 2_000, 5_000])),
    '## The layout beside libraries\n\nThe same graphs, each laid out once, from nothing; a crossing is a pair of edges whose lines cross in the drawing. Where a library would\ntake minutes there is no figure.',
    formatTable(await measureLayoutPeers([100, 500, 1_000, 2_000])),
    '## The lineage as it is drawn\n\nTwo thousand nodes in headless Chromium, 1,280 by 800 pixels; 300 frames. The peer is the same page while nothing moves.',
    formatTable(await measureLineageFrames()),
  ];
}

async function tableSections(): Promise<readonly string[]> {
  process.stderr.write('tables\n');
  const { remote, local, scans } = await measureTables();
  return [
    '## Tables, over a slow line\n\nTen million rows of 50 columns, 1.9 GB, written by the local Spark; 30 ms a request, 25 MB a second. From nothing, the footer\nincluded, each reader in a process of its own; the best time of three. The peers are hyparquet as it is used from its documentation,\nparquet-wasm by its own client of a server on such a line, which leaves the values in its own memory, and the bytes of the footer and\nof the pages that hold the rows.',
    formatTable(remote),
    '## Tables, from the local disk\n\nThe same work on the same table, beside DuckDB in the process and Spark as soon as it is up, with two threads each. Of these and of\nparquet-wasm, DuckDB alone makes values for JavaScript.',
    formatTable(local),
    '## Tables in S3\n\nThrough the reading process, over the protocol of S3 with 30 ms a request: three million flights (13 MB) in one object, and a thousand\nparts, whose count includes the listing. The peer is the same by reads of local files that take 30 ms each.',
    formatTable(await measureS3()),
    '## Scans of tables\n\nTwo columns of the same table, two million rows of them, as cells, from the local disk. The peers are\nhyparquet, which makes objects of them, parquet-wasm, which makes Arrow of all of them in its own memory, DuckDB, which makes values\nfor JavaScript, a chunk at a time, and Spark, which throws them away.',
    formatTable(scans),
  ];
}

async function gridSections(): Promise<readonly string[]> {
  process.stderr.write('the grid\n');
  return [
    '## The grid\n\nA hundred million rows of fifty columns that are made up in the page, in headless Chromium, 1,280 by 800 pixels; 300 frames, or 60\njumps. The peer is the same page while nothing moves.',
    formatTable(await measureGrid()),
  ];
}

void main();
