// What a client was told of the resources, so that it is told next time what differs: an edit changes those of a few files, and
// all ten thousand of a large workspace are megabytes.

import { randomUUID } from 'node:crypto';
import type { ResourceNode, ResourcesParams, ResourcesResult } from '../../../shared/protocol/requests';
import { isNotebook } from '../workspace/fileUris';
import type { ClientUris } from './clientUris';
import type { FolderProject } from './folderProject';
import type { Session } from './session';
import { nodeIn } from './severalFolders';

export class SentResources {
  private sent: { readonly list: string; readonly folders: string; readonly files: ReadonlyMap<string, SentFile> } | undefined;

  constructor(private readonly uris: ClientUris) {}

  /** All resources, those of one folder after those of the other; or those of the files that differ from the last answer. */
  answer(session: Session, { since }: ResourcesParams): ResourcesResult {
    const { projects, revision } = session;
    const answers = projects.map((project) => ({ project, found: project.service.resources() }));
    const files = new Map(
      answers.flatMap(({ project, found }) =>
        [...found.files].map(([uri, nodes]) => [uri, { project, nodes, inCells: isNotebook(uri) && session.isOpen(uri) }]),
      ),
    );
    // Where there are several folders, keys name them.
    const folders = projects.map(({ folder }) => folder ?? '').join('\n');
    const before = since !== undefined && since === this.sent?.list && folders === this.sent.folders ? this.sent.files : undefined;
    const list = randomUUID();
    this.sent = { list, folders, files };
    const spelled = ({ project, nodes }: Pick<SentFile, 'project' | 'nodes'>): readonly ResourceNode[] =>
      nodes.map((node) => this.spelled(projects.length === 1 ? node : nodeIn(project, node)));
    const changed = [...files].filter(([uri, { nodes, inCells }]) => {
      const known = before?.get(uri);
      return known?.nodes !== nodes || known.inCells !== inCells;
    });
    const gone = [...(before?.keys() ?? [])].filter((uri) => !files.has(uri));
    return {
      revision,
      era: answers.every(({ found }) => found.era === 'legacy') ? ('legacy' as const) : ('current' as const),
      // Nobody loses a run that one of the folders wants kept.
      keepRuns: Math.max(...answers.map(({ found }) => found.keepRuns)),
      list,
      ...(before !== undefined && { files: [...changed.map(([uri]) => uri), ...gone].map((uri) => this.uris.toClient(uri)) }),
      resources:
        before === undefined
          ? answers.flatMap(({ project, found }) => spelled({ project, nodes: found.resources }))
          : changed.flatMap(([, file]) => spelled(file)),
    };
  }

  private spelled(node: ResourceNode): ResourceNode {
    const uri = this.uris.toClient(node.uri);
    // Of a notebook that is open, the client is told cells.
    return { ...node, uri, ...(isNotebook(node.uri) && { notebook: uri }) };
  }
}

/** What was listed of a file: the same object while nothing in it differs. */
interface SentFile {
  readonly project: FolderProject;
  readonly nodes: readonly ResourceNode[];
  /** Whether its places were told as those of cells. */
  readonly inCells: boolean;
}
