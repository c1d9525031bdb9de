// Writes the tokens of a query by a sketch of their layout. What fits on a line stays on it.

import type { Span } from '../../text/span';
import type { Comment } from '../tokens';
import { readGaps, type Gap, type PlacedComment } from './comments';
import { findKeywords, spell, type KeywordCase } from './keywordCase';
import type { Group, Sketch } from './sketch';

export interface FormatOptions {
  /** How many characters a line may have, its indentation included. */
  readonly width: number;
  /** Nothing ends a line but the end of a comment. */
  readonly oneLine: boolean;
  readonly keywordCase: KeywordCase;
  /** How deep the text as a whole is indented. */
  readonly indentation: number;
  /** A part of the query as it is written, which may be longer than what it stands for. */
  readonly written: (span: Span) => string;
}

export interface PrintedLine {
  /** In front of it, in spaces, besides the indentation of the whole. */
  readonly indentation: number;
  /** Of several lines where a text or a comment is. */
  readonly written: string;
  /** What the written text stands for. */
  readonly value: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const STEP = 4;

export function printSketch(sketch: Sketch, options: FormatOptions): readonly PrintedLine[] {
  return new Printer(sketch, options).print();
}

class Printer {
  private readonly gaps: readonly Gap[];
  private readonly words: readonly { readonly written: string; readonly value: string }[];
  private readonly groups: Mutable<Group>[];
  private readonly owners: readonly (Group | undefined)[];
  private readonly levels: readonly number[];
  private readonly lines: PrintedLine[] = [];
  private written = '';
  private value = '';
  private indentation = 0;

  constructor(
    private readonly sketch: Sketch,
    private readonly options: FormatOptions,
  ) {
    const { tree } = sketch;
    this.gaps = readGaps(tree);
    this.levels = sketch.levels();
    const isKeyword = findKeywords(tree);
    this.words = tree.tokens.map(({ span }, index) => {
      const style = isKeyword[index] === true ? options.keywordCase : 'preserve';
      return { written: spell(options.written(span), style), value: spell(tree.text.slice(span.start, span.end), style) };
    });
    this.groups = sketch.groups.map((group) => ({ ...group, forced: group.forced && !options.oneLine }));
    this.groups.sort((a, b) => a.from - b.from || b.to - a.to);
    this.owners = this.findOwners();
    this.forceGroups();
  }

  print(): readonly PrintedLine[] {
    const { tokens } = this.sketch.tree;
    const open: { readonly group: Group | undefined; readonly flat: boolean }[] = [{ group: undefined, flat: this.options.oneLine }];
    let next = 0;
    for (const [index] of tokens.entries()) {
      while ((open.at(-1)?.group?.to ?? Infinity) <= index) open.pop();
      const breaks = this.breaksAt(index, open.at(-1)?.flat === true);
      this.printGap(index, breaks);
      for (let group = this.groups[next]; group?.from === index; group = this.groups[++next]) {
        const flat = open.at(-1)?.flat === true || (!group.forced && this.fits(index, group.to));
        open.push({ group, flat });
      }
      this.write(this.words[index]);
    }
    this.endLine(0);
    return this.lines;
  }

  /** The innermost group around the place before each token. */
  private findOwners(): readonly (Group | undefined)[] {
    const open: Group[] = [];
    let next = 0;
    return this.sketch.tree.tokens.map((_, index) => {
      for (let group = this.groups[next]; group !== undefined && group.from < index; group = this.groups[++next]) open.push(group);
      while ((open.at(-1)?.to ?? Infinity) <= index) open.pop();
      return open.at(-1);
    });
  }

  /** A line that ends in a group ends the lines of all groups around it. */
  private forceGroups(): void {
    const { tokens } = this.sketch.tree;
    const certain = new Uint32Array(tokens.length + 2);
    for (const [index, { written }] of this.words.entries()) {
      certain[index + 1] = (certain[index] ?? 0) + (written.includes('\n') ? 1 : 0);
    }
    const ends = new Uint32Array(tokens.length + 2);
    for (const [index, { breaks }] of this.gaps.entries()) ends[index + 1] = (ends[index] ?? 0) + (breaks ? 1 : 0);
    const between = (sums: Uint32Array, from: number, to: number): boolean => (sums[to] ?? 0) > (sums[from] ?? 0);
    for (const group of this.groups) {
      if (between(certain, group.from, group.to) || between(ends, group.from + 1, group.to)) group.forced = true;
    }
    const around: Mutable<Group>[] = [];
    for (const group of this.groups) {
      while ((around.at(-1)?.to ?? Infinity) <= group.from) around.pop();
      if (group.forced) for (let index = around.length - 1; index >= 0 && around[index]?.forced === false; index--) force(around[index]);
      around.push(group);
    }
  }

  private breaksAt(index: number, flat: boolean): boolean {
    if (this.gaps[index]?.breaks === true) return true;
    const kind = this.sketch.breaks[index];
    if (kind === undefined || flat) return false;
    return kind === 'each' || !this.fitsUpToNext(index);
  }

  private printGap(index: number, breaks: boolean): void {
    const { sketch } = this;
    const { comments, blank } = this.gaps[index] ?? { comments: [], blank: false };
    const isMarked = sketch.breaks[index] !== undefined;
    const isEnd = index === sketch.tree.tokens.length - 1;
    const level = (this.levels[index] ?? 0) + (isMarked || isEnd || index === 0 ? 0 : 1);
    const noteLevel = sketch.key(index) === ')' ? (this.levels[index] ?? 0) + 1 : level;
    const mayBeBlank = sketch.key(index - 1) !== '(' && sketch.key(index) !== ')';
    let ended = !breaks || isEnd;
    for (const [position, placed] of comments.entries()) {
      // Behind a comma it is about what follows.
      const isBetween = sketch.key(index - 1) === ',' && !placed.endsLine && !placed.ownLine && position === comments.length - 1;
      if (placed.ownLine) this.endLine(noteLevel, placed.afterBlank && mayBeBlank);
      else if (isBetween && !ended && isMarked) {
        this.endLine(level);
        ended = true;
      } else if (this.written !== '' && (position > 0 || sketch.key(index - 1) !== '(')) this.writeSpace(placed.comment.kind);
      this.writeComment(placed);
      if (placed.ownLine) ended = !placed.endsLine;
    }
    const isApart = this.isSpaced(index) || (comments.length > 0 && !/^[,;)]$/.test(sketch.key(index)));
    if (!ended) this.endLine(level, blank && isMarked && mayBeBlank);
    else if (this.written !== '' && !isEnd && isApart) this.writeSpace();
  }

  /** Comments to the end of a line stand apart from it. */
  private writeSpace(before?: Comment['kind']): void {
    const space = before === 'line' ? '  ' : ' ';
    this.write({ written: space, value: space });
  }

  private writeComment({ comment }: PlacedComment): void {
    this.write({
      written: tidy(comment, this.options.written(comment.span)),
      value: tidy(comment, this.sketch.tree.text.slice(comment.span.start, comment.span.end)),
    });
  }

  private isSpaced(index: number): boolean {
    const { sketch } = this;
    const { tokens } = sketch.tree;
    const [before, token] = [tokens[index - 1], tokens[index]];
    if (before === undefined || token === undefined) return false;
    const decided = sketch.spaces[index];
    const touches = before.span.end === token.span.start;
    // What a template stands for may be a part of a name.
    const isPart = (kind: string): boolean => kind === 'template' || kind === 'word' || kind === 'number' || kind === 'quotedName';
    if (touches && isPart(before.kind) && (isPart(token.kind) || token.kind === 'string')) return false;
    if (decided !== undefined) return decided;
    if (/^[,;).\]]$/.test(token.key) || /^[([.]$/.test(before.key) || token.key === '[' || token.key === '::' || before.key === '::')
      return false;
    // Colons and signs that no operator is made of touch what they touched.
    const isSign = /^[+\-~!:]$/.test(before.key) && !sketch.operators.has(index - 1);
    if (isSign || token.key === ':') return !touches;
    return true;
  }

  private fits(from: number, to: number): boolean {
    return this.measure(from, 0, (index) => index >= to && this.endsAt(index));
  }

  private fitsUpToNext(from: number): boolean {
    const owner = this.owners[from];
    return this.measure(from, 1, (index) => {
      if (index === from) return false;
      if (this.gaps[index]?.breaks === true) return true;
      const at = this.owners[index];
      return this.sketch.breaks[index] !== undefined && (at === owner || at?.forced === true || index >= (owner?.to ?? 0));
    });
  }

  private endsAt(index: number): boolean {
    return this.sketch.breaks[index] !== undefined || this.gaps[index]?.breaks === true;
  }

  /** Whether the tokens from an index on, and `extra` characters before them, fit on the line, up to where it ends. */
  private measure(from: number, extra: number, isEnd: (index: number) => boolean): boolean {
    const { length } = this.words;
    const lineStart = this.written.lastIndexOf('\n') + 1;
    const before = lineStart > 0 ? 0 : this.options.indentation + this.indentation;
    let rest = this.options.width - before - (this.written.length - lineStart) - extra;
    for (let index = from; index < length && !isEnd(index); index++) {
      if (index > from) rest -= this.gapWidth(index);
      const { written } = this.words[index] ?? { written: '' };
      const lineEnd = written.indexOf('\n');
      rest -= lineEnd < 0 ? written.length : lineEnd;
      if (rest < 0) return false;
      if (lineEnd >= 0) return true;
    }
    return true;
  }

  private gapWidth(index: number): number {
    const comments = this.gaps[index]?.comments ?? [];
    const inside = comments.filter(({ comment }) => comment.kind === 'block');
    return inside.reduce((sum, { comment }) => sum + 1 + comment.span.end - comment.span.start, this.isSpaced(index) ? 1 : 0);
  }

  private write(word: { readonly written: string; readonly value: string } | undefined): void {
    this.written += word?.written ?? '';
    this.value += word?.value ?? '';
  }

  private endLine(level: number, blank = false): void {
    if (this.written !== '') this.lines.push({ indentation: this.indentation, written: this.written, value: this.value });
    if (blank && this.lines.length > 0) this.lines.push({ indentation: 0, written: '', value: '' });
    this.written = '';
    this.value = '';
    this.indentation = level * STEP;
  }
}

function force(group: Mutable<Group> | undefined): void {
  if (group !== undefined) group.forced = true;
}

/** Without blanks at the end, unless a backslash would then join the next line to the comment. */
function tidy({ kind }: Comment, text: string): string {
  const short = text.trimEnd();
  return kind === 'block' || short.endsWith('\\') ? text : short;
}
