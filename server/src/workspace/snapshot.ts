// What a revision of the workspace looks like: immutable, complete, and the only thing rules and features read.

import type { DefinitionFile, Reference, Resource, ResourceType, WrittenVariant } from '../definitions/resources';
import type { Module } from '../python/ast';
import type { LineIndex } from '../text/lineIndex';
import type { Project } from './project';

export type Era = 'legacy' | 'current';

export interface FileSnapshot {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly module: Module;
  readonly definitions: DefinitionFile;
}

/**
 * The id of a resource as the graph knows it: `source:transactions.kaggle`. The variant that nothing wrote is the run of
 * the moment, spelled `${run}`, or `default` in the legacy era; unversioned types have no variant part.
 */
export type ResourceKey = string;

export interface ResourceIndex {
  /** Every definition of the key, in file and text order. More than one: a duplicate. */
  definitions(key: ResourceKey): readonly Resource[];
  /** Every definition of that name in any variant, in file and text order. */
  variants(type: ResourceType, name: string): readonly Resource[];
  /** All names of a type, sorted. */
  names(type: ResourceType): readonly string[];
  /** Every reference to the key, with the resource it stands in (undefined outside any). */
  mentions(key: ResourceKey): readonly Mention[];
  /** Keys of the definitions that a provider keeps. */
  keptBy(provider: ResourceKey): readonly ResourceKey[];
  readonly all: readonly Resource[];
  /**
   * True when something that cannot be read for certain may define it: a definition with a symbolic name that could match,
   * a `get_source` that takes it for granted, or a file that may define more of the type than can be read.
   */
  couldExist(reference: Reference): boolean;
}

export interface Mention {
  readonly uri: string;
  readonly reference: Reference;
  readonly from: Resource | undefined;
}

export interface Graph {
  /** Keys that the resource refers to, in order of mention, each once. */
  inputs(key: ResourceKey): readonly ResourceKey[];
  /** Keys that refer to the resource. */
  dependents(key: ResourceKey): readonly ResourceKey[];
  /** Everything upstream, nearest first, the key itself not included. */
  upstream(key: ResourceKey): readonly ResourceKey[];
  downstream(key: ResourceKey): readonly ResourceKey[];
  /** The cycle through the key, beginning and ending with it, or undefined. */
  cycleThrough(key: ResourceKey): readonly ResourceKey[] | undefined;
}

export interface Snapshot {
  readonly revision: number;
  readonly project: Project;
  readonly era: Era;
  /** In path order. */
  readonly files: ReadonlyMap<string, FileSnapshot>;
  readonly index: ResourceIndex;
  readonly graph: Graph;
  /** The key of a definition or of a reference. */
  keyOf(item: Resource | Reference): ResourceKey;
  /** The variant as people read it: "v1", "default", "the current run". */
  variantText(variant: WrittenVariant | undefined): string;
}
