// What the client is asked to watch, and what its reports mean. A folder that is moved or deleted as a whole is reported as
// that one path, without the files in it.

import { type FileEvent, FileChangeType, type FileSystemWatcher, WatchKind } from 'vscode-languageserver/node';
import { projectFileName } from '../nodeProject';
import { isModule, isQueryFile } from '../workspace/fileUris';
import type { DiskChanges } from './folderProject';

/** Creation and deletion of anything, since anything may be a folder; changes only of what is read. */
export const watchers: readonly FileSystemWatcher[] = [
  { globPattern: '**', kind: WatchKind.Create | WatchKind.Delete },
  ...['**/*.py', '**/*.ipynb', '**/*.sql', `**/${projectFileName}`, '**/.gitignore'].map((globPattern) => ({
    globPattern,
    kind: WatchKind.Change,
  })),
];

export function diskChanges(events: readonly FileEvent[], toCore: (uri: string) => string): DiskChanges {
  const files = new Set<string>();
  const created = new Set<string>();
  const deleted = new Set<string>();
  for (const { uri: spelled, type } of events) {
    const uri = toCore(spelled).replace(/\/$/, '');
    // A folder can be named like a file.
    if (isRead(uri)) files.add(uri);
    if (type === FileChangeType.Created) created.add(uri);
    if (type === FileChangeType.Deleted) deleted.add(uri);
  }
  return { files: [...files], created: [...created], deleted };
}

function isRead(uri: string): boolean {
  return isModule(uri) || isQueryFile(uri) || uri.endsWith(`/${projectFileName}`) || uri.endsWith('/.gitignore');
}
