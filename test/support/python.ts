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

function wasm(file: string): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${file}`));
}
