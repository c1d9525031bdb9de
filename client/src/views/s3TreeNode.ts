// What the S3 view shows, as plain data: providers, the folders below them as Featureform lays them out, files, and what stands for
// what could not be listed. How it looks is decided in `s3Items.ts`.

import type { S3StoreNode } from '../../../shared/protocol/requests';
import type { S3Object } from '../../../shared/s3/objectStore';
import { formatS3Location, type S3Location } from '../../../shared/s3/s3Location';
import type { S3Problem, S3Remedy } from '../s3/s3Problem';

/** A Spark provider of the workspace with its file store. */
export interface ProviderNode {
  readonly kind: 'provider';
  readonly store: S3StoreNode;
}

/** What a folder holds: `group` names, `name` variants, `runs` dated runs, `run` the files of one, `folder` anything. */
export type FolderRole = 'group' | 'name' | 'runs' | 'run' | 'folder';

export interface FolderNode {
  readonly kind: 'folder';
  readonly role: FolderRole;
  readonly label: string;
  /** The key ends with a slash. */
  readonly location: S3Location;
  /** Of Featureform's layout, the folder of the group: `Transformation`. */
  readonly group: string | undefined;
  readonly parent: ParentNode;
}

export interface FileNode {
  readonly kind: 'file';
  readonly label: string;
  readonly object: S3Object;
  readonly parent: ParentNode;
}

/** Holds the locations that the user opened. */
export interface OthersNode {
  readonly kind: 'others';
}

export interface OpenedLocation {
  readonly location: S3Location;
  readonly isFolder: boolean;
}

export interface LocationNode extends OpenedLocation {
  readonly kind: 'location';
  readonly parent: OthersNode;
}

/** Shows more of a long listing. */
export interface MoreNode {
  readonly kind: 'more';
  /** How many are shown so far. */
  readonly shown: number;
  /** How many there are; undefined where only the store knows. */
  readonly total: number | undefined;
  readonly parent: ParentNode;
}

/** Says that there is nothing. */
export interface NoteNode {
  readonly kind: 'note';
  readonly label: string;
  readonly parent: ParentNode;
}

export interface ProblemNode {
  readonly kind: 'problem';
  readonly problem: S3Problem;
  readonly parent: ParentNode;
}

/** What the user can do about a problem. */
export interface RemedyNode {
  readonly kind: 'remedy';
  readonly remedy: S3Remedy;
  readonly parent: ProblemNode;
}

/** What is listed from a store. */
export type ParentNode = ProviderNode | FolderNode | LocationNode;
export type S3Node = ParentNode | FileNode | OthersNode | MoreNode | NoteNode | ProblemNode | RemedyNode;

/** The same for the same row, also after everything was listed anew. */
export function idOfNode(node: S3Node): string {
  switch (node.kind) {
    case 'provider': {
      const { key, place } = node.store;
      return `provider/${key}/${place.kind === 'known' ? `${place.bucket}/${place.path}` : ''}`;
    }
    case 'folder':
    case 'file':
      return `${idOfNode(node.parent)}/${locationText(node)}`;
    case 'others':
      return 'others';
    case 'location':
      return `location/${formatS3Location(node.location)}`;
    case 'more':
    case 'note':
    case 'problem':
      return `${idOfNode(node.parent)}/${node.kind}`;
    case 'remedy':
      return `${idOfNode(node.parent)}/${node.remedy.kind}`;
  }
}

export function parentOf(node: S3Node): S3Node | undefined {
  return 'parent' in node ? node.parent : undefined;
}

/** Where in S3 the row's data lies; undefined for rows that stand for none. */
export function locationOf(node: S3Node): S3Location | undefined {
  switch (node.kind) {
    case 'provider': {
      const { place } = node.store;
      return place.kind === 'known' ? { bucket: place.bucket, key: place.path === '' ? '' : `${place.path}/` } : undefined;
    }
    case 'folder':
    case 'location':
      return node.location;
    case 'file': {
      const { bucket, key } = node.object;
      return { bucket, key };
    }
    case 'others':
    case 'more':
    case 'note':
    case 'problem':
    case 'remedy':
      return undefined;
  }
}

export function isS3Node(argument: unknown): argument is S3Node {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return false;
  return typeof argument.kind === 'string' && kinds.has(argument.kind) && !('resource' in argument);
}

const kinds: ReadonlySet<string> = new Set(
  Object.keys({
    provider: true,
    folder: true,
    file: true,
    others: true,
    location: true,
    more: true,
    note: true,
    problem: true,
    remedy: true,
  } satisfies Record<S3Node['kind'], true>),
);

function locationText(node: FolderNode | FileNode): string {
  return formatS3Location(node.kind === 'folder' ? node.location : node.object);
}
