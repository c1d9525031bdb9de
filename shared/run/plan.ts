// The run plan: what the server, which knows the graph, tells the client, which knows the user, to run. Plain JSON; the
// runner reads it too. Whoever receives one validates it (`parseRunPlan`).

/** A range in a document: LSP positions, zero-based lines and UTF-16 characters. */
export interface PlanRange {
  readonly start: PlanPosition;
  readonly end: PlanPosition;
}

export interface PlanPosition {
  readonly line: number;
  readonly character: number;
}

export type InputFormat = 'parquet' | 'csv' | 'delta' | 'iceberg';

/** Primary data that a step reads. */
export interface PlanInput {
  /** `name.variant`. */
  readonly id: string;
  /** The temporary view it is registered as, e.g. `source_0`; unique in the plan. */
  readonly view: string;
  readonly format: InputFormat;
  /** As the definition wrote it: `s3://bucket/key`. For catalogue tables `database.table`. */
  readonly location: string;
  /** Where a local run reads it: an absolute path, when the project maps the location; otherwise undefined. */
  readonly localPath?: string;
  /**
   * True for the result of a transformation that the plan does not run again (`upstream` was not asked for): a local run
   * reads the newest output it kept of `id`, a remote one the newest folder below `location` (empty where it is unknown).
   */
  readonly produced?: boolean;
  readonly uri: string;
  readonly range: PlanRange;
}

/**
 * A run of the submitted SQL text that was copied from a document, never across a line end on either side where
 * `exact`. Offsets are UTF-16 units of `sql`. Not exact: the run stands as a whole for `range` (a template, an escape).
 */
export interface SqlSegment {
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  readonly range: PlanRange;
  readonly exact: boolean;
}

interface StepBase {
  /** `name.variant`. */
  readonly id: string;
  readonly name: string;
  readonly variant: string;
  /** The view its result is registered as for later steps. */
  readonly view: string;
  /** Ids of inputs and earlier steps, in the order the definition uses them. */
  readonly inputs: readonly string[];
  readonly uri: string;
  /** What to underline when nothing more exact is known: the function's name. */
  readonly range: PlanRange;
}

export interface SqlStep extends StepBase {
  readonly kind: 'sql';
  /** The query with each template replaced by the view of its source. */
  readonly sql: string;
  readonly segments: readonly SqlSegment[];
}

export interface DataframeStep extends StepBase {
  readonly kind: 'dataframe';
  readonly functionName: string;
  /** The `def` statement as it stands in the file, from the first character of its line, decorators left out. */
  readonly source: string;
  /** The line of `def` in the file, one-based as in tracebacks. */
  readonly firstLine: number;
  /** The file's path for tracebacks, absolute where the document is a file. */
  readonly fileName: string;
}

export type PlanStep = SqlStep | DataframeStep;

export interface RunPlan {
  readonly version: 1;
  readonly engine: 'local' | 'emr';
  /** The id whose output was asked for: that of the last step. */
  readonly target: string;
  readonly inputs: readonly PlanInput[];
  /** In the order they must run; each result is the input of later ones. */
  readonly steps: readonly PlanStep[];
  /** At most this many rows are kept of the target's result; undefined: all. */
  readonly limit?: number;
}

/** The answer to a request for a plan. */
export type PlanAnswer =
  { readonly kind: 'plan'; readonly plan: RunPlan } | { readonly kind: 'refused'; readonly reasons: readonly PlanRefusal[] };

export interface PlanRefusal {
  readonly message: string;
  readonly uri?: string;
  readonly range?: PlanRange;
}
