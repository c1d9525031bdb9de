// Python text -> our tree. Never throws on any text.

import type { Module } from './ast';
import { inOrder } from './convertExpressions';
import { StatementConverter } from './convertStatements';
import { loadGrammar } from './syntaxTree';

export interface PythonParser {
  /** `previous` is an earlier module of the same document; what did not change since is taken over from it. */
  parse(uri: string, text: string, previous?: Module): Module;
}

/** Both WebAssembly files as bytes: the runtime of the parser library and the Python grammar. */
export async function createPythonParser(runtimeWasm: Uint8Array, grammarWasm: Uint8Array): Promise<PythonParser> {
  const grammar = await loadGrammar(runtimeWasm, grammarWasm);
  const intern = createInterner();
  return {
    parse(uri, text) {
      const tree = grammar.parse(text);
      const { root, comments } = grammar.read(tree, text);
      tree.delete();
      const body = new StatementConverter(text, intern).statements(inOrder(root));
      return { uri, text, body, problems: [], comments };
    },
  };
}

const MAX_INTERNED = 50_000;

/** One copy of each name: a slice would keep the whole text it was cut from alive, for as long as any statement is reused. */
function createInterner(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= MAX_INTERNED) known.clear();
    const copy = name.length > 1_000 ? name : String.fromCharCode(...codesOf(name));
    known.set(copy, copy);
    return copy;
  };
}

function codesOf(name: string): readonly number[] {
  return Array.from({ length: name.length }, (_, at) => name.charCodeAt(at));
}
