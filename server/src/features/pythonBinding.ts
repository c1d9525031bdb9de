// Everywhere a function, a class or an attribute of a class is named in Python, across the files that import it: what has to
// change with it when it gets another name.

import type { Attribute, ClassDefinition, Module } from '../python/ast';
import { usesOfName, type NameScope, type NameUse } from '../python/nameUses';
import { expressionsOf, expressionsWithin, statementsWithin } from '../python/walk';
import { encloses, type Location, type Span } from '../text/span';
import type { Snapshot } from '../workspace/snapshot';
import { importedFile, importsOf } from './pythonImports';

export interface PythonBinding {
  /** Each place once. */
  readonly places: readonly Location[];
  /** A place where the binding would meet another one, were it called `newName`. */
  conflict(newName: string): Location | undefined;
}

/** What the identifier at `span` names; undefined when no variable of Python stands there. */
export function pythonBinding(
  snapshot: Snapshot,
  roots: readonly string[],
  uri: string,
  span: Span,
  name: string,
): PythonBinding | undefined {
  const reader = new BindingReader(snapshot, roots, name);
  return reader.start(uri, span) ? reader : undefined;
}

interface Group {
  readonly uri: string;
  readonly owner: NameScope;
  readonly uses: readonly NameUse[];
}

class BindingReader implements PythonBinding {
  private readonly groups: Group[] = [];
  private readonly attributes: Location[] = [];

  constructor(
    private readonly snapshot: Snapshot,
    private readonly roots: readonly string[],
    private readonly name: string,
  ) {}

  get places(): readonly Location[] {
    const all = [...this.groups.flatMap(({ uri, uses }) => uses.map(({ span }) => ({ uri, span }))), ...this.attributes];
    return [...new Map(all.map((place) => [placeKey(place), place])).values()];
  }

  start(uri: string, span: Span): boolean {
    const file = this.snapshot.files.get(uri);
    const use = file && usesOfName(file.module, this.name).find((one) => one.span.start === span.start);
    if (file === undefined || use === undefined) return false;
    this.add(uri, file.module, use.owner);
    if (use.owner.kind === 'class') this.addMembers(uri, file.module, span);
    return true;
  }

  conflict(newName: string): Location | undefined {
    for (const { uri, owner, uses } of this.groups) {
      const module = this.snapshot.files.get(uri)?.module;
      const others = module === undefined ? [] : usesOfName(module, newName);
      const meeting = others.find((other) => scopesBetween(other.scope, other.owner).some(({ id }) => id === owner.id));
      if (meeting !== undefined) return { uri, span: meeting.span };
      const hidden = uses.find((use) => scopesBetween(use.scope, owner).some((scope) => scope.id !== owner.id && scope.binds(newName)));
      if (hidden !== undefined) return { uri, span: hidden.span };
    }
    return undefined;
  }

  /** All uses of the variable that a scope of a file owns; those of a module may be imported elsewhere. */
  private add(uri: string, module: Module, owner: NameScope): void {
    if (this.groups.some((group) => group.uri === uri && group.owner.id === owner.id)) return;
    this.groups.push({ uri, owner, uses: usesOfName(module, this.name).filter((use) => use.owner.id === owner.id) });
    if (owner.kind !== 'module') return;
    this.addExports(uri, module);
    this.addImporters(uri);
  }

  /** The list of what a star imports names variables by strings. */
  private addExports(uri: string, module: Module): void {
    if (!module.text.includes('__all__')) return;
    for (const statement of module.body) {
      if (statement.kind !== 'assign' && statement.kind !== 'augmentedAssign') continue;
      const targets = statement.kind === 'assign' ? statement.targets : [statement.target];
      if (statement.value === undefined || !targets.some((target) => target.kind === 'name' && target.name === '__all__')) continue;
      for (const part of expressionsWithin(statement.value)) {
        if (part.kind === 'string' && module.text.slice(part.content.start, part.content.end) === this.name) {
          this.attributes.push({ uri, span: part.content });
        }
      }
    }
  }

  private addImporters(home: string): void {
    for (const [uri, { module }] of this.snapshot.files) {
      if (uri === home || !module.text.includes(this.name)) continue;
      for (const statement of importsOf(module)) {
        if (statement.kind === 'import') {
          for (const { name, alias } of statement.names) {
            if (importedFile(this.snapshot, this.roots, uri, name, 0) === home) this.addDotted(uri, module, alias ?? name);
          }
          continue;
        }
        const { level, names } = statement;
        const from = importedFile(this.snapshot, this.roots, uri, statement.module, level);
        for (const { name, nameSpan, alias } of names) {
          if (from === home && name === this.name) {
            this.attributes.push({ uri, span: nameSpan });
            if (alias === undefined) this.addAt(uri, module, nameSpan);
          } else if (from === home && name === '*') {
            const [use] = usesOfName(module, this.name).filter(({ owner }) => owner.kind === 'module' && !owner.binds(this.name));
            if (use !== undefined) this.add(uri, module, use.owner);
          } else {
            const path = statement.module === '' ? name : `${statement.module}.${name}`;
            if (importedFile(this.snapshot, this.roots, uri, path, level) === home) this.addDotted(uri, module, alias ?? name);
          }
        }
      }
    }
  }

  private addAt(uri: string, module: Module, span: Span): void {
    const use = usesOfName(module, this.name).find((one) => one.span.start === span.start);
    if (use !== undefined) this.add(uri, module, use.owner);
  }

  /** `prefix.name`, where the prefix is an imported module. */
  private addDotted(uri: string, module: Module, prefix: string): void {
    for (const { object, nameSpan } of attributesNamed(module, this.name)) {
      if (module.text.slice(object.span.start, object.span.end) === prefix) this.attributes.push({ uri, span: nameSpan });
    }
  }

  /** `User.name`, wherever the class around the attribute is named. */
  private addMembers(uri: string, module: Module, span: Span): void {
    const around = statementsWithin(module.body, 'enterNested').filter(
      (statement): statement is ClassDefinition => statement.kind === 'class' && encloses(statement.span, span),
    );
    const owner = around.at(-1);
    const places = owner && pythonBinding(this.snapshot, this.roots, uri, owner.nameSpan, owner.name)?.places;
    const known = new Set((places ?? []).map(placeKey));
    for (const [other, file] of this.snapshot.files) {
      for (const { object, nameSpan } of attributesNamed(file.module, this.name)) {
        const last = object.kind === 'attribute' ? object.nameSpan : object.span;
        if (known.has(placeKey({ uri: other, span: last }))) this.attributes.push({ uri: other, span: nameSpan });
      }
    }
  }
}

/** From the scope where a name is written to the one that owns it, both included. */
function scopesBetween(from: NameScope, owner: NameScope): readonly NameScope[] {
  const scopes: NameScope[] = [];
  for (let scope: NameScope | undefined = from; scope !== undefined; scope = scope.parent) {
    // The body of a class is passed over by the functions in it.
    if (scope === from || scope.kind !== 'class' || scope.id === owner.id) scopes.push(scope);
    if (scope.id === owner.id) break;
  }
  return scopes;
}

function attributesNamed(module: Module, name: string): readonly Attribute[] {
  if (!module.text.includes(`.${name}`)) return [];
  return statementsWithin(module.body, 'enterNested')
    .flatMap(expressionsOf)
    .flatMap(expressionsWithin)
    .filter((expression): expression is Attribute => expression.kind === 'attribute' && expression.name === name);
}

function placeKey({ uri, span }: Location): string {
  return `${uri}#${span.start}`;
}
