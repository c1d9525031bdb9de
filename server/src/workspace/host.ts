// The outside world as the core sees it. The command line and the language server bring a Node host, the tests one in memory.

import type { KnownTexts } from '../python/parser';

/** A file the workspace can hold, by URI. */
export interface WorkspaceHost {
  /** The folders that are checked, as URIs without a trailing slash. */
  readonly roots: readonly string[];
  /** Every Python file and notebook below the roots that is not excluded, as URIs. */
  listFiles(): Promise<readonly string[]>;
  /** True when a file that was created just now would be listed; a host without it takes every file below its roots. */
  includes?(uri: string): Promise<boolean>;
  /** The text of a file, or undefined when it cannot be read. */
  readFile(uri: string): Promise<string | undefined>;
  /** What is known of texts from an earlier start; a host without it keeps nothing. */
  openTrees?(): Promise<KeptTexts | undefined>;
}

export interface KeptTexts extends KnownTexts {
  /** To be called once, when every text of the workspace was asked for. Never rejects. */
  save(): Promise<void>;
}
