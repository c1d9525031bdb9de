// Going from a resource to its definition and to what depends on it.

import { Location, Uri, commands, env, window } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { isS3Node } from '../views/s3TreeNode';
import { openS3Definition } from './browseS3';
import { pickResource, resourceOf, resourcePick } from './pickResource';
import { showRange, toRange } from './showRange';
import type { Services } from './services';

/** With the key of a resource and, where an id is defined more than once, which of its definitions. */
export async function openDefinition(services: Services, argument: unknown, occurrence: unknown): Promise<void> {
  if (isS3Node(argument)) {
    await openS3Definition(services, argument);
    return;
  }
  const same = services.resources.resources.filter(({ key }) => key === argument);
  const chosen = typeof occurrence === 'number' ? same[occurrence] : undefined;
  const resource = chosen ?? (await pickResource(services, argument, { ...anyResource, placeHolder: 'Go to the definition of…' }));
  if (resource !== undefined) await showRange(resource.uri, resource.selection);
}

export async function copyResourceId(services: Services, argument: unknown): Promise<void> {
  const resource = await pickResource(services, argument, { ...anyResource, placeHolder: 'Copy the id of…' });
  if (resource !== undefined) await env.clipboard.writeText(resource.id);
}

/** From an editor the dependents are peeked at in place; from the tree they are offered as a list. */
export async function showDependents(services: Services, argument: unknown, from: unknown): Promise<void> {
  const resource = await pickResource(services, argument, { ...anyResource, placeHolder: 'Show what depends on…' }, from);
  if (resource === undefined) return;
  const dependents = services.resources.downstreamOf(resource.key);
  if (dependents.length === 0) {
    void window.showInformationMessage(`Nothing in this workspace depends on “${resource.id}”.`);
    return;
  }
  const editor = window.activeTextEditor;
  const fromTree = typeof argument !== 'string' && resourceOf(services, argument) !== undefined;
  if (!fromTree && editor?.document.uri.toString() === Uri.parse(resource.uri).toString()) {
    const locations = dependents.map(locationOf);
    await commands.executeCommand('editor.action.showReferences', editor.document.uri, toRange(resource.selection).start, locations);
    return;
  }
  const picked = await window.showQuickPick(dependents.map(resourcePick), {
    placeHolder: `What depends on ${resource.id}`,
    matchOnDescription: true,
  });
  if (picked !== undefined) await showRange(picked.resource.uri, picked.resource.selection);
}

const anyResource = { accepts: () => true, nothing: 'There are no Featureform definitions in this workspace.' };

function locationOf({ uri, selection }: ResourceNode): Location {
  return new Location(Uri.parse(uri), toRange(selection));
}
