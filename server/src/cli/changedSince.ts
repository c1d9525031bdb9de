// What git says has changed since a commit, and what the files held then. Git is asked in a few simple calls; nothing is
// fetched and nothing is written.

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { UsageError } from './io';

/** The changed files by absolute path, with the text that each had then; undefined for one that was not there. */
export type ChangedFiles = ReadonlyMap<string, string | undefined>;

const option = 'check: --changed-since';

/**
 * Every file of the repository around `folder` that differs from what it was where the present branch left `ref`: committed or
 * not, staged or not, untracked files included. Throws `UsageError` outside a repository and for what names no commit.
 */
export function filesChangedSince(folder: string, ref: string): ChangedFiles {
  const inside = git(folder, ['rev-parse', '--show-cdup']);
  if (inside.status !== 0) {
    const isNone = inside.error.includes('not a git repository');
    throw new UsageError(
      isNone ? `${option} needs a git repository; "${folder}" is in none` : `${option}: git cannot read "${folder}": ${inside.error}`,
    );
  }
  const top = resolve(folder, inside.text.trim());
  const base = baseOf(top, ref);
  const changes = git(top, ['diff', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-relative', '--ignore-submodules', base, '--']);
  const untracked = git(top, ['ls-files', '--others', '--exclude-standard', '-z']);
  for (const { status, error } of [changes, untracked]) if (status !== 0) throw new UsageError(`${option}: git failed: ${error}`);

  const changed = new Map<string, string | undefined>();
  for (const path of parts(untracked.text)) changed.set(resolve(top, path), undefined);
  const blobs = new Map<string, string>();
  const entries = parts(changes.text);
  for (let at = 0; at + 1 < entries.length; at += 2) {
    const [mode = '', , blob = ''] = (entries[at] ?? '').slice(1).split(' ');
    const path = resolve(top, entries[at + 1] ?? '');
    changed.set(path, undefined);
    // Only files hold text: neither links nor submodules do.
    if (mode.startsWith('100') && mayBeRead(path)) blobs.set(path, blob);
  }
  const texts = readBlobs(top, [...new Set(blobs.values())]);
  for (const [path, blob] of blobs) changed.set(path, texts.get(blob));
  return changed;
}

/** The commit that the present branch and `ref` share: what others did to `ref` meanwhile is no change of ours. */
function baseOf(top: string, ref: string): string {
  const commit = ref.startsWith('-') ? undefined : git(top, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (commit?.status !== 0) throw new UsageError(`${option}: "${ref}" is not a commit, branch or tag of the repository`);
  const shared = git(top, ['merge-base', commit.text.trim(), 'HEAD']);
  if (shared.status === 0) return shared.text.trim();
  throw new UsageError(`${option}: "${ref}" and the present commit have no history in common; a shallow clone may lack it`);
}

/** The texts of blobs by their ids. */
function readBlobs(top: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const { bytes } = git(top, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  let at = 0;
  for (const id of ids) {
    // A line "id type size", then the bytes, then a line end; a missing one has the line only.
    const lineEnd = bytes.indexOf('\n', at);
    if (lineEnd < 0) break;
    const [, type, size] = bytes.toString('utf8', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (type !== 'blob') continue;
    const text = bytes.toString('utf8', at, at + Number(size));
    texts.set(id, text.startsWith('\uFEFF') ? text.slice(1) : text);
    at += Number(size) + 1;
  }
  return texts;
}

function mayBeRead(path: string): boolean {
  return /\.(?:py|ipynb|sql)$/.test(path);
}

/** The parts of a list whose items each end in a zero. */
function parts(text: string): readonly string[] {
  return text.split('\0').slice(0, -1);
}

interface GitAnswer {
  readonly status: number | null;
  readonly bytes: Buffer;
  readonly text: string;
  /** The first line of what it complained about. */
  readonly error: string;
}

function git(folder: string, args: readonly string[], input = ''): GitAnswer {
  const run = spawnSync('git', args, {
    cwd: folder,
    input,
    maxBuffer: 1 << 30,
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
  });
  if ((run.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw new UsageError(`${option} needs git, which was not found`);
  if (run.error !== undefined) throw run.error;
  const error = run.stderr.toString('utf8').split('\n')[0] ?? '';
  return { status: run.status, bytes: run.stdout, text: run.stdout.toString('utf8'), error };
}
