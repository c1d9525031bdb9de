// What commands work with. They are the only part that talks to the user; everything here only does and tells.

import type { ExtensionContext } from 'vscode';
import type { CompareDocuments } from '../editors/compareDocuments';
import type { LanguageServer } from '../languageClient';
import type { LineagePanel } from '../panels/lineagePanel';
import type { LocalRuns } from '../runs/localRuns';
import type { S3View } from '../s3/s3View';
import type { ResourcesStore } from '../views/resourcesStore';
import type { ResourcesTree } from '../views/resourcesTree';

export interface Services {
  readonly context: ExtensionContext;
  readonly server: LanguageServer;
  readonly resources: ResourcesStore;
  readonly tree: ResourcesTree;
  readonly runs: LocalRuns;
  readonly comparisons: CompareDocuments;
  readonly s3: S3View;
  readonly lineage: LineagePanel;
}

/** Arguments come from lenses, trees, key bindings and other extensions: nothing is known of them. */
export type CommandHandler = (services: Services, ...args: readonly unknown[]) => void | Promise<void>;
