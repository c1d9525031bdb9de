// Python text -> our tree. Never throws on any text, and takes over from an earlier tree what did not change since.

import type { Comment, Module, Statement } from './ast';
import { splitBlocks } from './blocks';
import type { BlockSpan } from './blocks';
import { StatementConverter } from './convertStatements';
import { createInterner } from './interner';
import { areLinesSound, readLines } from './lines';
import { isPromising, isReadable } from './misplacedTokens';
import { relocate } from './relocate';
import { LARGE_BLOCK, parseBrokenBlock, readHopelessBlock } from './repair';
import type { BlockReader, ParsedBlock } from './repair';
import { isIndentationSound } from './repairIndentation';
import { inOrder, loadGrammar } from './syntaxTree';
import { commonPrefix } from '../text/commonPrefix';
import type { Grammar, SyntaxTree } from './syntaxTree';

export interface PythonParser {
  /** `previous` is an earlier module of the same document; what did not change since is taken over from it. */
  parse(uri: string, text: string, previous?: Module, known?: KnownTexts): Module;
}

/** What texts were parsed to before, maybe by another process: plain data that nobody but the parser understands. */
export interface KnownTexts {
  /** What this version of the parser put for just this text; undefined when nothing is known of it. */
  get(text: string): unknown;
  put(text: string, parsed: unknown): void;
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
const NOTHING: readonly never[] = [];

/**
 * A module that remembers its blocks. A weak map would hold them until the next full collection of garbage, which makes every
 * small one dear.
 */
class ParsedModule implements Module {
  readonly body: Module['body'];
  readonly problems: Module['problems'];
  readonly comments: Module['comments'];

  constructor(
    readonly uri: string,
    readonly text: string,
    readonly blocks: readonly Block[],
  ) {
    this.body = blocks.flatMap((block) => block.statements);
    this.problems = blocks.flatMap((block) => block.problems);
    this.comments = blocks.flatMap((block) => block.comments);
  }
}

class BlockParser implements PythonParser, BlockReader {
  private readonly intern = createInterner();
  /** What was found broken last: the steps of a repair often come back to it. */
  private broken: string | undefined;

  constructor(private readonly grammar: Grammar) {}

  parse(uri: string, text: string, previous?: Module, known?: KnownTexts): Module {
    const found = known?.get(text) as readonly Block[] | undefined;
    if (found !== undefined) return new ParsedModule(uri, text, found);
    const module = new ParsedModule(uri, text, this.blocksOf(text, previous));
    known?.put(text, module.blocks);
    return module;
  }

  private blocksOf(text: string, previous: Module | undefined): readonly Block[] {
    const spans = splitBlocks(text, readLines(text));
    const known = previous instanceof ParsedModule ? previous.blocks : undefined;
    const blocks = previous && known ? this.update(text, spans, previous.text, known) : this.parseBlocks(text, spans);
    this.broken = undefined;
    return blocks;
  }

  read(text: string): SyntaxTree {
    return this.grammar.read(text, 0);
  }

  readSound(text: string): SyntaxTree | undefined {
    return isReadable(text, readLines(text)) ? this.readSoundAt(text, 0) : undefined;
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
    const source = text.slice(first.start, last.end);
    const isWorthReading = isLarge(first) ? isPromising : isReadable;
    if (spans.every((span) => isIndentationSound(span.lines) && areLinesSound(span.lines) && isWorthReading(text, span.lines))) {
      const tree = this.readSoundAt(source, first.start);
      if (tree !== undefined) return distribute(spans, this.statements(tree, text), tree.comments);
    }
    if (spans.length > 1) return spans.flatMap((span) => this.parseBatch(text, [span]));
    const block = readHopelessBlock(source, first.start) ?? parseBrokenBlock(source, first.start, this);
    return [{ start: first.start, end: first.end, ...block }];
  }

  private readSoundAt(text: string, base: number): SyntaxTree | undefined {
    // The grammar takes a NUL for the end of the string it stands in, and Python takes no file with one.
    if (text === this.broken || text.includes('\0')) return undefined;
    const tree = this.grammar.readSound(text, base);
    if (tree === undefined) this.broken = text;
    return tree;
  }
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

function commonSuffix(a: string, b: string, limit: number): number {
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}
