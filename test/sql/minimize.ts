// Makes a text on which our parser and Spark's disagree as short as it can be, piece by piece, so that the reason shows.

import { compare, type Comparison } from './agreement';
import type { Judge } from './judge';
import { splitQuery } from './mutate';

/** Rounds of questions to the judge after which what is left is short enough. */
const maxRounds = 60;

/** A text within the given one, with the same kind of disagreement. */
export async function minimize(found: Comparison, judge: Judge): Promise<Comparison> {
  let best = found;
  let pieces = splitQuery(found.text);
  let length = Math.ceil(pieces.length / 2);
  for (let round = 0; round < maxRounds && length > 0; round++) {
    const texts = candidates(pieces, length).filter(({ text }) => mayDisagree(text, found));
    const verdicts = await judge.judge(texts.map(({ text }) => text));
    const compared = texts.map(({ text }, index) => compare(text, verdicts[index] ?? {}));
    const at = compared.findIndex(({ agreement }) => agreement === found.agreement);
    const shorter = compared[at];
    if (shorter === undefined) length = Math.floor(length / 2);
    else {
      best = shorter;
      pieces = texts[at]?.pieces ?? [];
      length = Math.min(length, Math.ceil(pieces.length / 2));
    }
  }
  return best;
}

/** The pieces without so many in a row, for each place. */
function candidates(pieces: readonly string[], length: number): { readonly pieces: string[]; readonly text: string }[] {
  const step = Math.max(1, Math.floor(length / 2));
  const found = [];
  for (let at = 0; at < pieces.length; at += step) {
    if (pieces.slice(at, at + length).every((piece) => piece.trim() === '')) continue;
    const rest = [...pieces.slice(0, at), ...pieces.slice(at + length)];
    found.push({ pieces: rest, text: rest.join('') });
  }
  return found;
}

/** Only what we still judge alike is worth a question. */
function mayDisagree(text: string, { agreement }: Comparison): boolean {
  const isOurs = compare(text, { statement: 'query' }).agreement === 'agreed';
  return isOurs === (agreement === 'lax' || agreement === 'lenient');
}
