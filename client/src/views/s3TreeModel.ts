// Lists what the S3 view shows: a level when it is asked for, long ones in pages. Nothing is fetched for what nobody unfolds.

import type { S3StoreNode } from '../../../shared/protocol/requests';
import type { ListPage, ObjectStore, S3Object } from '../../../shared/s3/objectStore';
import { folderPrefix, formatS3Location, type S3Location } from '../../../shared/s3/s3Location';
import { mapBounded } from '../../../shared/table/boundedParallel';
import { isFolderMarker, isHidden } from '../../../shared/table/folderNames';
import { runTime } from '../../../shared/table/runFolders';
import { listRuns, readContents, type FolderContents, type S3Run } from '../s3/listRuns';
import { lastElement, outputGroups, outputRoot } from '../s3/outputFolders';
import { s3ProblemOf, type S3Problem } from '../s3/s3Problem';
import {
  idOfNode,
  type FileNode,
  type FolderNode,
  type FolderRole,
  type LocationNode,
  type OpenedLocation,
  type OthersNode,
  type ParentNode,
  type ProviderNode,
  type S3Node,
} from './s3TreeNode';

export interface S3TreeOptions {
  /** Asked for each time: it is another one after the settings have changed. */
  readonly store: () => Pick<ObjectStore, 'list'>;
  /** A row, or what is below it, differs from what was told; all of them when undefined. */
  readonly onChange: (node: S3Node | undefined) => void;
  /** The runs of a folder were listed, the newest first. */
  readonly onRuns: (folder: S3Location, runs: readonly S3Run[]) => void;
}

/** So many rows of a folder are shown at a time. */
const pageSize = 200;
/** Runs whose contents are counted side by side. */
const countedAtOnce = 4;

/** What is known of a folder. */
interface Listing {
  readonly shown: (FolderNode | FileNode)[];
  /** Known, and shown when the user asks for more. */
  readonly rest: (FolderNode | FileNode)[];
  /** The store has more. */
  continuation: string | undefined;
  /** Why there is no more. */
  problem: S3Problem | undefined;
}

export class S3TreeModel {
  readonly #options: S3TreeOptions;
  readonly #others: OthersNode = { kind: 'others' };
  readonly #listings = new Map<string, Promise<Listing>>();
  readonly #contents = new Map<string, FolderContents>();
  #providers: readonly ProviderNode[] = [];
  #opened: readonly OpenedLocation[] = [];
  #reading = new AbortController();

  constructor(options: S3TreeOptions) {
    this.#options = options;
  }

  get roots(): readonly S3Node[] {
    return this.#opened.length === 0 ? this.#providers : [...this.#providers, this.#others];
  }

  setStores(stores: readonly S3StoreNode[]): void {
    this.#providers = stores.map((store) => ({ kind: 'provider', store }));
    this.#options.onChange(undefined);
  }

  /** What the user opened, the newest first. */
  setOpened(opened: readonly OpenedLocation[]): void {
    this.#opened = opened;
    this.#options.onChange(undefined);
  }

  /** Never rejects: what cannot be listed is a row that says why. */
  async children(node: S3Node): Promise<readonly S3Node[]> {
    switch (node.kind) {
      case 'location':
        return node.isFolder ? this.#childrenOf(node) : [];
      case 'provider':
      case 'folder':
        return this.#childrenOf(node);
      case 'others':
        return this.#openedRows();
      case 'problem':
        return node.problem.remedies.map((remedy) => ({ kind: 'remedy', remedy, parent: node }));
      case 'file':
      case 'more':
      case 'note':
      case 'remedy':
        return [];
    }
  }

  /** The row of a location that the user opened. */
  openedRow(location: S3Location): LocationNode | undefined {
    const text = formatS3Location(location);
    return this.#openedRows().find((row) => formatS3Location(row.location) === text);
  }

  /** Of a run, once its files were counted. */
  contentsOf({ location }: Pick<FolderNode, 'location'>): FolderContents | undefined {
    return this.#contents.get(formatS3Location(location));
  }

  /** Shows the next rows of a folder; gives the first of them. */
  async loadMore(parent: ParentNode): Promise<FolderNode | FileNode | undefined> {
    const listing = await this.#listings.get(idOfNode(parent));
    if (listing === undefined) return undefined;
    const before = listing.shown.length;
    if (listing.rest.length > 0) listing.shown.push(...listing.rest.splice(0, pageSize));
    else if (listing.continuation !== undefined) await this.#nextPage(parent, listing);
    this.#options.onChange(parent);
    this.#count(listing.shown.slice(before));
    return listing.shown[before];
  }

  /** Forgets what was listed, of everything or of one row and what is below it. */
  refresh(node?: S3Node): void {
    if (node === undefined) {
      this.#reading.abort();
      this.#reading = new AbortController();
      this.#listings.clear();
      this.#contents.clear();
    } else {
      const id = idOfNode(node);
      for (const known of this.#listings.keys()) if (known === id || known.startsWith(`${id}/`)) this.#listings.delete(known);
    }
    this.#options.onChange(node);
  }

  dispose(): void {
    this.#reading.abort();
  }

  #openedRows(): readonly LocationNode[] {
    return this.#opened.map((opened) => ({ ...opened, kind: 'location', parent: this.#others }));
  }

  async #childrenOf(node: ParentNode): Promise<readonly S3Node[]> {
    const id = idOfNode(node);
    const known = this.#listings.get(id);
    const listed = known ?? this.#list(node);
    this.#listings.set(id, listed);
    try {
      const listing = await listed;
      if (known === undefined) this.#count(listing.shown);
      return rowsOf(node, listing);
    } catch (error) {
      return [{ kind: 'problem', problem: s3ProblemOf(error, listedPlace(node)), parent: node }];
    }
  }

  async #list(node: ParentNode): Promise<Listing> {
    switch (node.kind) {
      case 'provider':
        return this.#groupsOf(node);
      case 'location':
        return this.#pageOf(node, 'folder');
      case 'folder':
        return node.role === 'runs' ? this.#runsOf(node) : this.#pageOf(node, node.role);
    }
  }

  async #groupsOf(node: ProviderNode): Promise<Listing> {
    const { place } = node.store;
    if (place.kind === 'unknown') return emptyListing();
    const root = outputRoot(place);
    const { prefixes } = await this.#ask(root.bucket, { prefix: root.key });
    const written = new Set(prefixes);
    const groups = outputGroups.flatMap(({ folder, label }): FolderNode[] => {
      const key = `${root.key}${folder}/`;
      if (!written.has(key)) return [];
      return [{ kind: 'folder', role: 'group', label, location: { bucket: root.bucket, key }, group: folder, parent: node }];
    });
    return { ...emptyListing(), shown: groups };
  }

  async #runsOf(node: FolderNode): Promise<Listing> {
    const { runs, folders, files } = await listRuns(this.#options.store(), node.location, { signal: this.#reading.signal });
    this.#options.onRuns(node.location, runs);
    for (const { location, contents } of runs) if (contents !== undefined) this.#contents.set(formatS3Location(location), contents);
    const all = [
      ...runs.map(({ location }) => folderNode(node, 'run', location)),
      ...folders.map((location) => folderNode(node, 'folder', location)),
      ...files.map((object) => fileNode(node, object)),
    ];
    return { ...emptyListing(), shown: all.slice(0, pageSize), rest: all.slice(pageSize) };
  }

  async #pageOf(node: FolderNode | (ParentNode & { kind: 'location' }), role: FolderRole): Promise<Listing> {
    const { bucket, key } = node.location;
    return pageListing(node, role, await this.#ask(bucket, { prefix: folderPrefix(key) }));
  }

  async #nextPage(parent: ParentNode, listing: Listing): Promise<void> {
    if (parent.kind === 'provider') return;
    const role = parent.kind === 'folder' ? parent.role : 'folder';
    const { bucket, key } = parent.location;
    try {
      const next = pageListing(parent, role, await this.#ask(bucket, { prefix: folderPrefix(key), continuation: listing.continuation }));
      listing.shown.push(...next.shown);
      listing.continuation = next.continuation;
      listing.problem = undefined;
    } catch (error) {
      listing.problem = s3ProblemOf(error, listedPlace(parent));
    }
  }

  #ask(bucket: string, request: { readonly prefix: string; readonly continuation?: string | undefined }): Promise<ListPage> {
    const page = { bucket, delimiter: '/', maxKeys: pageSize, ...request };
    return this.#options.store().list(page, { signal: this.#reading.signal });
  }

  /** Fills in what the runs hold of which that is not known yet. Where it cannot be known, unfolding the run tells why. */
  #count(nodes: readonly (FolderNode | FileNode)[]): void {
    const { signal } = this.#reading;
    const uncounted = nodes.filter(
      (node): node is FolderNode => node.kind === 'folder' && node.role === 'run' && this.contentsOf(node) === undefined,
    );
    void mapBounded(uncounted, countedAtOnce, async (node) => {
      if (signal.aborted) return;
      try {
        const contents = await readContents(this.#options.store(), node.location, { signal });
        this.#contents.set(formatS3Location(node.location), contents);
        this.#options.onChange(node);
      } catch {
        return;
      }
    });
  }
}

function emptyListing(): Listing {
  return { shown: [], rest: [], continuation: undefined, problem: undefined };
}

function pageListing(parent: ParentNode, role: FolderRole, { prefixes, objects, continuation }: ListPage): Listing {
  const bucket = parent.kind === 'provider' ? '' : parent.location.bucket;
  const isShown = ({ key }: S3Object): boolean => !isFolderMarker(key) && !(role === 'run' && isHidden(lastElement(key)));
  const folders = prefixes.flatMap((key): FolderNode[] => {
    if (role === 'run' && isHidden(lastElement(key))) return [];
    return [folderNode(parent, roleWithin(parent, role, lastElement(key)), { bucket, key })];
  });
  // Of outputs only folders are of interest: what lies beside them are pointers and markers.
  const files = role === 'group' || role === 'name' ? [] : objects.filter(isShown).map((object) => fileNode(parent, object));
  return { shown: [...folders, ...files], rest: [], continuation, problem: undefined };
}

function roleWithin(parent: ParentNode, role: FolderRole, name: string): FolderRole {
  switch (role) {
    case 'group': {
      const group = parent.kind === 'folder' ? outputGroups.find(({ folder }) => folder === parent.group) : undefined;
      return group?.holds === 'runs' ? 'runs' : 'name';
    }
    case 'name':
      return 'runs';
    case 'runs':
    case 'run':
    case 'folder':
      return runTime(name) === undefined ? 'folder' : 'run';
  }
}

function folderNode(parent: ParentNode, role: FolderRole, location: S3Location): FolderNode {
  const group = parent.kind === 'folder' ? parent.group : undefined;
  return { kind: 'folder', role, label: lastElement(location.key), location, group, parent };
}

function fileNode(parent: ParentNode, object: S3Object): FileNode {
  return { kind: 'file', label: lastElement(object.key), object, parent };
}

function rowsOf(parent: ParentNode, { shown, rest, continuation, problem }: Listing): readonly S3Node[] {
  const rows: S3Node[] = [...shown];
  if (problem !== undefined) rows.push({ kind: 'problem', problem, parent });
  if (rest.length > 0 || continuation !== undefined) {
    const total = continuation === undefined ? shown.length + rest.length : undefined;
    rows.push({ kind: 'more', shown: shown.length, total, parent });
  }
  if (rows.length === 0) rows.push({ kind: 'note', label: nothingIn(parent), parent });
  return rows;
}

/** What is asked for, as messages name it. */
function listedPlace(node: ParentNode): S3Location | undefined {
  if (node.kind !== 'provider') return { ...node.location, key: folderPrefix(node.location.key) };
  return node.store.place.kind === 'known' ? outputRoot(node.store.place) : undefined;
}

function nothingIn(parent: ParentNode): string {
  if (parent.kind === 'provider')
    return parent.store.place.kind === 'known' ? 'Featureform has written nothing here yet' : 'The bucket is not known';
  return 'Empty';
}
