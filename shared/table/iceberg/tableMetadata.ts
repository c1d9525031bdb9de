// The metadata of an Iceberg table: which file of it is the current one, and what of it says which rows are there.

import type { FolderEntry } from '../folderTable';
import { damaged, TableProblem } from '../tableProblem';
import { idText, objectsOf, parseExactJson, shortText, wholeNumberOf, type JsonObject } from './exactJson';
import { readIcebergSchema, type IcebergField } from './icebergSchema';

/** Reads a whole file of the folder. */
export type ReadText = (entry: FolderEntry) => Promise<string>;

export interface TableMetadata {
  /** Its path in the folder. */
  readonly file: string;
  /** Whether the table itself says that this file is the current one; otherwise a catalog knows. */
  readonly isNamed: boolean;
  /** Where the table was written, with no slash at the end. */
  readonly location: string;
  readonly fields: readonly IcebergField[];
  /** Columns of files that were written without field ids, by Iceberg's "name mapping". */
  readonly mapping: readonly MappedName[] | undefined;
  /** By the id of a partition spec, field by field: the column whose value a partition keeps as it is, if it does. */
  readonly specs: ReadonlyMap<number, readonly (number | undefined)[]>;
  /** Undefined as long as nothing was written. */
  readonly snapshot: Snapshot | undefined;
}

export interface MappedName {
  readonly names: readonly string[];
  readonly id: number | undefined;
  readonly fields: readonly MappedName[];
}

export interface Snapshot {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  /** The location of the list of manifests, or of the manifests themselves, as the first tables had them. */
  readonly manifests: { readonly list: string } | { readonly files: readonly string[] };
}

/** Where metadata stands in a table's folder, and which version of it a file is. */
const metadataFile = /^metadata\/(?:v(\d+)|(\d+)-[^/]*?)(?:\.gz)?\.metadata\.json(?:\.gz)?$/;

/**
 * The current metadata of the table in a folder: the file that `version-hint.text` names or a newer one behind it, as Iceberg's
 * `HadoopTableOperations` finds it; without a hint the newest one, which is current unless the table's catalog says otherwise.
 * @param folder its name, for messages.
 * @throws a TableProblem where it is missing, damaged or of an unknown version of the format.
 */
export async function loadTableMetadata(folder: string, entries: readonly FolderEntry[], read: ReadText): Promise<TableMetadata> {
  const hint = entries.find(({ path }) => path === 'metadata/version-hint.text');
  const candidates = hint ? [hintedFile(folder, entries, (await read(hint)).trim())] : newestFiles(entries);
  const parsed: { readonly file: string; readonly json: JsonObject }[] = [];
  for (const entry of candidates) parsed.push({ file: entry.path, json: parseExactJson(await read(entry), entry.path) });
  // Of two writers that tried the same version at the same time one has failed, and may have left its file.
  const updated = ({ json }: { readonly json: JsonObject }): number => wholeNumberOf(json['last-updated-ms']) ?? 0;
  const [current] = parsed.sort((a, b) => updated(b) - updated(a));
  if (!current) throw new TableProblem('missing', `${folder} has no file of Iceberg metadata`);
  return { ...readMetadata(current.json, current.file), isNamed: hint !== undefined };
}

function versionOf({ path }: FolderEntry): number | undefined {
  const match = metadataFile.exec(path);
  return match ? Number(match[1] ?? match[2]) : undefined;
}

function hintedFile(folder: string, entries: readonly FolderEntry[], hint: string): FolderEntry {
  const named = (name: string): FolderEntry | undefined =>
    entries.find(({ path }) => path.startsWith(`metadata/${name}.`) && metadataFile.test(path));
  let found = named(/^\d+$/.test(hint) ? `v${hint}` : hint);
  if (!found) {
    throw new TableProblem('missing', `${folder} lacks the metadata that its metadata/version-hint.text names: ${shortText(hint)}`);
  }
  for (let version = Number(hint) + 1; ; version++) {
    const next = named(`v${version}`);
    if (!next) return found;
    found = next;
  }
}

/** Attempts at one version are few. */
const mostAttempts = 10;

function newestFiles(entries: readonly FolderEntry[]): readonly FolderEntry[] {
  const newest = entries.reduce((version, entry) => Math.max(version, versionOf(entry) ?? 0), 0);
  return entries.filter((entry) => versionOf(entry) === newest).slice(0, mostAttempts);
}

function readMetadata(json: JsonObject, file: string): Omit<TableMetadata, 'isNamed'> {
  const version = json['format-version'];
  if (version !== 1 && version !== 2 && version !== 3) {
    throw new TableProblem('unsupported', `${file} is of version ${shortText(version)} of Iceberg's format, expected 1, 2 or 3`);
  }
  const { location } = json;
  if (typeof location !== 'string') throw unexpected(file, 'the location of the table', location);
  return {
    file,
    location: location.replace(/\/+$/, ''),
    fields: readIcebergSchema(currentSchema(json, file), file),
    mapping: readMapping(json, file),
    specs: readSpecs(json),
    snapshot: readSnapshot(json, file),
  };
}

function currentSchema(json: JsonObject, file: string): unknown {
  const id = json['current-schema-id'];
  // The first tables have one schema.
  if (json['schemas'] === undefined) return json['schema'];
  const found = objectsOf(json['schemas']).find((schema) => schema['schema-id'] === id);
  if (!found) throw unexpected(file, 'the schema that it calls current', id);
  return found;
}

function readSpecs(json: JsonObject): TableMetadata['specs'] {
  const specs =
    json['partition-specs'] === undefined ? [{ 'spec-id': 0, fields: json['partition-spec'] }] : objectsOf(json['partition-specs']);
  return new Map(
    specs.map((spec) => {
      const columns = objectsOf(spec['fields']).map(({ transform, ['source-id']: source }) =>
        transform === 'identity' ? wholeNumberOf(source) : undefined,
      );
      return [wholeNumberOf(spec['spec-id']) ?? 0, columns];
    }),
  );
}

function readSnapshot(json: JsonObject, file: string): Snapshot | undefined {
  const id = idText(json['current-snapshot-id']);
  if (id === undefined || id === '-1') return undefined;
  const found = objectsOf(json['snapshots']).find((snapshot) => idText(snapshot['snapshot-id']) === id);
  if (!found) throw unexpected(file, 'the snapshot that it calls current', id);
  if (found['key-id'] !== undefined) {
    throw new TableProblem(
      'encrypted',
      `${file} says that snapshot ${id} is encrypted: it cannot be read without the key ${shortText(found['key-id'])}`,
    );
  }
  const { ['manifest-list']: list, manifests } = found;
  const time = wholeNumberOf(found['timestamp-ms']);
  if (typeof list === 'string') return { id, time, manifests: { list } };
  if (Array.isArray(manifests)) return { id, time, manifests: { files: manifests.filter((one) => typeof one === 'string') } };
  throw unexpected(file, `the manifests of snapshot ${id}`, list);
}

function readMapping(json: JsonObject, file: string): readonly MappedName[] | undefined {
  const properties = json['properties'] as JsonObject | null | undefined;
  const text = properties?.['schema.name-mapping.default'];
  if (typeof text !== 'string') return undefined;
  const { mapping } = parseExactJson(`{"mapping":${text}}`, `The name mapping of ${file}`);
  return readNames(mapping, 0);
}

/** Deeper mappings than this come from no writer. */
const deepest = 100;

function readNames(mapping: unknown, depth: number): readonly MappedName[] {
  if (depth > deepest) return [];
  return objectsOf(mapping).map(({ names, fields, ['field-id']: id }) => ({
    names: Array.isArray(names) ? (names as readonly unknown[]).filter((name) => typeof name === 'string') : [],
    id: wholeNumberOf(id),
    fields: readNames(fields, depth + 1),
  }));
}

function unexpected(file: string, expected: string, found: unknown): TableProblem {
  return damaged(file, `expected ${expected}, found ${shortText(found)}`);
}
