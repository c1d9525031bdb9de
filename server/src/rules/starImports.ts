// `from module import *` inside a function, which only Python 2 took.

import type { FunctionDefinition } from '../python/ast';
import { statementsWithin } from '../python/walk';
import type { Span } from '../text/span';

/** The stars of such imports, in text order. */
export function starImports({ body }: FunctionDefinition): readonly Span[] {
  return statementsWithin(body, 'enterNested').flatMap((statement) =>
    statement.kind === 'importFrom' ? statement.names.filter(({ name }) => name === '*').map(({ nameSpan }) => nameSpan) : [],
  );
}
