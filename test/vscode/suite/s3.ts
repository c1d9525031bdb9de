import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { ConfigurationTarget, TabInputCustom, Uri, commands, env, window, workspace, type CodeLens, type TextDocument } from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';
import { S3Server } from '../../support/s3Server';
import { activate, fileUri, positionIn, open, soon, until } from './extensionUnderTest';

type Row = NonNullable<Awaited<ReturnType<ExtensionApi['s3']['getTreeItem']>>> & { readonly node: Node };
type Node = NonNullable<Parameters<ExtensionApi['s3']['getTreeItem']>[0]>;

const transformations = 'featureform/Transformation';
const newest = `${transformations}/daily_orders/v1/2024-05-03-08-00-00-000000`;
const earlier = `${transformations}/daily_orders/v1/2024-05-01-08-00-00-000000`;

export function s3Suite(): void {
  describe('S3', () => {
    let s3: S3Server;
    let api: ExtensionApi;
    let orders: Buffer;
    let shorter: Buffer;

    before(async () => {
      api = await activate();
      s3 = await S3Server.start();
      await s3.createBucket('shop');
      orders = await readFile(fileUri('data/orders.csv').fsPath);
      await s3.put(`${newest}/part-00000.csv`, orders, undefined, 'shop');
      await s3.put(`${newest}/_SUCCESS`, '', undefined, 'shop');
      // Without the last of its lines.
      shorter = orders.subarray(0, orders.lastIndexOf('\n', orders.length - 2) + 1);
      await s3.put(`${earlier}/part-00000.csv`, shorter, undefined, 'shop');
      await settings().update('endpoint', s3.endpoint, ConfigurationTarget.Global);
    });

    beforeEach(() => {
      s3.gateway.forget();
    });

    after(async () => {
      await settings().update('endpoint', undefined, ConfigurationTarget.Global);
      await commands.executeCommand('workbench.action.closeAllEditors');
      await s3.dispose();
    });

    it('lists the outputs of the providers, and asks for no more than is unfolded', async () => {
      const rows = await rowsBelow(api, undefined);
      assert.deepEqual(rows.map(textOf), ['shop-spark | s3://shop/']);
      assert.equal(s3.gateway.requests.length, 0);
      const runs = await rowAt(api, 'shop-spark', 'Transformations', 'daily_orders', 'v1');
      assert.deepEqual((await rowsBelow(api, runs)).map(textOf), [
        `2024-05-03 08:00:00 | ${orders.length} B · 1 file`,
        `2024-05-01 08:00:00 | ${shorter.length} B · 1 file · no _SUCCESS`,
      ]);
      assert.equal(s3.gateway.requests.length, 4);
      assert.deepEqual(s3.gateway.violations, []);
    });

    it('goes from a row to the definition', async () => {
      const document = await open('definitions.py');
      await open('problems.py');
      const shown = (): true | undefined => (window.activeTextEditor?.document === document ? true : undefined);
      await commands.executeCommand(
        'sparkform.openDefinition',
        (await rowAt(api, 'shop-spark', 'Transformations', 'daily_orders', 'v1')).node,
      );
      await until(window.onDidChangeActiveTextEditor, shown);
      assert.deepEqual(window.activeTextEditor?.selection.start, positionIn(document, 'def daily_orders', 4));
      await commands.executeCommand('sparkform.openDefinition', (await rowAt(api, 'shop-spark')).node);
      await until(window.onDidChangeTextEditorSelection, () =>
        window.activeTextEditor?.selection.start.isEqual(positionIn(document, 'shop-spark', 0)) ? true : undefined,
      );
    });

    it('opens a run in the table editor, at an s3: URI that no file system of the editor stands for', async () => {
      const run = await rowAt(api, 'shop-spark', 'Transformations', 'daily_orders', 'v1', '2024-05-03 08:00:00');
      await commands.executeCommand('sparkform.openTable', run.node);
      assert.equal((await activeTable()).toString(), `s3://shop/${newest}`);
      await soon(() => (s3.gateway.reads.length > 0 ? true : undefined));
      assert.equal(workspace.fs.isWritableFileSystem('s3'), undefined);
    });

    it('copies paths, of several rows line by line', async () => {
      const runs = await rowsBelow(api, await rowAt(api, 'shop-spark', 'Transformations', 'daily_orders', 'v1'));
      const nodes = runs.map(({ node }) => node);
      await commands.executeCommand('sparkform.copyS3Path', nodes[0], nodes);
      assert.equal(await env.clipboard.readText(), `s3://shop/${newest}/\ns3://shop/${earlier}/`);
    });

    it('downloads a folder with its files, and nothing of one that is refused', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sparkform-download-'));
      try {
        const run = await rowAt(api, 'shop-spark', 'Transformations', 'daily_orders', 'v1', '2024-05-03 08:00:00');
        await commands.executeCommand('sparkform.downloadS3', run.node, undefined, Uri.file(folder));
        const name = '2024-05-03-08-00-00-000000';
        assert.deepEqual((await readdir(join(folder, name))).toSorted(), ['_SUCCESS', 'part-00000.csv']);
        assert.deepEqual(await readFile(join(folder, name, 'part-00000.csv')), orders);
        const other = await rowAt(api, 'shop-spark', 'Transformations', 'daily_orders', 'v1', '2024-05-01 08:00:00');
        s3.gateway.fault = ({ operation }) =>
          operation === 'read' ? { kind: 'error', status: 403, code: 'AccessDenied', message: 'Access Denied' } : undefined;
        await commands.executeCommand('sparkform.downloadS3', other.node, undefined, Uri.file(folder));
        assert.deepEqual(await readdir(folder), [name]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('previews the only run there is, and what the project has in S3 alone', async () => {
      // Nothing runs it on this computer.
      await s3.put(`${transformations}/outdated/v1/2024-05-02-08-00-00-000000/part-00000.csv`, 'a\n1\n', undefined, 'shop');
      await commands.executeCommand('workbench.action.closeAllEditors');
      await commands.executeCommand('sparkform.preview', 'source:outdated.v1');
      assert.equal((await activeTable()).toString(), `s3://shop/${transformations}/outdated/v1/2024-05-02-08-00-00-000000`);
    });

    it('compares two runs', async () => {
      const runs = await rowsBelow(api, await rowAt(api, 'shop-spark', 'Transformations', 'daily_orders', 'v1'));
      const [after_, before_] = runs.map(({ node }) => node);
      let ended = false;
      const done = Promise.resolve(commands.executeCommand('sparkform.compareSelectedTables', before_, [before_, after_])).then(() => {
        ended = true;
      });
      await soon(async () => {
        // Without effect until the columns are listed.
        await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return ended ? true : undefined;
      });
      await done;
      const title = 'Comparison of daily_orders.v1 2024-05-01 08-00-00 with daily_orders.v1 2024-05-03 08-00-00.md';
      const document = await until(workspace.onDidOpenTextDocument, () =>
        workspace.textDocuments.find(({ uri }) => uri.path === `/${title}`),
      );
      assert.ok(document.getText().split('\n')[2]?.startsWith('**1 row more'), document.getText());
    });

    it('says at a definition how its newest output differs from the one before, once both were listed', async () => {
      const folder = `${transformations}/busy_days/v1`;
      const [older, newer, unfinished] = ['2024-05-01', '2024-05-02', '2024-05-03'].map((day) => `${folder}/${day}-08-00-00-000000`);
      await s3.put(`${older}/part-00000.parquet`, await readFile(fileUri('flights.parquet').fsPath), undefined, 'shop');
      await s3.put(`${newer}/part-00000.parquet`, await readFile(await partOf('partitioned.parquet')), undefined, 'shop');
      for (const run of [older, newer]) await s3.put(`${run}/_SUCCESS`, '', undefined, 'shop');
      await s3.put(`${unfinished}/part-00000.parquet`, 'half', undefined, 'shop');
      const document = await open('definitions.py');
      await commands.executeCommand('sparkform.refreshS3');
      s3.gateway.forget();
      assert.deepEqual(await remoteDrifts(document), []);
      assert.equal(s3.gateway.requests.length, 0);
      const runs = await rowAt(api, 'shop-spark', 'Transformations', 'busy_days', 'v1');
      await rowsBelow(api, runs);
      const lens = await soon(async () => (await remoteDrifts(document))[0]);
      assert.equal(lens.command?.title, 'Output in S3 changed: +1 column, −5 columns; rows 3,000,000 → 1');
      assert.equal(document.getText(lens.range), 'busy_days');
      assert.deepEqual(
        [lens.command.command, lens.command.arguments],
        ['sparkform.compareSelectedTables', [`s3://shop/${newer}/`, [`s3://shop/${older}/`, `s3://shop/${newer}/`]]],
      );
      assert.ok(s3.gateway.bytes < 600_000, `${s3.gateway.bytes} bytes were read for two footers`);
      const { length } = s3.gateway.requests;
      assert.equal((await remoteDrifts(document)).length, 1);
      assert.equal(s3.gateway.requests.length, length);
      const done = commands.executeCommand(lens.command.command, ...((lens.command.arguments ?? []) as unknown[]));
      const report = await until(workspace.onDidOpenTextDocument, () =>
        workspace.textDocuments.find(({ uri }) => uri.path.startsWith('/Comparison of busy_days.v1 2024-05-01')),
      );
      assert.ok(report.getText().includes('| `origin` |'), report.getText());
      await done;
    });

    it('says what is refused, with what can be done, and lists again when asked', async () => {
      s3.gateway.fault = () => ({ kind: 'error', status: 403, code: 'AccessDenied', message: 'Access Denied' });
      await commands.executeCommand('sparkform.refreshS3');
      const [problem] = await rowsBelow(api, await rowAt(api, 'shop-spark'));
      assert.ok(problem);
      assert.match(labelOf(problem), /^May not be listed by the keys in AWS_ACCESS_KEY_ID: access denied\./);
      const remedies = await rowsBelow(api, problem);
      assert.deepEqual(
        remedies.map(({ label }) => label),
        ['Choose AWS Profile…', 'Open Settings of S3', 'Try Again'],
      );
      s3.gateway.forget();
      const again = remedies.at(-1)?.command;
      await commands.executeCommand(again?.command ?? '', ...((again?.arguments ?? []) as unknown[]));
      assert.deepEqual(
        (await rowsBelow(api, await rowAt(api, 'shop-spark'))).map(({ label }) => label),
        ['Transformations'],
      );
    });

    it('keeps the locations that the user opens, until they are removed', async () => {
      await commands.executeCommand('sparkform.openS3Location', `s3a://shop/${newest}/part-00000.csv`);
      assert.equal((await activeTable()).toString(), `s3://shop/${newest}/part-00000.csv`);
      const others = await rowAt(api, 'Other Locations');
      const [location] = await rowsBelow(api, others);
      assert.equal(location && textOf(location), `part-00000.csv | s3://shop/${newest}/part-00000.csv`);
      await commands.executeCommand('sparkform.removeS3Location', location?.node);
      assert.deepEqual(
        (await rowsBelow(api, undefined)).map(({ label }) => label),
        ['shop-spark'],
      );
    });
  });
}

function settings() {
  return workspace.getConfiguration('sparkform.s3');
}

async function rowsBelow({ s3 }: ExtensionApi, parent: Row | undefined): Promise<readonly Row[]> {
  const nodes = (await s3.getChildren(parent?.node)) ?? [];
  return Promise.all(nodes.map(async (node) => Object.assign(await s3.getTreeItem(node), { node })));
}

/** The row that the labels lead to. */
async function rowAt(api: ExtensionApi, ...labels: readonly string[]): Promise<Row> {
  let found: Row | undefined;
  for (const label of labels) {
    const rows = await rowsBelow(api, found);
    found = rows.find((row) => row.label === label);
    assert.ok(found, `no row “${label}” among ${rows.map(labelOf).join(', ')}`);
  }
  assert.ok(found, 'a label was given');
  return found;
}

async function remoteDrifts(document: TextDocument): Promise<readonly CodeLens[]> {
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  return lenses.filter(({ command }) => command?.title.startsWith('Output in S3 changed'));
}

/** One of the files of a folder in the workspace. */
async function partOf(folder: string): Promise<string> {
  const path = fileUri(folder).fsPath;
  const part = (await readdir(path, { recursive: true })).find((file) => file.endsWith('.parquet'));
  assert.ok(part, `${folder} has a part`);
  return join(path, part);
}

function labelOf({ label }: Row): string {
  return typeof label === 'string' ? label : (label?.label ?? '');
}

function textOf(row: Row): string {
  return `${labelOf(row)} | ${String(row.description)}`;
}

async function activeTable(): Promise<Uri> {
  return until(window.tabGroups.onDidChangeTabs, () => {
    const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof TabInputCustom && input.viewType === 'sparkform.table' && input.uri.scheme === 's3' ? input.uri : undefined;
  });
}
