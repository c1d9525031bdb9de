import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalUri, folderUri, isBelow, pathOfUri, relativeTo, resolvePath, uriOfPath } from '../../server/src/workspace/fileUris';

test.each([
  ['/home/ada/defs.py', 'file:///home/ada/defs.py'],
  ['/a b/(c)+é@#?%.py', 'file:///a%20b/%28c%29%2B%C3%A9%40%23%3F%25.py'],
  ['C:\\Users\\Ada\\defs.py', 'file:///c%3A/Users/Ada/defs.py'],
  ['\\\\server\\share\\defs.py', 'file://server/share/defs.py'],
])('the URI of %s is that of VS Code', (path, uri) => {
  expect(uriOfPath(path)).toBe(uri);
});

test.each([
  ['file:///c%3A/Users/defs.py', 'c:/Users/defs.py'],
  ['file:///C:/Users/defs.py', 'C:/Users/defs.py'],
  ['file://localhost/a/b.py', '/a/b.py'],
  ['file://server/share/b.py', '//server/share/b.py'],
  ['file:///a/100%.py', '/a/100%.py'],
  ['untitled:Untitled-1', undefined],
  ['https://example.com/a.py', undefined],
])('the path of %s', (uri, path) => {
  expect(pathOfUri(uri)).toBe(path);
});

test('every spelling of a file is one URI', () => {
  expect(canonicalUri('file:///C:/a(b)/c.py')).toBe('file:///c%3A/a%28b%29/c.py');
  expect(canonicalUri('file:///c%3a/a%28b%29/c.py')).toBe('file:///c%3A/a%28b%29/c.py');
  expect(canonicalUri('untitled:Untitled-1')).toBe('untitled:Untitled-1');
});

test('a path survives the way to a URI and back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 5 }), (parts) => {
      const path = `/${parts.map((part) => part.replaceAll('/', '_')).join('/')}`;
      fc.pre(!/^\/[A-Za-z]:/.test(path));
      expect(pathOfUri(uriOfPath(path))).toBe(path);
      expect(canonicalUri(uriOfPath(path))).toBe(uriOfPath(path));
    }),
  );
});

test('folders hold what is below them, and no more', () => {
  expect(folderUri('file:///a/b/')).toBe('file:///a/b');
  expect(isBelow('file:///a/b', 'file:///a/b/c.py')).toBe(true);
  expect(isBelow('file:///a/b', 'file:///a/bc.py')).toBe(false);
  expect(relativeTo('file:///a/b', 'file:///a/b/c/d.py')).toBe('c/d.py');
  expect(relativeTo('file:///a/b', 'file:///x.py')).toBe('/x.py');
});

test.each([
  ['/ws', './data/x.csv', '/ws/data/x.csv'],
  ['/ws/', '../y', '/y'],
  ['/ws', '/abs/./z', '/abs/z'],
  ['/ws', '../../..', '/'],
  ['c:/ws', 'data\\x', 'c:/ws/data/x'],
])('%s and %s', (base, relative, path) => {
  expect(resolvePath(base, relative)).toBe(path);
});
