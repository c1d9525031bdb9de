// The part of the facade that tells where in S3 the data of the workspace lies.

import type { S3OutputAnswer, S3OutputParams, S3StoreNode, S3StorePlace } from '../../../shared/protocol/requests';
import type { Resource } from '../definitions/resources';
import type { Snapshot } from '../workspace/snapshot';
import { catalogDatabase, outputPlace } from './outputLocation';
import { rangeOf } from './ranges';
import { parseTypedId, resourcesWithId } from './resourceIds';
import { s3StoreOf, type S3Store } from './s3Store';

export class S3Outputs {
  constructor(private readonly snapshot: () => Snapshot) {}

  /** The file stores of the Spark providers that are in S3, or may be. */
  stores(): readonly S3StoreNode[] {
    const snapshot = this.snapshot();
    const nodes = [...snapshot.files.values()].flatMap(({ definitions, lines }) =>
      definitions.resources.flatMap((resource): S3StoreNode[] => {
        const { registration } = resource;
        if (resource.kind !== 'spark' || registration === undefined) return [];
        const store = s3StoreOf(snapshot, registration);
        if (store.kind === 'other') return [];
        const database = catalogDatabase(registration);
        return [
          {
            key: snapshot.keyOf(resource),
            provider: resource.name.text ?? resource.name.key,
            place: placeOf(store),
            ...(database !== undefined && { database }),
            uri: resource.uri,
            selection: rangeOf(lines, resource.selection),
            range: rangeOf(lines, resource.span),
          },
        ];
      }),
    );
    return nodes.sort((a, b) => (a.provider < b.provider ? -1 : a.provider > b.provider ? 1 : 0));
  }

  /** Undefined where the workspace defines nothing of the id. */
  outputOf({ id }: S3OutputParams): S3OutputAnswer | undefined {
    const snapshot = this.snapshot();
    const typed = parseTypedId(id);
    const byKey = snapshot.index.definitions(id)[0];
    const resource = byKey ?? resourcesWithId(snapshot, typed.type, typed.id)[0];
    return resource === undefined ? undefined : outputOf(snapshot, resource);
  }
}

function outputOf(snapshot: Snapshot, resource: Resource): S3OutputAnswer {
  if (resource.kind === 'file' || resource.kind === 'parquet-file') return primaryData(snapshot, resource);
  const place = outputPlace(snapshot, resource);
  switch (place.kind) {
    case 'files': {
      const region = place.region === undefined ? {} : { region: place.region };
      if (place.variant === undefined) return { kind: 'variants', location: place.folder, ...region };
      return { kind: 'runs', location: `${place.folder}${place.variant}/`, ...region };
    }
    case 'table':
      return { kind: 'none', reason: `its output is the table "${place.name}" of the Glue Data Catalog` };
    case 'unknown':
      return { kind: 'none', reason: place.reason };
  }
}

function primaryData(snapshot: Snapshot, { location, provider }: Resource): S3OutputAnswer {
  if (location?.text.isConstant !== true) return { kind: 'none', reason: 'its location is known only at run time' };
  const written = location.text.value.trim();
  const bucket = /^s3[an]?:\/\/([^/]+)/.exec(written)?.[1];
  if (bucket === undefined) return { kind: 'none', reason: `its location "${written}" is not in S3` };
  const at = written.replace(/^s3[an]:/, 's3:');
  const name = provider?.name?.text;
  const spark = name === undefined ? [] : snapshot.index.variants('provider', name);
  const registration = spark.length === 1 ? spark[0]?.registration : undefined;
  const store = registration === undefined ? undefined : s3StoreOf(snapshot, registration);
  // Of another bucket the definitions tell no region.
  const region = store?.kind === 'known' && store.bucket === bucket ? store.region : undefined;
  return { kind: 'data', location: at, ...(region !== undefined && { region }) };
}

function placeOf(store: Exclude<S3Store, { kind: 'other' }>): S3StorePlace {
  if (store.kind === 'unknown') return store;
  const { bucket, path, region } = store;
  return { kind: 'known', bucket, path, ...(region !== undefined && { region }) };
}
