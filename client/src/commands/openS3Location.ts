// Opening any place in S3 that the user names, with those of before to choose from.

import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { formatS3Location, isS3Location, parseS3Location, type S3Location } from '../../../shared/s3/s3Location';
import { openTable } from '../editors/tableEditor';
import { isFolderIn } from '../s3/isFolderIn';
import { s3UriOf } from '../s3/s3Uri';
import type { Services } from './services';

/** With a location, otherwise the user writes one. */
export async function openS3Location(services: Services, argument: unknown): Promise<void> {
  const location = typeof argument === 'string' ? parseS3Location(argument.trim()) : await askForLocation(services);
  if (location === undefined) return;
  const { access, opened, tree } = services.s3;
  // A bucket as a whole is rather looked around in.
  if (location.key !== '') await openTable(s3UriOf(location));
  const isFolder = await isFolderIn(access.store, location);
  await opened.add({ location, isFolder });
  if (location.key === '') await tree.revealLocation(location);
}

interface LocationPick extends QuickPickItem {
  readonly location?: S3Location;
}

async function askForLocation({ s3 }: Services): Promise<S3Location | undefined> {
  const pick = window.createQuickPick<LocationPick>();
  pick.title = 'Open S3 Location';
  pick.placeholder = 's3://bucket/path of a parquet or CSV file, or of a folder';
  const recent = s3.opened.all.map(({ location, isFolder }): LocationPick => {
    return { label: `$(${isFolder ? 'folder' : 'table'}) ${formatS3Location(location)}`, location };
  });
  const separator: LocationPick = { label: 'opened before', kind: QuickPickItemKind.Separator };
  const update = (): void => {
    pick.items = [...typedPick(pick.value.trim()), ...(recent.length === 0 ? [] : [separator, ...recent])];
  };
  update();
  try {
    return await new Promise<S3Location | undefined>((resolve) => {
      pick.onDidChangeValue(update);
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.onDidAccept(() => {
        // A text that is no location stays, to be mended.
        const location = pick.activeItems[0]?.location;
        if (location !== undefined) resolve(location);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** What was typed, to be opened, or why it cannot be. */
function typedPick(typed: string): readonly LocationPick[] {
  if (typed === '') return [];
  try {
    const location = parseS3Location(typed);
    return [{ label: `$(go-to-file) ${formatS3Location(location)}`, description: 'Open', alwaysShow: true, location }];
  } catch (error) {
    // Whoever types a part of what was opened before filters by it.
    if (!isS3Location(typed)) return [];
    return [{ label: `$(error) ${error instanceof Error ? error.message : String(error)}`, alwaysShow: true }];
  }
}
