// The phases of an edit: parsed (tree), read (resources), indexed (who defines and mentions what), published (snapshot).
// A file is re-read only when its text, the era or something it imports changed; the rest of the workspace keeps what it had.

import { readDefinitions, readQueryFile, type ImportedModule, type ReadModule } from '../definitions/readDefinitions';
import type { Reference, Resource } from '../definitions/resources';
import type { Module } from '../python/ast';
import type { KnownTexts, PythonParser } from '../python/parser';
import { LineIndex } from '../text/lineIndex';
import { filesOf, keysAffected } from './filesAffected';
import { isQueryFile, pathOfUri } from './fileUris';
import { SnapshotGraph, StrongComponents } from './graph';
import type { WorkspaceHost } from './host';
import { importCandidates } from './imports';
import { localEditOf, type LocalEdit } from './localEdit';
import type { Project } from './project';
import { QueryFiles, withoutStatements } from './queryFiles';
import { indexFile, IndexTables, keyOf, SnapshotIndex, variantText, type FileIndex } from './resourceIndex';
import type { Era, FileSnapshot, Snapshot } from './snapshot';
import { changedKeys, sameExports, sameInputs, surfaceOf } from './surface';

export interface WorkspaceChange {
  readonly snapshot: Snapshot;
  /** Files whose problems may differ now, the changed file first. */
  readonly affected: readonly string[];
  /** True when something that other files can see was added, removed or changed. */
  readonly surfaceChanged: boolean;
  /** Set when the edit stayed inside one definition and no other file is read differently. */
  readonly local?: LocalEdit;
}

/** Everything the workspace keeps of one file. */
interface Entry {
  readonly module: Module;
  readonly lines: LineIndex;
  /** Set while and after the file is read in the present era. */
  read: ReadModule | undefined;
  /** Files that it imports from. */
  imports: Set<string>;
  /** Files that its imports would have meant, had they been there. */
  missing: Set<string>;
  /** What it took from other files stands elsewhere in them by now: its own meaning is as it was. */
  outOfPlace: boolean;
  snapshot: WorkspaceFile | undefined;
}

/** A file snapshot with its part of the index, once somebody asked for it. A weak map of them would make collecting garbage dear. */
interface WorkspaceFile extends FileSnapshot {
  index: FileIndex | undefined;
}

export class Workspace {
  private readonly entries = new Map<string, Entry>();
  private readonly reading = new Set<string>();
  readonly queries: QueryFiles;
  private tables = IndexTables.build([]);
  private components = new StrongComponents();
  private files: ReadonlyMap<string, WorkspaceFile> = new Map();
  private era: Era = 'current';
  private revision = 0;
  private current: Snapshot;

  constructor(
    private readonly host: WorkspaceHost,
    private readonly python: PythonParser,
    private project: Project,
    queries?: QueryFiles,
  ) {
    this.queries = new QueryFiles(this.entries, host.roots, queries);
    this.current = this.publish();
  }

  get snapshot(): Snapshot {
    return this.current;
  }

  /**
   * The snapshot in which everything that was written in one file and is used in another stands where it is now: of the file
   * and of those whose references are written in it, or of all files. Edits leave this to who asks, since it is dear to read
   * all the files that import from one.
   */
  settled(uri?: string): Snapshot {
    const moved: string[] = [];
    for (const [one, { outOfPlace, snapshot }] of this.entries) {
      if (!outOfPlace) continue;
      if (uri === undefined || one === uri || (snapshot && this.indexOf(snapshot).writtenIn.has(uri)) === true) moved.push(one);
    }
    if (moved.length === 0) return this.current;
    const files = new Map(this.files);
    for (const one of moved) this.settle(one, files);
    this.files = files;
    this.current = this.publish();
    return this.current;
  }

  /** Reads the file again, after those that it imports from. */
  private settle(uri: string, files: Map<string, WorkspaceFile>): void {
    const entry = this.entries.get(uri);
    if (entry?.outOfPlace !== true) return;
    entry.outOfPlace = false;
    for (const imported of entry.imports) this.settle(imported, files);
    entry.read = undefined;
    entry.snapshot = undefined;
    this.read(uri);
    files.set(uri, this.snapshotOf(uri, entry));
  }

  /** Reads every file of the host. Files that cannot be read are left out. */
  async load(): Promise<Snapshot> {
    const uris = [...(await this.host.listFiles())].sort();
    const texts = await Promise.all(uris.map(async (uri) => [uri, await this.host.readFile(uri)] as const));
    const known = await this.host.openTrees?.();
    for (const [uri, text] of texts) if (text !== undefined && !this.entries.has(uri)) this.parse(uri, text, known);
    void known?.save();
    this.rebuild();
    await this.readQueries();
    return this.current;
  }

  /** Reads the files of SQL that definitions read and that nobody has looked for yet. */
  private async readQueries(): Promise<void> {
    for (let wanted = this.queries.wanted(); wanted.length > 0; wanted = this.queries.wanted()) {
      for (const uri of wanted) {
        const text = await this.host.readFile(uri);
        this.queries.isAbsent(uri, text === undefined);
        if (text !== undefined) this.parse(uri, text);
      }
      this.rebuild();
    }
  }

  /** A file of SQL that a definition reads is not there. */
  miss(uri: string): WorkspaceChange {
    this.queries.isAbsent(uri, true);
    if (this.entries.has(uri)) return this.remove(uri);
    this.forgetReadsThatMissed(uri);
    return this.apply(uri, undefined);
  }

  /** The text of a file as the user sees it now: opened, edited, saved or created. */
  update(uri: string, text: string): WorkspaceChange {
    const previous = this.entries.get(uri);
    if (previous?.module.text === text && previous.snapshot !== undefined) return this.unchanged(uri);
    const isNew = previous === undefined;
    this.queries.isAbsent(uri, false);
    this.parse(uri, text);
    if (isNew) this.forgetReadsThatMissed(uri);
    return this.apply(uri, previous);
  }

  remove(uri: string): WorkspaceChange {
    const previous = this.entries.get(uri);
    if (previous === undefined) return this.unchanged(uri);
    this.entries.delete(uri);
    return this.apply(uri, previous);
  }

  setProject(project: Project): WorkspaceChange {
    this.project = project;
    const before = [...this.files.keys()];
    this.rebuild();
    return { snapshot: this.current, affected: [...new Set([...before, ...this.files.keys()])], surfaceChanged: true };
  }

  /** The snapshot as it would be with other texts of some files. This workspace stays as it is. */
  imagine(texts: ReadonlyMap<string, string>): Snapshot {
    const copy = new Workspace(this.host, this.python, this.project, this.queries);
    [copy.files, copy.tables, copy.era, copy.current] = [this.files, this.tables, this.era, this.current];
    for (const [uri, { imports, missing, ...entry }] of this.entries)
      copy.entries.set(uri, { ...entry, imports: new Set(imports), missing: new Set(missing) });
    for (const [uri, text] of texts) copy.update(uri, text);
    return copy.settled();
  }

  private unchanged(uri: string): WorkspaceChange {
    return { snapshot: this.current, affected: [uri], surfaceChanged: false };
  }

  private parse(uri: string, text: string, known?: KnownTexts): Entry {
    const previous = this.entries.get(uri);
    const entry: Entry = {
      module: isQueryFile(uri) ? withoutStatements(uri, text) : this.python.parse(uri, text, previous?.module, known),
      lines: new LineIndex(text),
      read: undefined,
      imports: new Set(),
      missing: new Set(),
      outOfPlace: false,
      snapshot: undefined,
    };
    this.entries.set(uri, entry);
    return entry;
  }

  /** A new file may be what others meant to import from: they are read again. */
  private forgetReadsThatMissed(uri: string): void {
    for (const entry of this.entries.values()) if (entry.missing.has(uri)) entry.read = undefined;
  }

  /** After one file changed: reads it, and everything whose meaning hangs on it. */
  private apply(uri: string, previous: Entry | undefined): WorkspaceChange {
    const before = previous?.snapshot;
    const beforeIndex = before && this.indexOf(before);
    this.read(uri);
    if (this.eraOfEntries() !== this.era) {
      const old = this.files;
      this.rebuild();
      return { snapshot: this.current, affected: firstOf(uri, [...old.keys(), ...this.files.keys()]), surfaceChanged: true };
    }
    const entry = this.entries.get(uri);
    const reread = this.rereadImporters(uri, previous, entry);
    if (reread.length === 0) this.noteMoved(uri);
    const changed = [uri, ...reread.map((one) => one.uri)];
    const files = new Map(this.files);
    for (const one of changed) {
      const now = this.entries.get(one);
      if (now === undefined) files.delete(one);
      else files.set(one, this.snapshotOf(one, now));
    }
    if (entry !== undefined && before === undefined) this.files = new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
    else this.files = files;

    const keys = new Set<string>();
    const compare = (old: FileIndex | undefined, now: FileIndex | undefined, file: string): void => {
      for (const key of changedKeys(old, now)) keys.add(key);
      this.tables = this.tables.replace(file, old, now);
    };
    compare(beforeIndex, this.indexAt(uri), uri);
    for (const one of reread) compare(one.before, this.indexAt(one.uri), one.uri);

    const published = this.current;
    const isWired = sameInputs(beforeIndex, this.indexAt(uri)) && reread.every((one) => sameInputs(one.before, this.indexAt(one.uri)));
    if (!isWired) this.components = new StrongComponents();
    this.current = this.publish();
    const now = entry?.snapshot;
    const doubtful = keysAffected(keys, this.tables, published, this.current);
    const local =
      reread.length === 0 && before !== undefined && beforeIndex !== undefined && now !== undefined
        ? localEditOf(before, now, { keys: doubtful, before: beforeIndex, after: this.indexOf(now), previous: published })
        : undefined;
    return {
      snapshot: this.current,
      affected: firstOf(uri, [...changed, ...filesOf(doubtful, this.tables, this.current)]),
      surfaceChanged: keys.size > 0,
      ...(local === undefined ? {} : { local }),
    };
  }

  /** The texts that others import from the file stand elsewhere in it. */
  private noteMoved(uri: string): void {
    const moved = new Set([uri]);
    for (let grown = true; grown;) {
      grown = false;
      for (const [other, entry] of this.entries) {
        if (moved.has(other) || !sharesOne(entry.imports, moved)) continue;
        moved.add(other);
        entry.outOfPlace = true;
        grown = true;
      }
    }
  }

  private indexAt(uri: string): FileIndex | undefined {
    const file = this.files.get(uri);
    return file === undefined ? undefined : this.indexOf(file);
  }

  /** Reads the importers of a file again if what it exports changed, and theirs in turn. */
  private rereadImporters(
    uri: string,
    previous: Entry | undefined,
    entry: Entry | undefined,
  ): { uri: string; before: FileIndex | undefined }[] {
    const unaffected = ![...this.entries.values()].some((one) => one.read === undefined);
    if (unaffected && previous?.read !== undefined && entry?.read !== undefined && sameExports(previous.read.exports, entry.read.exports)) {
      return [];
    }
    const reread: { uri: string; before: FileIndex | undefined }[] = [];
    const stale = new Set<string>([uri]);
    for (let grown = true; grown;) {
      grown = false;
      for (const [other, one] of this.entries) {
        if (stale.has(other) || (one.read !== undefined && !sharesOne(one.imports, stale))) continue;
        stale.add(other);
        reread.push({ uri: other, before: one.snapshot && this.indexOf(one.snapshot) });
        grown = true;
      }
    }
    for (const one of reread) {
      const stalled = this.entries.get(one.uri);
      if (stalled === undefined) continue;
      stalled.read = undefined;
      stalled.outOfPlace = false;
      stalled.snapshot = undefined;
    }
    for (const one of reread) this.read(one.uri);
    return reread;
  }

  /** Everything anew: after loading, or when the era or the project changed. */
  private rebuild(): void {
    const read = (): void => {
      for (const entry of this.entries.values()) {
        entry.read = undefined;
        entry.snapshot = undefined;
        entry.outOfPlace = false;
        entry.imports = new Set();
        entry.missing = new Set();
      }
      for (const uri of [...this.entries.keys()].sort()) this.read(uri);
    };
    read();
    const era = this.eraOfEntries();
    if (era !== this.era) {
      this.era = era;
      read();
    }
    this.files = new Map([...this.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([uri, entry]) => [uri, this.snapshotOf(uri, entry)]));
    this.tables = IndexTables.build([...this.files].map(([uri, file]) => [uri, this.indexOf(file)] as const));
    this.components = new StrongComponents();
    this.current = this.publish();
  }

  private eraOfEntries(): Era {
    if (this.project.featureform !== 'auto') return this.project.featureform;
    const signs = [...this.entries.values()].flatMap(({ read }) => read?.definitions.eraSigns ?? []);
    return signs.some(({ era }) => era === 'current') || signs.length === 0 ? 'current' : 'legacy';
  }

  private read(uri: string): ReadModule | undefined {
    const entry = this.entries.get(uri);
    if (entry === undefined || entry.read !== undefined || this.reading.has(uri)) return entry?.read;
    this.reading.add(uri);
    try {
      entry.read = isQueryFile(uri)
        ? readQueryFile(entry.module)
        : readDefinitions(entry.module, {
            era: this.era,
            filePath: pathOfUri(uri),
            readText: (path, fixed) => this.queries.text(uri, { text: path, fixed }, (one) => this.read(one)?.exports.get('')),
            resolveImport: (module, level) => this.resolveImport(uri, entry, module, level),
          });
    } finally {
      this.reading.delete(uri);
    }
    return entry.read;
  }

  private resolveImport(uri: string, entry: Entry, module: string, level: number): ImportedModule | undefined {
    for (const candidate of importCandidates(uri, module, level, this.host.roots)) {
      if (candidate === uri) continue;
      if (!this.entries.has(candidate)) {
        entry.missing.add(candidate);
        continue;
      }
      entry.imports.add(candidate);
      const exports = this.read(candidate)?.exports;
      return exports === undefined ? undefined : { lookup: (name) => exports.get(name) };
    }
    return undefined;
  }

  private snapshotOf(uri: string, entry: Entry): WorkspaceFile {
    const definitions = entry.read?.definitions ?? this.read(uri)?.definitions;
    if (definitions === undefined) throw new Error(`${uri} was not read`);
    entry.snapshot ??= { uri, text: entry.module.text, lines: entry.lines, module: entry.module, definitions, index: undefined };
    return entry.snapshot;
  }

  private indexOf(file: WorkspaceFile): FileIndex {
    const { era } = this;
    file.index ??= indexFile(file, era, (resource) => surfaceOf(resource, era));
    return file.index;
  }

  private publish(): Snapshot {
    const { era, files, project } = this;
    const index = new SnapshotIndex(this.tables, files, (file) => this.indexOf(file), era);
    const key = (item: Resource | Reference): string => keyOf(item, era);
    const graph = new SnapshotGraph(index, this.components);
    return {
      revision: this.revision++,
      project,
      era,
      files,
      index,
      graph,
      keyOf: key,
      variantText: (variant) => variantText(variant, era),
    };
  }
}

function sharesOne(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

function firstOf(first: string, all: readonly string[]): readonly string[] {
  return [...new Set([first, ...all])];
}
