import type { ResourceNode, UndefinedInput } from '../../../shared/protocol/requests';
import { compareResources } from '../../../shared/protocol/resourceOrder';
import type { Reference, Resource } from '../definitions/resources';
import type { Diagnosis } from '../rules/check';
import { encloses, type Location, type Span } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
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
    const found = new Map<string, readonly Diagnosis[]>();
    const diagnose = (uri: string): readonly Diagnosis[] => {
      const diagnoses = found.get(uri) ?? this.service.diagnoses(uri);
      found.set(uri, diagnoses);
      return diagnoses;
    };
    const nodes = file.definitions.resources.map((resource) => nodeOf({ snapshot, root, file, diagnose }, resource));
    this.known.set(file, { version, nodes });
    return nodes;
  }
}

interface ListedFile {
  readonly snapshot: Snapshot;
  readonly root: string | undefined;
  readonly file: FileSnapshot;
  readonly diagnose: (uri: string) => readonly Diagnosis[];
}

function nodeOf(listed: ListedFile, resource: Resource): ResourceNode {
  const { snapshot, root, file } = listed;
  const key = snapshot.keyOf(resource);
  const keys = snapshot.graph.inputs(key);
  const inputKeys = keys.filter(isData);
  const providerKey = resource.provider?.name && `provider:${resource.provider.name.key}`;
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
    ...countProblems(listed, [{ uri: file.uri, span: resource.span }, ...queryFilesOf(resource)]),
    inputs: inputKeys.map(idOfKey),
    inputKeys,
    ...localData(snapshot, root, resource),
    ...(providerKey !== undefined && { providerKey }),
    ...(inputKeys.length < keys.length && { otherKeys: keys.filter((one) => !isData(one)) }),
    ...undefinedInputs(listed, resource),
  };
}

/** What the definition refers to and nothing defines. */
function undefinedInputs(listed: ListedFile, { references, provider }: Resource): Pick<ResourceNode, 'undefinedInputs'> {
  const { snapshot, file } = listed;
  const found = new Map<ResourceKey, UndefinedInput>();
  for (const reference of references) {
    const key = snapshot.keyOf(reference);
    if (snapshot.index.definitions(key).length > 0) continue;
    const { type, name, span } = reference;
    const before = found.get(key);
    const { errors, warnings } = countProblems(listed, [{ uri: reference.uri ?? file.uri, span }]);
    found.set(key, {
      ...{ key, type, name: name.text ?? name.key },
      ...variantOfReference(snapshot, reference),
      errors: errors + (before?.errors ?? 0),
      warnings: warnings + (before?.warnings ?? 0),
    });
  }
  const name = provider?.name;
  const key = `provider:${name?.key ?? ''}`;
  if (name !== undefined && !found.has(key) && snapshot.index.definitions(key).length === 0) {
    found.set(key, { key, type: 'provider', name: name.text ?? name.key, errors: 0, warnings: 0 });
  }
  return found.size === 0 ? {} : { undefinedInputs: [...found.values()] };
}

function variantOfReference(snapshot: Snapshot, reference: Reference): Pick<UndefinedInput, 'variant'> {
  // The variant is what the key has behind the name.
  const id = idOf(snapshot, reference);
  const { key } = reference.name;
  return id.startsWith(`${key}.`) ? { variant: id.slice(key.length + 1) } : {};
}

/** The files of SQL that the query of a definition comes from. */
function queryFilesOf({ sql }: Resource): readonly Location[] {
  const uris = new Set((sql?.text.segments ?? []).map(({ uri }) => uri).filter(isQueryFile));
  return [...uris].map((uri) => ({ uri, span: WHOLE }));
}

const WHOLE: Span = { start: 0, end: Infinity };

function countProblems({ diagnose }: ListedFile, places: readonly Location[]): Pick<ResourceNode, 'errors' | 'warnings'> {
  const found = places.flatMap(({ uri, span }) =>
    diagnose(uri).filter(({ problem }) => (problem.uri ?? uri) === uri && encloses(span, problem.span)),
  );
  return {
    errors: found.filter(({ severity }) => severity === 'error').length,
    warnings: found.filter(({ severity }) => severity === 'warning').length,
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
