// Which names a function reads from outside itself, by Python's rules of scope: a name that is bound anywhere in a function is
// local to it, comprehensions and lambdas have scopes of their own, class bodies are passed over by the functions in them.

import type { ClassDefinition, Comprehension, Expression, FunctionDefinition, Identifier, Lambda, Parameter, Statement } from './ast';
import { expressionsOf, forEachPart, statementsWithin, withoutParentheses } from './walk';

export interface FreeNameOptions {
  /** True under `from __future__ import annotations`, where annotations of nested functions are not evaluated. */
  readonly deferredAnnotations: boolean;
}

/**
 * Every read of a name that the function does not bind, in text order; builtins are among them. Its own decorators, defaults
 * and annotations belong to the scope around it and are left out.
 */
export function freeNames(definition: FunctionDefinition, options: FreeNameOptions): readonly Identifier[] {
  const found: Identifier[] = [];
  const reader = new ScopeReader(options, (name) => found.push(name));
  reader.readFunction(definition, undefined);
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Every name that a block binds in its own scope, not in nested functions and classes; names declared `global` are not. */
export function boundNames(body: readonly Statement[]): ReadonlySet<string> {
  const bound = new Set<string>();
  const elsewhere = new Set<string>();
  for (const statement of statementsWithin(body, 'skipNested')) {
    if (statement.kind === 'global' || statement.kind === 'nonlocal') for (const { name } of statement.names) elsewhere.add(name);
    else for (const name of namesBoundBy(statement)) bound.add(name);
  }
  for (const name of elsewhere) bound.delete(name);
  return bound;
}

/** The names that one statement binds in the scope it stands in; what the statements of its blocks bind is theirs. */
export function namesBoundBy(statement: Statement): readonly string[] {
  const walrus: string[] = [];
  for (const expression of expressionsOf(statement)) collectBoundWithin(expression, walrus);
  switch (statement.kind) {
    case 'assign':
      return [...statement.targets.flatMap(namesOfTarget), ...walrus];
    case 'augmentedAssign':
    case 'for':
      return [...namesOfTarget(statement.target), ...walrus];
    case 'with':
      return [...statement.items.flatMap(({ target }) => (target === undefined ? [] : namesOfTarget(target))), ...walrus];
    case 'delete':
      return statement.targets.flatMap(namesOfTarget);
    case 'import':
    case 'importFrom':
      return statement.names.map(({ name, alias }) => alias ?? (statement.kind === 'import' ? (name.split('.')[0] ?? name) : name));
    case 'function':
    case 'class':
      return [statement.name, ...walrus];
    case 'try':
      return [...statement.handlers.flatMap(({ name }) => (name === undefined ? [] : [name])), ...walrus];
    case 'match':
      return [...statement.cases.flatMap(({ captures }) => captures.map(({ name }) => name)), ...walrus];
    default:
      return walrus;
  }
}

export function namesOfTarget(target: Expression): readonly string[] {
  const node = withoutParentheses(target);
  if (node.kind === 'name') return [node.name];
  if (node.kind === 'tuple' || node.kind === 'list') return node.items.flatMap(namesOfTarget);
  return node.kind === 'starred' ? namesOfTarget(node.value) : [];
}

/** `:=` binds in the function around it, out of comprehensions too, but not out of a lambda. */
function collectBoundWithin(expression: Expression, found: string[]): void {
  if (expression.kind === 'lambda') {
    for (const parameter of expression.parameters) if (parameter.default !== undefined) collectBoundWithin(parameter.default, found);
    return;
  }
  if (expression.kind === 'named') found.push(...namesOfTarget(expression.target));
  forEachPart(expression, collectBoundWithin, found);
}

interface Scope {
  readonly kind: 'function' | 'class';
  readonly bound: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

class ScopeReader {
  /** Names declared `global` that the function itself assigns: they exist once it ran so far. */
  private readonly assignedGlobals = new Set<string>();

  constructor(
    private readonly options: FreeNameOptions,
    private readonly found: (name: Identifier) => void,
  ) {}

  readFunction(definition: FunctionDefinition, parent: Scope | undefined): void {
    const scope = scopeOf('function', definition.body, definition.parameters, parent);
    for (const name of scope.globals) if (assigns(definition.body, name)) this.assignedGlobals.add(name);
    this.readStatements(definition.body, scope);
  }

  private readStatements(body: readonly Statement[], scope: Scope): void {
    for (const statement of statementsWithin(body, 'skipNested')) this.readStatement(statement, scope);
  }

  private readStatement(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'function':
        this.readNestedFunction(statement, scope);
        break;
      case 'class':
        this.readClass(statement, scope);
        break;
      case 'assign':
        for (const target of statement.targets) this.readTarget(target, scope);
        // Annotations of the variables of a function are never evaluated; those of a class are.
        if (statement.annotation !== undefined && scope.kind === 'class' && !this.options.deferredAnnotations) {
          this.read(statement.annotation, scope);
        }
        if (statement.value !== undefined) this.read(statement.value, scope);
        break;
      case 'for':
        this.readTarget(statement.target, scope);
        this.read(statement.iterable, scope);
        break;
      case 'with':
        for (const { context, target } of statement.items) {
          this.read(context, scope);
          if (target !== undefined) this.readTarget(target, scope);
        }
        break;
      case 'delete':
        for (const target of statement.targets) this.readTarget(target, scope);
        break;
      case 'match':
        this.read(statement.subject, scope);
        for (const { reads, guard } of statement.cases) {
          for (const expression of reads) this.read(expression, scope);
          if (guard !== undefined) this.read(guard, scope);
        }
        break;
      case 'global':
      case 'nonlocal':
        break;
      default:
        for (const expression of expressionsOf(statement)) this.read(expression, scope);
    }
  }

  private readNestedFunction(statement: FunctionDefinition, scope: Scope): void {
    for (const { expression } of statement.decorators) this.read(expression, scope);
    for (const { default: value } of statement.parameters) if (value !== undefined) this.read(value, scope);
    const generic = withTypeParameters(statement, scope);
    if (!this.options.deferredAnnotations) {
      for (const { annotation } of statement.parameters) if (annotation !== undefined) this.read(annotation, generic);
      if (statement.returns !== undefined) this.read(statement.returns, generic);
    }
    this.readFunction(statement, generic);
  }

  private readClass(statement: ClassDefinition, scope: Scope): void {
    for (const { expression } of statement.decorators) this.read(expression, scope);
    const generic = withTypeParameters(statement, scope);
    for (const { value } of statement.arguments) this.read(value, generic);
    this.readStatements(statement.body, scopeOf('class', statement.body, [], generic));
  }

  private readSignature(parameters: readonly Parameter[], scope: Scope): void {
    for (const parameter of parameters) {
      if (parameter.default !== undefined) this.read(parameter.default, scope);
      if (parameter.annotation !== undefined && !this.options.deferredAnnotations) this.read(parameter.annotation, scope);
    }
  }

  /** What an assignment target reads: `x` in `x.a = 1` and `x[i] = 1`, nothing in `x = 1`. */
  private readTarget(target: Expression, scope: Scope): void {
    const node = withoutParentheses(target);
    if (node.kind === 'name') return;
    if (node.kind === 'tuple' || node.kind === 'list') for (const item of node.items) this.readTarget(item, scope);
    else if (node.kind === 'starred') this.readTarget(node.value, scope);
    else this.read(node, scope);
  }

  private readonly readPart = (part: Expression, scope: Scope): void => {
    this.read(part, scope);
  };

  private read(expression: Expression, scope: Scope): void {
    switch (expression.kind) {
      case 'name':
        if (!this.isBound(expression.name, scope)) this.found(expression);
        break;
      case 'named':
        this.read(expression.value, scope);
        break;
      case 'lambda':
        this.readLambda(expression, scope);
        break;
      case 'comprehension':
        this.readComprehension(expression, scope);
        break;
      default:
        forEachPart(expression, this.readPart, scope);
    }
  }

  private readLambda({ parameters, body }: Lambda, parent: Scope): void {
    this.readSignature(parameters, parent);
    const named: string[] = [];
    collectBoundWithin(body, named);
    const bound = new Set([...parameters.map(({ name }) => name), ...named]);
    this.read(body, { kind: 'function', bound, globals: new Set(), parent });
  }

  /** The first iterable is evaluated outside; everything else inside. */
  private readComprehension({ elements, clauses }: Comprehension, parent: Scope): void {
    const bound = new Set(clauses.flatMap((clause) => (clause.kind === 'for' ? namesOfTarget(clause.target) : [])));
    const scope: Scope = { kind: 'function', bound, globals: new Set(), parent };
    for (const [index, clause] of clauses.entries()) {
      if (clause.kind === 'if') this.read(clause.test, scope);
      else {
        this.read(clause.iterable, index === 0 ? parent : scope);
        this.readTarget(clause.target, scope);
      }
    }
    for (const element of elements) this.read(element, scope);
  }

  private isBound(name: string, from: Scope): boolean {
    let scope: Scope | undefined = from;
    while (scope !== undefined) {
      if (scope.globals.has(name)) return this.assignedGlobals.has(name);
      if ((scope === from || scope.kind === 'function') && scope.bound.has(name)) return true;
      scope = scope.parent;
    }
    return false;
  }
}

/** Type parameters have a scope of their own between the one around the definition and its body. */
function withTypeParameters({ typeParameters }: FunctionDefinition | ClassDefinition, parent: Scope): Scope {
  return typeParameters === undefined ? parent : { kind: 'function', bound: new Set(typeParameters), globals: new Set(), parent };
}

function scopeOf(kind: Scope['kind'], body: readonly Statement[], parameters: readonly Parameter[], parent: Scope | undefined): Scope {
  const globals = new Set<string>();
  for (const statement of statementsWithin(body, 'skipNested')) {
    if (statement.kind === 'global') for (const { name } of statement.names) globals.add(name);
  }
  return { kind, bound: new Set([...parameters.map(({ name }) => name), ...boundNames(body)]), globals, parent };
}

function assigns(body: readonly Statement[], name: string): boolean {
  for (const statement of statementsWithin(body, 'enterNested')) {
    // `x += 1` and `del x` need what is there already.
    if (statement.kind !== 'augmentedAssign' && statement.kind !== 'delete' && namesBoundBy(statement).includes(name)) return true;
  }
  return false;
}
