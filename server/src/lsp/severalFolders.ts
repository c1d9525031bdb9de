// What the folders of a workspace say together. In each the same id may be defined: where there are several, what leaves the
// server names the folder that it belongs to, and what comes back is read again for that folder.

import type { CodeLens, Position } from 'vscode-languageserver-types';
import type {
  ResourceAtResult,
  ResourceNode,
  ResourcePlace,
  RunPlanParams,
  S3OutputAnswer,
  S3OutputParams,
  S3StoreNode,
} from '../../../shared/protocol/requests';
import type { PlanAnswer } from '../../../shared/run/plan';
import type { FolderProject } from './folderProject';
import type { Session } from './session';

/** What stands at a position, under the keys that a client knows. */
export function resourceAtOf(session: Session, uri: string, position: Position): ResourceAtResult | undefined {
  const project = session.of(uri);
  const found = project.service.places.at(uri, position);
  if (found === undefined || session.projects.length === 1) return found;
  const { definition, reference } = found;
  return {
    ...(definition !== undefined && { definition: keyIn(project, definition) }),
    ...(reference !== undefined && { reference: keyIn(project, reference) }),
  };
}

export function resourcePlaceOf({ projects }: Session, key: string): ResourcePlace | undefined {
  const [only] = projects;
  if (projects.length === 1) return only?.service.places.of(key);
  for (const project of projects) {
    const own = keyWithin(project, key);
    if (own !== undefined) return project.service.places.of(own);
  }
  return undefined;
}

/** A resource with its keys as a client of several folders knows them. */
export function nodeIn(project: FolderProject, node: ResourceNode): ResourceNode {
  const spelled = (key: string): string => keyIn(project, key);
  const { key, inputKeys, providerKey, otherKeys, undefinedInputs } = node;
  return {
    ...node,
    key: spelled(key),
    inputKeys: inputKeys.map(spelled),
    ...(providerKey !== undefined && { providerKey: spelled(providerKey) }),
    ...(otherKeys !== undefined && { otherKeys: otherKeys.map(spelled) }),
    ...(undefinedInputs !== undefined && { undefinedInputs: undefinedInputs.map((one) => ({ ...one, key: spelled(one.key) })) }),
  };
}

/** The plan of the folder that the id names, otherwise of the first that has one. */
export function runPlanOf({ projects }: Session, params: RunPlanParams): PlanAnswer {
  const answers = candidatesFor(projects, params.id).map(({ project, id }) => project.service.runPlan({ ...params, id }));
  const [first] = answers;
  if (first === undefined) throw new Error('a session has at least one project');
  // A refusal that points into a document comes from a folder that defines the id.
  return answers.find(({ kind }) => kind === 'plan') ?? answers.find(isPlaced) ?? first;
}

/** The file stores of all folders, those of one folder after those of the other. */
export function s3StoresOf({ projects }: Session): readonly S3StoreNode[] {
  const [only] = projects;
  if (only !== undefined && projects.length === 1) return only.service.s3.stores();
  return projects.flatMap((project) => project.service.s3.stores().map((store) => ({ ...store, key: keyIn(project, store.key) })));
}

/** The data of the folder that the id names, otherwise of the first that has some. */
export function s3OutputOf({ projects }: Session, { id: asked }: S3OutputParams): S3OutputAnswer {
  const answers = candidatesFor(projects, asked).flatMap(({ project, id }) => project.service.s3.outputOf({ id }) ?? []);
  const [first] = answers;
  const nothing: S3OutputAnswer = { kind: 'none', reason: `nothing in this workspace defines "${asked}"` };
  return answers.find(({ kind }) => kind !== 'none') ?? first ?? nothing;
}

export function codeLensOf(session: Session, uri: string, clientUri: string): CodeLens[] {
  const project = session.of(uri);
  if (!project.settings.codeLens) return [];
  const lenses = [...project.service.codeLens(uri)];
  return session.projects.length === 1 ? lenses : lenses.map((lens) => lensIn(clientUri, lens));
}

export function resolveCodeLens(session: Session, lens: CodeLens, toCore: (uri: string) => string): CodeLens {
  const data: unknown = lens.data;
  const [first] = session.projects;
  if (!isFolderData(data)) return first?.service.codeLensResolve(lens) ?? lens;
  const resolved = session.of(toCore(data.document)).service.codeLensResolve({ ...lens, data: data.data });
  return lensIn(data.document, resolved);
}

/** Data of a lens that has to be resolved in the folder of its document. */
interface FolderData {
  readonly document: string;
  readonly data: unknown;
}

function isFolderData(data: unknown): data is FolderData {
  return typeof data === 'object' && data !== null && 'document' in data && typeof data.document === 'string' && 'data' in data;
}

/** The command is told, behind the id, which document it was called from. */
function lensIn(document: string, lens: CodeLens): CodeLens {
  const { command, data } = lens as { readonly command?: CodeLens['command']; readonly data?: unknown };
  return {
    range: lens.range,
    ...(command === undefined ? {} : { command: { ...command, arguments: [...argumentsOf(command), document] } }),
    ...(data === undefined ? {} : { data: { document, data } satisfies FolderData }),
  };
}

function argumentsOf({ arguments: given }: NonNullable<CodeLens['command']>): readonly unknown[] {
  return given ?? [];
}

/** The key of a resource where several folders may define the same. */
function keyIn({ folder }: FolderProject, key: string): string {
  return `${key} in ${folder ?? ''}`;
}

function keyWithin({ folder }: FolderProject, key: string): string | undefined {
  const end = ` in ${folder ?? ''}`;
  return key.endsWith(end) ? key.slice(0, -end.length) : undefined;
}

/** The folder whose resource a key is; for an id that names none every folder. */
function candidatesFor(
  projects: readonly FolderProject[],
  id: string,
): readonly { readonly project: FolderProject; readonly id: string }[] {
  const named = projects.flatMap((project) => {
    const within = keyWithin(project, id);
    return within === undefined ? [] : [{ project, id: within }];
  });
  return named.length > 0 ? named : projects.map((project) => ({ project, id }));
}

function isPlaced(answer: PlanAnswer): boolean {
  return answer.kind === 'refused' && answer.reasons.some(({ uri }) => uri !== undefined);
}
