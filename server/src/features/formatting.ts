// Formats the queries of a document in the form in which they are written there. What cannot be kept as it is stays untouched.

import type { TextEdit } from 'vscode-languageserver-types';
import { formatSql } from '../sql/format/formatSql';
import type { KeywordCase } from '../sql/format/keywordCase';
import type { PrintedLine } from '../sql/format/printer';
import { textOfFile } from '../definitions/queryFiles';
import { LineIndex } from '../text/lineIndex';
import { overlaps, type Span, touches } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { FileSnapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { sqlTextsIn } from './sqlTexts';
import { writtenInFile, writtenQuery, type WrittenQuery } from './writtenQuery';

export interface FormattingOptions {
  /** How many characters a line may have. */
  readonly width: number;
  readonly keywordCase: KeywordCase;
}

/** The queries of a document that are not formatted yet, written anew: all of them, or those that a selection touches. */
export function formatting(file: FileSnapshot, options: FormattingOptions, selection?: Span): readonly TextEdit[] {
  if (isQueryFile(file.uri)) return formatQueryFile(file.uri, file.text, options);
  const done: Span[] = [];
  return sqlTextsIn(file).flatMap((query): TextEdit[] => {
    const isMeant = (span: Span): boolean => selection === undefined || overlaps(span, selection) || touches(span, selection.start);
    if (!query.segments.some(({ source }) => isMeant(source))) return [];
    const form = writtenQuery(file, query);
    // Of queries that share literals, the first decides.
    if (form === undefined || done.some((span) => overlaps(span, form.span))) return [];
    const newText = formatted(form, options);
    if (newText === undefined) return [];
    done.push(form.span);
    return newText === file.text.slice(form.span.start, form.span.end) ? [] : [{ range: rangeOf(file.lines, form.span), newText }];
  });
}

/** The same for the text of a file of SQL, whether a definition reads it or not. */
export function formatQueryFile(uri: string, text: string, options: FormattingOptions): readonly TextEdit[] {
  const query = textOfFile(uri, text);
  const form = writtenInFile(text, query);
  const newText = formatted(form, options);
  return newText === undefined || newText === text ? [] : [{ range: rangeOf(new LineIndex(text), form.span), newText }];
}

function formatted(form: WrittenQuery, { width, keywordCase }: FormattingOptions): string | undefined {
  const { query, oneLine, column, written } = form;
  const print = (isOne: boolean): readonly PrintedLine[] | undefined => {
    const indentation = isOne ? column : form.indentation;
    const limit = isOne && oneLine === 'always' ? Number.POSITIVE_INFINITY : width;
    return formatSql(query.value, { width: limit, oneLine: isOne, keywordCase, indentation, written });
  };
  if (oneLine === 'never') return writeLines(form, print(false));
  const line = print(true);
  const fits = line?.length === 1 && (oneLine === 'always' || column + (line[0]?.written.length ?? 0) <= width);
  if (fits) return writeLines(form, line);
  return oneLine === 'always' ? undefined : writeLines(form, print(false));
}

function writeLines(form: WrittenQuery, lines: readonly PrintedLine[] | undefined): string | undefined {
  return lines === undefined ? undefined : form.write(lines);
}
