// SQL's LIKE without regular expressions, so that no pattern takes longer than text times pattern.

type LikePart = { readonly kind: 'any' } | { readonly kind: 'one' } | { readonly kind: 'text'; readonly text: string };

export interface LikePattern {
  matches(text: string): boolean;
  /** What every match begins with. */
  readonly prefix: string;
}

/** `%` any text, `_` any character (a code point), `\` takes the next one as it is; at the end it is itself. */
export function parseLike(pattern: string): LikePattern {
  const parts = parseParts(pattern);
  const [first, second, third] = parts;
  const prefix = first?.kind === 'text' ? first.text : '';
  if (!first) return { prefix, matches: (text) => text === '' };
  if (first.kind === 'text' && !second) return { prefix, matches: (text) => text === first.text };
  if (first.kind === 'text' && second?.kind === 'any' && !third) return { prefix, matches: (text) => text.startsWith(first.text) };
  if (first.kind === 'any' && second?.kind === 'text' && !third) return { prefix, matches: (text) => text.endsWith(second.text) };
  if (first.kind === 'any' && second?.kind === 'text' && third?.kind === 'any' && parts.length === 3)
    return { prefix, matches: (text) => text.includes(second.text) };
  const tokens = parts.flatMap((part): readonly Token[] =>
    part.kind === 'text' ? Array.from(part.text) : [part.kind === 'any' ? anyText : anyCharacter],
  );
  return { prefix, matches: (text) => matchTokens(Array.from(text), tokens) };
}

const anyText: unique symbol = Symbol('any text');
const anyCharacter: unique symbol = Symbol('any character');
type Token = string | typeof anyText | typeof anyCharacter;

function parseParts(pattern: string): readonly LikePart[] {
  const parts: LikePart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === '\\' && index + 1 < pattern.length) text += pattern.charAt(++index);
    else if (character === '_' || character === '%') {
      flush();
      if (character === '_') parts.push({ kind: 'one' });
      else if (parts.at(-1)?.kind !== 'any') parts.push({ kind: 'any' });
    } else text += character;
  }
  flush();
  return parts;
}

/** Goes back only to the latest `%`: an earlier one could take no more than that one. */
function matchTokens(text: readonly string[], tokens: readonly Token[]): boolean {
  let [at, token, retryAt, retryToken] = [0, 0, 0, -1];
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === anyText) {
      retryToken = token++;
      retryAt = at;
    } else if (wanted !== undefined && (wanted === anyCharacter || wanted === text[at])) {
      token++;
      at++;
    } else if (retryToken >= 0) {
      token = retryToken + 1;
      at = ++retryAt;
    } else return false;
  }
  while (tokens[token] === anyText) token++;
  return token === tokens.length;
}
