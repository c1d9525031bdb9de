// The query that a cursor stands in, with the place of the cursor in the text that Spark will read.

import { MappedText } from '../text/mappedText';
import type { Span } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { lexicalContext } from './lexicalContext';
import { queriesOf } from './sqlTexts';

export interface SqlPlace {
  readonly text: MappedText;
  /** In the text of the query. */
  readonly offset: number;
}

/** The query under the cursor, whichever of the strings that a function may return it is. */
export function sqlTextAt(file: FileSnapshot, offset: number): SqlPlace | undefined {
  for (const resource of file.definitions.resources) {
    if (resource.kind !== 'sql-transformation') continue;
    for (const text of queriesOf(resource)) {
      const at = text.valueOffset(file.uri, offset);
      if (at !== undefined) return { text, offset: at };
    }
  }
  return unclosedText(file, offset);
}

/** A literal that is not closed yet is not read; one that begins like a query is taken for one. */
function unclosedText(file: FileSnapshot, offset: number): SqlPlace | undefined {
  if (!file.definitions.isDefinitionFile) return undefined;
  const { string } = lexicalContext(file.text, offset);
  if (string === undefined || string.closed || string.prefix.includes('b')) return undefined;
  const { contentStart, contentEnd } = string;
  const written = file.text.slice(contentStart, contentEnd);
  if (!/^\s*(?:select|with|from|values)\b/i.test(written)) return undefined;
  return { text: MappedText.verbatim(written, file.uri, contentStart), offset: offset - contentStart };
}

/** Where a part of the query was written, if that is in the file itself. */
export function sourceSpan(file: FileSnapshot, text: MappedText, span: Span): Span | undefined {
  const location = text.sourceLocation(span);
  return location?.uri === file.uri ? location.span : undefined;
}
