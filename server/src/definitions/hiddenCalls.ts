// Calls that evaluation passes over: in a lambda, which is called elsewhere, and in a comprehension over what only the run time
// knows. What they register is real all the same, under names that are not known.

import type { Expression, Statement } from '../python/ast';
import { namesOfTarget } from '../python/scopes';
import { expressionsOf, expressionsWithin, partsOf } from '../python/walk';
import type { Reading } from './reading';
import { Scope } from './scope';
import { unknown } from './unknown';

const leaves: ReadonlySet<Statement['kind']> = new Set(['assign', 'augmentedAssign', 'expression', 'return']);

/** Reads the calls of a statement that has been run and that were not read on the way. */
export function readHiddenCalls(reading: Reading, statement: Statement, scope: Scope): void {
  if (!leaves.has(statement.kind)) return;
  // Most statements have neither, and looking at every expression of a file is dear.
  const { start, end } = statement.span;
  if (!/\b(?:lambda|for)\b/.test(reading.module.text.slice(start, end))) return;
  for (const expression of expressionsOf(statement)) readHidden(reading, expression, scope);
}

function readHidden(reading: Reading, expression: Expression, scope: Scope): void {
  if (expression.kind !== 'lambda' && expression.kind !== 'comprehension') {
    for (const part of partsOf(expression)) readHidden(reading, part, scope);
    return;
  }
  const inner = new Scope('function', scope);
  const bind = (name: string): void => {
    inner.bind(name, unknown(reading, expression.span, name));
  };
  if (expression.kind === 'lambda') for (const { name } of expression.parameters) bind(name);
  else for (const clause of expression.clauses) if (clause.kind === 'for') namesOfTarget(clause.target).forEach(bind);
  for (const part of expression.kind === 'lambda' ? [expression.body] : expression.elements) {
    if (expressionsWithin(part).some((each) => each.kind === 'call' && !reading.hasRead(each))) reading.evaluate(part, inner);
    readHidden(reading, part, inner);
  }
}
