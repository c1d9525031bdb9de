// Attributes and subscripts of Featureform's objects: methods before they are called, columns of a source.

import type { Attribute, ClassDefinition, Expression } from '../python/ast';
import type { Value } from '../python/values';
import { callable, isOfOtherEra, method, otherEra, type CallableFact } from './catalogue';
import { valueKey } from './names';
import { classOf, objectOf, objectValue } from './objects';
import type { Reading } from './reading';
import type { Scope } from './scope';

/**
 * Methods whose names say enough: on an object that only the run time knows (a parameter, a fixture, `context.spark`)
 * they are taken for Featureform's, of the class named here.
 */
const distinctive: ReadonlyMap<string, string> = new Map([
  ['sql_transformation', 'OfflineSparkProvider'],
  ['df_transformation', 'OfflineSparkProvider'],
  ['register_file', 'OfflineSparkProvider'],
  ['register_parquet_file', 'OfflineSparkProvider'],
  ['register_delta_table', 'OfflineSparkProvider'],
  ['register_iceberg_table', 'OfflineSparkProvider'],
  ['register_table', 'OfflineSQLProvider'],
  ['register_training_set', 'OfflineSparkProvider'],
  ['register_resources', 'ColumnSourceRegistrar'],
  ['create_training_set', 'ResourceRegistrar'],
]);

export function evaluateAttribute(reading: Reading, node: Attribute, object: Value): Value | undefined {
  const at = reading.at(node.span);
  switch (object.kind) {
    case 'module':
      if (inFeatureform(object.path)) return { kind: 'module', path: `${object.path}.${node.name}`, at };
      return mayBeProvider(object.path, node.name, reading) ? distinctiveMethod(reading, node, object) : undefined;
    case 'class':
      return readMember(reading, node, object.definition);
    case 'symbol': {
      const assigned = reading.attributes.get(`${valueKey(object)}.${node.name}`);
      if (assigned !== undefined) return assigned;
      return distinctiveMethod(reading, node, object);
    }
    case 'object': {
      const file = objectOf(object);
      if (file?.kind === 'moduleFile') return file.lookup(node.name);
      const className = classOf(object);
      if (className === undefined) return undefined;
      const fact = methodOfAnyEra(reading, className, node.name);
      return objectValue({ kind: 'method', receiver: object, receiverClass: className, name: node.name, fact }, at);
    }
    default:
      return undefined;
  }
}

function readMember(reading: Reading, { name, nameSpan }: Attribute, definition: ClassDefinition): Value | undefined {
  const value = reading.classScopes.get(definition)?.own(name);
  // What every class has, and what is set by other means, is not looked for.
  const isSure = reading.closedEntities.has(definition) && !/^__|^mro$/.test(name) && !reading.module.text.includes('setattr');
  if (value === undefined && isSure) reading.addFinding({ kind: 'missing-member', span: nameSpan, name, owner: definition.name });
  return value;
}

function distinctiveMethod(reading: Reading, node: Attribute, receiver: Value): Value | undefined {
  const className = distinctive.get(node.name);
  if (className === undefined) return undefined;
  const fact = method(className, node.name, reading.era);
  return objectValue({ kind: 'method', receiver, receiverClass: undefined, name: node.name, fact }, reading.at(node.span));
}

/**
 * What is imported from beyond the workspace may be anything: it is taken for Featureform's in a file that uses Featureform, by a
 * name that providers have, or for a method that nothing else has.
 */
function mayBeProvider(path: string, methodName: string, { usesFeatureform }: Reading): boolean {
  const [library = ''] = path.split('.');
  if (otherLibraries.has(library)) return false;
  if (usesFeatureform || methodName === 'register_resources' || methodName === 'create_training_set') return true;
  return providerName.test(path.slice(path.lastIndexOf('.') + 1));
}

const providerName = /spark|emr|provider|offline|databricks|snowflake|postgres|redshift|bigquery|clickhouse|k8s|kubernetes/i;
const otherLibraries: ReadonlySet<string> = new Set(
  'airflow dagster databricks dbt dlt feast feathr flytekit hamilton kfp luigi metaflow prefect pyspark sqlmesh tecton zenml'.split(' '),
);

export function evaluateSubscript(reading: Reading, node: Expression, object: Value, scope: Scope): Value | undefined {
  if (node.kind !== 'subscript' || objectOf(object)?.kind !== 'identified') return undefined;
  const indices = node.index.map((index) => reading.evaluate(index, scope));
  const [first] = indices;
  const listed = indices.length === 1 && (first?.kind === 'list' || first?.kind === 'tuple') ? first : undefined;
  if (listed !== undefined && !listed.complete) return undefined;
  return objectValue(
    {
      kind: 'columns',
      source: object,
      columns: listed?.items ?? indices,
      span: node.span,
      single: listed === undefined && indices.length === 1,
    },
    reading.at(node.span),
  );
}

/** True for the module itself and everything in it. */
export function inFeatureform(path: string): boolean {
  return path === 'featureform' || path.startsWith('featureform.');
}

/** The catalogue's name of something in the module: `register_spark` for `featureform.register_spark`. */
export function nameInFeatureform(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The callable in the era that is read, or else in the other, so that an outdated call is still understood. */
export function callableOfAnyEra({ era }: Reading, name: string): CallableFact | undefined {
  return callable(name, era) ?? callable(name, otherEra(era));
}

/** The method of an object; of one that only the other era has, as that era has it. */
function methodOfAnyEra({ era }: Reading, className: string, name: string): CallableFact | undefined {
  return method(className, name, era) ?? (isOfOtherEra(className, era) ? method(className, name, otherEra(era)) : undefined);
}
