// `# sparkform: ignore[rule-id]`, `# sparkform: ignore[rule-a, rule-b]` and the bare `# sparkform: ignore` silence the
// problems that begin on their line. On some lines no comment can stand: inside a triple-quoted string and before a
// line joined with a backslash. Problems there are silenced by a comment on the next line that can hold one (usually
// behind the closing quotes), or on a decorator line or the `def` line of the function around them.

import type { Expression, FunctionDefinition } from '../python/ast';
import { expressionsOf, expressionsWithin, statementsWithin } from '../python/walk';
import { encloses, type Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import type { TextEdit } from './rule';

const IGNORE = /#\s*sparkform:\s*ignore(?:\s*\[([\w\s,-]*)\])?(?![\w[-])/i;

export class Suppressions {
  /** The silenced rules by line; `all` for the bare form. */
  private readonly byLine = new Map<number, ReadonlySet<string> | 'all'>();
  private uncommentable: ReadonlySet<number> | undefined;

  constructor(private readonly file: FileSnapshot) {
    for (const comment of file.module.comments) {
      const match = IGNORE.exec(comment.text);
      if (match === null) continue;
      const ids = match[1]?.split(',').map((id) => id.trim());
      this.byLine.set(file.lines.positionAt(comment.span.start).line, ids === undefined ? 'all' : new Set(ids));
    }
  }

  /** True when a comment says that this problem is to be passed over. */
  silence(ruleId: string, span: Span): boolean {
    if (this.byLine.size === 0) return false;
    return this.linesThatSpeakFor(span).some((line) => {
      const ids = this.byLine.get(line);
      return ids === 'all' || ids?.has(ruleId) === true;
    });
  }

  private linesThatSpeakFor(span: Span): readonly number[] {
    this.uncommentable ??= linesWithoutRoomForComments(this.file);
    let line = this.file.lines.positionAt(span.start).line;
    if (!this.uncommentable.has(line)) return [line];
    while (this.uncommentable.has(line)) line++;
    return [line, ...this.headerLines(span)];
  }

  /** The lines of the decorators and of the `def` of the innermost function around a span. */
  private headerLines(span: Span): readonly number[] {
    let innermost: FunctionDefinition | undefined;
    for (const statement of statementsWithin(this.file.module.body, 'enterNested')) {
      if (statement.kind === 'function' && encloses(statement.bodySpan, span)) innermost = statement;
    }
    if (innermost === undefined) return [];
    const { lines } = this.file;
    const first = lines.positionAt(innermost.span.start).line;
    const last = lines.positionAt(innermost.bodySpan.start).line;
    return Array.from({ length: Math.max(1, last - first) }, (_, index) => first + index);
  }
}

/** The edit that silences a rule where a span begins; undefined where a comment silences everything already. */
export function ignoreEdit(file: FileSnapshot, ruleId: string, span: Span): TextEdit | undefined {
  const { lines, text, uri } = file;
  const uncommentable = linesWithoutRoomForComments(file);
  let { line } = lines.positionAt(span.start);
  while (uncommentable.has(line)) line++;
  const start = lines.lineStart(line);
  const end = lines.lineEnd(line);
  const match = IGNORE.exec(text.slice(start, end));
  if (match === null)
    return {
      uri,
      span: { start: end, end },
      newText: `${/\s$|^$/.test(text.slice(start, end)) ? '' : '  '}# sparkform: ignore[${ruleId}]`,
    };
  if (match[1] === undefined) return undefined;
  const at = start + match.index + match[0].length - 1;
  return { uri, span: { start: at, end: at }, newText: match[1].trim() === '' ? ruleId : `, ${ruleId}` };
}

function linesWithoutRoomForComments(file: FileSnapshot): ReadonlySet<number> {
  const { lines, text, module } = file;
  const found = new Set<number>();
  const commented = new Set(module.comments.map((comment) => lines.positionAt(comment.span.start).line));
  for (let line = 0; line < lines.lineCount; line++) {
    const end = lines.lineEnd(line);
    if (end > lines.lineStart(line) && text[end - 1] === '\\' && !commented.has(line)) found.add(line);
  }
  const addLinesOf = (expression: Expression): void => {
    for (const part of expressionsWithin(expression)) {
      if (part.kind !== 'string' && part.kind !== 'formattedString') continue;
      const last = lines.positionAt(part.span.end).line;
      for (let line = lines.positionAt(part.span.start).line; line < last; line++) found.add(line);
    }
  };
  for (const statement of statementsWithin(module.body, 'enterNested')) expressionsOf(statement).forEach(addLinesOf);
  return found;
}
