// One client and its workspace: folders, settings, open documents and the language service that answers for them. Says
// what changed; how that is told to the client is the publisher's business.

import { createLanguageService, type LanguageService, type LanguageServiceOptions, type ServiceChange } from '../languageService';
import { createNodeHost } from '../nodeHost';
import { type LoadedProject, loadProject, projectFileName } from '../nodeProject';
import { isBelow, pathOfUri } from '../workspace/fileUris';
import { readServerSettings, type ServerSettings } from './settingsSchema';

export interface SessionOptions {
  readonly python: LanguageServiceOptions['python'];
  /** Folders as URIs of the core. */
  readonly folders: readonly string[];
  readonly configuration: Configuration;
  readonly onChange: (change: ServiceChange) => void;
  /** The problems of `sparkform.json` were read anew. */
  readonly onProject: (project: LoadedProject) => void;
  readonly onFailure: (message: string, cause: unknown) => void;
}

/** What the client is configured with: untrusted, as it came. */
export interface Configuration {
  readonly sparkform: unknown;
  /** `files.exclude`: globs, each true, false or with a condition. */
  readonly filesExclude: unknown;
}

/** More files than this at once (another branch was checked out) are read faster all together. */
const MANY_FILES = 100;

export class Session {
  settings: ServerSettings;
  private folders: readonly string[];
  private exclude: readonly string[];
  private project: LoadedProject | undefined;
  /** Changes of the disk and of the folders are taken one after another, in the order they came. */
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly service: LanguageService,
    private readonly options: SessionOptions,
  ) {
    this.folders = options.folders;
    this.settings = readServerSettings(options.configuration.sparkform);
    this.exclude = excludedGlobs(options.configuration.filesExclude);
  }

  static async start(options: SessionOptions): Promise<Session> {
    const service = await createLanguageService({
      host: createNodeHost({ roots: [] }),
      python: options.python,
      onRuleFailure: ({ ruleId, uri, cause }) => {
        options.onFailure(`rule ${ruleId} failed on ${uri}`, cause);
      },
    });
    return new Session(service, options);
  }

  /** Reads the project and every file of the folders. */
  load(): Promise<void> {
    return this.enqueue(async () => {
      const project = await loadProject(this.paths());
      this.project = project;
      this.options.onProject(project);
      const host = createNodeHost({ roots: this.folders, exclude: [...project.project.exclude, ...this.exclude] });
      this.options.onChange(await this.service.reload(host, this.effectiveProject(project), project.root));
    });
  }

  setFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    this.folders = [...new Set([...this.folders.filter((folder) => !removed.includes(folder)), ...added])];
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
        this.options.onChange(this.service.setProject(this.effectiveProject(project), project.root));
      } else if (before.minSeverity !== this.settings.minSeverity || before.codeLens !== this.settings.codeLens) {
        this.options.onChange({ changed: this.service.documents, surfaceChanged: false });
      }
      return Promise.resolve();
    });
  }

  open(uri: string, text: string): void {
    this.options.onChange(this.service.update(uri, text));
  }

  /** Takes effect at once, so that a document that is opened again right away stays open. */
  async close(uri: string): Promise<void> {
    this.options.onChange(await this.service.close(uri));
  }

  /** Files that were created, changed or deleted on the disk, as URIs of the core. */
  filesChanged(uris: readonly string[]): Promise<void> {
    if (uris.some((uri) => uri.endsWith('/.gitignore')) || uris.length > MANY_FILES) return this.load();
    const projectChanged = uris.some((uri) => uri.endsWith(`/${projectFileName}`) && this.folders.some((folder) => isBelow(folder, uri)));
    return this.enqueue(async () => {
      for (const uri of uris) if (uri.endsWith('.py')) this.options.onChange(await this.service.fileChanged(uri));
    }).then(() => (projectChanged ? this.projectChanged() : undefined));
  }

  private async projectChanged(): Promise<void> {
    const before = this.project?.project.exclude ?? [];
    const project = await loadProject(this.paths());
    if (project.project.exclude.join('\n') !== before.join('\n')) return this.load();
    return this.enqueue(() => {
      this.project = project;
      this.options.onProject(project);
      this.options.onChange(this.service.setProject(this.effectiveProject(project), project.root));
      return Promise.resolve();
    });
  }

  /** `sparkform.json` goes before the setting of the client. */
  private effectiveProject({ project }: LoadedProject): LoadedProject['project'] {
    return project.featureform === 'auto' ? { ...project, featureform: this.settings.featureform } : project;
  }

  private paths(): readonly string[] {
    return this.folders.flatMap((folder) => pathOfUri(folder) ?? []);
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }
}

function excludedGlobs(filesExclude: unknown): readonly string[] {
  if (typeof filesExclude !== 'object' || filesExclude === null) return [];
  return Object.entries(filesExclude)
    .filter(([, value]) => value === true)
    .map(([glob]) => glob);
}
