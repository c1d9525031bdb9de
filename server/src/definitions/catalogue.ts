// The catalogue of Featureform's Python API, both eras: which callables there are, what they take and what they return.
// The facts themselves are tables under catalogue/; here they are looked up.

import { client } from './catalogue/client';
import { credentials } from './catalogue/credentials';
import { factsOf, type CallableFact, type Era } from './catalogue/facts';
import { legacy } from './catalogue/legacy';
import { offlineProviders } from './catalogue/offlineProviders';
import { onlineProviders } from './catalogue/onlineProviders';
import { providerMethods } from './catalogue/providerMethods';
import { resources } from './catalogue/resources';

export type { CallableFact, Era, ParameterFact } from './catalogue/facts';

export function otherEra(era: Era): Era {
  return era === 'legacy' ? 'current' : 'legacy';
}

/** The classes of the API that values can have, each with the one whose methods it shares. */
const bases: ReadonlyMap<string, string | undefined> = new Map([
  ['OfflineSparkProvider', undefined],
  ['OfflineSQLProvider', undefined],
  ['OfflineK8sProvider', undefined],
  ['LocalProvider', undefined],
  ['OnlineProvider', undefined],
  ['FileStoreProvider', undefined],
  ['ColumnSourceRegistrar', undefined],
  ['SubscriptableTransformation', undefined],
  ['SQLTransformationDecorator', 'SubscriptableTransformation'],
  ['DFTransformationDecorator', 'SubscriptableTransformation'],
  ['ResourceRegistrar', undefined],
  ['EntityRegistrar', undefined],
  ['UserRegistrar', undefined],
  ['TrainingSetVariant', undefined],
  ['OnDemandFeature', undefined],
  ['Model', undefined],
]);

/** Members of ScalarType as the module exports them, and the strings that stand for them. */
export const scalarTypes: ReadonlyMap<string, string> = new Map([
  ['Nil', ''],
  ['Int', 'int'],
  ['Int32', 'int32'],
  ['Int64', 'int64'],
  ['Float32', 'float32'],
  ['Float64', 'float64'],
  ['String', 'string'],
  ['Bool', 'bool'],
  ['DateTime', 'datetime'],
]);

const facts: readonly CallableFact[] = [
  ...[offlineProviders, onlineProviders, credentials, providerMethods, resources, client, legacy].flatMap(factsOf),
];

const byName: Record<Era, Map<string, CallableFact>> = { current: new Map(), legacy: new Map() };
for (const entry of facts) {
  for (const era of ['current', 'legacy'] as const) {
    if (entry.era !== era && entry.era !== 'both') continue;
    if (byName[era].has(entry.name)) throw new Error(`The catalogue holds ${entry.name} twice in the ${era} era`);
    byName[era].set(entry.name, entry);
  }
}

/** A function or class of the module `featureform`. */
export function callable(name: string, era: Era): CallableFact | undefined {
  return name.includes('.') ? undefined : byName[era].get(name);
}

/** A method of a class, its own or inherited. */
export function method(className: string, name: string, era: Era): CallableFact | undefined {
  for (let owner: string | undefined = className; owner !== undefined; owner = bases.get(owner)) {
    const fact = byName[era].get(`${owner}.${name}`);
    if (fact !== undefined) return fact;
  }
  return undefined;
}

/** The entry of a registration, by the name it carries: `register_spark` or `OfflineSparkProvider.sql_transformation`. */
export function fact(name: string, era: Era): CallableFact | undefined {
  return byName[era].get(name);
}

/** Every method of a class, its own before inherited ones. */
export function methods(className: string, era: Era): readonly CallableFact[] {
  const found: CallableFact[] = [];
  for (let owner: string | undefined = className; owner !== undefined; owner = bases.get(owner)) {
    for (const fact of byName[era].values()) if (fact.owner === owner) found.push(fact);
  }
  return found;
}

/** Every function and class of the module. */
export function callables(era: Era): readonly CallableFact[] {
  return [...byName[era].values()].filter((fact) => fact.owner === undefined);
}

/** True for a class of which an era has nothing, so that its objects are of the other era altogether. */
export function isOfOtherEra(className: string, era: Era): boolean {
  return methods(className, era).length === 0 && methods(className, otherEra(era)).length > 0;
}

/** The callables that take a keyword, functions of the module before methods. */
export function taking(keyword: string, era: Era): readonly CallableFact[] {
  const takers = [...byName[era].values()].filter((fact) => fact.parameters.some((parameter) => parameter.name === keyword));
  return [...takers.filter((fact) => fact.owner === undefined), ...takers.filter((fact) => fact.owner !== undefined)];
}

/** True for the classes of the API that a value can be known to have. */
export function isClass(name: string): boolean {
  return bases.has(name) || byName.current.get(name)?.returns === name || byName.legacy.get(name)?.returns === name;
}
