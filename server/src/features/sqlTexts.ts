// The queries of a document, wherever definitions take them from: literals of a function or a constant, or a file of SQL as a whole.

import { textOfFile } from '../definitions/queryFiles';
import type { Resource } from '../definitions/resources';
import type { MappedText } from '../text/mappedText';
import type { Span } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { FileSnapshot } from '../workspace/snapshot';
import { statementAt } from './pythonPath';

/** The queries of which at least a part was written in the document. Of several that the same literals write, the first. */
export function sqlTextsIn(file: FileSnapshot): readonly MappedText[] {
  if (isQueryFile(file.uri)) return [textOfFile(file.uri, file.text)];
  const found = new Map<string, MappedText>();
  for (const resource of file.definitions.resources) {
    if (resource.kind !== 'sql-transformation') continue;
    for (const text of queriesOf(resource)) {
      const own = text.segments.filter(({ uri }) => uri === file.uri);
      const key = own.map(({ source }) => `${source.start}-${source.end}`).join();
      if (own.length > 0 && !found.has(key)) found.set(key, text);
    }
  }
  return [...found.values()];
}

/** Every text that a definition may return. */
export function queriesOf({ sql, returned = [] }: Resource): readonly MappedText[] {
  const others = returned.flatMap(({ value }) => (value?.kind === 'string' ? [value.text] : []));
  return sql === undefined ? others : [sql.text, ...others];
}

/**
 * From the place of the first character of a part of a query to that of the last, if both were written in the document, in this
 * order and by one statement: what lies between is the query, with the quotation marks of its literals.
 */
export function writtenSpan(file: FileSnapshot, text: MappedText, span: Span): Span | undefined {
  if (span.start >= span.end) return undefined;
  const first = text.sourceRanges({ start: span.start, end: span.start + 1 })[0];
  const last = text.sourceRanges({ start: span.end - 1, end: span.end }).at(-1);
  if (first?.uri !== file.uri || last?.uri !== file.uri) return undefined;
  const [start, end] = [first.span.start, last.span.end];
  if (start >= end || statementAt(file.module, start) !== statementAt(file.module, end - 1)) return undefined;
  return { start, end };
}
