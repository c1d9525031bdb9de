// A language service under random edits, asked after each of them, with what must hold then. What it did is kept, to be told
// when it goes wrong.

import type { TextEdit } from 'vscode-languageserver-types';
import { LanguageService } from '../../server/src/languageService';
import { withNotebooks } from '../../server/src/python/notebookText';
import type { PythonParser } from '../../server/src/python/parser';
import { commonPrefix } from '../../server/src/text/commonPrefix';
import { LineIndex } from '../../server/src/text/lineIndex';
import { isModule, isNotebook } from '../../server/src/workspace/fileUris';
import { defaultProject, type Project } from '../../server/src/workspace/project';
import { MemoryHost, pathOf, uriOf } from '../support/memoryHost';
import type { Random } from '../support/mutations';
import { applyEdits, editsOf } from '../support/workspaceEdits';
import { flawsOf } from './answerPlaces';
import { type Answer, answersAt, wholeAnswers, workspaceAnswers } from './everyAnswer';
import { randomEdit } from './randomEdits';
import type { Texts } from './startingTexts';

/** What was done so far, over all rounds. */
export const figures = { edits: 0, requests: 0, undone: 0, applied: 0, compared: 0 };

/** A service that has every document open, over a disk that holds the same. */
export async function openService(
  python: PythonParser,
  texts: Texts,
  featureform: Project['featureform'],
): Promise<{ readonly service: LanguageService; readonly disk: MemoryHost }> {
  const disk = new Disk([...texts].map(([path, text]) => [uriOf(path), text] as const));
  const project = { ...defaultProject, featureform };
  const options = { host: disk, python: NO_BYTES, project, projectRoot: '/workspace' };
  const service = new LanguageService(withNotebooks(python, isNotebook), options);
  for (const [path, text] of texts) service.update(uriOf(path), text);
  await service.load();
  return { service, disk };
}

/** Lists what a real host lists: no files of SQL. */
class Disk extends MemoryHost {
  override async listFiles(): Promise<readonly string[]> {
    return (await super.listFiles()).filter(isModule);
  }
}

const eras = ['auto', 'auto', 'auto', 'current', 'legacy'] as const;
const NO_BYTES = { runtime: new Uint8Array(), grammar: new Uint8Array() };

export class EditedService {
  private readonly texts: Map<string, string>;
  private readonly service: LanguageService;
  private readonly disk: MemoryHost;

  private constructor(
    private readonly python: PythonParser,
    { service, disk }: Awaited<ReturnType<typeof openService>>,
    texts: Texts,
    private featureform: Project['featureform'],
    private readonly random: Random,
  ) {
    this.service = service;
    this.disk = disk;
    this.texts = new Map([...texts].map(([path, text]) => [uriOf(path), text]));
  }

  static async open(python: PythonParser, texts: Texts, random: Random): Promise<EditedService> {
    const featureform = random.pick(eras);
    return new EditedService(python, await openService(python, texts, featureform), texts, featureform, random);
  }

  /** What people do: they edit, most of the time; they take what the service proposes; and they do things outside of the editor. */
  async step(): Promise<void> {
    switch (this.random.below(16)) {
      case 0:
        await this.changeDisk();
        break;
      case 1:
      case 2:
        await this.applySuggestion(this.random.pick([...this.texts.keys()]));
        break;
      default:
        await this.edit();
    }
  }

  /** Asks a service that knows the present texts alone, and expects the same answers. */
  async compareWithFresh(): Promise<void> {
    const texts = new Map([...this.texts].map(([uri, text]) => [pathOf(uri), text] as const));
    const { service: fresh } = await openService(this.python, texts, this.featureform);
    const uris = this.random.below(2) === 0 ? fresh.documents : fresh.documents.toReversed();
    for (const uri of uris) {
      const text = this.textOf(uri);
      const places = Array.from({ length: 3 }, () => this.place(text));
      compare(await wholeAnswers(this.service, uri, text), await wholeAnswers(fresh, uri, text));
      for (const place of places) compare(answersAt(this.service, uri, text, place), answersAt(fresh, uri, text, place));
    }
    compare(workspaceAnswers(this.service), workspaceAnswers(fresh));
    figures.compared++;
  }

  /** One edit with questions on the way, now and then taken back and done again. */
  private async edit(): Promise<void> {
    const { random } = this;
    const uri = random.pick([...this.texts.keys()]);
    const before = this.textOf(uri);
    // Often nobody asks between two edits, and an edit finds nothing that is known.
    const known = random.below(3) > 0 ? this.problems() : undefined;
    const others = [...this.texts.values()].filter((text) => text.length > 0);
    for (const text of randomEdit(before, others, random)) {
      await this.update(uri, text);
      if (random.below(2) === 0) await this.ask(uri, 1);
    }
    await this.ask(uri, 2);
    if (known === undefined || random.below(2) === 0) return;
    const after = this.textOf(uri);
    await this.update(uri, before);
    figures.undone++;
    same('the problems after undoing an edit', this.problems(), known);
    if (random.below(3) > 0) await this.update(uri, after);
  }

  private async applySuggestion(uri: string): Promise<void> {
    for (const [changed, edits] of this.suggestion(uri)) {
      figures.applied++;
      await this.update(changed, applyEdits(this.textOf(changed), edits));
    }
    await this.ask(uri, 1);
  }

  /** What happens outside of the editor, or beside its texts. */
  private async changeDisk(): Promise<void> {
    const { random, service, disk } = this;
    const uri = random.pick([...this.texts.keys()]);
    const created = uriOf(random.pick(['created.py', 'sources.py', 'queries/other.sql', 'queries/daily.sql']));
    switch (random.below(5)) {
      case 0:
        this.featureform = random.pick(eras);
        service.setProject({ ...defaultProject, featureform: this.featureform }, '/workspace');
        return;
      case 1:
        if (this.texts.size === 1 || isNotebook(uri)) return;
        this.texts.delete(uri);
        disk.write(uri, undefined);
        if (service.isOpen(uri)) await service.close(uri);
        await service.fileChanged(uri);
        return;
      case 2: {
        const text = await disk.readFile(uri);
        if (text === undefined || isNotebook(uri)) return;
        this.texts.set(uri, text);
        await service.close(uri);
        return;
      }
      default: {
        if (this.texts.has(created)) return;
        const text = random.pick([...this.texts.values()]);
        this.texts.set(created, text);
        disk.write(created, text);
        await service.fileChanged(created);
      }
    }
  }

  private async update(uri: string, text: string): Promise<void> {
    figures.edits++;
    const { service } = this;
    const isChecking = this.random.below(4) === 0;
    const before = isChecking
      ? service.documents.map((one) => ({ one, problems: service.diagnostics(one), version: service.diagnosticsVersion(one) }))
      : [];
    this.texts.set(uri, text);
    service.update(uri, text);
    await service.readQueries();
    // An editor asks for the problems of a document again only where they are said to have changed.
    for (const { one, problems, version } of before) {
      if (service.diagnosticsVersion(one) !== version) continue;
      same(`the problems of ${one}, which are said to be as before,`, service.diagnostics(one), problems);
    }
  }

  private async ask(uri: string, places: number): Promise<void> {
    const text = this.textOf(uri);
    const asked: Answer[] = [];
    if (this.random.below(2) === 0) asked.push(...(await wholeAnswers(this.service, uri, text)));
    for (let n = 0; n < places; n++) asked.push(...answersAt(this.service, uri, text, this.place(text)));
    if (this.random.below(4) === 0) asked.push(...workspaceAnswers(this.service));
    figures.requests += asked.length;
    const flaws = asked.flatMap((one) => flawsOf(one, (other) => this.texts.get(other)));
    if (flaws.length > 0) throw new Error(flaws.slice(0, 5).join('\n'));
  }

  /** What the service itself proposes to do to a document, by document. */
  private suggestion(uri: string): ReadonlyMap<string, readonly TextEdit[]> {
    const { random, service } = this;
    const text = this.textOf(uri);
    const position = new LineIndex(text).positionAt(this.place(text));
    const format = { width: 60, keywordCase: 'lower' } as const;
    switch (random.below(4)) {
      case 0: {
        const renamed = service.rename(uri, position, 'renamed', { annotated: false });
        return renamed?.kind === 'edit' ? editsOf(renamed.edit) : new Map();
      }
      case 1:
        return new Map([[uri, service.formatting(uri, format)]]);
      case 2: {
        const edits = (service.completion(uri, position)?.items ?? []).flatMap(({ textEdit }) =>
          textEdit !== undefined && 'range' in textEdit ? [textEdit] : [],
        );
        return edits.length === 0 ? new Map() : new Map([[uri, [random.pick(edits)]]]);
      }
      default: {
        const edits = service.codeAction(uri, { start: position, end: position }, { format }).flatMap(({ edit }) => edit ?? []);
        return edits.length === 0 ? new Map() : editsOf(random.pick(edits));
      }
    }
  }

  /** A place to ask at: most often where a query or a name is, never between the two characters of a line end. */
  private place(text: string): number {
    const at = this.random.below(text.length + 1);
    const [found] = /[{<"'.\w]+/.exec(text.slice(at)) ?? [];
    const place = this.random.below(2) === 0 || found === undefined ? at : text.indexOf(found, at) + this.random.below(found.length + 1);
    return text[place] === '\n' && text[place - 1] === '\r' ? place - 1 : place;
  }

  private problems(): unknown {
    return this.service.documents.map((uri) => [uri, this.service.diagnostics(uri)]);
  }

  private textOf(uri: string): string {
    return this.texts.get(uri) ?? '';
  }
}

function compare(answers: readonly Answer[], fresh: readonly Answer[]): void {
  for (const [index, { feature, uri, offset, answer }] of answers.entries()) {
    same(`${feature} in ${uri} at ${offset ?? 0}, against a service that was started anew,`, answer, fresh[index]?.answer);
  }
}

function same(what: string, found: unknown, expected: unknown): void {
  const [is, should] = [written(found), written(expected)];
  if (is === should) return;
  const at = commonPrefix(is, should);
  const [from, to] = [Math.max(0, at - 300), at + 200];
  throw new Error(`${what} differ:\n  found    … ${is.slice(from, to)}\n  expected … ${should.slice(from, to)}`);
}

function written(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}
