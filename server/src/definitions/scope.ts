// The names in reach while a file is read from top to bottom: one scope a function or class, as Python has them.

import type { Value } from '../python/values';

export class Scope {
  private names = new Map<string, Value>();
  /** Modules of which everything was imported, latest last. */
  private readonly stars: ((name: string) => Value | undefined)[] = [];

  constructor(
    readonly kind: 'module' | 'function' | 'class',
    readonly parent?: Scope,
  ) {}

  /** Python's rule: the scope itself, then the enclosing functions and the module, but not enclosing classes. */
  lookup(name: string): Value | undefined {
    const own = this.own(name);
    if (own !== undefined) return own;
    let scope = this.parent;
    while (scope !== undefined) {
      if (scope.kind !== 'class') {
        const found = scope.own(name);
        if (found !== undefined) return found;
      }
      scope = scope.parent;
    }
    return undefined;
  }

  own(name: string): Value | undefined {
    const value = this.names.get(name);
    if (value !== undefined) return value;
    for (let i = this.stars.length - 1; i >= 0; i--) {
      const found = this.stars[i]?.(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  bind(name: string, value: Value): void {
    this.names.set(name, value);
  }

  unbind(name: string): void {
    this.names.delete(name);
  }

  importAll(lookup: (name: string) => Value | undefined): void {
    this.stars.push(lookup);
  }

  /** What is bound here, in the order of first binding. */
  get bindings(): ReadonlyMap<string, Value> {
    return this.names;
  }

  /**
   * Runs alternatives of which the program takes one, and joins what they bound: a name that they leave with different
   * values holds what `join` makes of it.
   */
  branch(alternatives: readonly (() => void)[], join: (name: string, values: readonly (Value | undefined)[]) => Value): void {
    const before = this.names;
    const outcomes: Map<string, Value>[] = [];
    for (const run of alternatives) {
      this.names = new Map(before);
      run();
      outcomes.push(this.names);
    }
    const joined = new Map(before);
    const touched = new Set(
      outcomes.flatMap((outcome) => [...outcome].filter(([name, value]) => before.get(name) !== value).map(([name]) => name)),
    );
    for (const name of touched) {
      const values = outcomes.map((outcome) => outcome.get(name));
      const first = values[0];
      joined.set(name, first !== undefined && values.every((value) => value === first) ? first : join(name, values));
    }
    this.names = joined;
  }
}
