// Which files of the workspace the import statements of a file mean, as the reader of definitions follows them.

import type { ImportFromStatement, ImportStatement, Module } from '../python/ast';
import { statementsWithin } from '../python/walk';
import { importCandidates } from '../workspace/imports';
import type { Snapshot } from '../workspace/snapshot';

/** Imports of a file, each with what it is looked for in. */
export function importsOf(module: Module): readonly (ImportStatement | ImportFromStatement)[] {
  return statementsWithin(module.body, 'enterNested').filter(
    (statement): statement is ImportStatement | ImportFromStatement => statement.kind === 'import' || statement.kind === 'importFrom',
  );
}

/** The file that `import module` or `from module import …` in `uri` means, if the workspace holds it. */
export function importedFile(snapshot: Snapshot, roots: readonly string[], uri: string, module: string, level: number): string | undefined {
  return importCandidates(uri, module, level, roots).find((candidate) => candidate !== uri && snapshot.files.has(candidate));
}
