// The parts of VS Code's workbench that the tests touch, in the words of a user. Locators wait by themselves.

import { join } from 'node:path';
import type { S3Server } from '../../support/s3Server';
import type { FrameLocator, Locator, Page } from 'playwright-core';

export interface WorkbenchSession {
  readonly page: Page;
  /** Where screenshots go. */
  readonly screenshots: string;
  /** The folder that holds what is open. */
  readonly folder: string;
  /** The id of the editor's process whose command line holds the text. */
  readonly processOf: (text: string) => number | undefined;
  /** The S3 that the extension reads, where the session has one. */
  readonly s3?: S3Server;
}

/** How long a step is tried again: a busy machine may take its time, and may draw what was about to be clicked anew. */
const stepLimit = 120_000;
/** How long one try of a step waits for what should come of it. */
const tryLimit = 15_000;

export class Workbench {
  readonly page: Page;
  readonly #session: WorkbenchSession;

  constructor(session: WorkbenchSession) {
    this.#session = session;
    this.page = session.page;
  }

  get s3(): S3Server {
    const { s3 } = this.#session;
    if (s3 === undefined) throw new Error('this session has no S3');
    return s3;
  }

  /** The text of the active editor. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** A line of the active editor that holds the text. */
  line(text: string): Locator {
    return this.editor.locator('.view-line', { hasText: text }).first();
  }

  get hover(): Locator {
    return this.page.locator('.monaco-hover:not(.hidden)');
  }

  get suggestions(): Locator {
    return this.page.locator('.suggest-widget.visible .monaco-list-row');
  }

  lens(title: string): Locator {
    return this.editor.locator('.codelens-decoration a', { hasText: title });
  }

  /** The list of places that is shown inside the editor. */
  get peek(): Locator {
    return this.page.locator('.peekview-widget');
  }

  /** A button in the title bar of the active group of editors. */
  editorAction(title: string): Locator {
    return this.page.locator(`.editor-group-container.active .editor-actions .action-label[aria-label^="${title}"]`);
  }

  get statusBar(): Locator {
    return this.page.locator('.statusbar');
  }

  /** Rows of trees and lists, by their text. */
  row(text: string | RegExp): Locator {
    return this.page.locator('.monaco-list-row', { hasText: text });
  }

  /** A button in the title bar of a view; some show only while the view is under the mouse. */
  viewAction(title: string): Locator {
    return this.page.locator(`.pane-header .action-label[aria-label^="${title}"]`);
  }

  /** What the user types into at the top of the window. */
  get inputBox(): Locator {
    return this.page.locator('.quick-input-widget input[type="text"]');
  }

  tab(name: string): Locator {
    return this.page.locator('.tab', { hasText: name });
  }

  get notification(): Locator {
    return this.page.locator('.notification-toast');
  }

  /** What the active webview shows. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** What the lineage shows beside the editor, or, `atSide`, in the view of its own. */
  lineage({ atSide = false } = {}): FrameLocator {
    const own = 'iframe.webview.ready[src*="extensionId=sparkform.sparkform"]';
    const place = atSide ? `${own}[src*="purpose=webviewView"]` : `${own}:not([src*="purpose="])`;
    return this.page.frameLocator(place).frameLocator('iframe#active-frame');
  }

  /** What the status bar says of the cursor of the active editor. */
  cursorAt(line: number, column: number): Locator {
    return this.page.locator('#status\\.editor\\.selection', { hasText: `Ln ${line}, Col ${column}` });
  }

  /**
   * Does a step until what should come of it is there. Steps can be lost: while the window starts, while what was clicked is
   * drawn anew, or when something else takes the focus. A step must do no harm when it is done twice.
   */
  async until(step: () => Promise<unknown>, result: Locator): Promise<void> {
    const end = Date.now() + stepLimit;
    for (;;) {
      try {
        await step();
        await result.first().waitFor({ timeout: tryLimit });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Waits for what no locator can wait for. */
  async soon<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
    const end = Date.now() + stepLimit;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > end) throw new Error(`still nothing after ${stepLimit} ms: ${ask.toString()}`);
      await this.page.waitForTimeout(100);
    }
  }

  async openFile(name: string): Promise<void> {
    await this.until(() => this.#pick(name, name), this.page.locator('.tab.active', { hasText: name }));
  }

  /** Shows what the editor knows of a place, counted from one, which must hold the text. */
  async hoverAt(line: number, column: number, text: string): Promise<void> {
    const show = async (): Promise<void> => {
      await this.#pick(`:${line}:${column}`, new RegExp(`\\b${line}\\b.*\\b${column}\\b`));
      await this.page.keyboard.press('Control+K');
      await this.page.keyboard.press('Control+I');
    };
    await this.until(show, this.hover.getByText(text));
  }

  /** Moves the cursor of the leftmost editor to a place, counted from one. */
  async goTo(line: number, column: number): Promise<void> {
    const go = async (): Promise<void> => {
      await this.#pick('>View: Focus First Editor Group', 'View: Focus First Editor Group');
      await this.#pick(`:${line}:${column}`, new RegExp(`\\b${line}\\b.*\\b${column}\\b`));
    };
    await this.until(go, this.cursorAt(line, column));
  }

  /** Runs a command that leads to something to be seen. */
  async runCommand(title: string, result: Locator): Promise<void> {
    await this.until(() => this.#pick(`>${title}`, title), result);
  }

  /** Clicks until something comes of it. */
  async click(target: Locator, result: Locator): Promise<void> {
    await this.until(() => target.click({ timeout: tryLimit }), result);
  }

  /** Chooses from the context menu of a row, by keyboard: a menu that has just opened ignores the mouse for a moment. */
  async chooseFor(row: Locator, title: string, result: Locator): Promise<void> {
    const choose = async (): Promise<void> => {
      await row.click({ button: 'right', timeout: tryLimit });
      const item = this.page.getByRole('menuitem', { name: title });
      await item.hover({ timeout: tryLimit });
      await this.page.locator('.monaco-menu .action-item.focused', { hasText: title }).waitFor({ timeout: tryLimit });
      await this.page.keyboard.press('Enter');
      await item.waitFor({ state: 'hidden', timeout: tryLimit });
    };
    await this.until(choose, result);
  }

  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors', this.page.locator('.editor-group-container.empty'));
  }

  async clearNotifications(): Promise<void> {
    await this.#pick('>Notifications: Clear All Notifications', 'Notifications: Clear All Notifications');
    await this.notification.first().waitFor({ state: 'hidden' });
  }

  async openView(title: string): Promise<void> {
    const item = this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`);
    const open = async (): Promise<void> => {
      // A click on the view that is open closes it.
      if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click({ timeout: tryLimit });
    };
    await this.until(open, this.page.locator(`.activitybar .action-item[aria-expanded="true"]:has(.action-label[aria-label^="${title}"])`));
  }

  /** The window as it is after the user reloads it: everything in it starts anew. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
  }

  /** The same folder opened once more, without a file that is to be shown: the editors are those of the last window. */
  async reopen(): Promise<void> {
    await this.page.evaluate(() => {
      const address = new URL(window.location.href);
      address.searchParams.delete('payload');
      window.history.replaceState(window.history.state, '', address);
    });
    // The command keeps what a page that is simply left may lose: where editors and views stand.
    const loaded = this.page.waitForEvent('domcontentloaded');
    await Promise.all([loaded, this.#pick('>Developer: Reload Window', 'Developer: Reload Window')]);
  }

  /** The path of a file of the folder that is open. */
  pathOf(name: string): string {
    return join(this.#session.folder, name);
  }

  /** Ends the language server without a word and answers which it was. */
  async killLanguageServer(): Promise<number> {
    const pid = await this.soon(() => this.languageServer);
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  get languageServer(): number | undefined {
    return this.#session.processOf('dist/server.js');
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#session.screenshots, `${name}.png`) });
  }

  async #pick(typed: string, row: string | RegExp): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const search = async (): Promise<void> => {
      await this.page.keyboard.press('F1');
      await widget.locator('input[type="text"]').fill(typed, { timeout: tryLimit });
    };
    await this.until(search, widget.locator('.monaco-list-row.focused', { hasText: row }));
    await this.page.keyboard.press('Enter');
    await widget.waitFor({ state: 'hidden' });
  }
}
