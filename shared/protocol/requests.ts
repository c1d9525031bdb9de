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
  readonly uri: string;
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
   * When it is there, `resources` are those of these files alone (none of a file that defines nothing any more), and those of all
   * others are as they were.
   */
  readonly files?: readonly string[];
  /** In type, name and variant order. */
  readonly resources: readonly ResourceNode[];
}

/** All resources of the workspace, or what differs from an earlier answer, where the server can still tell. */
export const resourcesRequest: RequestOf<ResourcesParams, ResourcesResult> = { method: 'sparkform/resources' };

/** Server to client: the resources changed; ask again. Params: `{ revision }`. */
export const resourcesChangedNotification = { method: 'sparkform/resourcesChanged' } as const;

/** Commands that code lenses carry; the client registers them. Arguments: the resource id (`name.variant`). */
export const commandIds = {
  run: 'sparkform.run',
  preview: 'sparkform.preview',
  showDependents: 'sparkform.showDependents',
} as const;
