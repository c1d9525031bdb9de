// The objects of Featureform's API while a file is read: what a name like `spark`, `transactions` or `User.avg_amount` holds.

import type { ObjectValue, Value } from '../python/values';
import type { Location, Span } from '../text/span';
import type { CallableFact } from './catalogue';
import type { FilePath } from './pathValues';
import type { Reference, Registration, ResourceType, WrittenName, WrittenVariant } from './resources';

/** A provider, credentials, an entity, a client: anything of a known class that has no variant. */
export interface InstanceObject {
  readonly kind: 'instance';
  readonly className: string;
  readonly registration: Registration | undefined;
  readonly name: WrittenName | undefined;
  /** True for `ff.get_spark(…)`: only the backend knows its configuration. */
  readonly fetched: boolean;
}

/** Something with an id: a source, a transformation, a feature, a label, a training set. */
export interface IdentifiedObject {
  readonly kind: 'identified';
  readonly className: string;
  readonly type: ResourceType;
  readonly name: WrittenName;
  readonly variant: WrittenVariant;
}

/** `source[["entity", "value"]]`. */
export interface ColumnsObject {
  readonly kind: 'columns';
  readonly source: Value;
  readonly columns: readonly Value[];
  readonly span: Span;
  /** `source["id"]` instead of a list. */
  readonly single: boolean;
}

/** `ff.Feature(…)`, `ff.Label(…)`, …: has no name until the entity class gives it one. */
export interface FeatureObject {
  readonly kind: 'feature';
  readonly className: 'Feature' | 'Label' | 'Embedding' | 'FeatureStream' | 'LabelStream' | 'MultiFeature';
  readonly registration: Registration;
  /** The variant of the moment it was made. */
  readonly run: string | undefined;
  /** Set when the entity class is complete. */
  identity: { readonly type: ResourceType; readonly name: WrittenName; readonly variant: WrittenVariant } | undefined;
}

/** `ff.Variants({…})` */
export interface VariantsObject {
  readonly kind: 'variants';
  readonly registration: Registration;
  readonly entries: readonly { readonly key: Value; readonly value: Value }[];
}

/** What `register_resources` returns: features and labels to make training sets of. */
export interface ResourcesObject {
  readonly kind: 'resources';
  readonly features: readonly Reference[];
  readonly labels: readonly Reference[];
}

/** A method before it is called. `fact` is undefined for a method that the object's class does not have. */
export interface MethodObject {
  readonly kind: 'method';
  readonly receiver: Value;
  readonly receiverClass: string | undefined;
  readonly name: string;
  readonly fact: CallableFact | undefined;
}

/** A file of the workspace, imported as a module: its names are reached as attributes. */
export interface ModuleFileObject {
  readonly kind: 'moduleFile';
  readonly lookup: (name: string) => Value | undefined;
}

/** A file of SQL that was opened to be read. */
export interface OpenFileObject {
  readonly kind: 'openFile';
  readonly path: FilePath;
}

export type FeatureformObject =
  | OpenFileObject
  | ModuleFileObject
  | InstanceObject
  | IdentifiedObject
  | ColumnsObject
  | FeatureObject
  | VariantsObject
  | ResourcesObject
  | MethodObject;

export function objectValue(object: FeatureformObject, at: Location): ObjectValue {
  return { kind: 'object', object, at };
}

/** The Featureform object that a value holds, or undefined for every other value. */
export function objectOf(value: Value | undefined): FeatureformObject | undefined {
  return value?.kind === 'object' ? (value.object as FeatureformObject) : undefined;
}

/** The class of the object in the catalogue's words, where there is one. */
export function classOf(value: Value | undefined): string | undefined {
  const object = objectOf(value);
  switch (object?.kind) {
    case 'instance':
    case 'identified':
    case 'feature':
      return object.className;
    case 'resources':
      return 'ResourceRegistrar';
    default:
      return undefined;
  }
}
