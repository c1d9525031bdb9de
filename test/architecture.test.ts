// Holds the walls of docs/architecture.md: who may import whom, no cycles, and how files are named and how long they grow.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '..');

interface Room {
  /** A folder with all below it, or one file. The first room that holds a file is the file's. */
  readonly path: string;
  /** Folders and files of the repository that it may import from, besides itself. */
  readonly may: readonly string[];
  /** The same for types alone: nothing of them runs. */
  readonly mayTypes?: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: boolean;
}

const core = (...rooms: readonly string[]): string[] => rooms.map((room) => `server/src/${room}`);

const rooms: readonly Room[] = [
  { path: 'shared/protocol', may: [], mayTypes: ['shared/table', 'shared/run', 'shared/lineage'] },
  { path: 'shared/lineage', may: [], mayTypes: ['shared/protocol'] },
  { path: 'shared/tableReader', may: ['shared/table', 'shared/protocol', 'shared/s3'], node: true },
  {
    path: 'shared/s3',
    may: ['shared/table', 'shared/cacheFolder.ts'],
    packages: ['http-proxy-agent', 'https-proxy-agent', 'sax'],
    node: true,
  },
  { path: 'shared/table', may: [], mayTypes: ['shared/protocol'], packages: ['hyparquet', 'hyparquet-compressors', 'icebird'] },
  { path: 'shared/cacheFolder.ts', may: [], node: true },
  { path: 'shared/formatAmounts.ts', may: [] },
  { path: 'shared/run/local', may: ['shared/run', 'shared/table'], node: true },
  { path: 'shared/run', may: ['shared/table'] },

  { path: 'server/src/text', may: [] },
  { path: 'server/src/python', may: core('text'), packages: ['@vscode/tree-sitter-wasm'] },
  { path: 'server/src/sql', may: core('text') },
  { path: 'server/src/definitions', may: core('text', 'python', 'sql') },
  { path: 'server/src/schema', may: core('text', 'python', 'sql', 'definitions') },
  { path: 'server/src/workspace', may: core('text', 'python', 'sql', 'definitions', 'schema'), packages: ['ignore', 'picomatch'] },
  { path: 'server/src/rules', may: core('text', 'python', 'sql', 'definitions', 'schema', 'workspace') },
  {
    path: 'server/src/features',
    may: [...core('text', 'python', 'sql', 'definitions', 'schema', 'workspace', 'rules'), 'shared/protocol'],
    mayTypes: ['shared'],
    packages: ['vscode-languageserver-types'],
  },
  {
    path: 'server/src/languageService.ts',
    may: core('text', 'python', 'definitions', 'workspace', 'rules', 'features'),
    mayTypes: ['shared'],
    packages: ['vscode-languageserver-types'],
  },
  { path: 'server/src/nodeParsedTexts.ts', may: core('workspace', 'text'), node: true },
  { path: 'server/src/nodeHost.ts', may: core('workspace', 'nodeParsedTexts.ts'), packages: ['ignore', 'picomatch'], node: true },
  { path: 'server/src/nodeProject.ts', may: core('workspace'), node: true },
  {
    path: 'server/src/lsp',
    may: [...core('languageService.ts', 'nodeHost.ts', 'nodeProject.ts', 'workspace'), 'shared'],
    mayTypes: core('features', 'rules', 'nodeParsedTexts.ts'),
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument', 'vscode-languageserver-types'],
    node: true,
  },
  {
    path: 'server/src/cli',
    may: [...core('languageService.ts', 'nodeHost.ts', 'nodeProject.ts', 'workspace', 'sql'), 'shared'],
    mayTypes: core('features', 'rules', 'text'),
    packages: ['vscode-languageserver-types'],
    node: true,
  },

  { path: 'client/src', may: ['shared'], packages: ['vscode', 'vscode-languageclient'], node: true },
  { path: 'media', may: ['shared/protocol', 'shared/lineage', 'shared/formatAmounts.ts'], mayTypes: ['shared/table'] },
];

interface Import {
  readonly from: string;
  /** As it is written. */
  readonly specifier: string;
  /** The file of the repository that it means; undefined for packages. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
  readonly line: number;
}

const sources = ['shared', 'server/src', 'client/src', 'media'].flatMap((folder) => filesBelow(folder, /\.ts$/));
const imports = sources.flatMap(readImports);

describe('imports', () => {
  it('come from a file that has a room', () => {
    expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('stay within what the room of a file may know', () => {
    expect(imports.filter((one) => !isAllowed(one)).map(describeImport)).toEqual([]);
  });

  it('name files that exist', () => {
    const known = new Set(sources);
    expect(imports.filter(({ target }) => target !== undefined && !known.has(target)).map(describeImport)).toEqual([]);
  });

  it('form no cycle at run time', () => {
    expect(findCycle(imports.filter(({ typeOnly }) => !typeOnly))).toBeUndefined();
  });

  it('are those that the table forbids, when they are', () => {
    const forbidden = (from: string, specifier: string, target?: string, typeOnly = false) =>
      !isAllowed({ from, specifier, target, typeOnly, line: 1 });
    expect(forbidden('server/src/text/span.ts', 'node:fs')).toBe(true);
    expect(forbidden('server/src/rules/rule.ts', 'vscode-languageserver/node')).toBe(true);
    expect(forbidden('server/src/sql/templates.ts', '../python/ast', 'server/src/python/ast.ts', true)).toBe(true);
    expect(forbidden('client/src/extension.ts', '../../server/src/languageService', 'server/src/languageService.ts')).toBe(true);
    expect(forbidden('media/tableGrid/main.ts', '../../shared/table/table', 'shared/table/table.ts')).toBe(true);
    expect(forbidden('media/tableGrid/main.ts', '../../shared/table/table', 'shared/table/table.ts', true)).toBe(false);
    expect(forbidden('server/src/lsp/main.ts', 'vscode-languageserver/node')).toBe(false);
  });
});

describe('the runner', () => {
  const standardLibrary =
    'argparse ast builtins codecs collections contextlib ctypes dataclasses datetime difflib dis errno functools glob importlib inspect io json linecache math os pathlib platform queue random re shutil signal socket subprocess sys tempfile textwrap threading time tokenize traceback types typing uuid';
  const files = filesBelow('runner', /\.py$/);
  const modules = new Set([...standardLibrary.split(' '), 'pyspark', '__future__', ...files.map((file) => basename(file, '.py'))]);

  it('needs the standard library and PySpark alone', () => {
    const foreign = files.flatMap((file) =>
      [...read(file).matchAll(/^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+(?:\s*,\s*[\w.]+)*))/gm)].flatMap(([, from, names]) =>
        (from ?? names ?? '')
          .split(/\s*,\s*/)
          .map((name) => name.split('.')[0] ?? '')
          .filter((name) => !modules.has(name))
          .map((name) => `${file}: ${name}`),
      ),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(foreign).toEqual([]);
  });
});

describe('files', () => {
  const code = [...sources, ...filesBelow('test', /\.(ts|mjs)$/), ...filesBelow('examples', /\.mjs$/), ...filesBelow('runner', /\.py$/)];

  it('stay short enough to be read at once', () => {
    const lengths = code.map((file) => ({ file, lines: read(file).split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
  });

  it('are named for what they export', () => {
    const named = code.map((file) => basename(file).replace(/(\.test)?\.\w+$/, ''));
    expect(named.filter((name) => /^(utils?|helpers?|common|misc)$/i.test(name))).toEqual([]);
    expect(code.filter((file) => !/^[a-z][a-zA-Z0-9]*(\.test|\.d)?\.(ts|mjs)$|^[a-z][a-z0-9_]*\.py$/.test(basename(file)))).toEqual([]);
    expect(sources.filter((file) => basename(file) === 'index.ts')).toEqual([]);
  });

  it('export by name', () => {
    expect(code.filter((file) => file.endsWith('.ts') && /^export default\b/m.test(read(file)))).toEqual([]);
  });
});

function isAllowed({ from, specifier, target, typeOnly }: Import): boolean {
  const room = roomOf(from);
  if (room === undefined) return false;
  if (target !== undefined) {
    const inside = (path: string): boolean => target === path || target.startsWith(`${path}/`);
    // A room inside a room is another room.
    if (roomOf(target) === room) return true;
    return room.may.some(inside) || (typeOnly && (room.mayTypes ?? []).some(inside));
  }
  if (specifier.startsWith('node:')) return room.node === true;
  return (room.packages ?? []).some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function roomOf(file: string): Room | undefined {
  return rooms.find(({ path }) => file === path || file.startsWith(`${path}/`));
}

function readImports(file: string): Import[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (specifier: ts.Node, typeOnly: boolean): void => {
    if (!ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(specifier.getStart(source)).line + 1;
    found.push({ from: file, specifier: specifier.text, target: targetOf(file, specifier.text), typeOnly, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0])
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { namedBindings } = clause;
  const names = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? namedBindings.elements : undefined;
  return clause.name === undefined && names !== undefined && names.length > 0 && names.every((element) => element.isTypeOnly);
}

function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = normalize(join(dirname(file), specifier))
    .split(sep)
    .join('/');
  return /\.(css|json)$/.test(path) ? path : `${path}.ts`;
}

/** The files of one cycle of imports, in order; undefined when there is none. */
function findCycle(all: readonly Import[]): readonly string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, target } of all) if (target !== undefined) targets.set(from, [...(targets.get(from) ?? []), target]);
  const finished = new Set<string>();
  const search = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const target of targets.get(file) ?? []) {
      const cycle = search(target, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const cycle = search(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function describeImport({ from, line, specifier, typeOnly }: Import): string {
  return `${from}:${line} imports ${typeOnly ? 'types of ' : ''}${specifier}`;
}

function filesBelow(folder: string, pattern: RegExp): string[] {
  const entries = readdirSync(join(repository, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(^|\/)(workspaces|tables|node_modules|\.sparkform|\.cache)\//.test(file))
    .toSorted();
}

function read(file: string): string {
  return readFileSync(join(repository, file), 'utf8');
}
