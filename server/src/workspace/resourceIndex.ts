// Who defines and who mentions each id, over all files. The index knows files by URI only; the resources themselves are
// looked up in the current file snapshots, so that an edit that moves text without changing ids leaves the index as it is.

import type { Reference, Resource, ResourceType, WrittenName, WrittenVariant } from '../definitions/resources';
import { isOfLastVersions, namesRun } from '../definitions/runSigns';
import { LayeredMap } from './layeredMap';
import type { Era, FileSnapshot, Mention, ResourceIndex, ResourceKey } from './snapshot';

/**
 * What other files can see of a definition, as texts. They are kept apart, since most are at hand and an edit compares those
 * of a whole file.
 */
export type Surface = readonly string[];

/** One file's part of the index, computed once a file snapshot. */
export interface FileIndex {
  readonly definitions: ReadonlyMap<ResourceKey, readonly Resource[]>;
  readonly mentions: ReadonlyMap<ResourceKey, readonly Mention[]>;
  /** Keys that each of its definitions refers to, each once, in order of mention. */
  readonly inputs: ReadonlyMap<ResourceKey, readonly ResourceKey[]>;
  /** Keys of its definitions that refer to each key. */
  readonly dependents: ReadonlyMap<ResourceKey, readonly ResourceKey[]>;
  /** Keys of its definitions that each provider keeps. */
  readonly kept: ReadonlyMap<ResourceKey, readonly ResourceKey[]>;
  /** `type:name` of everything it defines, with the keys. */
  readonly names: ReadonlyMap<string, readonly ResourceKey[]>;
  /** Definitions whose ids hold symbolic parts. */
  readonly symbolic: readonly Resource[];
  /** For each definition what changes with anything another file can see of it. */
  readonly surface: ReadonlyMap<string, Surface>;
  /** Keys that it takes for granted, `type:` for each type of which it may define more than can be read, and `runKeys`. */
  readonly assumed: ReadonlySet<ResourceKey>;
  /** Other documents in which its references are written, such as those of queries that it imports. */
  readonly writtenIn: ReadonlySet<string>;
}

/** Stand for what decides over every name without a variant, in whichever file that stands. */
export const runKeys = { set: 'run:set', completed: 'run:completed' } as const;

const unversioned: ReadonlySet<ResourceType> = new Set(['provider', 'entity', 'user', 'model']);

export function keyOf(item: Resource | Reference, era: Era): ResourceKey {
  if (unversioned.has(item.type)) return `${item.type}:${item.name.key}`;
  return `${item.type}:${item.name.key}.${variantKey(item.variant, era)}`;
}

export function variantKey(variant: WrittenVariant | undefined, era: Era): string {
  if (variant === undefined) return '';
  if (variant.kind === 'written') return variant.name.key;
  return variant.run ?? (era === 'legacy' ? 'default' : '${run}');
}

/** The variant as people read it. */
export function variantText(variant: WrittenVariant | undefined, era: Era): string {
  if (variant === undefined) return '';
  if (variant.kind === 'written') return variant.name.text ?? variant.name.key;
  return variant.run ?? (era === 'legacy' ? 'default' : 'the current run');
}

export function indexFile(file: Omit<FileSnapshot, 'index'>, era: Era, surfaceOf: (resource: Resource) => Surface): FileIndex {
  const definitions = new Map<ResourceKey, Resource[]>();
  const mentions = new Map<ResourceKey, Mention[]>();
  const names = new Map<string, ResourceKey[]>();
  const surface = new Map<string, Surface>();
  const symbolic: Resource[] = [];
  const inputs = new Map<ResourceKey, ResourceKey[]>();
  const dependents = new Map<ResourceKey, ResourceKey[]>();
  const kept = new Map<ResourceKey, ResourceKey[]>();
  const writtenIn = new Set<string>();
  const mention = (reference: Reference, from: Resource | undefined, fromKey?: ResourceKey): void => {
    const key = keyOf(reference, era);
    append(mentions, key, { uri: reference.uri ?? file.uri, reference, from });
    if (reference.uri !== undefined) writtenIn.add(reference.uri);
    if (fromKey === undefined) return;
    if (inputs.get(fromKey)?.includes(key) !== true) append(inputs, fromKey, key);
    if (dependents.get(key)?.includes(fromKey) !== true) append(dependents, key, fromKey);
  };
  for (const resource of file.definitions.resources) {
    const key = keyOf(resource, era);
    const seen = definitions.get(key)?.length ?? 0;
    append(definitions, key, resource);
    if (seen === 0) append(names, `${resource.type}:${resource.name.key}`, key);
    surface.set(`${key}#${seen}`, surfaceOf(resource));
    if (isSymbolic(resource.name) || (resource.variant?.kind === 'written' && isSymbolic(resource.variant.name))) symbolic.push(resource);
    for (const reference of resource.references) mention(reference, resource, key);
    const { provider } = resource;
    if (provider?.name !== undefined) append(kept, `provider:${provider.name.key}`, key);
  }
  for (const reference of file.definitions.references) mention(reference, undefined);
  const { externals, openTypes, registrations } = file.definitions;
  for (const reference of externals) mention(reference, undefined);
  const assumed = new Set([...externals.map((reference) => keyOf(reference, era)), ...openTypes.map((type) => `${type}:`)]);
  if (registrations.some(namesRun)) assumed.add(runKeys.set);
  if (era === 'legacy' && registrations.some(isOfLastVersions)) assumed.add(runKeys.completed);
  return { definitions, mentions, inputs, dependents, kept, names, symbolic, surface, assumed, writtenIn };
}

function isSymbolic(name: WrittenName): boolean {
  return name.text === undefined;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

type KeyTable = LayeredMap<ResourceKey, readonly string[]>;

/** Which files define or mention each key. Built once, then changed key by key. */
export class IndexTables {
  private constructor(
    readonly defining: KeyTable,
    readonly mentioning: KeyTable,
    /** Files with definitions that a provider keeps. */
    readonly keeping: KeyTable,
    /** `type:name` to keys. */
    readonly variants: LayeredMap<string, readonly ResourceKey[]>,
    /** Keys that are mentioned and that nothing defines. */
    readonly undefinedKeys: ReadonlySet<ResourceKey>,
  ) {}

  static build(files: Iterable<readonly [string, FileIndex]>): IndexTables {
    const defining = new Map<ResourceKey, string[]>();
    const mentioning = new Map<ResourceKey, string[]>();
    const keeping = new Map<ResourceKey, string[]>();
    const variants = new Map<string, ResourceKey[]>();
    for (const [uri, index] of files) {
      for (const key of index.definitions.keys()) append(defining, key, uri);
      for (const key of index.mentions.keys()) append(mentioning, key, uri);
      for (const key of index.kept.keys()) append(keeping, key, uri);
      for (const [name, keys] of index.names) {
        for (const key of keys) if (!variants.get(name)?.includes(key)) append(variants, name, key);
      }
    }
    const undefinedKeys = new Set([...mentioning.keys()].filter((key) => !defining.has(key)));
    const layered = <V extends object>(table: ReadonlyMap<string, V>): LayeredMap<string, V> => LayeredMap.over(table);
    return new IndexTables(layered(defining), layered(mentioning), layered(keeping), layered(variants), undefinedKeys);
  }

  /** The tables after one file's part changed. */
  replace(uri: string, before: FileIndex | undefined, after: FileIndex | undefined): IndexTables {
    const defined = exchanged(this.defining, uri, before?.definitions, after?.definitions);
    const mentioned = exchanged(this.mentioning, uri, before?.mentions, after?.mentions);
    const kept = exchanged(this.keeping, uri, before?.kept, after?.kept);
    if (defined.size === 0 && mentioned.size === 0 && kept.size === 0) return this;
    const defining = this.defining.with(defined);
    const mentioning = this.mentioning.with(mentioned);
    const keeping = this.keeping.with(kept);
    const variants = defined.size === 0 ? this.variants : this.variants.with(this.exchangedVariants(defining, before, after));
    const undefinedKeys = new Set(this.undefinedKeys);
    for (const key of [...defined.keys(), ...mentioned.keys()]) {
      if (mentioning.has(key) && !defining.has(key)) undefinedKeys.add(key);
      else undefinedKeys.delete(key);
    }
    return new IndexTables(defining, mentioning, keeping, variants, undefinedKeys);
  }

  private exchangedVariants(
    defining: KeyTable,
    before: FileIndex | undefined,
    after: FileIndex | undefined,
  ): ReadonlyMap<string, readonly ResourceKey[] | undefined> {
    const changed = new Map<string, readonly ResourceKey[] | undefined>();
    const known = (name: string): readonly ResourceKey[] => (changed.has(name) ? changed.get(name) : this.variants.get(name)) ?? [];
    for (const [name, keys] of before?.names ?? []) {
      const kept = known(name).filter((key) => !keys.includes(key) || defining.has(key));
      changed.set(name, kept.length === 0 ? undefined : kept);
    }
    for (const [name, keys] of after?.names ?? []) {
      const fresh = keys.filter((key) => !known(name).includes(key));
      if (fresh.length > 0) changed.set(name, [...known(name), ...fresh]);
    }
    return changed;
  }
}

/** The files of the keys that one file defines or mentions in one of two states only; undefined where no file is left. */
function exchanged(
  table: KeyTable,
  uri: string,
  before: ReadonlyMap<ResourceKey, unknown> | undefined,
  after: ReadonlyMap<ResourceKey, unknown> | undefined,
): ReadonlyMap<ResourceKey, readonly string[] | undefined> {
  const changed = new Map<ResourceKey, readonly string[] | undefined>();
  for (const key of before?.keys() ?? []) {
    if (after?.has(key) === true) continue;
    const kept = (table.get(key) ?? []).filter((other) => other !== uri);
    changed.set(key, kept.length === 0 ? undefined : kept);
  }
  for (const key of after?.keys() ?? []) {
    if (before?.has(key) !== true) changed.set(key, [...(table.get(key) ?? []), uri].sort());
  }
  return changed;
}

const NOWHERE: readonly string[] = [];

/** The index of one snapshot: the tables, read through that snapshot's files. */
export class SnapshotIndex<File extends FileSnapshot> implements ResourceIndex {
  private everything: readonly Resource[] | undefined;
  private readonly sortedNames = new Map<ResourceType, readonly string[]>();
  private symbolicPatterns: readonly { readonly resource: Resource; readonly name: RegExp; readonly variant: RegExp }[] | undefined;

  constructor(
    private readonly tables: IndexTables,
    private readonly files: ReadonlyMap<string, File>,
    private readonly indexOf: (file: File) => FileIndex,
    private readonly era: Era,
  ) {}

  definitions(key: ResourceKey): readonly Resource[] {
    const uris = this.tables.defining.get(key) ?? NOWHERE;
    const [only = ''] = uris;
    if (uris.length === 1) return this.fileIndex(only)?.definitions.get(key) ?? [];
    return uris.flatMap((uri) => this.fileIndex(uri)?.definitions.get(key) ?? []);
  }

  variants(type: ResourceType, name: string): readonly Resource[] {
    const found = (this.tables.variants.get(`${type}:${name}`) ?? []).flatMap((key) => this.definitions(key));
    // The table has them as they came, edit by edit.
    return found.length < 2 ? found : found.sort((a, b) => compareText(a.uri, b.uri) || a.span.start - b.span.start);
  }

  names(type: ResourceType): readonly string[] {
    let names = this.sortedNames.get(type);
    if (names === undefined) {
      const prefix = `${type}:`;
      names = [...this.tables.variants.keys()]
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length))
        .sort();
      this.sortedNames.set(type, names);
    }
    return names;
  }

  mentions(key: ResourceKey): readonly Mention[] {
    return (this.tables.mentioning.get(key) ?? []).flatMap((uri) => this.fileIndex(uri)?.mentions.get(key) ?? []);
  }

  get all(): readonly Resource[] {
    this.everything ??= [...this.files.values()].flatMap((file) => file.definitions.resources);
    return this.everything;
  }

  /** Keys that the definitions of a key refer to. */
  inputs(key: ResourceKey): readonly ResourceKey[] {
    return this.union(this.tables.defining.get(key), (index) => index.inputs.get(key));
  }

  /** Keys of the definitions that refer to a key. */
  dependents(key: ResourceKey): readonly ResourceKey[] {
    return this.union(this.tables.mentioning.get(key), (index) => index.dependents.get(key));
  }

  keptBy(provider: ResourceKey): readonly ResourceKey[] {
    return this.union(this.tables.keeping.get(provider), (index) => index.kept.get(provider));
  }

  couldExist(reference: Reference): boolean {
    for (const file of this.files.values()) {
      const { openTypes, externals } = file.definitions;
      if (openTypes.includes(reference.type)) return true;
      for (const external of externals) if (keyOf(external, this.era) === keyOf(reference, this.era)) return true;
    }
    const variant = variantKey(reference.variant, this.era);
    return this.patterns().some(
      (pattern) => pattern.resource.type === reference.type && pattern.name.test(reference.name.key) && pattern.variant.test(variant),
    );
  }

  private patterns(): NonNullable<typeof this.symbolicPatterns> {
    this.symbolicPatterns ??= [...this.files.values()].flatMap((file) =>
      this.indexOf(file).symbolic.map((resource) => ({
        resource,
        name: patternOf(resource.name.key),
        // Entities and providers have no variant that could differ.
        variant: resource.variant === undefined ? /^/ : patternOf(variantKey(resource.variant, this.era)),
      })),
    );
    return this.symbolicPatterns;
  }

  /** Most keys are defined and mentioned in one file, whose own list serves as it is. */
  private union(uris: readonly string[] = [], keysIn: (index: FileIndex) => readonly ResourceKey[] | undefined): readonly ResourceKey[] {
    const lists = uris.flatMap((uri) => {
      const index = this.fileIndex(uri);
      const keys = index === undefined ? undefined : keysIn(index);
      return keys === undefined ? [] : [keys];
    });
    return lists.length < 2 ? (lists[0] ?? []) : [...new Set(lists.flat())];
  }

  private fileIndex(uri: string): FileIndex | undefined {
    const file = this.files.get(uri);
    return file === undefined ? undefined : this.indexOf(file);
  }
}

/** Matches whatever a symbolic key could become at run time: every `${…}` is any text. */
function patternOf(key: string): RegExp {
  let pattern = '';
  let at = 0;
  while (at < key.length) {
    const open = key.indexOf('${', at);
    if (open < 0) break;
    pattern += escape(key.slice(at, open)) + '.*';
    at = closingBrace(key, open + 2);
  }
  return new RegExp(`^${pattern}${escape(key.slice(at))}$`, 's');
}

function closingBrace(key: string, from: number): number {
  let depth = 1;
  for (let i = from; i < key.length; i++) {
    if (key[i] === '{') depth++;
    else if (key[i] === '}' && --depth === 0) return i + 1;
  }
  return key.length;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
