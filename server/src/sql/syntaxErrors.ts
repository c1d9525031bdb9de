// What is wrong with a SQL text, in words for the person who wrote it.

import type { Span } from '../text/span';

export interface SqlError {
  /**
   * `syntax`: Spark's parser rejects the text here. `soft-reserved`: Spark takes a keyword for a name, which no person means, and
   * fails later. `value`: a part is well formed, but Spark refuses its value while it parses.
   */
  readonly code: 'syntax' | 'soft-reserved' | 'value';
  readonly span: Span;
  readonly message: string;
  /** Spark may take the keyword for an alias, and even run the query, though hardly as it was meant. */
  readonly runs?: true;
  /** What may stand there instead of the text of `span`. */
  readonly replacement?: string;
  /** The opening parenthesis or word that the error belongs to. */
  readonly related?: { readonly span: Span; readonly message: string };
}
