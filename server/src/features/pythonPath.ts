// The nodes of the Python tree around a place.

import type { Module, Statement } from '../python/ast';
import { blocksOf } from '../python/walk';

/** The innermost statement that holds the character at an offset. */
export function statementAt({ body }: Module, offset: number): Statement | undefined {
  let found: Statement | undefined;
  for (let next = holding(body, offset); next !== undefined; next = holding(blocksOf(next), offset)) found = next;
  return found;
}

function holding(statements: readonly Statement[], offset: number): Statement | undefined {
  return statements.find(({ span }) => span.start <= offset && offset < span.end);
}
