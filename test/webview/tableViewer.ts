// The built grid in a plain page of a real browser, with a host that is the product's own but for VS Code: the same
// handlers over the same reading process, the same page under the same content security policy.

import { basename } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { tableHandlers } from '../../client/src/editors/tableSession';
import { tableViewHtml } from '../../client/src/editors/tableViewHtml';
import type { ExportFormat, TableViewEvents, TableViewMethods, TableViewState } from '../../shared/protocol/tableView';
import { rpcEvent, serveRequest, type Handlers, type RpcMessage, type RunningRequests } from '../../shared/protocol/webviewRpc';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';
import { BuiltPages } from './builtPages';
import type { ThemeName } from './themes';

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly state?: Partial<TableViewState>;
  readonly width?: number;
  readonly height?: number;
  /** The file that the user chooses to write to; undefined when they choose none. */
  readonly exportTo?: (format: ExportFormat) => string | undefined;
  /** Replaces handlers of the host, to hold back or refuse what the page asks. */
  readonly override?: (handlers: Handlers<TableViewMethods>) => Partial<Handlers<TableViewMethods>>;
}

export interface OpenTablePage {
  readonly page: Page;
  readonly clipboard: () => string;
  readonly state: () => Promise<TableViewState>;
  /** Tells the page what the host would. */
  readonly tell: (message: RpcMessage) => Promise<void>;
  /** What the browser complained about: errors, refused loads. */
  readonly complaints: readonly string[];
}

export class TableViewer {
  private constructor(
    private readonly pages: BuiltPages,
    private readonly reader: TableReaderClient,
  ) {}

  static async start(): Promise<TableViewer> {
    const pages = await BuiltPages.start(['tableGrid.js', 'tableGrid.css'], (origin) =>
      tableViewHtml({
        script: `${origin}/tableGrid.js`,
        style: `${origin}/tableGrid.css`,
        cspSource: origin,
        nonce: 'bm9uY2U=',
        title: 'Table',
      }),
    );
    return new TableViewer(pages, new TableReaderClient({ script: builtFile('tableReader.js') }));
  }

  async stop(): Promise<void> {
    this.reader.dispose();
    await this.pages.stop();
  }

  async open(location: string, options: OpenOptions = {}): Promise<OpenTablePage> {
    const { width = 1000, height = 600, theme = 'dark', state } = options;
    let clipboard = '';
    const built = await this.pages.open({
      width,
      height,
      theme,
      state,
      host: (tell) => {
        const own = tableHandlers({
          location,
          name: basename(location),
          reader: this.reader,
          writeClipboard: (text) => {
            clipboard = text;
            return Promise.resolve();
          },
          exportToFile: async (format, write) => {
            const path = options.exportTo?.(format);
            if (path === undefined) return null;
            const { rows } = await write(path, {});
            return { rows, file: basename(path) };
          },
          onCost: (cost) => {
            tell(rpcEvent<TableViewEvents, 'cost'>('cost', cost));
          },
        });
        const handlers: Handlers<TableViewMethods> = { ...own, ...options.override?.(own) };
        const running: RunningRequests = new Map();
        return (question) => serveRequest<TableViewMethods>(handlers, question, tell, running);
      },
    });
    return { ...built, clipboard: () => clipboard, state: async () => (await built.state()) as TableViewState };
  }
}

/** What axe-core finds wrong with the page: rule, and the elements. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const runner = (window as unknown as { axe: typeof axe }).axe;
    const { violations } = await runner.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
