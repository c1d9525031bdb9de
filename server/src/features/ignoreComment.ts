// Where `# sparkform: ignore[rule-id]` goes so that it silences a problem: behind the line the problem begins on, or, where no
// comment can stand there (inside a triple-quoted string, before a backslash), behind the next line that can hold one.

import type { TextEdit } from '../rules/rule';
import type { Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { lexicalContext } from './lexicalContext';

const EXISTING = /#\s*sparkform:\s*ignore\[([\w\s,-]*)\]/;

/** The edit that silences one rule for the problem at `span`; undefined where no line could hold the comment. */
export function ignoreEdit(file: FileSnapshot, ruleId: string, span: Span): TextEdit | undefined {
  const { lines, text, uri } = file;
  for (let line = lines.positionAt(span.start).line; line < lines.lineCount; line++) {
    const [start, end] = [lines.lineStart(line), lines.lineEnd(line)];
    const context = lexicalContext(text, end);
    if (context.string !== undefined || (text[end - 1] === '\\' && !context.comment)) continue;
    const existing = context.comment ? EXISTING.exec(text.slice(start, end)) : null;
    if (existing !== null) {
      const at = start + existing.index + existing[0].length - 1;
      return { uri, span: { start: at, end: at }, newText: existing[1]?.trim() === '' ? ruleId : `, ${ruleId}` };
    }
    return { uri, span: { start: end, end }, newText: `  # sparkform: ignore[${ruleId}]` };
  }
  return undefined;
}
