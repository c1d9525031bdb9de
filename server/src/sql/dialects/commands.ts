// The query within a statement that writes its result somewhere.

import { parseSql } from '../parser';
import type { Command, SqlTree } from '../syntaxTree';
import { DialectText, replace, type Translation } from './construct';

const QUERY_WORDS: ReadonlySet<string> = new Set(['SELECT', 'WITH']);

/** `CREATE TABLE x AS SELECT …`, `INSERT INTO x SELECT …` without what stands before the query. */
export function queryOfCommand(tree: SqlTree, { name }: Command): Translation | undefined {
  if (name !== 'CREATE' && name !== 'INSERT') return undefined;
  const sql = new DialectText(tree);
  const query = sql.find(1, QUERY_WORDS);
  const { start } = sql.spanOf(query);
  if (!QUERY_WORDS.has(sql.key(query)) || parseSql(tree.text.slice(start)).errors.length > 0) return undefined;
  return { title: 'Keep only the query', edits: [replace({ start: sql.spanOf(0).start, end: start })], sure: false };
}
