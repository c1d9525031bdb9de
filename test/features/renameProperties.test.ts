// After any rename `check` finds what it found before, the graph is the same but for the name, and renaming back gives the
// text byte for byte.

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createLanguageService, type LanguageService } from '../../server/src/languageService';
import type { Resource } from '../../server/src/definitions/resources';
import type { Project } from '../../server/src/workspace/project';
import { defaultProject } from '../../server/src/workspace/project';
import { generateWorkspace } from '../support/generatedWorkspace';
import { MemoryHost, pathOf, uriOf } from '../support/memoryHost';
import { pythonForTests } from '../support/python';
import { applyEdits, editsOf } from '../support/workspaceEdits';
import { readWorkspace } from '../support/workspaceFolder';

type Texts = ReadonlyMap<string, string>;

async function open(files: Texts, project: Project): Promise<LanguageService> {
  const host = new MemoryHost([...files].map(([path, text]) => [uriOf(path), text] as const));
  const service = await createLanguageService({ host, python: pythonForTests(), project });
  await service.load();
  return service;
}

function texts(service: LanguageService): Texts {
  return new Map([...service.snapshot.files].map(([uri, { text }]) => [pathOf(uri), text]));
}

/** Problems and graph with `name` spelled as another: what must be equal before and after. */
function described(service: LanguageService, respell: (text: string) => string): readonly string[] {
  const { snapshot } = service;
  const problems = service.documents.flatMap((uri) =>
    service
      .diagnostics(uri)
      .map(
        ({ code, severity, message, range }) =>
          `${pathOf(uri)}:${range.start.line} ${String(severity)} ${String(code)} ${respell(typeof message === 'string' ? message : message.value)}`,
      ),
  );
  const keys = [...new Set(snapshot.index.all.map((one) => snapshot.keyOf(one)))];
  const graph = keys.map((key) => `${respell(key)} <- ${snapshot.graph.inputs(key).map(respell).join(' ')}`);
  return [...problems.sort(), ...graph.sort()];
}

/** Renames at the place; the reason where that is refused. */
function renameAt(service: LanguageService, { uri, offset }: Place, newName: string): string | undefined {
  const position = service.snapshot.files.get(uri)?.lines.positionAt(offset);
  if (position === undefined) throw new Error(`no document ${uri}`);
  const answer = service.rename(uri, position, newName, { annotated: true });
  if (answer?.kind !== 'edit') return answer?.reason ?? 'nothing to rename';
  const changed = [...editsOf(answer.edit)].map(
    ([one, edits]) => [one, applyEdits(service.snapshot.files.get(one)?.text ?? '', edits)] as const,
  );
  for (const [one, text] of changed) service.update(one, text);
  return undefined;
}

interface Place {
  readonly uri: string;
  readonly offset: number;
}

/** Where the name or the variant of a definition is written, perhaps as a constant elsewhere. */
function placeOf(resource: Resource | undefined, part: 'name' | 'variant'): Place | undefined {
  const written = part === 'name' ? resource?.name : resource?.variant?.kind === 'written' ? resource.variant.name : undefined;
  if (resource === undefined || written?.text === undefined) return undefined;
  const segment = written.mapped?.segments.at(-1);
  return segment === undefined ? { uri: resource.uri, offset: written.span.start } : { uri: segment.uri, offset: segment.source.start };
}

/** Renames the name and the variant of every resource to fresh ones and back. Answers with the reasons of refusals. */
function checkEveryRename(service: LanguageService, every = 1): { readonly done: number; readonly refused: readonly string[] } {
  const refused: string[] = [];
  let done = 0;
  const count = service.snapshot.index.all.length;
  for (let index = 0; index < count; index += every) {
    for (const part of ['name', 'variant'] as const) {
      const resource = service.snapshot.index.all[index];
      if (resource === undefined || placeOf(resource, part) === undefined) continue;
      const reason = checkRename(service, index, part);
      if (reason === undefined) done++;
      else refused.push(`${resource.type} ${resource.name.key} ${part}: ${reason}`);
    }
  }
  return { done, refused };
}

function checkRename(service: LanguageService, index: number, part: 'name' | 'variant'): string | undefined {
  const place = placeOf(service.snapshot.index.all[index], part);
  const position = place && service.snapshot.files.get(place.uri)?.lines.positionAt(place.offset);
  const prepared = place && position && service.prepareRename(place.uri, position);
  if (place === undefined || prepared === undefined) return 'nothing to rename';
  if (prepared.kind === 'refused') return prepared.reason;
  const before = texts(service);
  const old = prepared.placeholder;
  const fresh = /^\p{Lu}/u.test(old) ? 'Zyxwv9' : 'zyxwv9';
  // Words of the messages that look like the old name stay what they are; offsets in keys move with the texts.
  const names = new RegExp(`${fresh}|${escaped(old)}`, 'giu');
  const blank = (text: string): string => text.replaceAll(names, '*').replaceAll(/#\d+/g, '#');
  const was = described(service, blank);
  const reason = renameAt(service, place, fresh);
  if (reason !== undefined) return reason;
  expect(texts(service)).not.toEqual(before);
  expect(described(service, blank)).toEqual(was);
  const back = placeOf(service.snapshot.index.all[index], part);
  expect(back === undefined ? 'gone' : renameAt(service, back, old), `${part} "${old}" back`).toBeUndefined();
  expect(texts(service)).toEqual(before);
  return undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const flights = new URL('../../examples/flights/', import.meta.url);

const leftOut =
  'source average_user_transaction variant: the variant "default" of the source "average_user_transaction" cannot be renamed: it is left out at sql_with_dataframe_source.py:2, where it is meant';
const sharedByLoop = 'this text is part of the variant "v1" of the source "loop_a" and of the variant "v1" of the source "loop_b"';
const loopKey = 'the text that writes it is also used at steps.py:60';
const sharedByBoth = 'this text is part of the source "refunds_2024_06" and of the variant "2024_06" of the source "refunds_2024_06"';

test.each([
  ['seed', 'auto', 4, [leftOut]],
  ['seed', 'current', 5, []],
  ['seed-repaired', 'auto', 4, [leftOut]],
  ['seed-registered', 'auto', 6, [leftOut]],
  ['seed-registered', 'current', 7, []],
  ['today', 'auto', 103, [`source refunds_2024_06 name: ${sharedByBoth}`, `source refunds_2024_06 variant: ${sharedByBoth}`]],
  ['runs', 'auto', 7, []],
  [
    'nested',
    'auto',
    7,
    [
      `source loop_a name: the source "loop_a" cannot be renamed: ${loopKey}`,
      `source loop_a variant: ${sharedByLoop}`,
      `source loop_b name: the source "loop_b" cannot be renamed: ${loopKey}`,
      `source loop_b variant: ${sharedByLoop}`,
    ],
  ],
  ['editor', 'auto', 16, []],
] as const)('every resource of the workspace "%s", read as %s', async (name, featureform, done, refused) => {
  const service = await open(readWorkspace(name), { ...defaultProject, featureform });
  expect(checkEveryRename(service)).toEqual({ done, refused });
});

test('every resource of the example', async () => {
  const paths = readdirSync(flights).filter((path) => path.endsWith('.py'));
  const service = await open(new Map(paths.map((path) => [path, readFileSync(new URL(path, flights), 'utf8')])), defaultProject);
  expect(checkEveryRename(service)).toEqual({ done: 21, refused: [] });
});

test('resources of generated workspaces', async () => {
  const service = await open(new Map(generateWorkspace(300).map(({ name, text }) => [name, text])), defaultProject);
  const { done, refused } = checkEveryRename(service, 11);
  expect(refused).toEqual([]);
  expect(done).toBeGreaterThan(50);
});
