// Notebooks over the wire, with the messages that editors send of them.

import { describe, expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentHighlight,
  DocumentSymbol,
  Hover,
  Location,
  PublishDiagnosticsParams,
  Range,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { ResourceAtResult, ResourceNode, ResourcePlace, ResourcesParams, ResourcesResult } from '../../shared/protocol/requests';
import { compareResources } from '../../shared/protocol/resourceOrder';
import { LineIndex } from '../../server/src/text/lineIndex';
import { notebookText } from '../support/notebook';
import { type ClientOptions, startForEachTest, type TestClient } from './testClient';

const start = startForEachTest();

const imports = '%matplotlib inline\nimport featureform as ff\nspark = ff.Client().get_spark("e")';
const orders = 'spark.register_file("orders", "s3://shop/o.csv", variant="v1")';
const daily = '!ls\n@spark.sql_transformation(variant="v1")\ndef daily():\n    return "SELECT * FROM {{orders.v1}}"';
const weekly = '@spark.sql_transformation(variant="v1")\ndef weekly():\n    return "SELECT * FROM {{dayly.v1}}"';
const reader = `from featureform import Client
spark = Client().get_spark("e")
@spark.sql_transformation(variant="v1")
def reader():
    return "SELECT * FROM {{daily.v1}}"
`;

/** A notebook in an editor: each cell is a document of its own. */
class Editor {
  private readonly cells: string[] = [];
  private version = 1;
  private made = 0;

  constructor(
    private readonly server: TestClient,
    private readonly path = 'work book.ipynb',
  ) {}

  get uri(): string {
    return this.server.uri(this.path);
  }

  /** The URI of the cell at a place. */
  cell(index: number): string {
    const uri = this.cells[index];
    if (uri === undefined) throw new Error(`there is no cell ${index}`);
    return uri;
  }

  async open(texts: readonly string[]): Promise<void> {
    const documents = texts.map((text) => this.document(text));
    this.cells.push(...documents.map(({ uri }) => uri));
    await this.server.notify('notebookDocument/didOpen', {
      notebookDocument: {
        uri: this.uri,
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: this.cells.map((document) => ({ kind: 2, document })),
      },
      cellTextDocuments: documents,
    });
  }

  /** Replaces cells by others, as when cells are moved, deleted or added. */
  async splice(at: number, deleteCount: number, texts: readonly string[]): Promise<void> {
    const documents = texts.map((text) => this.document(text));
    const gone = this.cells.splice(at, deleteCount, ...documents.map(({ uri }) => uri));
    await this.change({
      structure: {
        array: { start: at, deleteCount, cells: documents.map(({ uri }) => ({ kind: 2, document: uri })) },
        didOpen: documents,
        didClose: gone.map((uri) => ({ uri })),
      },
    });
  }

  /** Moves the first cell to the end: no document is opened or closed. */
  async moveFirstToEnd(): Promise<void> {
    const [first = '', ...rest] = this.cells;
    this.cells.splice(0, this.cells.length, ...rest, first);
    const cells = this.cells.map((document) => ({ kind: 2, document }));
    await this.change({ structure: { array: { start: 0, deleteCount: cells.length, cells } } });
  }

  async type(cell: number, range: Range, text: string): Promise<void> {
    await this.change({ textContent: [{ document: { uri: this.cell(cell), version: ++this.version }, changes: [{ range, text }] }] });
  }

  async close(): Promise<void> {
    await this.server.notify('notebookDocument/didClose', {
      notebookDocument: { uri: this.uri },
      cellTextDocuments: this.cells.map((uri) => ({ uri })),
    });
  }

  private document(text: string): { uri: string; languageId: string; version: number; text: string } {
    const uri = `${this.uri.replace('file:', 'vscode-notebook-cell:')}#W${this.made++}`;
    return { uri, languageId: 'python', version: 1, text };
  }

  private change(cells: object): Promise<void> {
    this.version++;
    return this.server.notify('notebookDocument/didChange', {
      notebookDocument: { uri: this.uri, version: this.version },
      change: { cells },
    });
  }
}

async function opened(
  cells: readonly string[],
  options: Partial<ClientOptions> = {},
): Promise<{ readonly server: TestClient; readonly editor: Editor }> {
  const server = await start({ files: { 'reader.py': reader }, ...options });
  const editor = new Editor(server);
  await editor.open(cells);
  return { server, editor };
}

function at(uri: string, line: number, character: number): object {
  return { textDocument: { uri }, position: { line, character } };
}

function span(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

const cells = [imports, orders, daily, weekly];

describe('an open notebook', () => {
  test('answers in every cell with what the others hold', async () => {
    const { server, editor } = await opened(cells);
    const definitions = await server.request<Location[]>('textDocument/definition', at(editor.cell(2), 3, 30));
    expect(definitions).toEqual([{ uri: editor.cell(1), range: span(0, 21, 27) }]);

    const hover = await server.request<Hover>('textDocument/hover', at(editor.cell(2), 3, 30));
    expect(JSON.stringify(hover.contents)).toContain('s3://shop/o.csv');
    expect(hover.range).toEqual(span(3, 26, 39));

    const completions = await server.request<CompletionList>('textDocument/completion', at(editor.cell(3), 2, 29));
    expect(completions.items.map(({ label }) => label)).toContain('orders.v1');

    const symbols = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: editor.cell(2) } });
    expect(symbols.map(({ name, selectionRange }) => [name, selectionRange])).toEqual([[expect.stringContaining('daily'), span(2, 4, 9)]]);

    const highlights = await server.request<DocumentHighlight[]>('textDocument/documentHighlight', at(editor.cell(1), 0, 24));
    expect(highlights.map(({ range }) => range)).toEqual([span(0, 21, 27)]);
  });

  test('finds references across its cells and files', async () => {
    const { server, editor } = await opened(cells);
    const params = { ...at(editor.cell(2), 2, 6), context: { includeDeclaration: true } };
    const found = await server.request<Location[]>('textDocument/references', params);
    expect(found).toEqual(
      expect.arrayContaining([
        { uri: editor.cell(2), range: span(2, 4, 9) },
        { uri: server.uri('reader.py'), range: span(4, 28, 36) },
      ]),
    );
    expect(found).toHaveLength(2);

    const [item] = await server.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(editor.cell(1), 0, 24));
    expect(item).toMatchObject({ uri: editor.cell(1), selectionRange: span(0, 21, 27) });
    const calls = await server.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
    expect(calls.map(({ from, fromRanges }) => [from.uri, from.selectionRange, fromRanges])).toEqual([
      [editor.cell(2), span(2, 4, 9), [span(3, 28, 37)]],
    ]);
  });

  test('shows problems in the cells that they stand in, and takes them back', async () => {
    const { server, editor } = await opened(cells);
    const shown = (index: number, condition: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> => {
      const uri = editor.cell(index);
      return server
        .next<PublishDiagnosticsParams>('textDocument/publishDiagnostics', (one) => one.uri === uri && condition(one.diagnostics))
        .then(({ diagnostics }) => diagnostics);
    };
    const [found] = await shown(3, (diagnostics) => diagnostics.length > 0);
    expect(found).toMatchObject({ code: 'unknown-source', range: span(2, 28, 33) });

    const fixed = shown(3, (diagnostics) => diagnostics.length === 0);
    const params = { textDocument: { uri: editor.cell(3) }, range: span(2, 30, 30), context: { diagnostics: [] } };
    const actions = await server.request<CodeAction[]>('textDocument/codeAction', params);
    expect(actions[0]?.edit?.changes).toEqual({ [editor.cell(3)]: [{ range: span(2, 28, 33), newText: 'daily' }] });
    await editor.type(3, span(2, 28, 33), 'daily');
    await fixed;

    const lost = shown(2, (diagnostics) => diagnostics.length > 0);
    await editor.splice(1, 1, []);
    expect(await lost).toMatchObject([{ code: 'unknown-source', range: span(3, 28, 34) }]);

    const taken = shown(1, (diagnostics) => diagnostics.length === 0);
    await editor.close();
    await taken;
  });

  test('follows cells that are moved', async () => {
    const { server, editor } = await opened([daily, imports, orders], { capabilities: { textDocument: { diagnostic: {} } } });
    await editor.moveFirstToEnd();
    const definitions = await server.request<Location[]>('textDocument/definition', at(editor.cell(2), 3, 30));
    expect(definitions).toEqual([{ uri: editor.cell(1), range: span(0, 21, 27) }]);
    await editor.splice(0, 1, [imports.replace('%matplotlib inline\n', ''), '']);
    expect(await server.request<Location[]>('textDocument/definition', at(editor.cell(3), 3, 30))).toEqual([
      { uri: editor.cell(2), range: span(0, 21, 27) },
    ]);
  });

  test('tells those who ask for problems what stands in each cell', async () => {
    const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
    const { server, editor } = await opened(cells, { capabilities });
    const pull = (index: number): Promise<DocumentDiagnosticReport> =>
      server.request('textDocument/diagnostic', { textDocument: { uri: editor.cell(index) } });
    expect(await pull(2)).toMatchObject({ kind: 'full', items: [] });
    expect(await pull(3)).toMatchObject({ kind: 'full', items: [{ range: span(2, 28, 33) }] });
    const all = await server.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    const problems = all.items.flatMap((one) => (one.kind === 'full' && one.items.length > 0 ? [[one.uri, one.items[0]?.range]] : []));
    expect(problems).toEqual([[editor.cell(3), span(2, 28, 33)]]);

    // An edit in one cell changes what is found in another of which the client does not know.
    const refreshed = server.next('workspace/diagnostic/refresh');
    await editor.type(1, span(0, 21, 27), 'sales');
    await refreshed;
    expect(await pull(2)).toMatchObject({ kind: 'full', items: [{ range: span(3, 28, 34) }] });
  });

  test('is renamed in all its cells and in files, by one edit', async () => {
    const { server, editor } = await opened(cells);
    const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...at(editor.cell(2), 3, 30), newName: 'sales' });
    expect(edit.changes).toEqual({
      [editor.cell(1)]: [{ range: span(0, 21, 27), newText: 'sales' }],
      [editor.cell(2)]: [{ range: span(3, 28, 34), newText: 'sales' }],
    });
    const { resources } = await server.request<ResourcesResult>('sparkform/resources', {});
    expect(resources.filter(({ type }) => type === 'source').map(({ id, uri }) => [id, uri])).toEqual(
      expect.arrayContaining([
        ['orders.v1', editor.cell(1)],
        ['daily.v1', editor.cell(2)],
        ['reader.v1', server.uri('reader.py')],
      ]),
    );
  });

  test('is named as a whole where what it defines differs from an earlier list', async () => {
    const { server, editor } = await opened([imports, orders, daily]);
    const ask = (params: ResourcesParams): Promise<ResourcesResult> => server.request('sparkform/resources', params);
    const { list, resources } = await ask({});
    const places = (found: readonly ResourceNode[]): readonly unknown[] => found.map(({ id, uri, notebook }) => [id, uri, notebook]);
    expect(places(resources)).toEqual([
      ['daily.v1', editor.cell(2), editor.uri],
      ['orders.v1', editor.cell(1), editor.uri],
      ['reader.v1', server.uri('reader.py'), undefined],
    ]);
    await editor.type(0, span(0, 0, 0), '# \n');
    const moved = await ask({ since: list });
    expect(moved.files).toEqual([editor.uri]);
    expect(places(moved.resources)).toEqual([
      ['orders.v1', editor.cell(1), editor.uri],
      ['daily.v1', editor.cell(2), editor.uri],
    ]);
  });

  test('is named when it is opened and when it is closed, since its places are told otherwise then', async () => {
    const server = await start({ files: { 'work book.ipynb': notebookText(cells) } });
    const ask = (params: ResourcesParams): Promise<ResourcesResult> => server.request('sparkform/resources', params);
    const editor = new Editor(server);
    const whole = await ask({});
    await editor.open(cells);
    const opened = await ask({ since: whole.list });
    expect(opened.files).toEqual([editor.uri]);
    expect(opened.resources.map(({ id, uri }) => [id, uri])).toContainEqual(['orders.v1', editor.cell(1)]);
    await editor.close();
    const closed = await ask({ since: opened.list });
    expect(closed.files).toEqual([editor.uri]);
    expect(closed.resources.toSorted(compareResources)).toEqual(whole.resources);
  });

  test('tells what stands at a place of a cell, and where a resource stands', async () => {
    const { server, editor } = await opened(cells);
    const asked = (cell: number, line: number, character: number): Promise<ResourceAtResult | null> =>
      server.request('sparkform/resourceAt', at(editor.cell(cell), line, character));
    expect(await asked(2, 3, 30)).toEqual({ definition: 'source:daily.v1', reference: 'source:orders.v1' });
    expect(await asked(2, 0, 0)).toBeNull();
    expect(await asked(1, 0, 3)).toEqual({ definition: 'source:orders.v1' });
    const place = (key: string): Promise<ResourcePlace | null> => server.request('sparkform/resourcePlace', { key });
    expect(await place('source:daily.v1')).toEqual({ uri: editor.cell(2), range: span(2, 4, 9) });
    expect(await place('source:dayly.v1')).toEqual({ uri: editor.cell(3), range: span(2, 28, 36) });
    expect(await place('source:nowhere.v1')).toBeNull();
  });
});

describe('a notebook that is not open', () => {
  const text = notebookText(cells);
  const lines = new LineIndex(text);
  const rangeOf = (written: string, from = 0): Range => {
    const offset = text.indexOf(written, from);
    return { start: lines.positionAt(offset), end: lines.positionAt(offset + written.length) };
  };

  test('is pointed into by its places in the file', async () => {
    const server = await start({ files: { 'reader.py': reader, 'book.ipynb': text } });
    await server.open('reader.py', reader);
    expect(await server.pushed('book.ipynb', (found) => found.length > 0)).toMatchObject([
      { code: 'unknown-source', range: rangeOf('dayly') },
    ]);
    const found = await server.request<Location[]>('textDocument/definition', at(server.uri('reader.py'), 4, 30));
    expect(found).toEqual([{ uri: server.uri('book.ipynb'), range: rangeOf('daily') }]);
    const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...at(server.uri('reader.py'), 4, 30), newName: 'hourly' });
    expect(edit.changes).toEqual({
      [server.uri('reader.py')]: [{ range: span(4, 28, 33), newText: 'hourly' }],
      [server.uri('book.ipynb')]: [{ range: rangeOf('daily'), newText: 'hourly' }],
    });
  });

  test('is read again when it changes, and is one problem when it breaks', async () => {
    const server = await start({ files: { 'reader.py': reader, 'book.ipynb': text } });
    await server.pushed('book.ipynb', (found) => found.length > 0);
    const broken = server.next<PublishDiagnosticsParams>(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }) => uri === server.uri('book.ipynb') && JSON.stringify(diagnostics).includes('not valid JSON'),
    );
    server.write('book.ipynb', text.slice(0, -4));
    await server.watched(['book.ipynb', 2]);
    expect((await broken).diagnostics).toMatchObject([{ message: 'the notebook is not valid JSON: a value was expected' }]);
    expect(await server.pushed('reader.py', (found) => found.length > 0)).toMatchObject([{ code: 'unknown-source' }]);
  });
});
