// Formats a query: the same tokens and comments, laid out anew. The tree stays what it was, since it depends on the tokens alone.

import { SYMBOL } from '../../text/mappedText';
import { tokenize } from '../lexer';
import { treeOf } from '../treeOf';
import type { SqlTree } from '../syntaxTree';
import type { TokenList } from '../tokens';
import { nodesOf } from '../walk';
import { Chains, shapeExpression } from './expressionShape';
import { printSketch, type FormatOptions, type PrintedLine } from './printer';
import { shapeQuery } from './queryShape';
import { Sketch } from './sketch';

/** The lines of a query; undefined where it is none, or not certain to be one whatever the run time fills in. */
export function formatSql(text: string, options: FormatOptions): readonly PrintedLine[] | undefined {
  const tree = treeOf(text.replaceAll(SYMBOL, 'x'));
  if (tree.errors.length > 0 || tree.statement.kind !== 'query') return undefined;
  const lines = printSketch(sketchOf({ ...tree, text }), options);
  const value = lines.map((line) => ' '.repeat(line.indentation) + line.value).join('\n');
  return isSame(text, tree, value) ? lines : undefined;
}

function sketchOf(tree: SqlTree): Sketch {
  const sketch = new Sketch(tree);
  const chains = new Chains();
  for (const node of nodesOf(tree.statement)) {
    shapeQuery(sketch, node);
    shapeExpression(sketch, node, chains);
  }
  return sketch;
}

/** Whether a text has the tokens and comments of another. Only the case of words may differ. */
function isSame(text: string, before: TokenList, formatted: string): boolean {
  const after = tokenize(formatted.replaceAll(SYMBOL, 'x'));
  const contents = (source: string, { tokens, comments }: TokenList): string =>
    JSON.stringify([
      tokens.map(({ kind, key, span }) =>
        kind === 'word' ? source.slice(span.start, span.end).toUpperCase() : `${key} ${source.slice(span.start, span.end)}`,
      ),
      comments.map(({ span }) => source.slice(span.start, span.end).trimEnd()),
    ]);
  return contents(text, before) === contents(formatted, after);
}
