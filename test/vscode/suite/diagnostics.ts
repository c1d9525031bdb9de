import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  DiagnosticSeverity,
  WorkspaceEdit,
  commands,
  languages,
  workspace,
  type CodeAction,
  type Diagnostic,
  type TextDocument,
} from 'vscode';
import { activate, fileUri, open, rangeOf, until } from './extensionUnderTest';

export function diagnosticsSuite(): void {
  describe('diagnostics', () => {
    it('say nothing of definitions that are right', async () => {
      await activate();
      await settled('problems.py', 2);
      await open('definitions.py');
      assert.deepEqual(sparkformDiagnostics('definitions.py'), []);
    });

    it('stand on the name that is wrong', async () => {
      await activate();
      const document = await open('problems.py');
      const found = await settled('problems.py', 2);
      assert.deepEqual(found.map(plain), [
        {
          code: 'unknown-source',
          severity: DiagnosticSeverity.Error,
          message: '"ordres.v1" is not defined in the workspace',
          range: plainRange(rangeOf(document, 'ordres')),
        },
        {
          code: 'unknown-variant',
          severity: DiagnosticSeverity.Error,
          message: '"orders" has no variant "v2", it is registered as "v1"',
          range: plainRange(rangeOf(document, 'v2')),
        },
      ]);
    });

    it('go when their fix is applied to the unsaved text, and come back', async () => {
      await activate();
      const document = await open('problems.py');
      await settled('problems.py', 2);
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        rangeOf(document, 'ordres'),
      );
      const fix = actions.find(({ isPreferred }) => isPreferred);
      assert.equal(fix?.title, 'Change to "orders.v1"');
      assert.ok(fix.edit);
      await workspace.applyEdit(fix.edit);
      const [left] = await settled('problems.py', 1);
      assert.equal(left && codeOf(left), 'unknown-variant');
      await replace(document, 'SELECT order_id FROM {{orders.v1}}', 'SELECT order_id FROM {{ordres.v1}}');
      await settled('problems.py', 2);
      assert.equal(document.isDirty, true);
      await commands.executeCommand('workbench.action.files.revert');
    });
  });
}

function sparkformDiagnostics(name: string): Diagnostic[] {
  return languages.getDiagnostics(fileUri(name)).filter(({ source }) => source?.toLowerCase() === 'sparkform');
}

/** The diagnostics of a file, in the order of the text, once there are so many. */
async function settled(name: string, count: number): Promise<Diagnostic[]> {
  return until(languages.onDidChangeDiagnostics, () => {
    const found = sparkformDiagnostics(name);
    return found.length === count ? found.toSorted((a, b) => a.range.start.compareTo(b.range.start)) : undefined;
  });
}

async function replace(document: TextDocument, text: string, by: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, text), by);
  await workspace.applyEdit(edit);
}

function plain(diagnostic: Diagnostic): object {
  const { severity, message, range } = diagnostic;
  return { code: codeOf(diagnostic), severity, message, range: plainRange(range) };
}

function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function plainRange({ start, end }: Diagnostic['range']): readonly number[] {
  return [start.line, start.character, end.line, end.character];
}
