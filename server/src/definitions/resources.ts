// What a definition file defines and mentions, read from its tree without running it. Everything a rule or a language
// feature wants to know of Featureform stands in these types; no other part looks at calls by name.

import type { FunctionDefinition } from '../python/ast';
import type { Value } from '../python/values';
import type { MappedText } from '../text/mappedText';
import type { Span } from '../text/span';
import type { Template, TemplateScan } from '../sql/templates';

/** Featureform's namespaces: names are unique within one. Primary data and transformations share `source`. */
export type ResourceType = 'provider' | 'source' | 'entity' | 'feature' | 'label' | 'training-set' | 'model' | 'user';

/** What kind of thing a resource of a type is. */
export type ResourceKind =
  | 'spark'
  | 'offline-provider'
  | 'online-provider'
  | 'file-store'
  | 'file'
  | 'parquet-file'
  | 'delta-table'
  | 'iceberg-table'
  | 'table'
  | 'sql-transformation'
  | 'dataframe-transformation'
  | 'entity'
  | 'feature'
  | 'ondemand-feature'
  | 'feature-stream'
  | 'embedding'
  | 'label'
  | 'label-stream'
  | 'training-set'
  | 'model'
  | 'user';

/**
 * A name or a variant as it was written. `key` compares: the constant text itself, or the text with its symbolic parts
 * spelled as `${expression}`. Two names are the same exactly when their keys are equal.
 */
export interface WrittenName {
  readonly key: string;
  /** The constant text; undefined when a part is symbolic. */
  readonly text: string | undefined;
  /** The range to underline or rename, without quotes where a literal wrote it. */
  readonly span: Span;
  /** True when the name was taken from the function or class name or an attribute, not from a string. */
  readonly implied: boolean;
  /** The text with the places that wrote it, which may be a constant elsewhere; absent for implied names. */
  readonly mapped?: MappedText;
}

/**
 * The variant of a definition or reference. `omitted` is resolved by the era: the run of the moment in the current one,
 * the word "default" in the legacy one.
 */
export type WrittenVariant =
  { readonly kind: 'written'; readonly name: WrittenName } | { readonly kind: 'omitted'; readonly run: string | undefined };

/** One mention of a resource by id. */
export interface Reference {
  readonly type: ResourceType;
  readonly name: WrittenName;
  readonly variant: WrittenVariant;
  /** The whole mention: the template with its braces, the tuple, the string, the variable. */
  readonly span: Span;
  readonly form: 'template' | 'tuple' | 'string' | 'object' | 'dict' | 'argument';
  /** For `template`: the template in the SQL text. */
  readonly template?: Template;
  /** The document of the spans where it is not the definition's own (a constant imported from another file). */
  readonly uri?: string;
}

/** The SQL text that a SQL transformation returns. */
export interface SqlText {
  readonly text: MappedText;
  readonly scan: TemplateScan;
  /** The span of the returned expression. */
  readonly span: Span;
  /** How the query got here: a function's `return`, or the `query=` of `register_sql_transformation`. */
  readonly origin: 'return' | 'argument';
  /** True when another `return` may give another text, so that this one is only one of several. */
  readonly conditional: boolean;
}

/** One element of `inputs=[…]`. */
export interface InputElement {
  readonly span: Span;
  readonly value: Value;
  /** The source it refers to, where its form is one that Featureform understands. */
  readonly reference?: Reference;
  readonly form: 'tuple' | 'string' | 'object' | 'symbol' | 'other';
}

export interface InputList {
  readonly span: Span;
  /** Undefined when the value is not a list, or not known. */
  readonly elements: readonly InputElement[] | undefined;
  /** What the argument evaluated to, for messages about values that are not lists. */
  readonly value: Value;
}

/** An argument as it reached a registration, whether written in place, by keyword, by position or through `**`. */
export interface BoundArgument {
  readonly name: string;
  readonly value: Value;
  /** The whole argument, `name=value`. */
  readonly span: Span;
  readonly nameSpan?: Span;
  readonly valueSpan: Span;
  /** Where the elements of a list or tuple stand that is written in place: what a variable holds was written elsewhere. */
  readonly elementSpans?: readonly Span[];
  readonly form: 'positional' | 'keyword' | 'unpacked';
}

/**
 * One call of Featureform's API, right or wrong, with its arguments bound to the parameters of the callable. Rules about
 * arguments look at these.
 */
export interface Registration {
  /** The callable's entry in the catalogue, e.g. `register_spark`, `OfflineSparkProvider.sql_transformation`, `EMRCredentials`. */
  readonly callable: string;
  /** From the callee to the closing parenthesis. */
  readonly span: Span;
  readonly calleeSpan: Span;
  /** The last name of the callee: what to underline. */
  readonly nameSpan: Span;
  readonly arguments: readonly BoundArgument[];
  /** Keywords that the callable does not take. */
  readonly unknown: readonly BoundArgument[];
  /** True when `*args` or an unknowable `**kwargs` may bring more arguments. */
  readonly open: boolean;
  /** True when a `*` or `**` of which not everything is known may give any argument, the name among them. */
  readonly unpacked: boolean;
  /** More positional arguments than parameters. */
  readonly surplus: readonly Span[];
  /** The object the method was called on. */
  readonly receiver?: Value;
  /** The catalogue's class of that object, where it is known. */
  readonly receiverClass: string | undefined;
  /** True for a decorator. */
  readonly decorator: boolean;
}

/** A column of a source that a feature, label or embedding uses. */
export interface ColumnMention {
  readonly role: 'entity' | 'value' | 'timestamp' | 'include' | 'exclude';
  readonly name: WrittenName;
}

/** Something that the file registers under an id (providers and entities have no variant). */
export interface ValueType {
  /** As a string: `float32` for `ff.Float32` too; undefined when unknown. */
  readonly text: string | undefined;
  readonly span: Span;
  /** What is written where no type can be meant: Python's own `float`, or `ff.Float`, which Featureform does not have. */
  readonly mistaken?: { readonly kind: 'python' | 'featureform'; readonly name: string };
}

export interface Resource {
  readonly type: ResourceType;
  readonly kind: ResourceKind;
  readonly uri: string;
  readonly name: WrittenName;
  readonly variant: WrittenVariant | undefined;
  /** The whole definition: decorators and body, or the call. */
  readonly span: Span;
  /** What an outline selects: the function's name, the name string, or the attribute. */
  readonly selection: Span;
  readonly registration: Registration | undefined;
  /** The provider object or name it is registered with. */
  readonly provider: ProviderUse | undefined;
  readonly description: string | undefined;
  readonly function?: FunctionDefinition;
  readonly sql?: SqlText;
  readonly inputs?: InputList;
  /** Everything it refers to, in text order. Sources of transformations and features, features of training sets, … */
  readonly references: readonly Reference[];
  readonly location?: { readonly text: MappedText; readonly span: Span };
  readonly columns?: readonly ColumnMention[];
  /** The value type of a feature or label, as written. */
  readonly valueType?: ValueType;
  /** The text that SQL or DataFrame function returns could not be read at all: what it returned instead of a string. */
  readonly returned?: readonly { readonly value: Value | undefined; readonly span: Span }[];
  /** A number that orders the definitions of one file. */
  readonly order: number;
}

/** What is known of the provider that something is registered with. */
export interface ProviderUse {
  /** The catalogue's class of the object: `OfflineSparkProvider`, …; undefined when only the run time knows. */
  readonly class: string | undefined;
  /** The provider's name, where it is known. */
  readonly name: WrittenName | undefined;
  readonly span: Span;
}

/** A use of Featureform's API that is known to fail or to do nothing, found while reading; a rule words it. */
export interface Finding {
  readonly kind: 'decorator-without-call' | 'unknown-decorator' | 'unknown-attribute' | 'missing-member' | 'missing-file';
  readonly span: Span;
  /** The decorator, attribute or method that was written; the path of a missing file. */
  readonly name: string;
  /** The class of the object, for a missing member the entity's; `featureform` for the module; undefined when only the run time knows. */
  readonly owner: string | undefined;
}

export interface DefinitionFile {
  readonly uri: string;
  readonly resources: readonly Resource[];
  readonly registrations: readonly Registration[];
  /** References that stand outside any resource (`client.dataframe(…)`, `ff.get_source`). */
  readonly references: readonly Reference[];
  readonly findings: readonly Finding[];
  /** True when the file uses Featureform at all: other Python files are none of our business. */
  readonly isDefinitionFile: boolean;
  /** Signs of an era, for `auto`. */
  readonly eraSigns: readonly { readonly era: 'legacy' | 'current'; readonly span: Span }[];
  /** Resources the file takes for granted (`ff.get_source(…)`, `client.get_spark(…)`): defined elsewhere, not here. */
  readonly externals: readonly Reference[];
  /** The names that the file imports from other files of the workspace, as import statements write them. */
  readonly workspaceImports: readonly Span[];
  /** Types of which the file may define more than can be read: a loop over unknown names, a MultiFeature. */
  readonly openTypes: readonly ResourceType[];
}
