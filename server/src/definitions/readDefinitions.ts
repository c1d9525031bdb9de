// Tree to resources: the entry of this folder. A file is read as Python would run it, but nothing runs.

import type { Module } from '../python/ast';
import type { Value } from '../python/values';
import { evaluateAttribute, evaluateSubscript } from './access';
import { evaluateCall } from './calls';
import { readClass } from './entities';
import { runStatements } from './interpreter';
import { textOfFile } from './queryFiles';
import { Reading, type Readers, type ReadOptions } from './reading';
import type { DefinitionFile } from './resources';
import { Scope } from './scope';
import { readFunction } from './transformations';

export type { ImportedModule, ReadOptions } from './reading';

const readers: Readers = {
  readCall: evaluateCall,
  readAttribute: evaluateAttribute,
  readSubscript: evaluateSubscript,
  readFunction,
  readClass,
};

export interface ReadModule {
  readonly definitions: DefinitionFile;
  /** What the file binds at its top level, for files that import from it. */
  readonly exports: ReadonlyMap<string, Value>;
}

/** Reads the definitions of a file. Never throws on broken code: what cannot be understood is left out. */
export function readDefinitions(module: Module, options: ReadOptions): ReadModule {
  const reading = new Reading(module, options, readers);
  const scope = new Scope('module');
  runStatements(reading, module.body, scope);
  return { definitions: reading.finish(), exports: scope.bindings };
}

/** A file of SQL defines nothing; under the empty name it exports its text, for definitions that read it. */
export function readQueryFile({ uri, text }: Module): ReadModule {
  const definitions: DefinitionFile = {
    uri,
    resources: [],
    registrations: [],
    references: [],
    findings: [],
    isDefinitionFile: false,
    eraSigns: [],
    externals: [],
    workspaceImports: [],
    openTypes: [],
  };
  const at = { uri, span: { start: 0, end: text.length } };
  return { definitions, exports: new Map([['', { kind: 'string', text: textOfFile(uri, text), at }]]) };
}
