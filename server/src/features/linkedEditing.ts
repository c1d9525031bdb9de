import type { Range } from 'vscode-languageserver-types';
import type { FileSnapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { sqlNameAt } from './sqlNames';

/** As the protocol has it; its value types leave it out. */
export interface LinkedEditingRanges {
  readonly ranges: Range[];
  readonly wordPattern: string;
}

/** The places of the alias or the query of WITH under the cursor, which change together as it is typed. */
export function linkedEditingRanges(file: FileSnapshot, offset: number): LinkedEditingRanges | undefined {
  const target = sqlNameAt(file, offset);
  if (target === undefined || target.symbol.exported || target.symbol.kind === 'column') return undefined;
  const { text, symbol } = target;
  const names = [symbol.name, ...symbol.references];
  // All must read alike: letters of another case would be overwritten.
  const written = text.value.slice(target.name.span.start, target.name.span.end);
  const ranges = names.flatMap(({ span }) => {
    const range = text.soleRange(span);
    if (range?.uri !== file.uri) return [];
    return file.text.slice(range.span.start, range.span.end) === written ? [rangeOf(file.lines, range.span)] : [];
  });
  return ranges.length < names.length || ranges.length < 2 ? undefined : { ranges, wordPattern: '[A-Za-z_][A-Za-z0-9_]*' };
}
