// Formats the queries of a document in the form in which they are written there. What cannot be kept as it is stays untouched.

import type { Range, TextEdit } from 'vscode-languageserver-types';
import { formatSql } from '../sql/format/formatSql';
import type { KeywordCase } from '../sql/format/keywordCase';
import { type LayoutEdit, layoutEdits } from '../sql/format/layoutEdits';
import type { PrintedLine } from '../sql/format/printer';
import { textOfFile } from '../definitions/queryFiles';
import type { MappedText } from '../text/mappedText';
import { encloses, overlaps, type Span, touches } from '../text/span';
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

/**
 * The queries of a document that are not formatted yet, written anew: all of them, or those that ranges touch, be it only by the rest
 * of their definition. A file of SQL is one query: there the lines of a range become what they are in the whole, and the rest stays.
 */
export function formatting(file: FileSnapshot, options: FormattingOptions, ranges?: readonly Range[]): readonly TextEdit[] {
  const selections = ranges?.map(({ start, end }) => ({ start: file.lines.offsetAt(start), end: file.lines.offsetAt(end) }));
  // Lines that end in a carriage return alone are left as they are.
  if (/\r(?!\n)/.test(file.text)) return [];
  if (isQueryFile(file.uri)) return formatQueryFile(file, options, selections);
  const done: Span[] = [];
  return sqlTextsIn(file).flatMap((query): TextEdit[] => {
    if (selections?.some((selection) => isMeant(file, query, selection)) === false) return [];
    const form = writtenQuery(file, query);
    // Of queries that share literals, the first decides.
    if (form === undefined || done.some((span) => overlaps(span, form.span))) return [];
    const newText = formatted(form, options);
    if (newText === undefined) return [];
    done.push(form.span);
    return newText === file.text.slice(form.span.start, form.span.end) ? [] : [{ range: rangeOf(file.lines, form.span), newText }];
  });
}

/** A cursor means the query that it stands in, a selection also those that are written in the definitions that it touches. */
function isMeant(file: FileSnapshot, query: MappedText, selection: Span): boolean {
  const places = query.segments.flatMap(({ uri, source }) => (uri === file.uri ? [source] : []));
  if (places.some((place) => overlaps(place, selection) || touches(place, selection.start))) return true;
  if (selection.start === selection.end) return false;
  return file.definitions.resources.some(({ kind, span }) => {
    return kind === 'sql-transformation' && overlaps(span, selection) && places.some((place) => encloses(span, place));
  });
}

function formatQueryFile(
  { uri, text, lines }: FileSnapshot,
  options: FormattingOptions,
  selections?: readonly Span[],
): readonly TextEdit[] {
  const form = writtenInFile(text, textOfFile(uri, text));
  const newText = formatted(form, options);
  if (newText === undefined || newText === text) return [];
  if (selections?.every(({ start, end }) => start < end) !== true) return [{ range: rangeOf(lines, form.span), newText }];
  const edits = layoutEdits(text, newText).filter((edit) => selections.some((selection) => isWithin(text, edit, selection)));
  return edits.map((edit) => ({ range: rangeOf(lines, edit.span), newText: edit.newText }));
}

/** What stands before the selected text is its indentation; what stands behind it belongs to what follows, if anything does. */
function isWithin(text: string, { span, isGap }: LayoutEdit, selection: Span): boolean {
  const selected = text.slice(selection.start, selection.end);
  const start = selection.start + selected.search(/\S|$/);
  const isLast = text.slice(selection.end).trim() === '';
  const end = isLast ? Number.POSITIVE_INFINITY : selection.start + selected.trimEnd().length;
  return (span.start < end && start < span.end) || (isGap && start < end && span.end === start);
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
