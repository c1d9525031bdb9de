// The edit that makes a module of Python's standard library available in a file.

import type { Statement } from '../python/ast';
import type { FileSnapshot } from '../workspace/snapshot';
import type { TextEdit } from './rule';

/** The name under which the file has the module at its top level, and the edit that imports it where it does not. */
export function importModule(module: string, file: FileSnapshot): { readonly name: string; readonly edits: readonly TextEdit[] } {
  for (const statement of file.module.body) {
    if (statement.kind !== 'import') continue;
    const imported = statement.names.find((one) => one.name === module);
    if (imported !== undefined) return { name: imported.alias ?? module, edits: [] };
  }
  const { body } = file.module;
  const before = body.find((statement, index) => !isHeader(statement, index));
  const start = before?.span.start ?? file.text.length;
  const separated = before !== undefined && before.kind !== 'import' && before.kind !== 'importFrom';
  return { name: module, edits: [{ uri: file.uri, span: { start, end: start }, newText: `import ${module}\n${separated ? '\n' : ''}` }] };
}

/** The docstring of the module and imports from the future, before which nothing may stand. */
function isHeader(statement: Statement, index: number): boolean {
  if (statement.kind === 'importFrom') return statement.module === '__future__';
  return index === 0 && statement.kind === 'expression' && statement.expression.kind === 'string';
}
