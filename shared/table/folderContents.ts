// Which files of a folder are its table: without opening any.

import { isFolderMarker, isHidden } from './folderNames';
import { findRuns, type RunFolder } from './runFolders';
import { TableProblem } from './tableProblem';

export interface FolderEntry {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly size: number;
}

/** Of the dated runs of a definition: the newest one with files, all of them as one table, or the one in the folder of this name. */
export type RunChoice = 'newest' | 'all' | { readonly name: string };

export interface FolderContents {
  readonly format: 'parquet' | 'csv';
  /** In the order of their paths. */
  readonly parts: readonly FolderEntry[];
  readonly success: boolean;
  readonly ignored: readonly string[];
  readonly runs: readonly RunFolder[];
}

/** Throws a TableProblem where the folder holds no table. */
export function readContents(folder: string, listed: readonly FolderEntry[], choice: RunChoice): FolderContents {
  const entries = listed.filter(({ path }) => !isFolderMarker(path)).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const visible = entries.filter(({ path }) => !isHidden(path));
  const format = !visible.some(isParquet) && (visible.some(isCsv) || /\.csv$/i.test(folder)) ? 'csv' : 'parquet';
  const isNamed = format === 'csv' ? isCsv : isParquet;
  // Parts may carry any name; but where some are named for the format, the others are strangers.
  const all = visible.some(isNamed) ? visible.filter(isNamed) : visible;
  const isPart = new Set(all.map(({ path }) => path));
  const runs = chooseRuns(folder, entries, isPart, choice);
  const shown = runs.filter((run) => run.shown);
  const parts = runs.length === 0 ? all : all.filter(({ path }) => shown.some(({ prefix }) => path.startsWith(prefix)));
  if (parts.length === 0) throw new TableProblem('missing', `${folder} holds no parquet or CSV files`);
  const markers = runs.length === 0 ? ['_SUCCESS'] : shown.map(({ prefix }) => `${prefix}_SUCCESS`);
  const inOtherRun = (path: string): boolean => runs.some((run) => !run.shown && path.startsWith(run.prefix));
  const taken = new Set(parts);
  return {
    format,
    parts,
    success: markers.every((marker) => entries.some(({ path }) => path === marker)),
    ignored: visible.filter((entry) => !taken.has(entry) && !inOtherRun(entry.path)).map(({ path }) => path),
    runs,
  };
}

function isParquet({ path }: FolderEntry): boolean {
  return /\.parq(uet)?$/i.test(path);
}

function isCsv({ path }: FolderEntry): boolean {
  return /\.csv$/i.test(path);
}

function chooseRuns(folder: string, entries: readonly FolderEntry[], isPart: ReadonlySet<string>, choice: RunChoice): readonly RunFolder[] {
  const runs = findRuns(
    entries.map(({ path }) => path),
    (path) => isPart.has(path),
  );
  if (typeof choice === 'object') {
    const chosen = runs.find(({ name }) => name === choice.name);
    if (!chosen) throw new TableProblem('missing', `${folder} holds no run "${choice.name}"; ${namesOf(runs)}`);
    if (chosen.files === 0) throw new TableProblem('missing', `the run "${choice.name}" of ${folder} holds no parquet or CSV files`);
    return runs.map((run) => ({ ...run, shown: run === chosen }));
  }
  const newest = runs.find(({ files }) => files > 0);
  // Folders named for moments that hold nothing to show are no runs of this table.
  if (!newest) return [];
  return runs.map((run) => ({ ...run, shown: choice === 'all' ? run.files > 0 : run === newest }));
}

function namesOf(runs: readonly { readonly name: string }[]): string {
  if (runs.length === 0) return 'it is no folder of dated runs';
  const shown = runs.slice(0, 5).map(({ name }) => `"${name}"`);
  return `it has ${shown.join(', ')}${runs.length > shown.length ? ` and ${runs.length - shown.length} older ones` : ''}`;
}
