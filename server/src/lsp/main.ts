// The entry of `dist/server.js`: `--stdio`, `--node-ipc`, `--socket=…` and `--pipe=…` choose how it talks.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './connection';

const connection = createConnection(ProposedFeatures.all);
startServer(connection, async () => {
  const [runtime, grammar] = await Promise.all([
    readFile(join(__dirname, 'tree-sitter.wasm')),
    readFile(join(__dirname, 'tree-sitter-python.wasm')),
  ]);
  return { runtime, grammar };
});
