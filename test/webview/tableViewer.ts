// The built grid in a plain page of a real browser, with a host that is the product's own but for VS Code: the same
// handlers over the same reading process, the same page under the same content security policy.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { tableHandlers } from '../../client/src/editors/tableSession';
import { tableViewHtml } from '../../client/src/editors/tableViewHtml';
import type { ExportFormat, TableViewEvents, TableViewMethods, TableViewState } from '../../shared/protocol/tableView';
import { rpcEvent, serveRequest, type Handlers, type RpcMessage, type RunningRequests } from '../../shared/protocol/webviewRpc';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';
import { chromiumArguments, ensureChromium } from '../vscode/chromium.mjs';
import { themes, type ThemeName } from './themes';

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
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly reader: TableReaderClient,
  ) {}

  static async start(): Promise<TableViewer> {
    const assets = new Map([
      ['/tableGrid.js', { type: 'text/javascript', path: builtFile('tableGrid.js') }],
      ['/tableGrid.css', { type: 'text/css', path: builtFile('tableGrid.css') }],
    ]);
    const server = createServer((request, response) => {
      const asset = assets.get(request.url ?? '');
      response.setHeader('content-type', asset?.type ?? 'text/html');
      response.end(asset ? readFileSync(asset.path) : pageHtml(server));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
    return new TableViewer(browser, server, new TableReaderClient({ script: builtFile('tableReader.js') }));
  }

  async stop(): Promise<void> {
    this.reader.dispose();
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async open(location: string, options: OpenOptions = {}): Promise<OpenTablePage> {
    const page = await this.browser.newPage({ viewport: { width: options.width ?? 1000, height: options.height ?? 600 } });
    let clipboard = '';
    const complaints: string[] = [];
    const tell = (message: RpcMessage): Promise<void> =>
      page.evaluate((sent) => {
        window.postMessage(sent);
      }, message);
    const tellSoon = (message: RpcMessage): void => {
      tell(message).catch((error: unknown) => {
        // A page that was closed needs no answer any more.
        if (!page.isClosed()) complaints.push(String(error));
      });
    };
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
        tellSoon(rpcEvent<TableViewEvents, 'cost'>('cost', cost));
      },
    });
    const handlers: Handlers<TableViewMethods> = { ...own, ...options.override?.(own) };
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const running: RunningRequests = new Map();
    await page.exposeFunction('askHost', (message: unknown) => serveRequest<TableViewMethods>(handlers, message, tellSoon, running));
    await page.addInitScript(
      ({ state, variables }) => {
        let saved: unknown = state;
        Object.assign(window, {
          acquireVsCodeApi: () => ({
            postMessage: (window as unknown as { askHost: (message: unknown) => void }).askHost,
            getState: () => saved,
            setState: (next: unknown) => (saved = next),
          }),
          savedState: () => saved,
        });
        document.addEventListener('DOMContentLoaded', () => {
          for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
        });
      },
      { state: options.state, variables: themes[options.theme ?? 'dark'] },
    );
    await page.goto(origin(this.server));
    return {
      page,
      clipboard: () => clipboard,
      state: () => page.evaluate(() => (window as unknown as { savedState: () => TableViewState }).savedState()),
      tell,
      complaints,
    };
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

function origin(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function pageHtml(server: Server): string {
  const own = origin(server);
  return tableViewHtml({ script: `${own}/tableGrid.js`, style: `${own}/tableGrid.css`, cspSource: own, nonce: 'bm9uY2U=', title: 'Table' });
}
