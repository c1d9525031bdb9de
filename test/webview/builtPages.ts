// Built pages of the product in a real browser, under their own content security policy, with a host of the test's.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { RpcMessage } from '../../shared/protocol/webviewRpc';
import { builtFile } from '../support/builtFile';
import { chromiumArguments, ensureChromium } from '../vscode/chromium.mjs';
import { themes, type ThemeName } from './themes';

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly theme: ThemeName;
  readonly reducedMotion?: boolean;
  /** What an earlier life of the page has saved. */
  readonly state: unknown;
  /** The host, given what tells the page something: it is called with each question of the page. */
  readonly host: (tell: (message: RpcMessage) => void) => (question: unknown) => unknown;
}

export interface BuiltPage {
  readonly page: Page;
  /** What the page has saved. */
  readonly state: () => Promise<unknown>;
  readonly tell: (message: RpcMessage) => Promise<void>;
  /** What the browser complained about: errors, refused loads. */
  readonly complaints: readonly string[];
}

export class BuiltPages {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  /**
   * @param files of `dist/`, scripts and styles, that the page asks for
   * @param html of the page, whose files are served from an origin
   */
  static async start(files: readonly string[], html: (origin: string) => string): Promise<BuiltPages> {
    const server = createServer((request, response) => {
      const name = request.url?.slice(1) ?? '';
      const isFile = files.includes(name);
      response.setHeader('content-type', !isFile ? 'text/html' : name.endsWith('.css') ? 'text/css' : 'text/javascript');
      response.end(isFile ? readFileSync(builtFile(name)) : html(origin(server)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
    return new BuiltPages(browser, server);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async open({ width, height, theme, reducedMotion = false, state, host }: PageOptions): Promise<BuiltPage> {
    const page = await this.browser.newPage({ viewport: { width, height }, reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
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
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.exposeFunction('askHost', host(tellSoon));
    await page.addInitScript(
      ({ saved: first, variables }) => {
        let saved: unknown = first;
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
      { saved: state, variables: themes[theme] },
    );
    await page.goto(origin(this.server));
    const savedState = (): Promise<unknown> => page.evaluate(() => (window as unknown as { savedState: () => unknown }).savedState());
    return { page, state: savedState, tell, complaints };
  }
}

function origin(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
