import type { ResourceNode, ResourcesResult } from '../../../shared/protocol/requests';
import type { Resource } from '../definitions/resources';
import type { Diagnosis } from '../rules/check';
import { encloses } from '../text/span';
import type { FileSnapshot, ResourceKey, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { localPathOf } from './runPlanInputs';
import { allTypes, idOf, idOfKey, isConstantId, isTransformation, variantOf } from './resourceIds';

/** All resources of the workspace in type, name and variant order, with the problems inside each definition. `root` is the folder of `sparkform.json`. */
export function resources(snapshot: Snapshot, root: string | undefined, diagnose: (uri: string) => readonly Diagnosis[]): ResourcesResult {
  const nodes = [...snapshot.files.values()].flatMap((file) => {
    const diagnoses = file.definitions.resources.length === 0 ? [] : diagnose(file.uri);
    return file.definitions.resources.map((resource) => nodeOf(snapshot, root, file, resource, diagnoses));
  });
  const rank = (node: ResourceNode): number => allTypes.findIndex((type) => type === node.type);
  nodes.sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name) || compare(a.variant ?? '', b.variant ?? ''));
  return { revision: snapshot.revision, era: snapshot.era, keepRuns: snapshot.project.keepRuns, resources: nodes };
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
