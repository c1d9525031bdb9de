// The entry of `dist/server.js`: `--stdio`, `--node-ipc`, `--socket=…` and `--pipe=…` choose how it talks.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { defaultCacheFolder } from '../../../shared/cacheFolder';
import { startServer } from './connection';

// While a workspace is read nearly everything stays alive, from which V8 learns to put what is made at those places among the
// old objects at once. Typing makes the same objects and drops them at the next key: among the old ones they would keep alive
// what they point to, and each small collection of garbage would take three times as long.
setFlagsFromString('--no-allocation-site-pretenuring');

const connection = createConnection(ProposedFeatures.all);
startServer(connection, {
  treeCache: { cacheFolder: defaultCacheFolder(), format: TREE_FORMAT },
  readPython: async () => {
    const [runtime, grammar] = await Promise.all([
      readFile(join(__dirname, 'tree-sitter.wasm')),
      readFile(join(__dirname, 'tree-sitter-python.wasm')),
    ]);
    return { runtime, grammar };
  },
});

declare const TREE_FORMAT: string;
