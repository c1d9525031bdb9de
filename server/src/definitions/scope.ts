// The names in reach while a file is read from top to bottom: one scope a function or class, as Python has them.

import type { Value } from '../python/values';

export class Scope {
  /** What is bound, and on top of it what the branches that are being read bound; undefined: deleted there. */
  private readonly layers: Map<string, Value | undefined>[] = [new Map<string, Value | undefined>()];
  /** Modules of which everything was imported, latest last. */
  private readonly stars: ((name: string) => Value | undefined)[] = [];
  /** The scopes of names that are declared `global` or `nonlocal` here. */
  private readonly elsewhere = new Map<string, Scope>();

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
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const layer = this.layers[i];
      if (layer?.has(name) === true) return layer.get(name);
    }
    for (let i = this.stars.length - 1; i >= 0; i--) {
      const found = this.stars[i]?.(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  bind(name: string, value: Value): void {
    const other = this.elsewhere.get(name);
    if (other === undefined) this.layers.at(-1)?.set(name, value);
    else other.bindFromWithin(name, value);
  }

  /** Declares a name to be the module's, or that of the function around this one which has it. */
  declare(name: string, kind: 'global' | 'nonlocal'): void {
    let scope = this.parent;
    while (
      scope !== undefined &&
      (kind === 'global' ? scope.parent !== undefined : scope.kind !== 'function' || scope.own(name) === undefined)
    ) {
      scope = scope.parent;
    }
    if (scope !== undefined) this.elsewhere.set(name, scope);
  }

  /** Whether and when the function within is called is not known: what has a value besides `None` may hold either. */
  private bindFromWithin(name: string, value: Value): void {
    const before = this.own(name);
    if (before === undefined || before.kind === 'none') this.bind(name, value);
    else if (before !== value) this.bind(name, { kind: 'symbol', key: `${name}@${value.at.uri}#${value.at.span.start}`, at: value.at });
  }

  unbind(name: string): void {
    this.layers.at(-1)?.set(name, undefined);
  }

  importAll(lookup: (name: string) => Value | undefined): void {
    this.stars.push(lookup);
  }

  /** What is bound here, in the order of first binding. */
  get bindings(): ReadonlyMap<string, Value> {
    const bound = new Map<string, Value>();
    for (const layer of this.layers) {
      for (const [name, value] of layer) {
        if (value === undefined) bound.delete(name);
        else bound.set(name, value);
      }
    }
    return bound;
  }

  /**
   * Runs alternatives of which the program takes one, and joins what they bound: a name that they leave with different
   * values holds what `join` makes of it. Costs as much as the alternatives bind, however much is bound before.
   */
  branch(alternatives: readonly (() => void)[], join: (name: string) => Value): void {
    const outcomes = alternatives.map((run) => {
      const layer = new Map<string, Value | undefined>();
      this.layers.push(layer);
      run();
      this.layers.pop();
      return layer;
    });
    for (const name of new Set(outcomes.flatMap((outcome) => [...outcome.keys()]))) {
      const before = this.own(name);
      const values = outcomes.map((outcome) => (outcome.has(name) ? outcome.get(name) : before));
      const [first] = values;
      if (values.some((value) => value !== first)) this.bind(name, join(name));
      else if (first === undefined) this.unbind(name);
      else this.bind(name, first);
    }
  }
}
