import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  Position,
  Range,
  commands,
  workspace,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type DocumentLink,
  type InlayHint,
  type Location,
  type LocationLink,
  type TextDocument,
  type Uri,
  type WorkspaceEdit,
} from 'vscode';
import { activate, open, positionIn } from './extensionUnderTest';

export function navigationSuite(): void {
  describe('renaming and navigation', () => {
    it('rename a source in every file, from where it is mentioned', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, '{{orders.v1}}', 4);
      const prepared = await commands.executeCommand<{ range: Range; placeholder: string }>('vscode.prepareRename', document.uri, at);
      assert.deepEqual([document.getText(prepared.range), prepared.placeholder], ['orders', 'orders']);
      const edit = await commands.executeCommand<WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, 'purchases');
      assert.deepEqual(editsOf(edit), [
        'definitions.py:24:11 purchases',
        'definitions.py:36:16 purchases',
        'failing.py:8:43 purchases',
        'failing.py:11:65 purchases',
        'problems.py:13:36 purchases',
      ]);
    });

    it('refuse a name that is taken, with the reason', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, '{{orders.v1}}', 4);
      await assert.rejects(
        async () => commands.executeCommand<WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, 'daily_orders'),
        /the source "daily_orders" is defined already, at definitions\.py:32/,
      );
    });

    it('apply a rename and its way back, and leave no trace', async () => {
      await activate();
      const document = await open('definitions.py');
      const before = document.getText();
      await renamed(document, positionIn(document, '{{orders.v1}}', 4), 'purchases');
      assert.ok(document.getText().includes('FROM {{purchases.v1}}') && document.getText().includes('name="purchases"'));
      await renamed(document, positionIn(document, '{{purchases.v1}}', 4), 'orders');
      assert.equal(document.getText(), before);
      for (const name of ['failing.py', 'problems.py', 'definitions.py']) {
        await open(name);
        await commands.executeCommand('workbench.action.files.revert');
      }
    });

    it('show what reads a source and what a transformation reads as a call hierarchy', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, '{{orders.v1}}', 4);
      const items = await commands.executeCommand<CallHierarchyItem[]>('vscode.prepareCallHierarchy', document.uri, at);
      assert.deepEqual(
        items.map(({ name, detail }) => `${name} ${detail ?? ''}`),
        ['orders.v1 file'],
      );
      const incoming = await commands.executeCommand<CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', items[0]);
      assert.deepEqual(
        incoming.map(({ from, fromRanges }) => `${from.name} ${fromRanges.map(({ start }) => start.line + 1).join()}`),
        ['daily_orders.v1 36', 'unknown_column.v1 8', 'raises.v1 11'],
      );
      const outgoing = await commands.executeCommand<CallHierarchyOutgoingCall[]>('vscode.provideOutgoingCalls', incoming[0]?.from);
      assert.deepEqual(
        outgoing.map(({ to }) => to.name),
        ['orders.v1'],
      );
    });

    it('lead from a variable to the registration it holds, and from a name to its variants', async () => {
      await activate();
      const document = await open('failing.py');
      const variable = positionIn(document, 'import spark', 8);
      const types = await commands.executeCommand<(Location | LocationLink)[]>(
        'vscode.executeTypeDefinitionProvider',
        document.uri,
        variable,
      );
      assert.deepEqual(types.map(startOf), ['definitions.py:18']);
      const template = positionIn(document, '{{orders.v1}}', 4);
      const variants = await commands.executeCommand<(Location | LocationLink)[]>(
        'vscode.executeImplementationProvider',
        document.uri,
        template,
      );
      assert.deepEqual(variants.map(startOf), ['definitions.py:24']);
    });

    it('link a location to its local copy and an import to its file', async () => {
      await activate();
      const definitions = await open('definitions.py');
      assert.deepEqual(await linksOf(definitions), ['s3://shop/orders.csv data/orders.csv']);
      assert.deepEqual(await linksOf(await open('failing.py')), ['definitions definitions.py']);
    });

    it('hint at where a transformation writes to', async () => {
      await activate();
      const document = await open('definitions.py');
      const whole = new Range(new Position(0, 0), document.positionAt(document.getText().length));
      const hints = await commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
      assert.deepEqual(
        hints.map(({ label, position }) => `${position.line + 1} ${typeof label === 'string' ? label : ''}`),
        ['31 → s3://shop/featureform/…', '41 → s3://shop/featureform/…'],
      );
    });
  });
}

async function renamed(document: TextDocument, at: Position, name: string): Promise<void> {
  const edit = await commands.executeCommand<WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, name);
  assert.ok(await workspace.applyEdit(edit));
}

async function linksOf(document: TextDocument): Promise<readonly string[]> {
  const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
  // Any editor finds addresses of the web by itself.
  return links.flatMap(({ range, target }) =>
    target?.scheme === document.uri.scheme ? [`${document.getText(range)} ${workspace.asRelativePath(target)}`] : [],
  );
}

function editsOf(edit: WorkspaceEdit): readonly string[] {
  return edit
    .entries()
    .flatMap(([uri, edits]) =>
      edits.map(({ range, newText }) => `${nameOf(uri)}:${range.start.line + 1}:${range.start.character + 1} ${newText}`),
    );
}

function nameOf(uri: Uri): string {
  return workspace.asRelativePath(uri);
}

function startOf(location: Location | LocationLink): string {
  const [uri, range] =
    'targetUri' in location ? [location.targetUri, location.targetSelectionRange ?? location.targetRange] : [location.uri, location.range];
  return `${nameOf(uri)}:${range.start.line + 1}`;
}
