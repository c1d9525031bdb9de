// Python text -> our tree. Never throws on any text, and takes over from an earlier tree what did not change since.

import type { Comment, Module, Statement } from './ast';
import { splitBlocks } from './blocks';
import type { BlockSpan } from './blocks';
import { StatementConverter } from './convertStatements';
import { createInterner } from './interner';
import { areLinesSound, readLines } from './lines';
import { relocate } from './relocate';
import { LARGE_BLOCK, parseBrokenBlock, readHopelessBlock } from './repair';
import type { BlockReader, ParsedBlock } from './repair';
import { isIndentationSound } from './repairIndentation';
import { inOrder, loadGrammar } from './syntaxTree';
import type { Grammar, SyntaxTree } from './syntaxTree';

export interface PythonParser {
  /** `previous` is an earlier module of the same document; what did not change since is taken over from it. */
  parse(uri: string, text: string, previous?: Module): Module;
}

/** Both WebAssembly files as bytes: the runtime of the parser library and the Python grammar. */
export async function createPythonParser(runtimeWasm: Uint8Array, grammarWasm: Uint8Array): Promise<PythonParser> {
  return new BlockParser(await loadGrammar(runtimeWasm, grammarWasm));
}

interface Block extends ParsedBlock {
  readonly start: number;
  readonly end: number;
}

/** Blocks are handed to the grammar together up to this many characters, since every call costs something. */
const BATCH = 20_000;
/** Statements of this length are tried first, for so many milliseconds: sound ones take a fraction of it. */
const LONG_LINE = 20_000;
const PATIENCE = 700;
/** A long sound statement, such as a table of constants, may take this much more for each of its characters. */
const PATIENCE_PER_CHARACTER = 0.005;
const NOTHING: readonly never[] = [];

class BlockParser implements PythonParser, BlockReader {
  private readonly intern = createInterner();
  private readonly blocksOf = new WeakMap<Module, readonly Block[]>();

  constructor(private readonly grammar: Grammar) {}

  parse(uri: string, text: string, previous?: Module): Module {
    const spans = splitBlocks(text, readLines(text));
    const known = previous && this.blocksOf.get(previous);
    const blocks = previous && known ? this.update(text, spans, previous.text, known) : this.parseBlocks(text, spans);
    const module: Module = {
      uri,
      text,
      body: blocks.flatMap((block) => block.statements),
      problems: blocks.flatMap((block) => block.problems),
      comments: blocks.flatMap((block) => block.comments),
    };
    this.blocksOf.set(module, blocks);
    return module;
  }

  read(text: string): SyntaxTree {
    return this.grammar.read(text, 0);
  }

  statements(tree: SyntaxTree, text: string): readonly Statement[] {
    return new StatementConverter(text, this.intern).statements(inOrder(tree.root));
  }

  /** Takes over the blocks before and behind what changed; those behind are moved. */
  private update(text: string, spans: readonly BlockSpan[], before: string, known: readonly Block[]): readonly Block[] {
    const delta = text.length - before.length;
    const prefix = commonPrefix(text, before);
    const suffix = commonSuffix(text, before, Math.min(text.length, before.length) - prefix);
    let first = 0;
    while (first < spans.length && first < known.length && sameSpan(spans[first], known[first], 0) && (spans[first]?.end ?? 0) <= prefix)
      first++;
    let last = 0;
    while (
      last < spans.length - first &&
      last < known.length - first &&
      sameSpan(spans.at(-1 - last), known.at(-1 - last), delta) &&
      (spans.at(-1 - last)?.start ?? 0) >= text.length - suffix
    ) {
      last++;
    }
    const changed = this.parseBlocks(text, spans.slice(first, spans.length - last));
    const behind = known.slice(known.length - last);
    return [...known.slice(0, first), ...changed, ...(delta === 0 ? behind : behind.map((block) => moved(block, delta)))];
  }

  private parseBlocks(text: string, spans: readonly BlockSpan[]): readonly Block[] {
    const blocks: Block[] = [];
    for (let from = 0; from < spans.length;) {
      const start = spans[from]?.start ?? 0;
      let to = from;
      while (to < spans.length && (to === from || ((spans[to]?.end ?? 0) - start <= BATCH && !isLarge(spans[to])))) to++;
      if (isLarge(spans[from])) to = from + 1;
      blocks.push(...this.parseBatch(text, spans.slice(from, to)));
      from = to;
    }
    return blocks;
  }

  private parseBatch(text: string, spans: readonly BlockSpan[]): readonly Block[] {
    const [first] = spans;
    const last = spans.at(-1);
    if (first === undefined || last === undefined) return NOTHING;
    const hopeless = readHopelessBlock(text.slice(first.start, spans.length === 1 ? first.end : first.start), first.start);
    if (hopeless !== undefined) return [{ start: first.start, end: first.end, ...hopeless }];
    if (
      first.lines.some((line) => line.end - line.start > LONG_LINE) &&
      !this.grammar.canRead(text.slice(first.start, first.end), PATIENCE + (first.end - first.start) * PATIENCE_PER_CHARACTER)
    ) {
      return [{ start: first.start, end: first.end, ...unreadBlock(first.start, first.end) }];
    }
    if (spans.every((span) => isIndentationSound(span.lines) && areLinesSound(span.lines))) {
      const tree = this.grammar.read(text.slice(first.start, last.end), first.start);
      if (!tree.hasError) return distribute(spans, this.statements(tree, text), tree.comments);
    }
    if (spans.length > 1) return spans.flatMap((span) => this.parseBatch(text, [span]));
    return [{ start: first.start, end: first.end, ...parseBrokenBlock(text.slice(first.start, first.end), first.start, this) }];
  }
}

/** What holds a statement that the grammar cannot come to an end with. */
function unreadBlock(start: number, end: number): ParsedBlock {
  return {
    statements: [{ kind: 'invalidStatement', span: { start, end }, expressions: [], statements: [] }],
    comments: NOTHING,
    problems: [{ span: { start, end: start + 1 }, message: 'this statement is too long and too broken to be read' }],
  };
}

function isLarge(span: BlockSpan | undefined): boolean {
  return span !== undefined && span.end - span.start >= LARGE_BLOCK;
}

/** Gives every block the statements and comments that begin in it. */
function distribute(spans: readonly BlockSpan[], statements: readonly Statement[], comments: readonly Comment[]): readonly Block[] {
  let statement = 0;
  let comment = 0;
  return spans.map(({ start, end }) => {
    const [firstStatement, firstComment] = [statement, comment];
    while ((statements[statement]?.span.start ?? end) < end) statement++;
    while ((comments[comment]?.span.start ?? end) < end) comment++;
    return {
      start,
      end,
      statements: statements.slice(firstStatement, statement),
      comments: comment === firstComment ? NOTHING : comments.slice(firstComment, comment),
      problems: NOTHING,
    };
  });
}

function moved(block: Block, delta: number): Block {
  const move = (offset: number): number => offset + delta;
  return {
    start: block.start + delta,
    end: block.end + delta,
    statements: relocate(block.statements, move),
    comments: relocate(block.comments, move),
    problems: relocate(block.problems, move),
  };
}

function sameSpan(span: BlockSpan | undefined, block: Block | undefined, delta: number): boolean {
  return span !== undefined && block !== undefined && span.start === block.start + delta && span.end === block.end + delta;
}

function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function commonSuffix(a: string, b: string, limit: number): number {
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}
