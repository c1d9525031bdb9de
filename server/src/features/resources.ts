import type { ResourceNode } from '../../../shared/protocol/requests';
import { compareResources } from '../../../shared/protocol/resourceOrder';
import type { Resource } from '../definitions/resources';
import type { Diagnosis } from '../rules/check';
import { encloses } from '../text/span';
import type { Era, FileSnapshot, ResourceKey, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { localPathOf } from './runPlanInputs';
import { idOf, idOfKey, isConstantId, isTransformation, variantOf } from './resourceIds';

/** The resources of a workspace. */
export class ResourcesByFile {
  readonly revision: number;
  readonly era: Era;
  readonly keepRuns: number;

  constructor(
    { revision, era, project }: Snapshot,
    /** The list of a file is the same object while nothing in it differs. */
    readonly files: ReadonlyMap<string, readonly ResourceNode[]>,
  ) {
    [this.revision, this.era, this.keepRuns] = [revision, era, project.keepRuns];
  }

  /** All of them in type, name and variant order. */
  get resources(): readonly ResourceNode[] {
    return [...this.files.values()].flat().sort(compareResources);
  }
}

/** What is listed of the definitions of each file, kept until the file or what is found in it differs. */
export class ResourceLists {
  private readonly known = new WeakMap<FileSnapshot, { readonly version: number; readonly nodes: readonly ResourceNode[] }>();

  /** @param service whose version of a file grows whenever the problems of the file, or what it refers to, may differ. */
  constructor(private readonly service: { diagnosticsVersion(uri: string): number; diagnoses(uri: string): readonly Diagnosis[] }) {}

  /** `root` is the folder of `sparkform.json`. */
  of(snapshot: Snapshot, root: string | undefined): ResourcesByFile {
    const files = [...snapshot.files].filter(([, { definitions }]) => definitions.resources.length > 0);
    // One file may have problems in another: all are checked before the problems of one are counted.
    for (const [uri] of files) this.service.diagnoses(uri);
    return new ResourcesByFile(snapshot, new Map(files.map(([uri, file]) => [uri, this.nodesOf(snapshot, root, file)])));
  }

  private nodesOf(snapshot: Snapshot, root: string | undefined, file: FileSnapshot): readonly ResourceNode[] {
    const version = this.service.diagnosticsVersion(file.uri);
    const known = this.known.get(file);
    if (known?.version === version) return known.nodes;
    const diagnoses = this.service.diagnoses(file.uri);
    const nodes = file.definitions.resources.map((resource) => nodeOf(snapshot, root, file, resource, diagnoses));
    this.known.set(file, { version, nodes });
    return nodes;
  }
}

function nodeOf(
  snapshot: Snapshot,
  root: string | undefined,
  file: FileSnapshot,
  resource: Resource,
  diagnoses: readonly Diagnosis[],
): ResourceNode {
  const key = snapshot.keyOf(resource);
  const inputKeys = snapshot.graph.inputs(key).filter(isData);
  const inside = diagnoses.filter(({ problem }) => (problem.uri ?? file.uri) === file.uri && encloses(resource.span, problem.span));
  return {
    key,
    id: idOf(snapshot, resource),
    type: resource.type,
    kind: resource.kind,
    name: resource.name.text ?? resource.name.key,
    variant: variantOf(snapshot, resource),
    provider: resource.type === 'provider' ? undefined : resource.provider?.name?.text,
    description: resource.description,
    uri: resource.uri,
    selection: rangeOf(file.lines, resource.selection),
    range: rangeOf(file.lines, resource.span),
    runnable: isTransformation(resource) && isConstantId(resource),
    errors: inside.filter(({ severity }) => severity === 'error').length,
    warnings: inside.filter(({ severity }) => severity === 'warning').length,
    inputs: inputKeys.map(idOfKey),
    inputKeys,
    ...localData(snapshot, root, resource),
  };
}

/** Only what the project's mapping can put on this machine: whether it is there, the one who opens it finds out. */
function localData(snapshot: Snapshot, root: string | undefined, { kind, location }: Resource): Pick<ResourceNode, 'localPath'> {
  if ((kind !== 'file' && kind !== 'parquet-file') || location?.text.isConstant !== true) return {};
  const localPath = localPathOf(location.text.value, snapshot.project, root);
  return localPath === undefined ? {} : { localPath };
}

/** Providers and users feed nothing into a resource. */
function isData(key: ResourceKey): boolean {
  return !key.startsWith('provider:') && !key.startsWith('user:');
}
