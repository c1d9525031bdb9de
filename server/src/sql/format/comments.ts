// Where the comments of a query stand: behind what is before them on their line, on lines of their own, or within a line.

import type { SqlTree } from '../syntaxTree';
import type { Comment, Token } from '../tokens';

export interface PlacedComment {
  readonly comment: Comment;
  /** It begins its line. */
  readonly ownLine: boolean;
  /** Nothing follows it on its line. */
  readonly endsLine: boolean;
  /** An empty line stands before it. */
  readonly afterBlank: boolean;
}

/** What stands between a token and the one before it. */
export interface Gap {
  readonly comments: readonly PlacedComment[];
  /** An empty line stands before the token. */
  readonly blank: boolean;
  /** The line has to end somewhere in it. */
  readonly breaks: boolean;
}

/** The gap before each token. */
export function readGaps(tree: SqlTree): readonly Gap[] {
  let next = 0;
  const gaps = tree.tokens.map((token, index): Gap => {
    const placed: PlacedComment[] = [];
    let at = tree.tokens[index - 1]?.span.end ?? 0;
    for (
      let comment = tree.comments[next];
      comment !== undefined && comment.span.end <= token.span.start;
      comment = tree.comments[++next]
    ) {
      placed.push(placeComment(tree, comment, at, token, tree.comments[next + 1]));
      at = comment.span.end;
    }
    const blank = isBlank(tree.text.slice(at, token.span.start)) && at > 0;
    return gapOf(placed, blank);
  });
  return gaps.map((gap, index) => {
    if (isMoved(tree.tokens[index], gap)) return gapOf([], false);
    const before = gaps[index - 1];
    if (before === undefined || !isMoved(tree.tokens[index - 1], before)) return gap;
    const moved = before.comments.at(-1)?.comment.kind === 'line';
    const own = gap.comments.map((placed, position) => (position === 0 && moved ? { ...placed, ownLine: true } : placed));
    return gapOf([...before.comments, ...own], gap.blank);
  });
}

/** What ends a line goes behind the comma that begins the next one. */
function isMoved(token: Token | undefined, gap: Gap): boolean {
  return token?.key === ',' && gap.breaks;
}

function placeComment({ text }: SqlTree, comment: Comment, at: number, token: Token, next: Comment | undefined): PlacedComment {
  const before = text.slice(at, comment.span.start);
  const following = Math.min(next?.span.start ?? token.span.start, token.span.start);
  const after = text.slice(comment.span.end, following);
  return {
    comment,
    ownLine: at === 0 || before.includes('\n'),
    endsLine: comment.kind === 'line' || after.includes('\n'),
    afterBlank: at > 0 && isBlank(before),
  };
}

function gapOf(comments: readonly PlacedComment[], blank: boolean): Gap {
  const breaks = comments.some(({ comment, ownLine }) => ownLine || comment.kind === 'line');
  return { comments, blank, breaks };
}

function isBlank(between: string): boolean {
  return between.indexOf('\n') !== between.lastIndexOf('\n');
}
