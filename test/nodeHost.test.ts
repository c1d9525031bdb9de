import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNodeHost } from '../server/src/nodeHost';
import { loadProject } from '../server/src/nodeProject';
import { relativeTo, uriOfPath } from '../server/src/workspace/fileUris';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'sparkform-host-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text = ''): string {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

/** What is listed, relative to the root; every listed file is included and every other `.py` below the root is not. */
async function checkListed(exclude: readonly string[] = [], others: readonly string[] = []): Promise<readonly string[]> {
  const host = createNodeHost({ roots: [root], exclude });
  const listed = (await host.listFiles()).map((uri) => relativeTo(uriOfPath(root), uri));
  for (const path of listed) expect([path, await host.includes(uriOfPath(join(root, path)))]).toEqual([path, true]);
  for (const path of others) expect([path, await host.includes(uriOfPath(join(root, path)))]).toEqual([path, false]);
  return listed;
}

test('lists Python files in any depth, in order', async () => {
  for (const path of ['b.py', 'a/c.py', 'a/d/é e.py', 'a/data.csv', 'a/notes.pyi']) write(path);
  expect(await checkListed([], ['a/data.csv', 'a/notes.pyi'])).toEqual(['a/c.py', 'a/d/é e.py', 'b.py']);
});

test('leaves out hidden folders, packages and virtual environments', async () => {
  const others = ['.venv/a.py', 'node_modules/a.py', '__pycache__/a.py', 'env/lib/a.py', 'conda/a.py'];
  for (const path of ['keep.py', 'env/pyvenv.cfg', 'conda/conda-meta/history', ...others]) write(path);
  expect(await checkListed([], others)).toEqual(['keep.py']);
});

test('obeys .gitignore files as git does: nested, negated, anchored, folders only', async () => {
  write('.gitignore', '*.gen.py\n/build\nlogs/\n!keep.gen.py\n# comment\n');
  write('sub/.gitignore', '/local.py\n!again.gen.py\n');
  const others = ['a.gen.py', 'build/a.py', 'logs/a.py', 'sub/local.py', 'sub/logs/a.py'];
  for (const path of ['keep.gen.py', 'sub/again.gen.py', 'sub/build/a.py', 'sub/sub/local.py', 'logs.py', ...others]) write(path);
  expect(await checkListed([], others)).toEqual(['keep.gen.py', 'logs.py', 'sub/again.gen.py', 'sub/build/a.py', 'sub/sub/local.py']);
});

test('leaves out what globs name, files and folders', async () => {
  const others = ['attic/a.py', 'deep/attic/a.py', 'x_test.py'];
  for (const path of ['a.py', ...others]) write(path);
  expect(await checkListed(['**/attic', '*_test.py'], others)).toEqual(['a.py']);
});

test('follows links, but never around in a circle', async () => {
  write('a/x.py');
  const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'sparkform-linked-')));
  writeFileSync(join(elsewhere, 'linked.py'), '');
  symlinkSync(root, join(root, 'a/loop'));
  symlinkSync(elsewhere, join(root, 'outside'));
  symlinkSync(join(root, 'missing'), join(root, 'dangling.py'));
  expect(await checkListed()).toEqual(['a/x.py', 'outside/linked.py']);
  rmSync(elsewhere, { recursive: true });
});

test('reads text without its byte order mark, and nothing that is too large, missing or no file', async () => {
  const host = createNodeHost({ roots: [root] });
  expect(await host.readFile(uriOfPath(write('bom.py', '\uFEFFx = "é😀"\r\n')))).toBe('x = "é😀"\r\n');
  const large = write('large.py');
  truncateSync(large, 3 * 1024 * 1024);
  expect(await host.readFile(uriOfPath(large))).toBeUndefined();
  expect(await host.readFile(uriOfPath(join(root, 'missing.py')))).toBeUndefined();
  expect(await host.readFile(uriOfPath(root))).toBeUndefined();
  expect(await host.readFile('untitled:Untitled-1')).toBeUndefined();
});

test('reads more files at once than a process may have open', async () => {
  const uris = Array.from({ length: 2000 }, (_, i) => uriOfPath(write(`many/f${i}.py`, String(i))));
  const host = createNodeHost({ roots: [root] });
  expect(await Promise.all(uris.map((uri) => host.readFile(uri)))).toEqual(uris.map((_, i) => String(i)));
});

test('a root may be a single file, and one that is missing holds nothing', async () => {
  const file = write('only.py');
  expect(await createNodeHost({ roots: [file, join(root, 'missing')] }).listFiles()).toEqual([uriOfPath(file)]);
});

test('the project is the first sparkform.json among the roots', async () => {
  mkdirSync(join(root, 'one'));
  write('two/sparkform.json', '{"featureform": "legacy", "nonsense": 1}');
  const roots = [join(root, 'one'), join(root, 'two')];
  const found = await loadProject(roots);
  expect(found).toMatchObject({
    root: join(root, 'two'),
    project: { featureform: 'legacy' },
    file: { uri: uriOfPath(join(root, 'two/sparkform.json')) },
  });
  expect(found.problems).toEqual([{ path: 'nonsense', message: 'is not a setting' }]);
  expect(await loadProject([join(root, 'one')])).toMatchObject({ root: join(root, 'one'), file: undefined, problems: [] });
});
