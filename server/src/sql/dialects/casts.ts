// SQL of Spark 4 in the words of Spark 3.5.

import type { Cast } from '../expressionTree';
import type { NewerConstruct, SqlNode, SqlTree } from '../syntaxTree';
import { nodesOf } from '../walk';
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

/** The innermost cast whose sign stands at an offset. */
function castAt(root: SqlNode, offset: number): Cast | undefined {
  let found: Cast | undefined;
  const isAround = ({ span }: SqlNode): boolean => offset >= span.start && offset <= span.end;
  for (const node of nodesOf(root, isAround)) {
    if (node.kind === 'cast' && node.expression.span.end <= offset && offset < node.type.span.start) found = node;
  }
  return found;
}
