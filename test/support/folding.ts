import type { Expression, Module, Statement } from '../../server/src/python/ast';
import { fold } from '../../server/src/python/fold';
import type { FoldContext } from '../../server/src/python/fold';
import type { Value } from '../../server/src/python/values';
import { parserForTests } from './python';

/** Folds a little module top to bottom: assignments and imports bind names; the value of the last expression is the result. */
export async function foldModule(
  text: string,
  hooks: Partial<FoldContext> = {},
): Promise<{ readonly value: Value; readonly module: Module }> {
  const module = (await parserForTests()).parse('file:///test.py', text);
  const names = new Map<string, Value>();
  const context: FoldContext = { uri: module.uri, text, lookup: (name) => names.get(name), ...hooks };
  let last: Expression | undefined;
  for (const statement of module.body) {
    bind(statement, names, context, module);
    if (statement.kind === 'expression') last = statement.expression;
  }
  if (last === undefined) throw new Error('the text ends in no expression');
  return { value: fold(last, context), module };
}

function bind(statement: Statement, names: Map<string, Value>, context: FoldContext, module: Module): void {
  const at = { uri: module.uri, span: statement.span };
  if (statement.kind === 'assign' && statement.value !== undefined) {
    const value = fold(statement.value, context);
    for (const target of statement.targets) if (target.kind === 'name') names.set(target.name, value);
  } else if (statement.kind === 'import') {
    for (const { name, alias } of statement.names) {
      const path = alias === undefined ? (name.split('.')[0] ?? name) : name;
      names.set(alias ?? path, { kind: 'module', path, at });
    }
  } else if (statement.kind === 'importFrom') {
    for (const { name, alias } of statement.names) names.set(alias ?? name, { kind: 'module', path: `${statement.module}.${name}`, at });
  }
}
