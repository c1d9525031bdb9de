// What a layout decides before anything is written: which tokens belong together, where a line may end, how deep it then begins, and
// between which tokens there is no space. Every decision is about the tokens of the text: none is lost, added or moved.

import type { Span } from '../../text/span';
import type { SqlTree } from '../syntaxTree';
import { tokenIndexAt } from '../tokens';
import { nodesOf } from '../walk';

/**
 * Where a line may end: with all others of its group (`each`), or only if what follows up to the next one does not fit (`fill`).
 */
export type Break = 'each' | 'fill';

/** Tokens that stand on one line if they fit, from one index to before another. */
export interface Group {
  readonly from: number;
  readonly to: number;
  /** Its lines end whether it fits or not. */
  readonly forced: boolean;
}

export class Sketch {
  readonly groups: Group[] = [];
  readonly breaks: (Break | undefined)[];
  /** How many steps deeper than the token before it a token stands. */
  private readonly steps: number[];
  private readonly closers: readonly (number | undefined)[];
  /** The signs and words between two operands. */
  readonly operators = new Set<number>();
  /** Whether a space stands before the token, where the signs around it do not decide. */
  readonly spaces: (boolean | undefined)[];

  constructor(readonly tree: SqlTree) {
    const { length } = tree.tokens;
    this.breaks = new Array<Break | undefined>(length).fill(undefined);
    this.steps = new Array<number>(length + 1).fill(0);
    this.spaces = new Array<boolean | undefined>(length).fill(undefined);
    this.closers = closersOf(tree);
    for (const node of nodesOf(tree.statement)) if (node.kind === 'binary') this.operators.add(this.indexAt(node.operatorSpan.start));
  }

  /** For each token, how many steps a line is indented that begins with it. */
  levels(): readonly number[] {
    let level = 0;
    return this.tree.tokens.map((_, index) => (level += this.steps[index] ?? 0));
  }

  /** The index of the first token at or behind an offset. */
  indexAt(offset: number): number {
    return tokenIndexAt(this.tree.tokens, offset);
  }

  first({ span }: { readonly span: Span }): number {
    return this.indexAt(span.start);
  }

  /** The index of the first token behind a node. */
  after({ span }: { readonly span: Span }): number {
    return this.indexAt(span.end);
  }

  key(index: number): string {
    return this.tree.tokens[index]?.key ?? '';
  }

  group(from: number, to: number, forced = false): void {
    if (to - from > 1) this.groups.push({ from, to, forced });
  }

  indent(from: number, to: number): void {
    if (from >= to) return;
    this.steps[from] = (this.steps[from] ?? 0) + 1;
    this.steps[to] = (this.steps[to] ?? 0) - 1;
  }

  breakBefore(index: number, kind: Break = 'each'): void {
    this.breaks[index] = kind;
  }

  glue(index: number): void {
    this.spaces[index] = false;
  }

  /** The index of the next token with one of the keys, in a range and outside of parentheses. */
  find(from: number, to: number, ...keys: readonly string[]): number | undefined {
    for (let index = from; index < to; index++) {
      if (keys.includes(this.key(index))) return index;
      index = this.closers[index] ?? index;
    }
    return undefined;
  }

  /** What stands in parentheses: on the line, or indented on lines of its own. */
  parentheses(open: number, forced = false): void {
    const close = this.closers[open];
    if (close === undefined || close === open + 1) return;
    this.group(open, close + 1, forced);
    this.breakBefore(open + 1);
    this.breakBefore(close);
    this.indent(open + 1, close);
  }

  /** Ends a line between each two of the nodes. */
  list(nodes: readonly { readonly span: Span }[], kind: Break = 'each'): void {
    for (const node of nodes.slice(1)) this.breakBefore(this.first(node), kind);
  }
}

/** For each opening parenthesis or bracket the index of the one that closes it. */
function closersOf({ tokens }: SqlTree): readonly (number | undefined)[] {
  const closers = new Array<number | undefined>(tokens.length).fill(undefined);
  const open: number[] = [];
  for (const [index, { key }] of tokens.entries()) {
    if (key === '(' || key === '[') open.push(index);
    else if (key === ')' || key === ']') {
      const opener = open.pop();
      if (opener !== undefined) closers[opener] = index;
    }
  }
  return closers;
}
