// Values that stand for what only the run time knows.

import type { Value } from '../python/values';
import type { Span } from '../text/span';
import type { Reading } from './reading';

/** A value that only the run time knows, different from every other: it is named by the place that makes it. */
export function unknown(reading: Reading, span: Span, what: string): Value {
  return { kind: 'symbol', key: `${what}@${reading.uri}#${span.start}`, at: reading.at(span) };
}
