// The lineage of a resource in the panel beside the editor: of the one the command was called with, otherwise of what the cursor is on.

import { window } from 'vscode';
import { resourceOf } from './pickResource';
import type { Services } from './services';

export async function showLineage(services: Services, argument: unknown, from: unknown): Promise<void> {
  // A command may be what activated the extension.
  await services.resources.whenLoaded();
  const editor = window.activeTextEditor;
  const here = editor && services.resources.at(editor.document.uri, editor.selection.active);
  const given = resourceOf(services, argument, from);
  if (given === undefined && typeof argument === 'string')
    throw new Error(`There is no resource “${argument}” in this workspace any more.`);
  services.lineage.show((given ?? here)?.key);
}
