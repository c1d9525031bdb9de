import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unifiedDiff } from '../../server/src/cli/unifiedDiff';
import { documentAfter } from '../../server/src/features/textEdits';
import { temporaryFolder } from '../support/cli';

const line = fc.constantFrom('a', 'b', 'c', '', '-- d', '@@ -1 +1 @@', 'e\r');
const lines = fc.array(line, { maxLength: 30 }).map((all) => all.map((one) => `${one}\n`).join(''));
const text = fc.tuple(lines, fc.constantFrom('', 'end')).map((parts) => parts.join(''));
const replacement = fc.tuple(fc.nat(60), fc.nat(8), fc.constantFrom('', 'x', '\n', 'a\n', 'x\ny\n', '-\n+\n'));

it('is a patch that makes of a text what its edits make, whatever they are', () => {
  const folder = temporaryFolder({});
  const file = join(folder.path, 'a.txt');
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  try {
    fc.assert(
      fc.property(text, fc.array(replacement, { maxLength: 5 }), (before, wanted) => {
        let at = 0;
        const edits = wanted.flatMap(([skip, length, newText]) => {
          const start = at + skip;
          if (start > before.length) return [];
          at = Math.min(before.length, start + length) + 1;
          return [{ span: { start, end: at - 1 }, newText }];
        });
        const after = documentAfter(before, edits);
        const diff = unifiedDiff('a.txt', before, edits);
        expect(diff === '').toBe(after === before);
        // Git takes a file that is empty before or after for one that is created or deleted.
        if (diff === '' || before === '' || after === '') return;
        writeFileSync(file, before);
        const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn'], {
          cwd: folder.path,
          env,
          input: diff,
          encoding: 'utf8',
        });
        expect({ status, stderr, text: readFileSync(file, 'utf8') }).toEqual({ status: 0, stderr: '', text: after });
      }),
      { numRuns: 150 },
    );
  } finally {
    folder.dispose();
  }
});
