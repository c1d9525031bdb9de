// From offsets to the lines and characters of LSP. The other way is `LineIndex.offsetAt`.

import type { Location as LspLocation, Range } from 'vscode-languageserver-types';
import type { LineIndex } from '../text/lineIndex';
import type { Span } from '../text/span';
import type { Snapshot } from '../workspace/snapshot';

export function rangeOf(lines: LineIndex, span: Span): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

/** The location of a span in a document of the snapshot, or undefined when the snapshot does not hold the document. */
export function locationOf(snapshot: Snapshot, uri: string, span: Span): LspLocation | undefined {
  const file = snapshot.files.get(uri);
  return file === undefined ? undefined : { uri, range: rangeOf(file.lines, span) };
}
