// Manifests: which files the current snapshot of an Iceberg table has, of data and of deletes.

import { mapBounded } from '../boundedParallel';
import { damaged, TableProblem } from '../tableProblem';
import { readAvro } from './avroFile';
import { idText, isObject, shortText, wholeNumberOf, type JsonObject } from './exactJson';
import { plainLocation, readWhole, type TableFiles } from './tableFiles';
import type { Snapshot } from './tableMetadata';

export interface SnapshotFiles {
  readonly data: readonly DataFile[];
  readonly deletes: readonly DeleteFile[];
}

export interface DataFile {
  readonly location: string;
  readonly rows: number;
  /** The order of the commit that added its rows; 0 in tables of the first version. */
  readonly sequence: number;
  readonly specId: number;
  /** The values of its partition, in the order of the fields of the spec. */
  readonly partition: readonly unknown[];
}

/** Rows of data files that are no longer there. */
export type DeleteFile = {
  readonly location: string;
  readonly rows: number;
  readonly sequence: number;
} & (
  | { readonly kind: 'positions' }
  | { readonly kind: 'equality' }
  /** A part of a file of bitmaps, for one data file. */
  | { readonly kind: 'vector'; readonly dataFile: string; readonly start: number; readonly end: number }
);

interface Manifest {
  readonly location: string;
  readonly specId: number;
  readonly sequence: number;
}

const parallelManifests = 8;
/** More than any table that is shown has parts. */
const mostFiles = 200_000;
const mostManifests = 50_000;

/**
 * The live files of a snapshot ([Iceberg, "Manifest Lists", "Manifests"](https://iceberg.apache.org/spec/)), those of data in the
 * order in which their rows were committed, then of their locations.
 * @throws a TableProblem where a file is missing, damaged, encrypted or of a format that is not read.
 */
export async function readSnapshotFiles(files: TableFiles, snapshot: Snapshot, signal: AbortSignal | undefined): Promise<SnapshotFiles> {
  const manifests = await readManifestList(files, snapshot, signal);
  const data: DataFile[] = [];
  const deletes: DeleteFile[] = [];
  await mapBounded(manifests, parallelManifests, async (manifest) => {
    for await (const file of readManifest(files, manifest, signal)) {
      if ('kind' in file) deletes.push(file);
      else data.push(file);
      if (data.length + deletes.length <= mostFiles) continue;
      throw new TableProblem('too-large', `snapshot ${snapshot.id} has more than ${mostFiles} files`);
    }
  });
  const byCommit = (a: DataFile, b: DataFile): number =>
    a.sequence - b.sequence || (a.location < b.location ? -1 : a.location > b.location ? 1 : 0);
  return { data: data.sort(byCommit), deletes };
}

async function readManifestList(
  files: TableFiles,
  { id, manifests }: Snapshot,
  signal: AbortSignal | undefined,
): Promise<readonly Manifest[]> {
  if ('files' in manifests) return manifests.files.map((location) => ({ location, specId: 0, sequence: 0 }));
  const source = await files.open(manifests.list, signal);
  const found: Manifest[] = [];
  for await (const records of readAvro(await readWhole(source, signal), source, signal)) {
    for (const record of records) {
      const fields = new AvroFields(record, source.name);
      if (record['key_metadata'] !== undefined) throw encrypted(source.name, fields.text('manifest_path'));
      found.push({
        location: fields.text('manifest_path'),
        specId: fields.number('partition_spec_id', 0),
        sequence: fields.number('sequence_number', 0),
      });
    }
    if (found.length > mostManifests) throw new TableProblem('too-large', `snapshot ${id} has more than ${mostManifests} manifests`);
  }
  return found;
}

async function* readManifest(
  files: TableFiles,
  manifest: Manifest,
  signal: AbortSignal | undefined,
): AsyncGenerator<DataFile | DeleteFile> {
  const source = await files.open(manifest.location, signal);
  for await (const records of readAvro(await readWhole(source, signal), source, signal)) {
    for (const record of records) {
      const file = readEntry(record, manifest, source.name);
      if (file) yield file;
    }
  }
}

/** Of `status`: the file is no longer there. */
const deletedStatus = 2;

function readEntry(record: JsonObject, manifest: Manifest, name: string): DataFile | DeleteFile | undefined {
  const entry = new AvroFields(record, name);
  if (entry.number('status') === deletedStatus) return undefined;
  const own = record['data_file'];
  if (!isObject(own)) throw damaged(name, `expected data_file, found ${shortText(own)}`);
  const file = new AvroFields(own, name);
  const location = file.text('file_path');
  if (own['key_metadata'] !== undefined) throw encrypted(name, location);
  const rows = file.number('record_count');
  // What a commit adds has the commit's number, which was not known when the manifest was written.
  const sequence = entry.number('sequence_number', manifest.sequence);
  const content = file.number('content', 0);
  const format = file.text('file_format').toLowerCase();
  if (content === 2) return { kind: 'equality', location, rows, sequence };
  if (content === 1 && format === 'puffin') {
    const start = file.number('content_offset');
    const dataFile = file.text('referenced_data_file');
    return {
      kind: 'vector',
      location,
      rows,
      sequence,
      dataFile: plainLocation(dataFile),
      start,
      end: start + file.number('content_size_in_bytes'),
    };
  }
  if (format !== 'parquet') {
    throw new TableProblem(
      'unsupported',
      `${location} is a file of the format ${format.toUpperCase()}, expected parquet: no other files of Iceberg tables are shown`,
    );
  }
  if (content === 1) return { kind: 'positions', location, rows, sequence };
  return {
    location,
    rows,
    sequence,
    specId: manifest.specId,
    partition: isObject(own['partition']) ? Object.values(own['partition']) : [],
  };
}

function encrypted(name: string, file: string): TableProblem {
  return new TableProblem('encrypted', `${file} is encrypted, as ${name} says: it cannot be read without its key`);
}

/** Fields of a record, each checked for what it must be. */
class AvroFields {
  constructor(
    private readonly record: JsonObject,
    private readonly name: string,
  ) {}

  text(field: string): string {
    const value = this.record[field];
    return typeof value === 'string' ? value : this.fail(field, 'text', value);
  }

  /** A whole number that is not negative. @param otherwise where the record has none. */
  number(field: string, otherwise?: number): number {
    const value = this.record[field];
    if (value === undefined && otherwise !== undefined) return otherwise;
    const number = wholeNumberOf(value);
    return number !== undefined && number >= 0 ? number : this.fail(field, 'a whole number', value);
  }

  private fail(field: string, expected: string, value: unknown): never {
    const found = idText(value) ?? shortText(value);
    throw damaged(this.name, `expected ${expected} in ${field}, found ${found}`);
  }
}
