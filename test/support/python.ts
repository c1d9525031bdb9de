import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createPythonParser } from '../../server/src/python/parser';
import type { PythonParser } from '../../server/src/python/parser';

let parser: Promise<PythonParser> | undefined;

/** The real parser, loaded once for each test process from the WebAssembly files of the installed package. */
export function parserForTests(): Promise<PythonParser> {
  parser ??= createPythonParser(wasm('tree-sitter.wasm'), wasm('tree-sitter-python.wasm'));
  return parser;
}

/** The same files as bytes, for tests that make the whole core. */
export function pythonForTests(): { readonly runtime: Uint8Array; readonly grammar: Uint8Array } {
  return { runtime: wasm('tree-sitter.wasm'), grammar: wasm('tree-sitter-python.wasm') };
}

function wasm(file: string): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${file}`));
}
