// What rules about registrations ask again and again: how a callable is called in a message, arguments by name, and where
// exactly the text of an argument stands.

import { nameOf, spanWithin } from '../definitions/names';
import { objectOf, type InstanceObject } from '../definitions/objects';
import type { BoundArgument, Registration, Resource } from '../definitions/resources';
import type { Value } from '../python/values';
import type { Span } from '../text/span';
import type { Snapshot } from '../workspace/snapshot';
import { nearestNames } from './nearestNames';

/** `sql_transformation` for `OfflineSparkProvider.sql_transformation`. */
export function shortName(callable: string): string {
  return callable.slice(callable.lastIndexOf('.') + 1);
}

/** True when an argument that the callable does not take was probably meant for this parameter: another report says so. */
export function isMisspelt(name: string, { unknown }: Registration): boolean {
  const written = unknown.map((argument) => argument.name);
  return nearestNames(name, written, 1).length > 0 || written.some((keyword) => name.endsWith(`_${keyword}`));
}

/** Where the text of an argument stands, without its quotes; the whole argument where it was written somewhere else. */
export function contentSpan(argument: BoundArgument, uri: string): Span {
  return nameOf(argument.value, uri, argument.valueSpan).span;
}

/** Where a value stands, if that is within the argument that holds it. */
export function spanIn(argument: BoundArgument, value: Value, uri: string): Span {
  return spanWithin(value.at, uri, argument.valueSpan);
}

/** True for an argument that was surely left out, or given as None or as an empty list. */
export function isAbsent(value: Value | undefined): boolean {
  if (value === undefined || value.kind === 'none') return true;
  return (value.kind === 'list' || value.kind === 'tuple') && value.items.length === 0 && value.complete;
}

/**
 * The registration that made a provider object. One that was fetched by name counts as the one the workspace defines
 * under that name, if it defines exactly one.
 */
export function providerRegistration(value: Value | undefined, snapshot: Snapshot): Registration | undefined {
  const object = objectOf(value);
  if (object?.kind !== 'instance') return undefined;
  return object.fetched ? registrationByName(object, snapshot) : object.registration;
}

function registrationByName(object: InstanceObject, snapshot: Snapshot): Registration | undefined {
  if (object.name?.text === undefined) return undefined;
  return onlyDefinition(snapshot.index.definitions(`provider:${object.name.key}`))?.registration;
}

export function onlyDefinition(definitions: readonly Resource[]): Resource | undefined {
  return definitions.length === 1 ? definitions[0] : undefined;
}

const receivers: Readonly<Record<string, string>> = {
  OfflineSparkProvider: 'a Spark provider',
  OfflineSQLProvider: 'a SQL provider',
  OfflineK8sProvider: 'a Kubernetes provider',
  LocalProvider: 'the local provider',
  OnlineProvider: 'an online provider',
  FileStoreProvider: 'a file store',
  ColumnSourceRegistrar: 'a source',
  SQLTransformationDecorator: 'a SQL transformation',
  DFTransformationDecorator: 'a DataFrame transformation',
  ResourceRegistrar: 'registered resources',
  Client: 'a client',
};

/** A class of the API in words: `a Spark provider`. */
export function describeClass(className: string): string {
  return receivers[className] ?? className;
}
