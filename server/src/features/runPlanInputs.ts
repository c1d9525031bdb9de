// Primary data as a plan reads it: format, location, and the place on this machine that stands for it.

import type { InputFormat, PlanInput } from '../../../shared/run/plan';
import type { Resource } from '../definitions/resources';
import type { Project } from '../workspace/project';
import { pathOfUri, resolvePath } from '../workspace/fileUris';
import type { Snapshot } from '../workspace/snapshot';
import { argumentOf, constantText, outputLocation } from './outputLocation';
import { rangeOf } from './ranges';
import type { Refuse } from './refuse';
import { idOf, isTransformation, kindWords } from './resourceIds';

export interface PlanInputOptions {
  readonly view: string;
  readonly root: string | undefined;
  readonly refuse: Refuse;
}

/** The input for a primary source, or for an earlier result of a transformation; undefined when it was refused. */
export function planInput(snapshot: Snapshot, resource: Resource, { view, root, refuse }: PlanInputOptions): PlanInput | undefined {
  const file = snapshot.files.get(resource.uri);
  if (file === undefined) return undefined;
  const base = { id: idOf(snapshot, resource), view, uri: resource.uri, range: rangeOf(file.lines, resource.selection) };
  if (isTransformation(resource)) {
    return { ...base, format: 'parquet', location: outputLocation(snapshot, resource) ?? '', produced: true };
  }
  const source = locate(resource, base.id, refuse);
  if (source === undefined) return undefined;
  const isTable = source.format === 'delta' || source.format === 'iceberg';
  const localPath = isTable ? undefined : localPathOf(source.location, snapshot.project, root);
  return { ...base, ...source, ...(localPath !== undefined && { localPath }) };
}

/** The path that stands for a location in local runs, when the project maps it; `locations` come longest prefix first. */
export function localPathOf(location: string, project: Project, root: string | undefined): string | undefined {
  const wanted = plainScheme(location);
  for (const { remote, local } of project.locations) {
    const prefix = plainScheme(remote);
    if (wanted !== prefix && !wanted.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)) continue;
    const rest = wanted.slice(prefix.length).replace(/^\/+/, '');
    const path = rest === '' ? local : `${local.replace(/[\\/]+$/, '')}/${rest}`;
    return isAbsolute(path) ? resolvePath('', path) : root === undefined ? undefined : resolvePath(root, path);
  }
  const path = pathOfUri(location);
  if (path !== undefined) return path;
  if (/^[a-z][a-z0-9+.-]+:/i.test(location)) return undefined;
  return isAbsolute(location) ? resolvePath('', location) : root === undefined ? undefined : resolvePath(root, location);
}

function locate(resource: Resource, id: string, refuse: Refuse): { readonly format: InputFormat; readonly location: string } | undefined {
  const here = { uri: resource.uri, span: resource.selection };
  switch (resource.kind) {
    case 'file':
    case 'parquet-file': {
      if (resource.location === undefined) {
        const written = argumentOf(resource.registration, 'file_path') ?? argumentOf(resource.registration, 'path');
        if (written === undefined) refuse(`"${id}" has no location`, here);
        else refuse(`the location of "${id}" is known only at run time`, { uri: resource.uri, span: written.valueSpan });
        return undefined;
      }
      const { text, span } = resource.location;
      if (!text.isConstant) {
        refuse(`the location of "${id}" is known only at run time`, { uri: resource.uri, span });
        return undefined;
      }
      if (text.value.trim() === '') {
        refuse(`"${id}" has no location`, { uri: resource.uri, span });
        return undefined;
      }
      const format = formatOf(text.value);
      if (format !== undefined) return { format, location: text.value };
      refuse(`"${lastElement(text.value)}": Featureform on Spark reads .csv files, .parquet files and folders without a suffix`, {
        uri: resource.uri,
        span,
      });
      return undefined;
    }
    case 'delta-table':
    case 'iceberg-table': {
      const database = constantText(argumentOf(resource.registration, 'database'));
      const table = constantText(argumentOf(resource.registration, 'table'));
      if (database !== undefined && table !== undefined) {
        return { format: resource.kind === 'delta-table' ? 'delta' : 'iceberg', location: `${database}.${table}` };
      }
      refuse(`the database and the table of "${id}" are not known`, here);
      return undefined;
    }
    default:
      refuse(`"${id}" is a ${kindWords[resource.kind]}, which Spark does not read`, here);
      return undefined;
  }
}

/** What Featureform's own runner goes by: the suffix of the last path element, lower case only. */
function formatOf(location: string): InputFormat | undefined {
  const name = lastElement(location);
  if (name.endsWith('.csv')) return 'csv';
  return name.endsWith('.parquet') || !name.includes('.') ? 'parquet' : undefined;
}

function lastElement(location: string): string {
  const trimmed = location.replace(/\/+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** The schemes of S3 name the same objects. */
function plainScheme(location: string): string {
  return location.replace(/^s3[an]:\/\//, 's3://');
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}
