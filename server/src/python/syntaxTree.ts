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
  /** Tells apart subtrees that the library shares between two parses; 0 where nobody asked. */
  readonly id: number;
}

export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly comments: readonly Comment[];
  readonly hasError: boolean;
}

export interface Edit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Parses and reads; one for each process, since the library keeps one global memory. */
export interface Grammar {
  parse(text: string, previous?: Tree): Tree;
  /** The whole tree, or the top-level nodes that begin inside `window`; the others come without children. */
  read(tree: Tree, text: string, wanted?: (id: number, span: Span) => boolean): SyntaxTree;
  edit(tree: Tree, edit: Edit, before: string, after: string): void;
}

export type { Tree };

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

  parse(text: string, previous?: Tree): Tree {
    const tree = this.parser.parse((index) => text.slice(index, index + CHUNK), previous);
    if (tree === null) throw new Error('the Python grammar is not loaded');
    return tree;
  }

  edit(tree: Tree, edit: Edit, before: string, after: string): void {
    tree.edit({
      startIndex: edit.start,
      oldEndIndex: edit.oldEnd,
      newEndIndex: edit.newEnd,
      startPosition: pointAt(before, edit.start),
      oldEndPosition: pointAt(before, edit.oldEnd),
      newEndPosition: pointAt(after, edit.newEnd),
    });
  }

  read(tree: Tree, text: string, wanted?: (id: number, span: Span) => boolean): SyntaxTree {
    const cursor = tree.walk();
    try {
      return new Reader(cursor, text, this.names, this.named, wanted).read();
    } finally {
      cursor.delete();
    }
  }
}

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
  id: number;
}

class Reader {
  private readonly comments: Comment[] = [];
  private hasError = false;

  constructor(
    private readonly cursor: TreeCursor,
    private readonly text: string,
    private readonly names: readonly string[],
    private readonly named: readonly boolean[],
    private readonly wanted: ((id: number, span: Span) => boolean) | undefined,
  ) {}

  read(): SyntaxTree {
    const { cursor } = this;
    const root = this.node(false);
    const open: OpenNode[] = [root];
    let inside = cursor.gotoFirstChild();
    // Walked without recursion, because thousands of nested brackets are one keystroke away (a held key, a bad paste).
    while (open.length > 0) {
      const parent = open[open.length - 1];
      if (!inside || parent === undefined) {
        open.pop();
        if (open.length === 0) break;
        cursor.gotoParent();
        inside = cursor.gotoNextSibling();
        continue;
      }
      const top = open.length === 1;
      const node = this.node(top);
      if (node.type === 'comment') {
        this.comments.push({ span: { start: node.start, end: node.end }, text: this.text.slice(node.start, node.end) });
      } else if (!DROPPED.has(node.type)) {
        if (node.type === 'ERROR') add(parent, 'errors', node);
        else add(parent, 'children', node);
        if (this.enters(node, top) && cursor.gotoFirstChild()) {
          open.push(node);
          continue;
        }
      }
      inside = cursor.gotoNextSibling();
    }
    return { root, comments: this.comments, hasError: this.hasError };
  }

  private node(withId: boolean): OpenNode {
    const { cursor } = this;
    const typeId = cursor.nodeTypeId;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const missing = start === end && cursor.nodeIsMissing;
    const isError = typeId === ERROR_TYPE;
    if (missing || isError) this.hasError = true;
    return {
      type: isError ? 'ERROR' : (this.names[typeId] ?? ''),
      start,
      end,
      named: isError || this.named[typeId] === true,
      missing,
      children: NOTHING,
      errors: NOTHING,
      id: withId ? cursor.nodeId : 0,
    };
  }

  private enters(node: OpenNode, top: boolean): boolean {
    if (node.type === 'string') return this.mayInterpolate(node) || !this.closes(node);
    if (!node.named || LEAVES.has(node.type)) return false;
    return !(top && this.wanted !== undefined && !this.wanted(node.id, node));
  }

  private mayInterpolate(node: OpenNode): boolean {
    for (let at = node.start; at < node.end; at++) {
      const char = this.text[at];
      if (char === '"' || char === "'") return false;
      if (char === 'f' || char === 'F' || char === 't' || char === 'T') return true;
    }
    return true;
  }

  /** A string token that ends in its own quote; the others hold a made-up end, which is an error to be seen. */
  private closes(node: OpenNode): boolean {
    const last = this.text[node.end - 1];
    return node.end - node.start >= 2 && (last === '"' || last === "'");
  }
}

function add(parent: OpenNode, list: 'children' | 'errors', node: OpenNode): void {
  const present = parent[list];
  if (present === NOTHING) parent[list] = [node];
  else (present as SyntaxNode[]).push(node);
}

function pointAt(text: string, index: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: index - lineStart };
}
