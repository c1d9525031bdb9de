// The custom requests between the language client and the server, typed once for both sides.

import type { PlanAnswer, PlanRange } from '../run/plan';

/** A method name with the types of what it takes and returns. */
export interface RequestOf<Params, Result> {
  readonly method: string;
  /** Never set: carries the types. */
  readonly types?: { readonly params: Params; readonly result: Result };
}

export interface RunPlanParams {
  /** `name.variant`, or `type:name.variant`. */
  readonly id: string;
  readonly engine: 'local' | 'emr';
  /** Recompute the transformations upstream; when false they must have been run before (`available`). */
  readonly upstream: boolean;
  readonly limit?: number;
}

export const runPlanRequest: RequestOf<RunPlanParams, PlanAnswer> = { method: 'sparkform/runPlan' };

export interface ResourceNode {
  /** `source:name.variant` */
  readonly key: string;
  /** `name.variant` as people write it; the name alone for unversioned types. */
  readonly id: string;
  readonly type: string;
  readonly kind: string;
  readonly name: string;
  readonly variant: string | undefined;
  readonly provider: string | undefined;
  readonly description: string | undefined;
  /** Of its document; of a cell, where a notebook is open. */
  readonly uri: string;
  /** The notebook that holds it. */
  readonly notebook?: string;
  /** The name in the definition: what a click selects. */
  readonly selection: PlanRange;
  readonly range: PlanRange;
  readonly runnable: boolean;
  /** Number of errors and warnings inside the definition. */
  readonly errors: number;
  readonly warnings: number;
  /** Ids of the data it refers to, as people write them. */
  readonly inputs: readonly string[];
  /** Keys of the same, which tell a feature from a source of the same name. */
  readonly inputKeys: readonly string[];
  /** For primary data: the file or folder that local runs read in its place, an absolute path. */
  readonly localPath?: string;
  /** The key of the provider that it is registered with. */
  readonly providerKey?: string;
  /** Keys of the providers and users that it refers to besides: the store of a Spark, the online store of a feature. */
  readonly otherKeys?: readonly string[];
  /** Those of its inputs, providers and users that nothing in the workspace defines. */
  readonly undefinedInputs?: readonly UndefinedInput[];
}

export interface UndefinedInput {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly variant?: string;
  /** Number of problems that the mentions of it have; none where it is taken to be defined elsewhere. */
  readonly errors: number;
  readonly warnings: number;
}

export interface ResourcesParams {
  /** The `list` of the answer that the asker has: only what differs from it is wanted. */
  readonly since?: string;
}

export interface ResourcesResult {
  readonly revision: number;
  readonly era: 'legacy' | 'current';
  /** How many finished local runs the project keeps. */
  readonly keepRuns: number;
  /** Names this answer in the next question. */
  readonly list: string;
  /**
   * When it is there, `resources` are those of these files and notebooks alone (none of one that defines nothing any more), and those
   * of all others are as they were.
   */
  readonly files?: readonly string[];
  /** In type, name and variant order. */
  readonly resources: readonly ResourceNode[];
}

/** All resources of the workspace, or what differs from an earlier answer, where the server can still tell. */
export const resourcesRequest: RequestOf<ResourcesParams, ResourcesResult> = { method: 'sparkform/resources' };

/** Server to client: the resources changed; ask again. Params: `{ revision }`. */
export const resourcesChangedNotification = { method: 'sparkform/resourcesChanged' } as const;

export interface ResourceAtParams {
  readonly textDocument: { readonly uri: string };
  readonly position: PlanRange['start'];
}

export interface ResourceAtResult {
  /** The key of the innermost definition around the position. */
  readonly definition?: string;
  /** The key of what is mentioned there, whether the workspace defines it or not. */
  readonly reference?: string;
}

/** What stands at a position; null where nothing of the workspace's definitions does. */
export const resourceAtRequest: RequestOf<ResourceAtParams, ResourceAtResult | null> = { method: 'sparkform/resourceAt' };

export interface ResourcePlaceParams {
  readonly key: string;
}

export interface ResourcePlace {
  readonly uri: string;
  readonly range: PlanRange;
}

/** The name in the definition of a resource or, where nothing defines it, its first mention; null where there is none. */
export const resourcePlaceRequest: RequestOf<ResourcePlaceParams, ResourcePlace | null> = { method: 'sparkform/resourcePlace' };

/** Commands that code lenses carry; the client registers them. Arguments: the resource id (`name.variant`). */
export const commandIds = {
  run: 'sparkform.run',
  preview: 'sparkform.preview',
  showDependents: 'sparkform.showDependents',
} as const;

/** The file store of a Spark provider, where that is S3 or may be. */
export interface S3StoreNode {
  /** Tells the providers of the workspace apart, as a resource's key does. */
  readonly key: string;
  /** The provider's name as it is written. */
  readonly provider: string;
  readonly place: S3StorePlace;
  /** The Glue catalogue's database, in which transformations are tables and no files below the store. */
  readonly database?: string;
  readonly uri: string;
  /** The provider's name in its definition. */
  readonly selection: PlanRange;
  readonly range: PlanRange;
}

export type S3StorePlace =
  | {
      readonly kind: 'known';
      readonly bucket: string;
      /** What lies before `featureform/`, without slashes at its ends; empty for the bucket itself. */
      readonly path: string;
      readonly region?: string;
    }
  /** Not told by constants of the definitions alone. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The file stores of the workspace's Spark providers, in the order of their names. Takes no parameters. */
export const s3StoresRequest: RequestOf<undefined, readonly S3StoreNode[]> = { method: 'sparkform/s3Stores' };

export interface S3OutputParams {
  /** As of a run plan. */
  readonly id: string;
}

/** Where in S3 the data of a resource lies. Locations of folders end with a slash. */
export type S3OutputAnswer =
  /** A folder with a folder for each run, named for its moment. */
  | { readonly kind: 'runs'; readonly location: string; readonly region?: string }
  /** The variant is that of the moment: a folder with one of the same for each variant that was ever written. */
  | { readonly kind: 'variants'; readonly location: string; readonly region?: string }
  /** Primary data: a file or a folder. */
  | { readonly kind: 'data'; readonly location: string; readonly region?: string }
  | { readonly kind: 'none'; readonly reason: string };

export const s3OutputRequest: RequestOf<S3OutputParams, S3OutputAnswer> = { method: 'sparkform/s3Output' };
