// The parts that show S3, made once and handed to the commands together.

import type { ExtensionContext } from 'vscode';
import { disposeAll, type Owned } from '../owned';
import type { LanguageServer } from '../languageClient';
import type { ResourcesStore } from '../views/resourcesStore';
import { S3Tree } from '../views/s3Tree';
import { ListedRuns } from './listedRuns';
import { OpenedLocations } from './openedLocations';
import { S3Access } from './s3Access';
import { S3Stores } from './s3Stores';

export interface S3View extends Owned {
  readonly stores: S3Stores;
  readonly access: S3Access;
  readonly opened: OpenedLocations;
  readonly listed: ListedRuns;
  readonly tree: S3Tree;
}

export function openS3View(context: ExtensionContext, server: LanguageServer, resources: ResourcesStore): S3View {
  const stores = new S3Stores(server, resources);
  const access = new S3Access(stores);
  const opened = new OpenedLocations(context.workspaceState);
  const listed = new ListedRuns();
  // By other credentials another store may be seen.
  const forgetting = access.onDidChange(() => {
    listed.clear();
  });
  const tree = new S3Tree({ stores, opened, listed, access });
  return {
    stores,
    access,
    opened,
    listed,
    tree,
    dispose: () => {
      disposeAll([tree, forgetting, listed, opened, access, stores]);
    },
  };
}
