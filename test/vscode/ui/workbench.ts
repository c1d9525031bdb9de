// The parts of VS Code's workbench that the tests touch, in the words of a user. Locators wait by themselves.

import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';

export interface WorkbenchSession {
  readonly page: Page;
  /** Where screenshots go. */
  readonly screenshots: string;
}

export class Workbench {
  readonly page: Page;
  readonly #session: WorkbenchSession;

  constructor(session: WorkbenchSession) {
    this.#session = session;
    this.page = session.page;
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

  async openFile(name: string): Promise<void> {
    await this.#pick(name, name);
    await this.tab(name).waitFor();
  }

  /** Shows what the editor knows of a place, counted from one. */
  async hoverAt(line: number, column: number): Promise<void> {
    await this.#pick(`:${line}:${column}`, new RegExp(`\\b${line}\\b.*\\b${column}\\b`));
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+I');
  }

  async runCommand(title: string): Promise<void> {
    await this.#pick(`>${title}`, title);
  }

  /** Chooses from the context menu of a row, by keyboard: a menu that has just opened ignores the mouse for a moment. */
  async chooseFor(row: Locator, title: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.getByRole('menuitem', { name: title });
    await item.hover();
    await this.page.locator('.monaco-menu .action-item.focused', { hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
    await item.waitFor({ state: 'hidden' });
  }

  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.page.locator('.editor-group-container.empty').waitFor();
  }

  async openView(title: string): Promise<void> {
    const item = this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`);
    await item.waitFor();
    if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click();
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#session.screenshots, `${name}.png`) });
  }

  async #pick(typed: string, row: string | RegExp): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    await this.page.keyboard.press('F1');
    await widget.locator('input[type="text"]').fill(typed);
    await widget.locator('.monaco-list-row.focused', { hasText: row }).waitFor();
    await this.page.keyboard.press('Enter');
    await widget.waitFor({ state: 'hidden' });
  }
}
