// SQL of Spark 4 in the words of Spark 3.5.

import type { Cast } from '../expressionTree';
import type { NewerConstruct, SqlNode, SqlTree } from '../syntaxTree';
import { childrenOf } from '../walk';
import { insert, replace, type Translation } from './construct';

/** `a::int` as `CAST(a AS int)`. */
export function olderForm(tree: SqlTree, { span }: NewerConstruct): Translation | undefined {
  if (tree.text.slice(span.start, span.end) !== '::') return undefined;
  const cast = castAt(tree.statement, span.start);
  if (cast === undefined || tree.errors.some((error) => error.span.start >= cast.span.start && error.span.start <= cast.span.end))
    return undefined;
  const { expression, type } = cast;
  const written = tree.text.slice(type.span.start, type.span.end);
  return {
    title: `Write "CAST(… AS ${written})"`,
    edits: [
      insert(expression.span.start, 'CAST('),
      replace({ start: expression.span.end, end: type.span.start }, ' AS '),
      insert(type.span.end, ')'),
    ],
    sure: true,
  };
}

function castAt(node: SqlNode, offset: number): Cast | undefined {
  if (offset < node.span.start || offset > node.span.end) return undefined;
  for (const child of childrenOf(node)) {
    const found = castAt(child, offset);
    if (found !== undefined) return found;
  }
  return node.kind === 'cast' && node.expression.span.end <= offset && offset < node.type.span.start ? node : undefined;
}
