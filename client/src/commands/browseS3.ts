// Finding the way in the S3 view.

import { env, window } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { formatS3Location } from '../../../shared/s3/s3Location';
import { isS3Node, type FolderNode, type S3Node } from '../views/s3TreeNode';
import { s3Targets } from './s3Targets';
import type { Services } from './services';
import { showRange } from './showRange';

/** Lists everything anew; credentials are looked for again as well. Buttons of a view are called with the row that has the focus. */
export function refreshS3({ s3 }: Services): void {
  s3.access.renew();
  s3.tree.refresh();
}

/** The same for what is below a row. */
export function refreshS3Folder({ s3 }: Services, clicked: unknown): void {
  if (!isS3Node(clicked)) return;
  s3.access.renew();
  s3.tree.refresh(clicked);
}

export async function loadMoreS3({ s3 }: Services, argument: unknown): Promise<void> {
  if (!isS3Node(argument)) return;
  if (argument.kind === 'provider' || argument.kind === 'folder' || argument.kind === 'location') await s3.tree.loadMore(argument);
}

export async function copyS3Path(_services: Services, clicked: unknown, all: unknown): Promise<void> {
  const targets = s3Targets(clicked, all);
  if (targets.length === 0) return;
  await env.clipboard.writeText(targets.map(formatS3Location).join('\n'));
  window.setStatusBarMessage(targets.length === 1 ? '$(copy) S3 path copied' : `$(copy) ${targets.length} S3 paths copied`, messageTime);
}

export async function removeS3Location({ s3 }: Services, clicked: unknown, all: unknown): Promise<void> {
  const rows: readonly unknown[] = Array.isArray(all) && all.includes(clicked) ? all : [clicked];
  const locations = rows.flatMap((row) => (isS3Node(row) && row.kind === 'location' ? [row.location] : []));
  if (locations.length > 0) await s3.opened.remove(locations);
}

/** The definition of a provider, or of what a folder of runs belongs to. */
export async function openS3Definition(services: Services, node: S3Node): Promise<void> {
  if (node.kind === 'provider') {
    await showRange(node.store.uri, node.store.selection);
    return;
  }
  if (node.kind !== 'folder') return;
  const resource = resourceOfFolder(services, node);
  if (resource !== undefined) await showRange(resource.uri, resource.selection);
  else {
    const id = node.parent.kind === 'folder' ? `${node.parent.label}.${node.label}` : node.label;
    void window.showInformationMessage(`Nothing in this workspace defines “${id}”.`);
  }
}

const messageTime = 5_000;

const typeOfGroup: ReadonlyMap<string | undefined, string> = new Map([
  ['Transformation', 'source'],
  ['TrainingSet', 'training-set'],
  ['Materialization', 'feature'],
]);

/** Also one without a variant of its own: each of its runs has made one. */
function resourceOfFolder({ resources }: Services, { group, label, parent }: FolderNode): ResourceNode | undefined {
  const type = typeOfGroup.get(group);
  const name = parent.kind === 'folder' ? parent.label : undefined;
  const named = resources.resources.filter((one) => one.type === type && one.name === name);
  return named.find(({ variant }) => variant === label) ?? named.find(({ variant }) => variant === undefined);
}
