// The part of the facade that tells how a document is built: what folds, what is selected step by step, what is coloured.

import type { FoldingRange, Position, SelectionRange } from 'vscode-languageserver-types';
import type { FileSnapshot } from '../workspace/snapshot';
import { foldingRange, type FoldingOptions } from './foldingRange';
import { selectionRange } from './selectionRange';

export class DocumentStructure {
  /** `fileOf` gives a document with all that it takes from others. */
  constructor(private readonly fileOf: (uri: string) => FileSnapshot | undefined) {}

  /** Undefined for a document without queries, which is left to others. */
  foldingRange(uri: string, options: FoldingOptions): readonly FoldingRange[] | undefined {
    const file = this.fileOf(uri);
    return file && foldingRange(file, options);
  }

  /** One answer for each position; undefined for a document that nobody knows. */
  selectionRange(uri: string, positions: readonly Position[]): readonly SelectionRange[] | undefined {
    const file = this.fileOf(uri);
    if (file === undefined) return undefined;
    return selectionRange(
      file,
      positions.map((position) => file.lines.offsetAt(position)),
    );
  }
}
