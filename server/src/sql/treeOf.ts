// The tree of a text that was asked for a moment ago: one request after another is about the same query.

import { parseSql } from './parser';
import type { SqlTree } from './syntaxTree';

/** Enough for the query under the cursor, and for one that it is compared with. */
const MOST = 4;

/** The newest last. Held weakly: a tree is no reason to keep memory. */
const remembered: { readonly text: string; readonly tree: WeakRef<SqlTree> }[] = [];

/** What `parseSql` gives, without parsing the text again where it was parsed just now. */
export function treeOf(text: string): SqlTree {
  const known = remembered.find((one) => one.text === text)?.tree.deref();
  if (known !== undefined) return known;
  const tree = parseSql(text);
  remembered.push({ text, tree: new WeakRef(tree) });
  if (remembered.length > MOST) remembered.shift();
  return tree;
}
