// The part of the facade that tells how a document is built: what folds, what is selected step by step, what is coloured.

import type {
  FoldingRange,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
} from 'vscode-languageserver-types';
import { treeOf } from '../sql/treeOf';
import type { FileSnapshot } from '../workspace/snapshot';
import { foldingRange, type FoldingOptions } from './foldingRange';
import { onTypeFormatting } from './onTypeFormatting';
import { Remembered } from '../text/remembered';
import { selectionRange } from './selectionRange';
import { semanticTokens, SentTokens } from './semanticTokens';
import { type SqlToken, sqlTokens } from './sqlTokens';

/** Of as many queries the words are remembered: an edit changes one. */
const MOST_QUERIES = 500;

export class DocumentStructure {
  private readonly sentTokens = new SentTokens();
  private readonly tokens = new Remembered(MOST_QUERIES, (sql) => sqlTokens(treeOf(sql)));

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

  /** With `previous`, the answer that the client has, only what has changed since; undefined for a document that nobody knows. */
  semanticTokens(uri: string): SemanticTokens | undefined;
  semanticTokens(uri: string, previous: string): SemanticTokens | SemanticTokensDelta | undefined;
  semanticTokens(uri: string, previous?: string): SemanticTokens | SemanticTokensDelta | undefined {
    const file = this.fileOf(uri);
    if (file === undefined) return undefined;
    const data = semanticTokens(file, this.tokensOf);
    return previous === undefined ? this.sentTokens.remember(uri, data) : this.sentTokens.since(uri, previous, data);
  }

  semanticTokensIn(uri: string, { start, end }: Range): SemanticTokens | undefined {
    const file = this.fileOf(uri);
    if (file === undefined) return undefined;
    return { data: semanticTokens(file, this.tokensOf, { start: file.lines.offsetAt(start), end: file.lines.offsetAt(end) }) };
  }

  /** What is written for the user behind the character that was typed, which stands in front of the position. */
  onTypeFormatting(uri: string, position: Position, typed: string): readonly TextEdit[] | undefined {
    const file = this.fileOf(uri);
    return file && onTypeFormatting(file, file.lines.offsetAt(position), typed);
  }

  private readonly tokensOf = (sql: string): readonly SqlToken[] => this.tokens.get(sql);
}
