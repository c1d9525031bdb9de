// Puts the parts of the lineage together: one graph and one cursor for the panel beside the editor and for the view at the side.

import { Uri, type ExtensionContext } from 'vscode';
import type { LanguageServer } from '../languageClient';
import type { LocalRuns } from '../runs/localRuns';
import type { ResourcesStore } from '../views/resourcesStore';
import { CursorResource } from './cursorResource';
import { LineagePanel } from './lineagePanel';
import { LineageSettingsStore } from './lineageSettings';
import { LineageSideView } from './lineageSideView';
import { LineageStore } from './lineageStore';
import { LineageViews } from './lineageViews';

export interface Lineage {
  readonly store: LineageStore;
  readonly panel: LineagePanel;
  readonly cursor: CursorResource;
}

export function registerLineage(
  context: ExtensionContext,
  { server, resources, runs }: { readonly server: LanguageServer; readonly resources: ResourcesStore; readonly runs: LocalRuns },
): Lineage {
  const { extensionUri, globalState } = context;
  // In this order: when the resources change, what is at the cursor is asked before the views are told of the graph.
  const cursor = new CursorResource(server, resources);
  const store = new LineageStore(resources, runs);
  const settings = new LineageSettingsStore(globalState);
  const views = new LineageViews({ assets: Uri.joinPath(extensionUri, 'dist'), server, resources, store, cursor, settings });
  const iconOf = (theme: string): Uri => Uri.joinPath(extensionUri, 'media', 'icons', `lineage-${theme}.svg`);
  const panel = new LineagePanel(views, { light: iconOf('light'), dark: iconOf('dark') });
  context.subscriptions.push(panel, new LineageSideView(views), cursor, store);
  return { store, panel, cursor };
}
