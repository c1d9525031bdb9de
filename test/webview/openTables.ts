// One browser for the tests of a file, and a page for each table that a test opens.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPages } from './openPages';
import { TableViewer, type OpenOptions, type OpenTablePage } from './tableViewer';

/** Pictures of each state in several themes, to be looked at after a change of the style. */
export const pictures = join(tmpdir(), 'sparkform-table-pictures');

/** What opens tables in a real browser. To be called once, at the top of a file of tests. */
export function openTables(): (location: string, options?: OpenOptions) => Promise<OpenTablePage> {
  return openPages(pictures, () => TableViewer.start());
}
