// One client and its workspace. Each workspace folder is a project of its own; every document belongs to exactly one.

import type { ServiceChange } from '../languageService';
import type { LoadedProject } from '../nodeProject';
import { isBelow } from '../workspace/fileUris';
import { type Configuration, type DiskChanges, FolderProject, type FolderProjectOptions } from './folderProject';

export interface SessionOptions extends Pick<FolderProjectOptions, 'python' | 'treeCache' | 'onFailure'> {
  /** Folders as URIs of the core. */
  readonly folders: readonly string[];
  /** What the client is configured with for each of these folders, in their order. */
  readonly configurationOf: (folders: readonly (string | undefined)[]) => Promise<readonly Configuration[]>;
  readonly onChange: (change: ServiceChange) => void;
  /** `sparkform.json` of a folder was read anew; undefined when the folder is no longer open. */
  readonly onProject: (folder: string | undefined, project: LoadedProject | undefined) => void;
}

export class Session {
  /** In the order of the folders; never empty. */
  private current: readonly FolderProject[] = [];
  private readonly openTexts = new Map<string, string>();
  /** Changes of the folders are taken one after another. */
  private queue: Promise<unknown> = Promise.resolve();
  private folders: readonly string[];

  private constructor(private readonly options: SessionOptions) {
    this.folders = options.folders;
  }

  /** Documents can be opened and closed from now on; what they mean is known when the session has loaded. */
  static async start(options: SessionOptions): Promise<Session> {
    const session = new Session(options);
    const folders = orNone(options.folders);
    session.current = await session.create(folders, options.folders);
    return session;
  }

  get projects(): readonly FolderProject[] {
    return this.current;
  }

  /** The project that answers for a document: the innermost folder that holds it, the first for those outside of all. */
  of(uri: string): FolderProject {
    const [first] = this.current;
    if (first === undefined) throw new Error('a session has at least one project');
    const holding = this.current.filter(({ folder }) => folder !== undefined && isBelow(folder, uri));
    return holding.reduce((best, one) => (lengthOf(one) >= lengthOf(best) ? one : best), holding[0] ?? first);
  }

  get documents(): readonly string[] {
    return this.current.flatMap(({ service }) => service.documents);
  }

  isOpen(uri: string): boolean {
    return this.openTexts.has(uri);
  }

  exists(uri: string): boolean {
    return this.of(uri).service.snapshot.files.has(uri);
  }

  /** Grows with every change; the folders that are open stay the same meanwhile. */
  get revision(): number {
    return this.current.reduce((sum, { service }) => sum + service.snapshot.revision, 0);
  }

  /** Reads every file of the folders. */
  async load(): Promise<void> {
    await Promise.all(this.current.map((project) => project.load()));
  }

  open(uri: string, text: string): void {
    this.openTexts.set(uri, text);
    this.of(uri).open(uri, text);
  }

  close(uri: string): Promise<void> {
    this.openTexts.delete(uri);
    return this.of(uri).close(uri);
  }

  /** Answers whether any lens or hint may look different now. */
  async configure(): Promise<boolean> {
    const projects = this.current;
    const configurations = await this.options.configurationOf(projects.map(({ folder }) => folder));
    const before = projects.map(({ settings }) => settings);
    await Promise.all(
      projects.map(async (project, index) => {
        const configuration = configurations[index];
        if (configuration !== undefined) await project.configure(configuration);
      }),
    );
    return projects.some(({ settings: { codeLens, inlayHints } }, index) => {
      const { codeLens: lenses, inlayHints: hints } = before[index] ?? { codeLens, inlayHints };
      return codeLens !== lenses || inlayHints.variants !== hints.variants || inlayHints.outputLocations !== hints.outputLocations;
    });
  }

  async filesChanged(changes: DiskChanges): Promise<void> {
    await Promise.all(
      this.current.map((project) => {
        const own = (uri: string): boolean => this.of(uri) === project;
        return project.filesChanged({ ...changes, files: changes.files.filter(own) });
      }),
    );
  }

  setFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    this.folders = [...new Set([...this.folders.filter((folder) => !removed.includes(folder)), ...added])];
    const { folders } = this;
    const done = this.queue.then(() => this.follow(folders));
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async follow(folders: readonly string[]): Promise<void> {
    const before = this.current;
    const wanted = orNone(folders);
    const known = new Map(before.map((project) => [project.folder, project]));
    const created = await this.create(
      wanted.filter((folder) => !known.has(folder)),
      folders,
    );
    // The old projects answer until the new ones can.
    await Promise.all(created.map((project) => project.load()));
    for (const project of created) known.set(project.folder, project);
    const owners = new Map([...this.openTexts.keys()].map((uri) => [uri, this.of(uri)]));
    this.current = wanted.flatMap((folder) => known.get(folder) ?? []);
    const gone = before.filter((project) => !this.current.includes(project));

    // Each document that is open goes to its new project before anything else can happen to it.
    const left: Promise<void>[] = [];
    for (const [uri, text] of this.openTexts) {
      const owner = this.of(uri);
      const former = owners.get(uri);
      if (former === owner) continue;
      if (former !== undefined && !gone.includes(former)) left.push(former.close(uri));
      owner.open(uri, text);
    }
    await Promise.all(left);
    for (const { folder } of gone) this.options.onProject(folder, undefined);
    await Promise.all(this.current.map((project) => project.setApart(apartFrom(project.folder, folders))));
    this.options.onChange({ changed: gone.flatMap(({ service }) => service.documents), surfaceChanged: true });
  }

  private async create(created: readonly (string | undefined)[], folders: readonly string[]): Promise<readonly FolderProject[]> {
    if (created.length === 0) return [];
    const { python, treeCache, onChange, onFailure, onProject, configurationOf } = this.options;
    const configurations = await configurationOf(created);
    return Promise.all(
      created.map((folder, index) => {
        const configuration = configurations[index] ?? { sparkform: undefined, filesExclude: undefined };
        return FolderProject.create({
          folder,
          apart: apartFrom(folder, folders),
          configuration,
          python,
          treeCache,
          onChange,
          onFailure,
          onProject: (project) => {
            onProject(folder, project);
          },
        });
      }),
    );
  }
}

/** Documents can be open without a folder, and then belong to one project without any. */
function orNone(folders: readonly string[]): readonly (string | undefined)[] {
  return folders.length === 0 ? [undefined] : folders;
}

function apartFrom(folder: string | undefined, folders: readonly string[]): readonly string[] {
  return folder === undefined ? [] : folders.filter((one) => one !== folder && isBelow(folder, one));
}

function lengthOf({ folder }: FolderProject): number {
  return folder?.length ?? 0;
}
