// What the patterns of a `match` statement bind and read: all that later analysis asks of them.

import type { Expression, Identifier } from './ast';
import type { ExpressionConverter } from './convertExpressions';
import { spanOf } from './syntaxTree';
import type { SyntaxNode } from './syntaxTree';

export interface PatternNames {
  readonly captures: readonly Identifier[];
  readonly reads: readonly Expression[];
}

export function readPattern(patterns: readonly SyntaxNode[], values: ExpressionConverter): PatternNames {
  const captures: Identifier[] = [];
  const reads: Expression[] = [];
  const capture = (node: SyntaxNode | undefined): void => {
    if (node?.type === 'identifier') captures.push({ kind: 'name', span: spanOf(node), name: values.slice(node) });
  };
  const pending = [...patterns].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { children } = node;
    switch (node.type) {
      case 'dotted_name': {
        // A bare name captures, a dotted one is a value to compare with.
        const expression = values.expression(node, node.start);
        if (expression.kind === 'name') captures.push(expression);
        else reads.push(expression);
        continue;
      }
      case 'class_pattern':
        if (children[0] !== undefined) reads.push(values.expression(children[0], node.start));
        pending.push(...children.slice(1).reverse());
        continue;
      case 'keyword_pattern':
        pending.push(...children.slice(1).reverse());
        continue;
      case 'splat_pattern':
        capture(children[1]);
        continue;
      case 'as_pattern':
        capture(children.at(-1));
        pending.push(...children.slice(0, -1).reverse());
        continue;
      case 'string':
      case 'concatenated_string':
        continue;
      default:
        pending.push(...children.filter((child) => child.named).reverse());
    }
  }
  return { captures, reads };
}
