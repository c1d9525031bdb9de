// The built lineage view in a plain page of a real browser: its own script, style and worker under its own content security policy,
// with a host that keeps what the page asks for.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { lineageViewHtml } from '../../client/src/lineage/lineageViewHtml';
import { applyChange, diffGraphs, type LineageGraph } from '../../shared/lineage/lineageGraph';
import {
  defaultLineageSettings,
  type LineageSettings,
  type LineageViewEvents,
  type LineageViewMethods,
  type LineageViewState,
} from '../../shared/protocol/lineageView';
import { rpcEvent, serveRequest, type Handlers, type RpcMessage } from '../../shared/protocol/webviewRpc';
import { builtFile } from '../support/builtFile';
import { chromiumArguments, ensureChromium } from '../vscode/chromium.mjs';
import { themes, type ThemeName } from './themes';

export interface OpenLineageOptions {
  readonly theme?: ThemeName;
  readonly focus?: string;
  readonly settings?: Partial<LineageSettings>;
  readonly state?: Partial<LineageViewState>;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** Replaces handlers of the host. */
  readonly override?: Partial<Handlers<LineageViewMethods>>;
}

/** What the page asked of its host, but for what it asks to begin with. */
export type Asked = {
  readonly [Name in keyof LineageViewMethods]: readonly [Name, LineageViewMethods[Name]['params']];
}[keyof LineageViewMethods];

export interface OpenLineagePage {
  readonly page: Page;
  readonly asked: readonly Asked[];
  readonly state: () => Promise<LineageViewState>;
  readonly tell: <Name extends keyof LineageViewEvents>(name: Name, value: LineageViewEvents[Name]) => Promise<void>;
  /** The graph became another one. */
  readonly change: (graph: LineageGraph) => Promise<void>;
  /** What the browser complained about: errors, refused loads. */
  readonly complaints: readonly string[];
}

export class LineageViewer {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  static async start(): Promise<LineageViewer> {
    const assets = new Map([
      ['/lineage.js', { type: 'text/javascript', path: builtFile('lineage.js') }],
      ['/lineageLayout.js', { type: 'text/javascript', path: builtFile('lineageLayout.js') }],
      ['/lineage.css', { type: 'text/css', path: builtFile('lineage.css') }],
    ]);
    const server = createServer((request, response) => {
      const asset = assets.get(request.url ?? '');
      response.setHeader('content-type', asset?.type ?? 'text/html');
      response.end(asset ? readFileSync(asset.path) : pageHtml(server));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
    return new LineageViewer(browser, server);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async open(graph: LineageGraph, options: OpenLineageOptions = {}): Promise<OpenLineagePage> {
    const { width = 1100, height = 700, theme = 'dark', reducedMotion = true } = options;
    const page = await this.browser.newPage({ viewport: { width, height }, reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
    const asked: Asked[] = [];
    const complaints: string[] = [];
    const current = { graph, revision: 1 };
    const send = (message: RpcMessage): Promise<void> =>
      page.evaluate((sent) => {
        window.postMessage(sent);
      }, message);
    const kept =
      <Name extends keyof LineageViewMethods>(name: Name, result: LineageViewMethods[Name]['result']) =>
      (params: LineageViewMethods[Name]['params']): Promise<LineageViewMethods[Name]['result']> => {
        asked.push([name, params] as unknown as Asked);
        return Promise.resolve(result);
      };
    const settings = { ...defaultLineageSettings, ...options.settings };
    const handlers: Handlers<LineageViewMethods> = {
      open: () => Promise.resolve({ ...current, focus: options.focus, settings }),
      openDefinition: kept('openDefinition', null),
      showProblems: kept('showProblems', null),
      run: kept('run', null),
      preview: kept('preview', null),
      copyText: kept('copyText', null),
      export: kept('export', { file: 'drawing' }),
      setSettings: kept('setSettings', null),
      ...options.override,
    };
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.exposeFunction('askHost', (message: unknown) =>
      serveRequest<LineageViewMethods>(handlers, message, (answer) => {
        send(answer).catch((error: unknown) => {
          // A page that was closed needs no answer any more.
          if (!page.isClosed()) complaints.push(String(error));
        });
      }),
    );
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
      { state: options.state, variables: themes[theme] },
    );
    await page.goto(origin(this.server));
    return {
      page,
      asked,
      state: () => page.evaluate(() => (window as unknown as { savedState: () => LineageViewState }).savedState()),
      tell: (name, value) => send(rpcEvent<LineageViewEvents, typeof name>(name, value)),
      change: (next) => {
        const change = diffGraphs(current.graph, next);
        const since = current.revision;
        current.graph = applyChange(current.graph, change);
        current.revision++;
        return send(rpcEvent<LineageViewEvents, 'changed'>('changed', { since, revision: current.revision, change }));
      },
      complaints,
    };
  }
}

function origin(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function pageHtml(server: Server): string {
  const own = origin(server);
  return lineageViewHtml({
    script: `${own}/lineage.js`,
    style: `${own}/lineage.css`,
    worker: `${own}/lineageLayout.js`,
    cspSource: own,
    nonce: 'bm9uY2U=',
    title: 'Lineage',
  });
}
