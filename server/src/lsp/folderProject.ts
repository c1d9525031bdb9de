// One workspace folder: a project of its own, with its `sparkform.json`, its settings and the language service that answers
// for its files. Says what changed; how that is told to the client is the publisher's business.

import { createLanguageService, type LanguageService, type LanguageServiceOptions, type ServiceChange } from '../languageService';
import { createNodeHost, type NodeHost } from '../nodeHost';
import type { TreeCacheOptions } from '../nodeParsedTexts';
import { type LoadedProject, loadProject, projectFileName } from '../nodeProject';
import { isBelow, isModule, isQueryFile, pathOfUri } from '../workspace/fileUris';
import { readServerSettings, type ServerSettings } from './settingsSchema';

export interface FolderProjectOptions {
  /** As a URI of the core; undefined where documents are open but no folder is. */
  readonly folder: string | undefined;
  /** Folders below it that are projects themselves. */
  readonly apart: readonly string[];
  readonly configuration: Configuration;
  readonly python: LanguageServiceOptions['python'];
  readonly treeCache: TreeCacheOptions;
  readonly onChange: (change: ServiceChange) => void;
  /** `sparkform.json` was read anew. */
  readonly onProject: (project: LoadedProject) => void;
  readonly onFailure: (message: string, cause: unknown) => void;
}

/** What the client is configured with: untrusted, as it came. */
export interface Configuration {
  readonly sparkform: unknown;
  /** `files.exclude`: globs, each true, false or with a condition. */
  readonly filesExclude: unknown;
}

/** Paths that changed on the disk, as URIs of the core. */
export interface DiskChanges {
  /** Files that were created, changed or deleted. */
  readonly files: readonly string[];
  /** Whatever appeared, which may be a folder with files in it. */
  readonly created: readonly string[];
  /** Whatever went, which may have been a folder. */
  readonly deleted: ReadonlySet<string>;
}

/** More files than this at once (another branch was checked out) are read faster all together. */
const MANY_FILES = 100;

let projects = 0;

export class FolderProject {
  readonly folder: string | undefined;
  /** Tells it from every other project that this process has known. */
  readonly serial = ++projects;
  settings: ServerSettings;
  private exclude: readonly string[];
  private apart: readonly string[];
  private host: NodeHost;
  private project: LoadedProject | undefined;
  /** Until its files were read once nothing can be said of a document that is open. */
  private loaded = false;
  /** Changes of the disk and of the settings are taken one after another, in the order they came. */
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly service: LanguageService,
    host: NodeHost,
    private readonly options: FolderProjectOptions,
  ) {
    this.host = host;
    this.folder = options.folder;
    this.apart = options.apart;
    this.settings = readServerSettings(options.configuration.sparkform);
    this.exclude = excludedGlobs(options.configuration.filesExclude);
  }

  static async create(options: FolderProjectOptions): Promise<FolderProject> {
    const host = createNodeHost({ roots: [] });
    const service = await createLanguageService({
      host,
      python: options.python,
      onRuleFailure: ({ ruleId, uri, cause }) => {
        options.onFailure(`rule ${ruleId} failed on ${uri}`, cause);
      },
    });
    return new FolderProject(service, host, options);
  }

  /** Reads the project and every file of the folder. */
  load(): Promise<void> {
    return this.enqueue(async () => {
      const { apart, folder } = this;
      const project = await this.readProject();
      this.project = project;
      this.options.onProject(project);
      const exclude = [...project.project.exclude, ...this.exclude];
      this.host = createNodeHost({ roots: folder === undefined ? [] : [folder], exclude, apart, treeCache: this.options.treeCache });
      const change = await this.service.reload(this.host, this.effectiveProject(project), project.root);
      this.loaded = true;
      this.tell(change);
    });
  }

  /** Other folders below it have become projects themselves, or ceased to be. */
  setApart(apart: readonly string[]): Promise<void> {
    if (apart.join('\n') === this.apart.join('\n')) return Promise.resolve();
    this.apart = apart;
    return this.load();
  }

  /** New settings of the client. Reads files again only where other files count now. */
  configure(configuration: Configuration): Promise<void> {
    const exclude = excludedGlobs(configuration.filesExclude);
    const rereads = exclude.join('\n') !== this.exclude.join('\n');
    const before = this.settings;
    this.settings = readServerSettings(configuration.sparkform);
    this.exclude = exclude;
    if (rereads) return this.load();
    return this.enqueue(() => {
      const { project } = this;
      if (project !== undefined && before.featureform !== this.settings.featureform) {
        this.tell(this.service.setProject(this.effectiveProject(project), project.root));
      } else if (before.minSeverity !== this.settings.minSeverity || before.codeLens !== this.settings.codeLens) {
        this.tell({ changed: this.service.documents, surfaceChanged: false });
      }
      return Promise.resolve();
    });
  }

  open(uri: string, text: string): void {
    if (this.service.hold(uri, text)) return;
    this.tell(this.service.update(uri, text));
    const reading = this.service.readQueries().then((change) => {
      if (change.changed.length > 0) this.tell(change);
    });
    reading.catch((error: unknown) => {
      this.options.onFailure('could not read a file of SQL', error);
    });
  }

  /** Takes effect at once, so that a document that is opened again right away stays open. */
  async close(uri: string): Promise<void> {
    this.tell(await this.service.close(uri));
  }

  /** What changed on the disk in this folder, or above it. */
  async filesChanged({ files, created, deleted }: DiskChanges): Promise<void> {
    const { folder } = this;
    if (folder === undefined) return;
    if ([...deleted, ...created].some((uri) => isBelow(uri, folder))) return this.load();
    const appeared = await Promise.all(created.map((uri) => this.host.filesBelow(uri)));
    const gone = deleted.size === 0 ? [] : this.service.documents.filter((uri) => isBelowAny(deleted, uri));
    const all = [...new Set([...files, ...appeared.flat(), ...gone])];
    if (all.some((uri) => uri.endsWith('/.gitignore')) || all.length > MANY_FILES) return this.load();
    await this.enqueue(async () => {
      for (const uri of all) if (isModule(uri) || isQueryFile(uri)) this.tell(await this.service.fileChanged(uri));
    });
    if (all.includes(`${folder}/${projectFileName}`)) await this.projectChanged();
  }

  private async projectChanged(): Promise<void> {
    const before = this.project?.project.exclude ?? [];
    const project = await this.readProject();
    if (project.project.exclude.join('\n') !== before.join('\n')) return this.load();
    return this.enqueue(() => {
      this.project = project;
      this.options.onProject(project);
      this.tell(this.service.setProject(this.effectiveProject(project), project.root));
      return Promise.resolve();
    });
  }

  /** `sparkform.json` goes before the setting of the client. */
  private effectiveProject({ project }: LoadedProject): LoadedProject['project'] {
    return project.featureform === 'auto' ? { ...project, featureform: this.settings.featureform } : project;
  }

  private readProject(): Promise<LoadedProject> {
    const path = this.folder === undefined ? undefined : pathOfUri(this.folder);
    return loadProject(path === undefined ? [] : [path]);
  }

  private tell(change: ServiceChange): void {
    if (this.loaded) this.options.onChange(change);
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }
}

function isBelowAny(folders: ReadonlySet<string>, uri: string): boolean {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1)) if (folders.has(uri.slice(0, end))) return true;
  return false;
}

function excludedGlobs(filesExclude: unknown): readonly string[] {
  if (typeof filesExclude !== 'object' || filesExclude === null) return [];
  return Object.entries(filesExclude)
    .filter(([, value]) => value === true)
    .map(([glob]) => glob);
}
