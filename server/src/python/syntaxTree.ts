// The only place that knows the parser library. It hands out a plain concrete tree: comments and line joinings are taken
// out, parts that cannot hold anything of interest are not descended into, and nothing of the library's memory stays.

import * as library from '@vscode/tree-sitter-wasm';
import type { Language, Parser, Tree, TreeCursor } from '@vscode/tree-sitter-wasm';
import type { Comment } from './ast';
import type { Span } from '../text/span';

export interface SyntaxNode {
  /** The grammar's name, `ERROR` for what did not parse; tokens are named by their text. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** False for keywords and punctuation. */
  readonly named: boolean;
  /** Made up by the parser, of no width. */
  readonly missing: boolean;
  /** Errors stand in `errors`, so that the children of every node have the shape the grammar gives them. */
  readonly children: readonly SyntaxNode[];
  readonly errors: readonly SyntaxNode[];
}

export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly comments: readonly Comment[];
  readonly hasError: boolean;
}

/** One for each process, since the library keeps one global memory. */
export interface Grammar {
  /** The concrete tree of `text`, whose offsets count from `base`. */
  read(text: string, base: number): SyntaxTree;
  /** The same if the text has no error in it, undefined otherwise, which is found out in less time than a tree takes. */
  readSound(text: string, base: number): SyntaxTree | undefined;
}

/** Children and errors of a node in the order of the text. */
export function inOrder(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.errors.length === 0) return node.children;
  return [...node.children, ...node.errors].sort((a, b) => a.start - b.start || a.end - b.end);
}

export function spanOf(node: Span): Span {
  return { start: node.start, end: node.end };
}

const NOTHING: readonly never[] = [];
const ERROR_TYPE = 65535;

/** Named nodes whose text says everything about them. */
const LEAVES = new Set([
  'identifier',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'ellipsis',
  'dotted_name',
  'string_start',
  'string_content',
]);
const HANDLERS = new Set(['except_clause', 'except_group_clause', 'finally_clause']);
/** The grammar also knows Python 2; a chevron is an ordinary operator in Python 3. */
const PYTHON_2 = new Set(['print_statement', 'exec_statement']);
const DROPPED = new Set(['comment', 'line_continuation']);

let loading: Promise<Grammar> | undefined;

export function loadGrammar(runtimeWasm: Uint8Array, grammarWasm: Uint8Array): Promise<Grammar> {
  loading ??= load(runtimeWasm, grammarWasm).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(runtimeWasm: Uint8Array, grammarWasm: Uint8Array): Promise<Grammar> {
  // Node sees only a default export of this CommonJS file, a bundler sees the names; the types know but the names.
  const { Parser: ParserClass, Language: LanguageClass } = 'Parser' in library ? library : (library as { default: typeof library }).default;
  // `wasmBinary` is the runtime's own option for bytes at hand; its declaration lists only the way by file name.
  const options = { wasmBinary: runtimeWasm, locateFile: (file: string): string => file };
  await ParserClass.init(options);
  const language = await LanguageClass.load(grammarWasm);
  const parser = new ParserClass();
  parser.setLanguage(language);
  return new TreeSitterGrammar(parser, language);
}

class TreeSitterGrammar implements Grammar {
  private readonly names: readonly string[];
  private readonly named: readonly boolean[];

  constructor(
    private readonly parser: Parser,
    language: Language,
  ) {
    const ids = Array.from({ length: language.nodeTypeCount }, (_, id) => id);
    this.names = ids.map((id) => language.nodeTypeForId(id) ?? '');
    this.named = ids.map((id) => language.nodeTypeIsNamed(id));
  }

  read(text: string, base: number): SyntaxTree {
    const tree = this.parse(text);
    try {
      return this.walk(tree, text, base);
    } finally {
      tree.delete();
    }
  }

  readSound(text: string, base: number): SyntaxTree | undefined {
    const tree = this.parse(text);
    try {
      if (tree.rootNode.hasError) return undefined;
      const read = this.walk(tree, text, base);
      return read.hasError ? undefined : read;
    } finally {
      tree.delete();
    }
  }

  private parse(text: string): Tree {
    // The grammar does not know the oldest kind of line end.
    const lines = LONE_RETURN.test(text) ? text.replace(new RegExp(LONE_RETURN, 'g'), '\n') : text;
    const tree = this.parser.parse((index) => lines.slice(index, index + CHUNK));
    if (tree === null) throw new Error('the Python grammar is not loaded');
    return tree;
  }

  private walk(tree: Tree, text: string, base: number): SyntaxTree {
    const cursor = tree.walk();
    try {
      return new Reader(cursor, text, base, this.names, this.named).read(tree.rootNode.hasError);
    } finally {
      cursor.delete();
    }
  }
}

const LONE_RETURN = /\r(?!\n)/;

/** The library copies at most this many characters into its memory at a time. */
const CHUNK = 5_000;

interface OpenNode {
  type: string;
  start: number;
  end: number;
  named: boolean;
  missing: boolean;
  children: SyntaxNode[] | readonly never[];
  errors: SyntaxNode[] | readonly never[];
}

class Reader {
  private readonly comments: Comment[] = [];
  private hasError = false;
  private mayMiss = false;

  constructor(
    private readonly cursor: TreeCursor,
    private readonly text: string,
    private readonly base: number,
    private readonly names: readonly string[],
    private readonly named: readonly boolean[],
  ) {}

  read(hasError: boolean): SyntaxTree {
    const { cursor } = this;
    this.hasError = hasError;
    this.mayMiss = hasError;
    const root = this.node(undefined);
    const open: OpenNode[] = [root];
    let inside = cursor.gotoFirstChild();
    // A node begins where its first child begins; every question that the library need not answer is time saved.
    let first = false;
    // Walked without recursion, because thousands of nested brackets are one keystroke away (a held key, a bad paste).
    while (open.length > 0) {
      const parent = open[open.length - 1];
      if (!inside || parent === undefined) {
        const closed = open.pop();
        this.hasError ||= closed?.type === 'try_statement' && !closed.children.some(({ type }) => HANDLERS.has(type));
        if (open.length === 0) break;
        cursor.gotoParent();
        inside = cursor.gotoNextSibling();
        continue;
      }
      const node = this.node(first ? parent.start : undefined);
      first = false;
      if (node.type === 'comment') {
        this.comments.push(this.comment(node));
      } else if (!DROPPED.has(node.type)) {
        if (node.type === 'ERROR') add(parent, 'errors', node);
        else {
          this.hasError ||= this.isMisplaced(node, parent);
          add(parent, 'children', node);
        }
        if (this.enters(node) && cursor.gotoFirstChild()) {
          open.push(node);
          first = true;
          continue;
        }
      }
      inside = cursor.gotoNextSibling();
    }
    return { root, comments: this.comments, hasError: this.hasError };
  }

  private node(knownStart: number | undefined): OpenNode {
    const { cursor } = this;
    const typeId = cursor.nodeTypeId;
    const isError = typeId === ERROR_TYPE;
    const type = isError ? 'ERROR' : (this.names[typeId] ?? '');
    const named = isError || this.named[typeId] === true;
    const start = knownStart ?? cursor.startIndex + this.base;
    // Punctuation and keywords are as long as their name, but for those of two words and those made up.
    const asked = named || this.mayMiss || type.includes(' ') ? cursor.endIndex + this.base : start + type.length;
    const end = !isError && this.endsInLineEnd(asked) && !LEAVES.has(type) ? asked - 1 : asked;
    const missing = this.mayMiss && start === end && cursor.nodeIsMissing;
    if (PYTHON_2.has(type) && !/^print\s*>>/u.test(this.written(start, start + 20))) this.hasError = true;
    return { type, start, end, named, missing, children: NOTHING, errors: NOTHING };
  }

  /** The grammar counts the first half of "\r\n" to the comment. */
  private comment(node: OpenNode): Comment {
    const text = this.written(node.start, node.end).replace(/\r$/u, '');
    return { span: { start: node.start, end: node.start + text.length }, text };
  }

  /** Of what ends in a comment, the same. */
  private endsInLineEnd(end: number): boolean {
    return this.text[end - this.base - 1] === '\r' && this.text[end - this.base] === '\n';
  }

  /** What the grammar lets pass: two statements on one line, `f(,)`. */
  private isMisplaced(node: OpenNode, parent: OpenNode): boolean {
    const before = parent.children.at(-1);
    if (before === undefined) return false;
    if (node.type === ',') return before.type === '(' && parent.type === 'argument_list';
    if ((parent.type !== 'module' && parent.type !== 'block') || !node.named || !before.named) return false;
    return !/[\n\r]/u.test(this.written(before.end, node.start));
  }

  private enters(node: OpenNode): boolean {
    if (node.type === 'string') return this.mayInterpolate(node) || !this.closes(node);
    return node.named && !LEAVES.has(node.type);
  }

  private mayInterpolate(node: OpenNode): boolean {
    for (let at = node.start; at < node.end; at++) {
      const char = this.text[at - this.base];
      if (char === '"' || char === "'") return false;
      if (char === 'f' || char === 'F' || char === 't' || char === 'T') return true;
    }
    return true;
  }

  private written(start: number, end: number): string {
    return this.text.slice(start - this.base, end - this.base);
  }

  /** A string token that ends in its own quote; the others hold a made-up end, which is an error to be seen. */
  private closes(node: OpenNode): boolean {
    const last = this.text[node.end - this.base - 1];
    return node.end - node.start >= 2 && (last === '"' || last === "'");
  }
}

function add(parent: OpenNode, list: 'children' | 'errors', node: OpenNode): void {
  const present = parent[list];
  if (present === NOTHING) parent[list] = [node];
  else (present as SyntaxNode[]).push(node);
}
