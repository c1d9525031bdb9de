// Whether two statements of a file are sure to run in the same run of the program: not in two branches of one condition,
// not in two functions of which perhaps neither is ever called.

import type { Module, Statement } from '../python/ast';
import { encloses, type Span } from '../text/span';

/** True when whoever reaches one of the places reaches the other as well, as far as the blocks around them tell. */
export function runTogether(module: Module, a: Span, b: Span): boolean {
  return pathTo(module.body, a) === pathTo(module.body, b);
}

/** True for a place at the top level of a file, or in a class there, that runs whenever the file does. */
export function alwaysRuns(module: Module, place: Span): boolean {
  return pathTo(module.body, place) === '';
}

/** The functions and conditional blocks around a place, outermost first. Classes and `with` blocks run where they stand. */
function pathTo(statements: readonly Statement[], place: Span): string {
  for (const statement of statements) {
    if (!encloses(statement.span, place)) continue;
    for (const { name, body } of blocksIn(statement)) {
      if (!body.some((inner) => encloses(inner.span, place))) continue;
      const rest = pathTo(body, place);
      return name === '' ? rest : `${name}@${statement.span.start}/${rest}`;
    }
  }
  return '';
}

interface Block {
  /** Empty for a block that runs exactly when its statement does. */
  readonly name: string;
  readonly body: readonly Statement[];
}

function blocksIn(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'function':
      return [{ name: 'def', body: statement.body }];
    case 'class':
    case 'with':
      return [{ name: '', body: statement.body }];
    case 'if':
    case 'for':
    case 'while':
      return [
        { name: statement.kind, body: statement.body },
        { name: 'else', body: statement.otherwise },
      ];
    case 'try':
      return [
        { name: 'try', body: statement.body },
        ...statement.handlers.map((handler, index) => ({ name: `except${index}`, body: handler.body })),
        { name: 'else', body: statement.otherwise },
        { name: '', body: statement.finally },
      ];
    case 'match':
      return statement.cases.map((one, index) => ({ name: `case${index}`, body: one.body }));
    case 'invalidStatement':
      return [{ name: 'invalid', body: statement.statements }];
    default:
      return [];
  }
}
