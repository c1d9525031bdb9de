// What a client was told of the resources, so that it is told next time what differs: an edit changes those of a few files, and
// all ten thousand of a large workspace are megabytes.

import { randomUUID } from 'node:crypto';
import type { ResourceNode, ResourcesParams, ResourcesResult } from '../../../shared/protocol/requests';
import type { ClientUris } from './clientUris';
import type { FolderProject } from './folderProject';
import type { Session } from './session';
import { keyIn } from './severalFolders';

export class SentResources {
  private sent: { readonly list: string; readonly files: ReadonlyMap<string, readonly ResourceNode[]> } | undefined;

  constructor(private readonly uris: ClientUris) {}

  /** All resources, those of one folder after those of the other; or of one folder those that differ from the last answer. */
  answer({ projects, revision }: Session, { since }: ResourcesParams): ResourcesResult {
    const answers = projects.map((project) => ({ project, found: project.service.resources() }));
    const [only] = answers;
    const list = randomUUID();
    const facts = {
      revision,
      era: answers.every(({ found }) => found.era === 'legacy') ? ('legacy' as const) : ('current' as const),
      // Nobody loses a run that one of the folders wants kept.
      keepRuns: Math.max(...answers.map(({ found }) => found.keepRuns)),
      list,
    };
    if (only === undefined || answers.length > 1) {
      this.sent = undefined;
      const resources = answers.flatMap(({ project, found }) => found.resources.map((node) => this.spelled(nodeIn(project, node))));
      return { ...facts, resources };
    }
    const { files } = only.found;
    const before = since !== undefined && since === this.sent?.list ? this.sent.files : undefined;
    this.sent = { list, files };
    if (before === undefined) return { ...facts, resources: only.found.resources.map((node) => this.spelled(node)) };
    const changed = [...files].filter(([uri, nodes]) => before.get(uri) !== nodes);
    const gone = [...before.keys()].filter((uri) => !files.has(uri));
    return {
      ...facts,
      files: [...changed.map(([uri]) => uri), ...gone].map((uri) => this.uris.toClient(uri)),
      resources: changed.flatMap(([, nodes]) => nodes.map((node) => this.spelled(node))),
    };
  }

  private spelled(node: ResourceNode): ResourceNode {
    return { ...node, uri: this.uris.toClient(node.uri) };
  }
}

function nodeIn(project: FolderProject, node: ResourceNode): ResourceNode {
  return { ...node, key: keyIn(project, node.key), inputKeys: node.inputKeys.map((key) => keyIn(project, key)) };
}
