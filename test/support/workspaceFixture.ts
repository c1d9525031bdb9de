// A workspace in one string: the text of `definitions.py`, then further files, each behind a line `--- path`. The cursors
// `$0`, `$1`, … stand in any of them; `sparkform.json` holds the project settings.

import { createLanguageService, type LanguageService } from '../../server/src/languageService';
import { LineIndex } from '../../server/src/text/lineIndex';
import { parseProject } from '../../server/src/workspace/project';
import { parseCursors } from './fixture/cursor';
import { MemoryHost, uriOf, workspaceRoot } from './memoryHost';
import { pythonForTests } from './python';

const projectFile = 'sparkform.json';

export interface WorkspaceFixture {
  readonly service: LanguageService;
  readonly host: MemoryHost;
  /** Texts without cursors, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Where each cursor stands. */
  readonly cursors: readonly Cursor[];
}

export interface Cursor {
  readonly uri: string;
  readonly path: string;
  readonly offset: number;
  readonly position: { readonly line: number; readonly character: number };
}

export async function openFixture(marked: string): Promise<WorkspaceFixture> {
  const { texts, cursors } = parseFixture(marked);
  const host = new MemoryHost([...texts].filter(([path]) => path !== projectFile).map(([path, text]) => [uriOf(path), text]));
  const settings = texts.get(projectFile);
  const { project } = parseProject(settings ?? '{}');
  const projectRoot = new URL(workspaceRoot).pathname;
  const service = await createLanguageService({ host, python: pythonForTests(), project, projectRoot });
  await service.load();
  return { service, host, texts, cursors };
}

/** The one cursor of a fixture, `$0`. */
export async function openAtCursor(marked: string): Promise<WorkspaceFixture & { readonly cursor: Cursor }> {
  const fixture = await openFixture(marked);
  const [cursor] = fixture.cursors;
  if (cursor === undefined || fixture.cursors.length !== 1) throw new Error('expected exactly one cursor, $0');
  return { ...fixture, cursor };
}

export function parseFixture(marked: string): Pick<WorkspaceFixture, 'texts' | 'cursors'> {
  const texts = new Map<string, string>();
  const cursors: Cursor[] = [];
  const [first = '', ...rest] = marked.split(/^--- (.+)\n/m);
  const files = [['definitions.py', first]];
  for (let at = 0; at < rest.length; at += 2) files.push([rest[at] ?? '', rest[at + 1] ?? '']);
  for (const [path = '', markedText = ''] of files) {
    const { text, offsets } = parseCursors(markedText);
    texts.set(path, text);
    const lines = new LineIndex(text);
    offsets.forEach((offset, number) => {
      cursors[number] = { uri: uriOf(path), path, offset, position: lines.positionAt(offset) };
    });
  }
  return { texts, cursors };
}

/** `path:line:character "text"` of a range, lines and characters from one, as people read them. */
export function placeText(texts: ReadonlyMap<string, string>, path: string, range: { start: LinePlace; end: LinePlace }): string {
  const text = texts.get(path);
  if (text === undefined) throw new Error(`the fixture holds no ${path}`);
  const lines = new LineIndex(text);
  const written = text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
  return `${path}:${range.start.line + 1}:${range.start.character + 1} ${written}`;
}

interface LinePlace {
  readonly line: number;
  readonly character: number;
}
