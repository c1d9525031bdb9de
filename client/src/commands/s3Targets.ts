// Which places in S3 a command is about: the rows that it was called from, or the table in the active editor.

import { TabInputCustom, Uri, window } from 'vscode';
import type { S3Location } from '../../../shared/s3/s3Location';
import { isTableEditor } from '../editors/tableEditor';
import { s3LocationOf } from '../s3/s3Uri';
import { isS3Node, locationOf, type S3Node } from '../views/s3TreeNode';

export interface S3Target extends S3Location {
  /** Undefined where only the store knows. */
  readonly isFolder: boolean | undefined;
}

/** @param all every selected row, where several are. */
export function s3Targets(clicked: unknown, all?: unknown): readonly S3Target[] {
  const rows = Array.isArray(all) && all.length > 0 && all.includes(clicked) ? all : [clicked ?? activeTable()];
  return rows.flatMap((row: unknown): readonly S3Target[] => {
    if (isS3Node(row)) return targetOf(row);
    const location = row instanceof Uri ? s3LocationOf(row) : undefined;
    return location === undefined ? [] : [{ ...location, isFolder: undefined }];
  });
}

function targetOf(node: S3Node): readonly S3Target[] {
  const location = locationOf(node);
  if (location === undefined) return [];
  return [{ ...location, isFolder: node.kind === 'location' ? node.isFolder : node.kind !== 'file' }];
}

/** The URI of the table in the active editor, wherever it lies. */
export function activeTable(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && isTableEditor(input.viewType) ? input.uri : undefined;
}
