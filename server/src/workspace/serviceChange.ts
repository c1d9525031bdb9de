/** What an edit, or a change on the disk, made different. */
export interface ServiceChange {
  /** Documents whose problems may differ now, the edited one first. */
  readonly changed: readonly string[];
  /** True when something changed that other files or the list of resources can see. */
  readonly surfaceChanged: boolean;
}

export const NOTHING_CHANGED: ServiceChange = { changed: [], surfaceChanged: false };

export function joinChanges(first: ServiceChange, second: ServiceChange): ServiceChange {
  if (second === NOTHING_CHANGED) return first;
  const changed = [...new Set([...first.changed, ...second.changed])];
  return { changed, surfaceChanged: first.surfaceChanged || second.surfaceChanged };
}
