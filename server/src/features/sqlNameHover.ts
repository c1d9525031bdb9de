import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import type { SqlSymbol } from '../sql/nameTable';
import type { SqlNode } from '../sql/syntaxTree';
import type { FileSnapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { code } from './resourceMarkdown';
import { sqlNameAt, symbolWords } from './sqlNames';
import { sourceSpan } from './sqlTextAt';

/** Lines of SQL that a hover shows. */
const MOST_LINES = 12;

/** What a name that the query gives itself stands for. */
export function sqlNameHover(file: FileSnapshot, offset: number): Hover | undefined {
  const target = sqlNameAt(file, offset);
  const span = target === undefined ? undefined : sourceSpan(file, target.text, target.name.span);
  if (target === undefined || span === undefined) return undefined;
  const { symbol, tree } = target;
  const meaning = meaningOf(symbol);
  const sql = meaning === undefined ? undefined : shortened(tree.text.slice(meaning.span.start, meaning.span.end));
  const value = [
    `**${code(symbol.name.text)}** · ${symbolWords[symbol.kind]}`,
    ...(sql === undefined || sql === '' ? [] : [`\`\`\`sql\n${sql}\n\`\`\``]),
  ].join('\n\n');
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(file.lines, span) };
}

/** The part of the query that the name stands for. */
function meaningOf({ kind, node }: SqlSymbol): SqlNode | { readonly span: SqlNode['span'] } | undefined {
  switch (node.kind) {
    case 'cte':
      return kind === 'cte' ? node.query : node;
    case 'selectItem':
      return node.expression;
    case 'namedWindow':
      return node.window;
    case 'table': {
      const [first] = node.name;
      return first === undefined ? undefined : { span: { start: first.span.start, end: node.name.at(-1)?.span.end ?? first.span.end } };
    }
    case 'subqueryRelation':
      return node.query;
    case 'tableFunction':
      return node.call;
    default:
      return node;
  }
}

/** Without the indentation that the lines share, and not too many of them. */
function shortened(sql: string): string {
  const lines = sql.trim().split(/\r?\n/);
  const indents = lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [/^\s*/.exec(line)?.[0].length ?? 0]));
  const indent = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  const shown = lines.map((line, index) => (index === 0 ? line : line.slice(indent)));
  return shown.length > MOST_LINES ? [...shown.slice(0, MOST_LINES), '…'].join('\n') : shown.join('\n');
}
