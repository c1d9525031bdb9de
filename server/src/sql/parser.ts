// The Spark SQL of a definition: text to tree, by the grammar of Spark 3.5 with the additions of 4. Never fails; takes time in
// proportion to the text.

import { SYMBOL } from '../text/mappedText';
import { Cursor, type Grammar } from './cursor';
import { parseExpression, parseNamedExpression, parseValue } from './expressions';
import { closestKeyword, COMMANDS, COMMANDS_ON_QUERIES, isQueryAt } from './keywords';
import { tokenize } from './lexer';
import { parseQuery } from './queries';
import type { SqlError } from './syntaxErrors';
import type { SqlTree, Statement } from './syntaxTree';
import { scanTemplates } from './templates';
import type { Comment } from './tokens';

const grammar: Grammar = { expression: parseExpression, value: parseValue, namedExpression: parseNamedExpression, query: parseQuery };

/** The tree of a text; parts that only the run time knows are one `SYMBOL` each, and what depends on them is not judged. */
export function parseSql(text: string): SqlTree {
  const { tokens, comments } = tokenize(text, scanTemplates(text));
  const p = new Cursor(text, [...tokens], grammar);
  const statement = parseStatement(p);
  const errors = [...p.errors, ...commentErrors(comments)].sort((a, b) => a.span.start - b.span.start);
  return { text, tokens, comments, statement, errors: sureErrors(text, errors), newer: p.newer };
}

function parseStatement(p: Cursor): Statement {
  const { key, start, token } = p;
  if (token.kind === 'end') {
    p.errors.push({ code: 'syntax', span: token.span, message: 'the query is empty' });
    return p.missing();
  }
  if (COMMANDS.has(key)) return parseCommand(p, start);
  if (!isQueryAt(p.tokens, p.at) && key !== '(' && !correctFirstWord(p)) {
    p.report({
      code: 'syntax',
      span: token.span,
      message: `a query begins with "SELECT", "WITH", "FROM", "VALUES" or "TABLE", not with ${p.quote(token)}`,
    });
    return p.missing();
  }
  const query = parseQuery(p);
  if (COMMANDS_ON_QUERIES.has(p.key) && (query.with !== undefined || query.body.kind === 'fromQuery')) {
    p.errors.length = 0;
    return parseCommand(p, start);
  }
  while (p.take(';'));
  if (p.token.kind !== 'end') p.unexpected(p.tokens[p.at - 1]?.key === ';' ? ': a definition is a single query' : '');
  return query;
}

function parseCommand(p: Cursor, start: number): Statement {
  const name = p.key;
  p.at = p.tokens.length - 1;
  return { kind: 'command', name, span: p.span(start) };
}

function correctFirstWord(p: Cursor): boolean {
  const { token } = p;
  const keyword = token.kind === 'word' ? closestKeyword(token.key, ['SELECT', 'WITH', 'FROM', 'VALUES']) : undefined;
  if (keyword === undefined) return false;
  p.misspelt(token, keyword);
  p.tokens[p.at] = { ...token, key: keyword };
  return isQueryAt(p.tokens, p.at);
}

function commentErrors(comments: readonly Comment[]): SqlError[] {
  return comments
    .filter(({ unclosed }) => unclosed === true)
    .map(({ span }) => ({
      code: 'syntax',
      span: { start: span.start, end: span.start + 2 },
      message: 'the comment that begins here is never closed',
    }));
}

/** Behind a part that only the run time knows nothing is sure: it may hold any text. */
function sureErrors(text: string, errors: readonly SqlError[]): readonly SqlError[] {
  const unknown = text.indexOf(SYMBOL);
  return unknown < 0 ? errors : errors.filter(({ span, related }) => span.end <= unknown && related === undefined);
}
