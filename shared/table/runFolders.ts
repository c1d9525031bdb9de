// Featureform writes each run of a definition into a folder of its own, named for the moment: `<variant>/<moment>/part-…`.

import type { TableRun } from './table';

export interface RunFolder extends TableRun {
  /** What every path of the run begins with. */
  readonly prefix: string;
}

/** The runs among the first folders of these paths, the newest first; none where there are no such folders. */
export function findRuns(paths: readonly string[], isPart: (path: string) => boolean): readonly Omit<RunFolder, 'shown'>[] {
  const files = new Map<string, number>();
  for (const path of paths) {
    const slash = path.indexOf('/');
    if (slash <= 0) continue;
    const name = path.slice(0, slash);
    if (runTime(name) === undefined) continue;
    files.set(name, (files.get(name) ?? 0) + (isPart(path) ? 1 : 0));
  }
  return [...files]
    .flatMap(([name, count]) => {
      const time = runTime(name);
      return time === undefined ? [] : [{ name, time, files: count, prefix: `${name}/` }];
    })
    .sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : a.name < b.name ? 1 : -1));
}

/** The moment that a run's folder is named for: `2024-05-06-07-08-09-123456`, in old versions `2022-08-19 17:37:36.546384`. */
export function runTime(name: string): string | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})-(\d{2})-(\d{2})-(\d{2})-(\d{1,9})$/.exec(name) ??
    /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/.exec(name);
  if (!match) return undefined;
  const [, day = '', hour = '', minute = '', second = '', fraction = '0'] = match;
  const time = `${day}T${hour}:${minute}:${second}`;
  return Number.isNaN(Date.parse(`${time}Z`)) ? undefined : `${time}.${fraction}`;
}
