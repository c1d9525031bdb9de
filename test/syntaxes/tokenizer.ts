// Python text to tokens with their scopes, by the grammars that the editor uses, with and without Sparkform's injection.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

export interface Token {
  readonly text: string;
  /** From the outermost inwards, without the grammar's own. */
  readonly scopes: readonly string[];
}

/** The tokens of each line. */
export type Tokenize = (text: string) => Token[][];

const require = createRequire(import.meta.url);
const injection = 'sparkform.sql.injection';
const grammarFiles: Readonly<Record<string, string>> = {
  'source.python': require.resolve('tm-grammars/grammars/python.json'),
  'source.sql': require.resolve('tm-grammars/grammars/sql.json'),
  [injection]: require.resolve('../../syntaxes/sqlInPython.tmLanguage.json'),
};

export async function openTokenizer({ injected }: { readonly injected: boolean }): Promise<Tokenize> {
  const registry = new Registry({
    onigLib: loadOniguruma(),
    loadGrammar: (scope) => {
      const file = grammarFiles[scope];
      return Promise.resolve(file === undefined ? null : parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (scope) => (injected && scope === 'source.python' ? [injection] : []),
  });
  const grammar = await registry.loadGrammar('source.python');
  if (!grammar) throw new Error('The Python grammar is missing');
  return (text) => tokenizeLines(grammar, text);
}

let oniguruma:
  Promise<{ createOnigScanner: (patterns: string[]) => OnigScanner; createOnigString: (text: string) => OnigString }> | undefined;

function loadOniguruma(): NonNullable<typeof oniguruma> {
  oniguruma ??= loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))).then(() => ({
    createOnigScanner: (patterns) => new OnigScanner(patterns),
    createOnigString: (text) => new OnigString(text),
  }));
  return oniguruma;
}

function tokenizeLines(grammar: IGrammar, text: string): Token[][] {
  let state = INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack, stoppedEarly } = grammar.tokenizeLine(line, state);
    if (stoppedEarly) throw new Error(`Tokenizing stopped early in: ${line}`);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes: scopes.slice(1) }));
  });
}
