// The lines of a text file, found once by reading it through, then read from where they stand. Lines end as Hadoop sees it,
// with `\n`, `\r` or both; blank ones do not count.

import type { ByteSource } from './byteSource';
import { TableProblem } from './tableProblem';

/** Where some lines begin: few enough to keep for a file of any size, near enough to read on from. */
export interface LineIndex {
  readonly lineCount: number;
  /**
   * The line that names the columns, without its end: the first one, but for a line of tabs before it, which Spark skips
   * among the rows and not here. Undefined in a file without lines.
   */
  readonly header: string | undefined;
  /** Lines with known offsets, in order; the first of them is line 0. */
  readonly marks: readonly LineMark[];
}

export interface LineMark {
  readonly line: number;
  readonly offset: number;
}

/** So much is read at a time. */
const blockBytes = 1024 * 1024;
/** Marks are at least so far apart. */
const markBytes = 64 * 1024;
/** A longer line is a sign that the file is no text, and would exhaust the memory. */
const maxLineBytes = 64 * 1024 * 1024;

/** @param onRead told how many bytes more were looked through. */
export async function indexLines(
  source: ByteSource,
  signal: AbortSignal | undefined,
  onRead?: (bytes: number) => void,
): Promise<LineIndex> {
  const marks: LineMark[] = [];
  let lineCount = 0;
  let headerEnd = Math.min(source.size, blockBytes);
  let lineStart = 0;
  let blank = true;
  const endLine = (end: number): void => {
    if (!blank) {
      const last = marks.at(-1);
      if (last === undefined || lineStart - last.offset >= markBytes) marks.push({ line: lineCount, offset: lineStart });
      if (lineCount === 0) headerEnd = end;
      lineCount += 1;
    }
    lineStart = end + 1;
    blank = true;
  };
  for (let start = 0; start < source.size; start += blockBytes) {
    signal?.throwIfAborted();
    const bytes = await source.read(start, Math.min(start + blockBytes, source.size), signal);
    if (start === 0) lineStart = markLength(bytes);
    // Looking for the two ends apart is several times as fast as looking at each byte.
    let [feed, carriage] = [endFrom(bytes, 10, 0), endFrom(bytes, 13, 0)];
    for (let at = Math.max(0, lineStart - start); at < bytes.length;) {
      const end = Math.min(feed, carriage);
      if (blank) blank = isBlank(bytes, at, end);
      if (end === bytes.length) break;
      endLine(start + end);
      at = end + 1;
      if (feed === end) feed = endFrom(bytes, 10, at);
      else carriage = endFrom(bytes, 13, at);
    }
    onRead?.(bytes.length);
    if (start + bytes.length - lineStart > maxLineBytes) {
      throw new TableProblem('malformed', `${source.name} is no CSV file: line ${lineCount + 1} is longer than ${maxLineBytes >> 20} MB`);
    }
  }
  endLine(source.size);
  const front = await source.read(0, headerEnd, signal);
  const header = decodeText(front.subarray(markLength(front)))
    .split(/[\r\n]/)
    .find((line) => /[^ ]/.test(line));
  return { lineCount, header, marks };
}

function endFrom(bytes: Uint8Array, byte: number, from: number): number {
  const found = bytes.indexOf(byte, from);
  return found < 0 ? bytes.length : found;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) > 0x20) return false;
  return true;
}

/** The lines from `start` (inclusive) to `end` (exclusive), which must exist. */
export async function readLines(
  source: ByteSource,
  { marks }: LineIndex,
  { start, end }: { readonly start: number; readonly end: number },
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  if (start >= end) return [];
  const from = marks[lastMark(marks, start)] ?? { line: 0, offset: 0 };
  const behind = marks[lastMark(marks, end - 1) + 1];
  const bytes = await source.read(from.offset, behind?.offset ?? source.size, signal);
  const lines: string[] = [];
  let line = from.line;
  let lineStart = 0;
  let blank = true;
  for (let at = 0; at <= bytes.length && line < end; at++) {
    const byte = bytes[at] ?? 10;
    if (byte === 10 || byte === 13) {
      if (!blank) {
        if (line >= start) lines.push(decodeText(bytes.subarray(lineStart, at)));
        line += 1;
      }
      lineStart = at + 1;
      blank = true;
    } else if (byte > 0x20) {
      blank = false;
    }
  }
  return lines;
}

/** The position of the last mark at or before a line. */
function lastMark(marks: readonly LineMark[], line: number): number {
  let [low, high] = [0, marks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((marks[middle]?.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The byte order mark of UTF-8 is no part of the first line. */
function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** As Java decodes: three bytes that would be half a surrogate pair become one replacement character, not three. */
function decodeText(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  if (!text.includes('\ufffd\ufffd\ufffd')) return text;
  const replaced = Uint8Array.from(bytes);
  for (let at = 0; at + 2 < bytes.length; at++) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    if (first === 0xed && second >= 0xa0 && second < 0xc0 && third >= 0x80 && third < 0xc0) replaced.set([0xef, 0xbf, 0xbd], at);
  }
  return decoder.decode(replaced);
}
