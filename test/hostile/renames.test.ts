// Random renames of resources, variants, queries of WITH and aliases, in workspaces of many forms, sound and damaged: refused
// with a reason, or afterwards the same problems stand at the same places, and renaming back gives every text as it was.
// SPARKFORM_FUZZ_ROUNDS and SPARKFORM_FUZZ_SEED ask for more rounds, and others.

import type { TextEdit } from 'vscode-languageserver-types';
import { expect, it } from 'vitest';
import type { LanguageService } from '../../server/src/languageService';
import { LineIndex } from '../../server/src/text/lineIndex';
import type { Random } from '../support/mutations';
import { uriOf } from '../support/memoryHost';
import { parserForTests } from '../support/python';
import { applyEdits, editsOf } from '../support/workspaceEdits';
import { openService } from './editedService';
import { randomEdit } from './randomEdits';
import { expectSoundRounds, rounds, roundsTimeout, seed } from './rounds';
import { startingTexts } from './startingTexts';

const triesPerRound = 40;
const soundName = /^(?!.*__)[\p{L}\p{N}][\w-]*(?<!_)$/u;
const figures = { renamed: 0, refused: 0, nothing: 0 };

it(
  `${String(rounds)} rounds of random renames from seed ${String(seed)} change nothing but names`,
  async () => {
    const python = await parserForTests();
    await expectSoundRounds(figures, async (random) => {
      const texts = new Map(startingTexts(random));
      const isDamaged = random.below(3) === 0;
      for (const [path, text] of isDamaged ? texts : []) texts.set(path, randomEdit(text, [text, 'x'], random).at(-1) ?? text);
      const { service } = await openService(python, texts, 'auto');
      for (let n = 0; n < triesPerRound; n++) renameSomething(service, random);
    });
  },
  roundsTimeout,
);

function renameSomething(service: LanguageService, random: Random): void {
  const uri = random.pick(service.documents);
  const file = service.snapshot.files.get(uri);
  if (file === undefined || file.text === '') return;
  const offset = nameNear(file.text, random);
  const position = file.lines.positionAt(offset);
  const prepared = service.prepareRename(uri, position);
  if (prepared?.kind !== 'place') {
    figures.nothing++;
    return;
  }
  const old = prepared.placeholder;
  const fresh = /^\p{Lu}/u.test(old) ? 'Zyxwv9' : 'zyxwv9';
  const before = textsOf(service);
  const problems = problemsOf(service);
  const asked = `${old} at ${uri}:${String(position.line + 1)}:${String(position.character + 1)}`;
  const answer = service.rename(uri, position, fresh, { annotated: false });
  if (answer?.kind !== 'edit') {
    if (answer === undefined || answer.reason.trim() === '') throw new Error(`${asked} is refused without a reason`);
    figures.refused++;
    return;
  }
  figures.renamed++;
  const edits = editsOf(answer.edit);
  const moves = new Map([...edits].map(([one, changes]) => [one, movesOf(before.get(one) ?? '', changes)]));
  apply(service, edits);
  const expected = problems.map((one) => written({ ...one, start: moved(moves, one.uri, one.start), end: moved(moves, one.uri, one.end) }));
  const found = problemsOf(service).map(written);
  // A name that is none is a problem by itself, which goes with it, and nothing may be given such a name. One name may be the beginning
  // of another, which the new one is not.
  const isSound = soundName.test(old);
  const gone = isSound ? expected.filter((one) => !found.includes(one) && !one.endsWith(' variant-prefix-collision')) : [];
  const added = isSound || found.length > expected.length ? found.filter((one) => !expected.includes(one)) : [];
  if (gone.length + added.length > 0)
    throw new Error(`the problems after renaming ${asked}:\n- ${gone.join('\n- ')}\n+ ${added.join('\n+ ')}`);
  if (!isSound) {
    for (const [one, text] of before) service.update(one, text);
    return;
  }
  const back = service.snapshot.files.get(uri)?.lines.positionAt(moved(moves, uri, file.lines.offsetAt(prepared.range.start)));
  const answerBack = back && service.rename(uri, back, old, { annotated: false });
  // A name of a query may be written in several cases, of which the one at the cursor need not be free.
  const isOfQuery = !service.snapshot.index.all.some(({ name, variant }) =>
    [name.text, variant?.kind === 'written' && variant.name.text].includes(fresh),
  );
  const collided = answerBack?.kind === 'refused' && answerBack.reason.includes('variant-prefix-collision');
  if (answerBack?.kind !== 'edit' && (isOfQuery || collided)) {
    for (const [one, text] of before) service.update(one, text);
    return;
  }
  if (answerBack?.kind !== 'edit') throw new Error(`${asked} cannot be renamed back: ${answerBack?.reason ?? 'nothing to rename'}`);
  apply(service, editsOf(answerBack.edit));
  // Neither capitals nor needless backquotes are kept of it, nor where adjacent literals share a name.
  const plain = (texts: ReadonlyMap<string, string>): unknown =>
    [...texts].map(([one, text]) => [one, (isOfQuery ? text.replaceAll('`', '').toLowerCase() : text).replaceAll(/(["'])\s*\1/g, '')]);
  expect(plain(textsOf(service)), `the texts after renaming ${asked} and back`).toEqual(plain(before));
}

/** A place in a word, since most others have nothing to rename. */
function nameNear(text: string, random: Random): number {
  const at = random.below(text.length);
  const found = /\w+/.exec(text.slice(at));
  return found === null ? at : at + found.index + random.below(found[0].length + 1);
}

function apply(service: LanguageService, edits: ReadonlyMap<string, readonly TextEdit[]>): void {
  const changed = [...edits].map(([uri, changes]) => [uri, applyEdits(service.snapshot.files.get(uri)?.text ?? '', changes)] as const);
  for (const [uri, text] of changed) service.update(uri, text);
}

function textsOf(service: LanguageService): ReadonlyMap<string, string> {
  return new Map([...service.snapshot.files].map(([uri, { text }]) => [uri, text]));
}

interface PlacedProblem {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

/** What a message proposes instead may be another by the new name: the rule and its place stay. */
function problemsOf(service: LanguageService): readonly PlacedProblem[] {
  return service.documents.flatMap((uri) => {
    const lines = new LineIndex(service.snapshot.files.get(uri)?.text ?? '');
    return service.diagnostics(uri).map(({ code, severity, range }) => ({
      uri,
      start: lines.offsetAt(range.start),
      end: lines.offsetAt(range.end),
      what: `${String(severity)} ${String(code)}`,
    }));
  });
}

function written({ uri, start, end, what }: PlacedProblem): string {
  return `${uri.slice(uriOf('').length)} ${String(start)}-${String(end)} ${what}`;
}

type Moves = readonly { readonly start: number; readonly end: number; readonly delta: number }[];

function movesOf(text: string, edits: readonly TextEdit[]): Moves {
  const lines = new LineIndex(text);
  return edits.map(({ range, newText }) => {
    const [start, end] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
    return { start, end, delta: newText.length - (end - start) };
  });
}

/** Where an offset stands after the edits in front of it. */
function moved(moves: ReadonlyMap<string, Moves>, uri: string, offset: number): number {
  return (moves.get(uri) ?? []).reduce((sum, { start, end, delta }) => (end <= offset && start < offset ? sum + delta : sum), offset);
}
