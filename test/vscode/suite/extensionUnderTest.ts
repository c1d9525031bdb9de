// The extension as other extensions see it, and ways to wait for what it does.

import assert from 'node:assert/strict';
import { Range, Uri, extensions, window, workspace, type Event, type Position, type TextDocument } from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';

/** The extension, active and with the workspace read. */
export async function activate(): Promise<ExtensionApi> {
  const extension = extensions.getExtension<ExtensionApi>('sparkform.sparkform');
  assert.ok(extension, 'the extension is installed');
  const api = await extension.activate();
  await api.ready;
  return api;
}

export function fileUri(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(fileUri(name));
  await window.showTextDocument(document);
  return document;
}

/** Where the text stands, which must occur once. */
export function rangeOf(document: TextDocument, text: string): Range {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `${document.fileName} holds "${text}"`);
  assert.equal(document.getText().indexOf(text, start + 1), -1, `${document.fileName} holds "${text}" once`);
  return new Range(document.positionAt(start), document.positionAt(start + text.length));
}

export function positionIn(document: TextDocument, text: string, offset: number): Position {
  return document.positionAt(document.offsetAt(rangeOf(document, text).start) + offset);
}

/** Resolves with the first defined answer, for what no event tells of. */
export async function soon<T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Resolves with the first defined answer, asked now and after each event. */
export async function until<T>(event: Event<unknown>, ask: () => T | undefined): Promise<T> {
  const now = ask();
  if (now !== undefined) return now;
  return new Promise((resolve, reject) => {
    const subscription = event(() => {
      try {
        const answer = ask();
        if (answer === undefined) return;
        subscription.dispose();
        resolve(answer);
      } catch (error) {
        subscription.dispose();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
