// The text of an expression without what does not change its value: white space, comments, the choice of quotes.

import type { Expression } from './ast';
import { expressionsWithin } from './walk';

export interface NormalisedExpression {
  readonly text: string;
  /** The names that stand in it, in the order of their first appearance. */
  readonly names: readonly string[];
}

const TOKENS = /("""|''')[\s\S]*?\1|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|#[^\n]*|\\\r?\n|\s+|[^\s"'#\\]+|[\s\S]/gu;

export function normalised(node: Expression, text: string): NormalisedExpression {
  const parts: string[] = [];
  for (const [token] of text.slice(node.span.start, node.span.end).matchAll(TOKENS)) {
    if (token.startsWith('#')) continue;
    if (token.trim() === '' || token.startsWith('\\\n') || token.startsWith('\\\r')) {
      if (parts.at(-1) !== ' ') parts.push(' ');
    } else parts.push(requoted(token));
  }
  const names = new Set<string>();
  for (const part of expressionsWithin(node)) if (part.kind === 'name') names.add(part.name);
  // A space matters only between two words.
  return {
    text: parts
      .join('')
      .trim()
      .replace(/(?<![\w"']) | (?![\w"'])/gu, ''),
    names: [...names],
  };
}

function requoted(token: string): string {
  if (!token.startsWith("'") || token.startsWith("'''") || /["\\]/u.test(token)) return token;
  return token.length < 2 ? token : `"${token.slice(1, -1)}"`;
}
