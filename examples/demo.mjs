// `npm run demo`: builds the programs, checks the example, runs its three transformations over three million flights on a local
// Spark, and shows the result. The Python environment is made in the user's cache folder the first time and found there afterwards.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '..');
const example = join('examples', 'flights');
const target = 'airport_ranking.early_2001';
const cli = join('dist', 'cli.js');

if (!isBuilt()) {
  say('Building');
  finishUnless(program(['esbuild.config.mjs']));
}
say(`sparkform check ${example}`);
const checked = sparkform('check', example);
say(`sparkform run ${target} --upstream --dir ${example}`);
const ran = sparkform('run', target, '--upstream', '--dir', example);
if (ran === 0) {
  say(`sparkform preview ${target} --limit 10 --dir ${example}`);
  finishUnless(sparkform('preview', target, '--limit', '10', '--dir', example));
}
process.exitCode = checked === 0 ? ran : checked;

/** Whether what is built is newer than what it was built from. */
function isBuilt() {
  if (!existsSync(join(repository, cli))) return false;
  const built = statSync(join(repository, cli)).mtimeMs;
  const sources = ['client', 'media', 'runner', 'server', 'shared'].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && basename(entry.parentPath) !== '__pycache__')
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return [join(repository, 'esbuild.config.mjs'), ...sources].every((file) => statSync(file).mtimeMs <= built);
}

function sparkform(...args) {
  return program([cli, ...args]);
}

/** Runs a Node program with the terminal of this one; gives its exit code. */
function program(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: repository, stdio: 'inherit' });
  return status ?? 1;
}

function finishUnless(code) {
  if (code !== 0) process.exit(code);
}

function say(text) {
  console.log(`\n> ${text}\n`);
}
