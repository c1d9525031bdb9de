// Damages queries by the token, as half-finished edits and slips do: the same damage for the same seed.

import type { Random } from '../support/mutations';

/** White space and comments stay as they are; all else is a token. */
const pieces =
  /\s+|--[^\n]*|\/\*(?!\+)(?:[^*]|\*(?!\/))*\*\/|'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`(?:``|[^`])*`|\/\*\+|\*\/|<=>|[<>!=]=|<>|\|\||->|=>|[\w.]+|[^]/gu;
const isBlank = /^(?:\s|--|\/\*(?!\+))/;

const keywords = (
  'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET WITH AS DISTINCT ALL UNION EXCEPT INTERSECT JOIN LEFT RIGHT FULL INNER OUTER CROSS ' +
  'NATURAL SEMI ANTI ON USING LATERAL VIEW VALUES TABLE CASE WHEN THEN ELSE END CAST AND OR NOT IN IS NULL LIKE BETWEEN EXISTS OVER PARTITION ' +
  'ROWS RANGE WINDOW INTERVAL DATE PIVOT UNPIVOT TABLESAMPLE FOR ASC DESC NULLS FIRST TRUE ANY SET ROLLUP'
).split(' ');
const punctuation = ['(', ')', ',', '.', '[', ']', '*', '=', '+', '-', '<', '::', '->', ';', ':', '|>', "'", '`', '@'];

/** A text with one to three kinds of damage. */
export function mutateQuery(text: string, corpus: readonly string[], random: Random): string {
  const parts = splitQuery(text);
  for (let rounds = 1 + (random.below(2) === 0 ? 0 : random.below(3)); rounds > 0; rounds--) damage(parts, corpus, random);
  return parts.join('');
}

export function splitQuery(text: string): string[] {
  return text.match(pieces) ?? [];
}

function damage(parts: string[], corpus: readonly string[], random: Random): void {
  const places = parts.flatMap((part, index) => (isBlank.test(part) ? [] : [index]));
  if (places.length < 2) return;
  const at = random.pick(places);
  const part = parts[at] ?? '';
  switch (random.below(9)) {
    case 0:
    case 1:
      // A blank stays where the token was, so that its neighbours do not grow together.
      parts[at] = ' ';
      break;
    case 2:
      parts.splice(at, 0, part, ' ');
      break;
    case 3: {
      const other = places[places.indexOf(at) + 1] ?? at;
      [parts[at], parts[other]] = [parts[other] ?? '', part];
      break;
    }
    case 4:
      parts[at] = otherToken(corpus, random);
      break;
    case 5:
      parts.splice(at, 0, ` ${random.pick(keywords)} `);
      break;
    case 6:
      parts.splice(at, 0, ` ${random.pick(punctuation)} `);
      break;
    case 7:
      parts[at] = misspell(part, random);
      break;
    default:
      parts.length = at;
  }
}

function otherToken(corpus: readonly string[], random: Random): string {
  return random.pick(splitQuery(random.pick(corpus)).filter((part) => !isBlank.test(part)));
}

function misspell(word: string, random: Random): string {
  const at = random.below(word.length);
  if (random.below(2) === 0) return word.slice(0, at) + word.slice(at + 1);
  return word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2);
}
