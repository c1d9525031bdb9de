// Changes that the author chooses, taken in a workspace of one source: the exact text afterwards.

import { expect } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-types';
import { uriOf } from './memoryHost';
import { applyEdits, editsOf } from './workspaceEdits';
import { openAtCursor, openFixture, type WorkspaceFixture } from './workspaceFixture';

export const prelude = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
payments = spark.register_file(name="payments", variant="v1", file_path="s3://b/payments.parquet")
`;

export async function refactoringsAt(
  marked: string,
  kind = 'refactor',
): Promise<WorkspaceFixture & { readonly actions: readonly CodeAction[] }> {
  const fixture = await openAtCursor(marked);
  const { position, uri } = fixture.cursor;
  const actions = fixture.service.codeAction(uri, { start: position, end: position }, { only: [kind], disabled: true });
  return { ...fixture, actions };
}

export function problemsOf({ service }: WorkspaceFixture): readonly string[] {
  const problems = service.documents.flatMap((uri) =>
    service.diagnostics(uri).map(({ code, message }) => `${String(code)}: ${typeof message === 'string' ? message : message.value}`),
  );
  // Messages show the delimiters as they are written.
  return problems.map((problem) => problem.replaceAll('<<', '{{').replaceAll('>>', '}}'));
}

/** What stands behind the prelude after the action; the same problems are found as before. */
export async function checkRefactoring(title: string, body: string): Promise<string> {
  const before = await refactoringsAt(prelude + body);
  const action = before.actions.find((one) => one.title === title);
  if (action?.edit === undefined) {
    throw new Error(`no "${title}" among ${before.actions.map((one) => `${one.title} ${one.disabled?.reason ?? ''}`).join(', ')}`);
  }
  const text = applyEdits(before.texts.get('definitions.py') ?? '', editsOf(action.edit).get(uriOf('definitions.py')) ?? []);
  expect(problemsOf(await openFixture(text))).toEqual(problemsOf(before));
  expect(text.startsWith(prelude)).toBe(true);
  return text.slice(prelude.length);
}

/** Why a change is not possible; undefined where it is possible, or nothing is said of it. */
export async function reasonAgainst(title: string, body: string): Promise<string | undefined> {
  const { actions } = await refactoringsAt(prelude + body);
  return actions.find((one) => one.title === title)?.disabled?.reason;
}

export const definition = (query: string, decorator = '@spark.sql_transformation(variant="v1")', name = 'totals'): string =>
  `\n${decorator}\ndef ${name}():\n    return ${query}\n`;
