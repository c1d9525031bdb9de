// What `activate` returns: enough for other extensions, and for the tests in the real editor, to see what the views show.

import type { Event, TreeDataProvider } from 'vscode';
import type { LineageGraph } from '../../shared/lineage/lineageGraph';
import type { RunView } from './runs/runView';
import type { GroupNode } from './views/resourceTreeModel';
import type { S3Node } from './views/s3TreeNode';

export interface ExtensionApi {
  /** Resolves when the server has told the workspace's resources for the first time; rejects when it does not start. */
  readonly ready: Promise<void>;
  readonly resources: {
    /** The Resources view as it stands, the filter applied. */
    readonly groups: readonly GroupNode[];
    readonly onDidChange: Event<void>;
  };
  readonly runs: {
    /** The Runs view as it stands, newest first. */
    readonly all: readonly RunView[];
    /** The id of the run that changed; undefined when the list as a whole did. */
    readonly onDidChange: Event<string | undefined>;
  };
  /** The rows of the S3 view; asking for those below a row lists it, as unfolding it does. */
  readonly s3: TreeDataProvider<S3Node>;
  readonly lineage: {
    /** The graph that the lineage views show, with the state of the runs. */
    readonly graph: LineageGraph;
    /** The id of what the views look at while they follow the cursor; kept where there is nothing at the cursor. */
    readonly atCursor: string | undefined;
  };
}
