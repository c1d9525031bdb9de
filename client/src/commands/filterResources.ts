// The filter of the Resources view: the tree follows while the user types, and Escape brings the former filter back.

import { commands, window } from 'vscode';
import type { Services } from './services';

export async function filterResources({ tree }: Services): Promise<void> {
  await commands.executeCommand('sparkform.resources.focus');
  const former = tree.filter;
  const box = window.createInputBox();
  box.title = 'Filter Resources';
  box.placeholder = 'Words of the name, variant, kind, provider or description';
  box.value = former;
  box.onDidChangeValue((value) => {
    tree.filter = value;
  });
  const accepted = await new Promise<boolean>((resolve) => {
    box.onDidAccept(() => {
      resolve(true);
    });
    box.onDidHide(() => {
      resolve(false);
    });
    box.show();
  });
  box.dispose();
  if (!accepted) tree.filter = former;
}

export function clearResourceFilter({ tree }: Services): void {
  tree.filter = '';
}
