import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { sqlFunction } from '../sql/functions/functionTable';
import { touches } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { calledWords } from './sqlCalls';
import { sqlFunctionMarkdown } from './sqlFunctionText';
import { sourceSpan, sqlTextAt } from './sqlTextAt';

/** What is known of the function of Spark SQL whose name is under the cursor. */
export function sqlFunctionHover(file: FileSnapshot, offset: number): Hover | undefined {
  const place = sqlTextAt(file, offset);
  const word = place === undefined ? undefined : calledWords(place.text.value).find(({ span }) => touches(span, place.offset));
  const entry = word === undefined ? undefined : sqlFunction(word.name);
  if (place === undefined || word === undefined || entry === undefined) return undefined;
  const span = sourceSpan(file, place.text, word.span);
  if (span === undefined) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: sqlFunctionMarkdown(entry, word.name) },
    range: rangeOf(file.lines, span),
  };
}
