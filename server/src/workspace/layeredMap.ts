// A map that is never changed: a change gives another one, which shares all but the last few changes with it. Copying a table
// of ten thousand ids at each edit would cost more than all else that the edit does to the index.

/** So many changes are copied from one map to the next; then all is laid into a new base. */
const MOST_CHANGES = 256;

export class LayeredMap<K, V extends object> {
  private constructor(
    private readonly base: ReadonlyMap<K, V>,
    /** What differs from the base; undefined is what is no longer there. */
    private readonly changes: ReadonlyMap<K, V | undefined>,
  ) {}

  /** The map is taken as it is: nobody else may change it from now on. */
  static over<K, V extends object>(base: ReadonlyMap<K, V>): LayeredMap<K, V> {
    return new LayeredMap<K, V>(base, new Map<K, V | undefined>());
  }

  get(key: K): V | undefined {
    return this.changes.has(key) ? this.changes.get(key) : this.base.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  *keys(): Generator<K> {
    for (const key of this.base.keys()) if (!this.changes.has(key)) yield key;
    for (const [key, value] of this.changes) if (value !== undefined) yield key;
  }

  /** This map with other values of some keys; undefined takes a key away. */
  with(changes: ReadonlyMap<K, V | undefined>): LayeredMap<K, V> {
    if (changes.size === 0) return this;
    const all = new Map([...this.changes, ...changes]);
    if (all.size <= MOST_CHANGES) return new LayeredMap(this.base, all);
    const base = new Map(this.base);
    for (const [key, value] of all) {
      if (value === undefined) base.delete(key);
      else base.set(key, value);
    }
    return LayeredMap.over(base);
  }
}
