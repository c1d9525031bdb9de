// Tables in S3: an object, or a folder of objects.

import { openObject, openPrefix, type ObjectSource, type PrefixSource } from '../s3/objectSources';
import type { ObjectStore } from '../s3/objectStore';
import { formatS3Location, parseS3Location } from '../s3/s3Location';
import type { ReadMeter } from '../table/byteSource';
import { openCsv } from '../table/csvTable';
import { openFolder, type OpenFolderOptions } from '../table/folderTable';
import { openParquetFile } from '../table/parquetParts';
import { TableProblem } from '../table/tableProblem';
import type { OpenedLocation } from './localFiles';

/**
 * Opens a parquet or CSV object, or all below a prefix as one table, by its `s3://` location; `cost` grows with every
 * request. Throws a TableProblem, or the reason of the signal.
 */
export async function openS3(text: string, store: ObjectStore, cost: ReadMeter, options: OpenFolderOptions = {}): Promise<OpenedLocation> {
  const location = parseS3Location(text);
  const { key } = location;
  const asked = { cost, signal: options.signal };
  const folder = openPrefix(store, location, asked);
  if (key === '' || key.endsWith('/')) {
    const entries = await folder.list();
    if (entries.length > 0 || key === '') return folderTable(folder, options);
    throw new TableProblem('missing', `${formatS3Location(location)} does not exist: there is no object below it`);
  }
  const findObject = (): Promise<Found<ObjectSource>> => find(() => openObject(store, location, asked));
  const findFolder = async (): Promise<Found<PrefixSource>> => {
    const listed = await find(() => folder.list());
    return listed.value?.length === 0 ? nothing : { ...listed, value: listed.value && folder };
  };
  // A name does not tell: Spark writes folders named `x.parquet`, and objects need no ending.
  if (isFileName(key)) {
    const object = await findObject();
    if (object.value) return fileTable(object.value, options);
    const below = await findFolder();
    if (below.value) return folderTable(below.value, options);
    throw object.problem ?? new TableProblem('missing', `${formatS3Location(location)} does not exist`);
  }
  const below = await findFolder();
  if (below.value) return folderTable(below.value, options);
  const object = await findObject();
  if (object.value) return fileTable(object.value, options);
  if (below.problem) throw below.problem;
  if (object.problem?.kind === 'denied') throw object.problem;
  throw new TableProblem('missing', `${formatS3Location(location)} does not exist: there is no such object, and none below it`);
}

function isFileName(key: string): boolean {
  return /\.(parq(uet)?|csv)$/i.test(key);
}

async function fileTable(source: ObjectSource, options: OpenFolderOptions): Promise<OpenedLocation> {
  const { run, signal } = options;
  if (typeof run === 'object') throw new TableProblem('missing', `${source.name} is a file; it holds no run "${run.name}"`);
  const table = /\.csv$/i.test(source.name) ? await openCsv(source, options) : await openParquetFile(source, signal && { signal });
  return { table, fingerprint: `${source.etag} ${source.size}` };
}

async function folderTable(folder: PrefixSource, options: OpenFolderOptions): Promise<OpenedLocation> {
  const table = await openFolder(folder, options);
  return { table, fingerprint: folder.fingerprint() };
}

/** What is there, or why it cannot be known; neither where there is nothing. */
interface Found<Value> {
  readonly value: Value | undefined;
  readonly problem: TableProblem | undefined;
}

const nothing = { value: undefined, problem: undefined };

/** What S3 refuses may still be allowed in another way: without leave to list, it refuses what is not there. */
async function find<Value>(look: () => Promise<Value>): Promise<Found<Value>> {
  try {
    return { value: await look(), problem: undefined };
  } catch (error) {
    if (!(error instanceof TableProblem) || (error.kind !== 'missing' && error.kind !== 'denied')) throw error;
    return { value: undefined, problem: error };
  }
}
