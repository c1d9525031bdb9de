// What is said at a definition whose newest result is not like the one before it.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { commands, languages, workspace, type CodeLens, type Hover, type MarkdownString, type TextDocument } from 'vscode';
import { activate, fileUri, open, positionIn, rangeOf, soon, until } from './extensionUnderTest';

export function driftSuite(): void {
  describe('the drift of an output', () => {
    after(async () => {
      await workspace.getConfiguration('sparkform').update('drift.enabled', undefined);
      for (const runId of [older, newer, newest]) rmSync(folderOf(runId), { recursive: true, force: true });
      await commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('stands above its definition and leads to the comparison', async () => {
      const api = await activate();
      const document = await open('definitions.py');
      assert.equal((await driftLenses(document)).length, 0);
      write(older, '2990-01-02T03:04:05.678Z', 'flights.parquet');
      write(newer, '2990-01-03T03:04:05.678Z', 'partitioned.parquet');
      await until(api.runs.onDidChange, () => (api.runs.all.some(({ runId }) => runId === newer) ? true : undefined));
      const [lens] = await soon(async () => {
        const found = await driftLenses(document);
        return found.length > 0 ? found : undefined;
      });
      assert.equal(lens?.command?.title, 'Output changed: +4 columns, −5 columns; rows 3,000,000 → 3');
      assert.equal(document.getText(lens.range), 'busy_days');
      assert.equal(lens.range.start.line, rangeOf(document, 'def busy_days').start.line);
      assert.deepEqual(
        [lens.command.command, lens.command.arguments],
        ['sparkform.compareWithRunBefore', [{ runId: newer, step: 'busy_days.v1' }]],
      );
      const text = await hoverText(document);
      assert.ok(text.includes('| column `origin` | `string` | removed |'), text);
      assert.ok(text.includes('| rows | 3,000,000 | 3 |'), text);
    });

    it('is not told where it is switched off, nor after a run that changes nothing', async () => {
      const api = await activate();
      const document = await open('definitions.py');
      await workspace.getConfiguration('sparkform').update('drift.enabled', false);
      assert.equal((await driftLenses(document)).length, 0);
      assert.equal(await hoverText(document), '');
      await workspace.getConfiguration('sparkform').update('drift.enabled', undefined);
      assert.equal((await driftLenses(document)).length, 1);
      write(newest, '2990-01-04T03:04:05.678Z', 'partitioned.parquet');
      await until(api.runs.onDidChange, () => (api.runs.all.some(({ runId }) => runId === newest) ? true : undefined));
      assert.equal((await driftLenses(document)).length, 0);
    });

    it('is no problem', () => {
      assert.deepEqual(languages.getDiagnostics(fileUri('definitions.py')), []);
    });
  });
}

const [older, newer, newest] = ['29900102-030405-678-abcdef', '29900103-030405-678-abcdef', '29900104-030405-678-abcdef'] as const;

function folderOf(runId: string): string {
  return join(fileUri('.sparkform').fsPath, 'runs', runId);
}

/** As another program would leave it. */
function write(runId: string, started: string, table: string): void {
  const step = { id: 'busy_days.v1', state: 'succeeded', seconds: 2, rows: 7, location: fileUri(table).fsPath };
  mkdirSync(folderOf(runId), { recursive: true });
  writeFileSync(
    join(folderOf(runId), 'result.json'),
    JSON.stringify({ version: 1, runId, target: 'busy_days.v1', state: 'succeeded', started, seconds: 2.5, steps: [step] }),
  );
}

async function driftLenses(document: TextDocument): Promise<readonly CodeLens[]> {
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  return lenses.filter(({ command }) => command?.command === 'sparkform.compareWithRunBefore');
}

/** What is said on hover of drift; empty without it. */
async function hoverText(document: TextDocument): Promise<string> {
  const at = positionIn(document, 'def busy_days', 5);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
  const texts = hovers.flatMap(({ contents }) => contents.map((content) => (content as MarkdownString).value));
  return texts.find((text) => text.includes('changed with its newest run')) ?? '';
}
