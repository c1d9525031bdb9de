// Whatever stands in a file, the rules neither throw nor point outside it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFile } from '../../server/src/rules/check';
import { defaultProject } from '../../server/src/workspace/project';
import { Workspace } from '../../server/src/workspace/workspace';
import { MemoryHost, uriOf } from '../support/memoryHost';
import { parserForTests } from '../support/python';
import { readWorkspace } from '../support/workspaceFolder';

const files = new Map([...readWorkspace('today'), ...readWorkspace('seed')]);

const edit = fc.record({
  path: fc.constantFrom(...files.keys()),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat({ max: 60 }),
  inserted: fc.oneof(
    fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      '"',
      "'",
      '"""',
      '(',
      ')',
      '[',
      ']',
      ':',
      '\\',
      '\n',
      '\n        ',
      '.',
      ',',
      '_',
      '__',
      ' ',
      '#',
      'f"',
      'return ',
      'def f(df):',
    ),
    fc.constantFrom(
      '{{a.b}}',
      '{{a}}',
      '<<a.b>>',
      '{{a.',
      'inputs=[None]',
      '-- ',
      '/*',
      ' async ',
      'lambda df: df',
      '\u{1F600}',
      '\u0000',
      '# sparkform: ignore[',
    ),
    fc.string({ maxLength: 5 }),
  ),
});

test('any edits of right and wrong definitions', async () => {
  const parser = await parserForTests();
  const workspace = new Workspace(new MemoryHost([...files].map(([path, text]) => [uriOf(path), text] as const)), parser, defaultProject);
  await workspace.load();
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const texts = new Map(files);
      for (const { path, at, removed, inserted } of edits) {
        const text = texts.get(path) ?? '';
        const start = Math.floor(at * text.length);
        texts.set(path, text.slice(0, start) + inserted + text.slice(start + removed));
      }
      const changed = new Set(edits.map(({ path }) => path));
      for (const path of changed) workspace.update(uriOf(path), texts.get(path) ?? '');
      for (const [path, text] of texts) {
        for (const { problem } of checkFile(workspace.snapshot, uriOf(path))) {
          expect(problem.span.start).toBeGreaterThanOrEqual(0);
          expect(problem.span.end).toBeGreaterThanOrEqual(problem.span.start);
          expect(problem.span.end).toBeLessThanOrEqual(text.length);
          expect(problem.message).not.toMatch(/undefined|\.$/);
        }
      }
      for (const path of changed) workspace.update(uriOf(path), files.get(path) ?? '');
    }),
    { seed: 20261122, numRuns: 150 },
  );
}, 60_000);
