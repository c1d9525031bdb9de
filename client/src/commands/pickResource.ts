// Which resource a command is about: the one it was called with, the definition at the cursor, or the user's choice.

import { Uri, window, type QuickPickItem } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { iconOf, kindText } from '../views/resourceItems';
import type { TreeNode } from '../views/resourceTreeModel';
import { folderNameOf } from '../workspaceFolders';
import type { Services } from './services';

export interface PickOptions {
  readonly placeHolder: string;
  readonly accepts: (resource: ResourceNode) => boolean;
  /** Said when nothing in the workspace is accepted. */
  readonly nothing: string;
}

/** Undefined when the user declined, or was told that there is nothing to choose from. */
export async function pickResource(
  services: Services,
  argument: unknown,
  options: PickOptions,
  from?: unknown,
): Promise<ResourceNode | undefined> {
  // A command may be what activated the extension.
  await services.resources.whenLoaded();
  const given = resourceOf(services, argument, from);
  if (given !== undefined) return given;
  if (typeof argument === 'string') throw new Error(`There is no resource “${argument}” in this workspace any more.`);
  const editor = window.activeTextEditor;
  const here = editor && services.resources.at(editor.document.uri, editor.selection.active);
  if (here !== undefined && options.accepts(here)) return here;
  const candidates = services.resources.resources.filter(options.accepts);
  if (candidates.length === 0) {
    void window.showInformationMessage(options.nothing);
    return undefined;
  }
  const picked = await window.showQuickPick(candidates.map(resourcePick), { placeHolder: options.placeHolder, matchOnDescription: true });
  return picked?.resource;
}

/** The resource that a lens (an id, and where folders have to be told apart its document) or a row of the tree stands for. */
export function resourceOf({ resources }: Services, argument: unknown, from?: unknown): ResourceNode | undefined {
  if (typeof argument === 'string') return resources.withId(argument, typeof from === 'string' ? Uri.parse(from) : undefined);
  if (!isResourceRow(argument)) return undefined;
  // The row may be older than the last answer of the server.
  return resources.withKey(argument.resource.key) ?? argument.resource;
}

export function resourcePick(resource: ResourceNode): QuickPickItem & { readonly resource: ResourceNode } {
  const description = [kindText(resource.kind), folderNameOf(Uri.parse(resource.uri))].filter(Boolean).join(' · ');
  return { label: `$(${iconOf(resource)}) ${resource.id}`, description, resource };
}

function isResourceRow(argument: unknown): argument is Extract<TreeNode, { kind: 'resource' }> {
  return typeof argument === 'object' && argument !== null && 'kind' in argument && argument.kind === 'resource' && 'resource' in argument;
}
