// Where one name stands in a module, by the scope that owns it: what has to change together when a variable, a function or a
// class gets another name. Python's rules of scope are those of `scopes.ts`.

import type { Comprehension, Expression, FunctionDefinition, Identifier, Lambda, Module, Parameter, Statement } from './ast';
import type { Span } from '../text/span';
import { boundNames, namesOfTarget } from './scopes';
import { blocksOf, expressionsOf, forEachPart, statementsWithin } from './walk';

/** A scope of a module: the module itself, a function, a class, a lambda or a comprehension. */
export interface NameScope {
  /** Equal for the same scope of one module. */
  readonly id: string;
  readonly kind: 'module' | 'function' | 'class';
  readonly parent: NameScope | undefined;
  /** True for a name that is bound in this scope itself. */
  binds(name: string): boolean;
}

export interface NameUse {
  readonly span: Span;
  /** The scope it is written in. */
  readonly scope: NameScope;
  /** The scope whose variable it means; the module for what nothing binds. */
  readonly owner: NameScope;
}

/** Every place where `name` stands as a variable, in text order; attributes and keywords of calls are none. */
export function usesOfName(module: Module, name: string): readonly NameUse[] {
  if (!module.text.includes(name)) return [];
  return new UseReader(name).read(module);
}

class ReadScope implements NameScope {
  readonly id: string;
  private readonly elsewhere = new Map<string, 'global' | 'nonlocal'>();
  private readonly bound: ReadonlySet<string>;

  constructor(
    readonly kind: NameScope['kind'],
    span: Span,
    readonly parent: ReadScope | undefined,
    body: readonly Statement[],
    own: readonly string[] = [],
  ) {
    this.id = `${kind} ${span.start}-${span.end}`;
    for (const statement of body.length === 0 ? [] : statementsWithin(body, 'skipNested')) {
      if (statement.kind !== 'global' && statement.kind !== 'nonlocal') continue;
      for (const { name } of statement.names) this.elsewhere.set(name, statement.kind);
    }
    this.bound = body.length === 0 ? new Set(own) : new Set([...own, ...boundNames(body)]);
  }

  binds(name: string): boolean {
    return this.bound.has(name);
  }

  ownerOf(name: string): NameScope {
    if (this.elsewhere.get(name) === 'global') return this.module;
    if (this.elsewhere.get(name) !== 'nonlocal' && this.binds(name)) return this;
    let scope = this.parent;
    while (scope !== undefined) {
      if (scope.parent === undefined) return scope;
      if (scope.elsewhere.get(name) === 'global') return this.module;
      if (scope.kind === 'function' && scope.elsewhere.get(name) === undefined && scope.binds(name)) return scope;
      scope = scope.parent;
    }
    return this;
  }

  private get module(): ReadScope {
    return this.parent === undefined ? this : this.parent.module;
  }
}

class UseReader {
  private readonly found: NameUse[] = [];

  constructor(private readonly name: string) {}

  read(module: Module): readonly NameUse[] {
    this.readStatements(module.body, new ReadScope('module', { start: 0, end: module.text.length }, undefined, module.body));
    const seen = new Set<number>();
    return this.found
      .sort((a, b) => a.span.start - b.span.start)
      .filter(({ span }) => !seen.has(span.start) && seen.add(span.start).size > 0);
  }

  private note(name: string, span: Span, scope: ReadScope): void {
    if (name === this.name) this.found.push({ span, scope, owner: scope.ownerOf(name) });
  }

  private readStatements(statements: readonly Statement[], scope: ReadScope): void {
    for (const statement of statements) this.readStatement(statement, scope);
  }

  private readStatement(statement: Statement, scope: ReadScope): void {
    switch (statement.kind) {
      case 'function':
        this.note(statement.name, statement.nameSpan, scope);
        this.readFunction(statement, scope);
        return;
      case 'class': {
        this.note(statement.name, statement.nameSpan, scope);
        for (const expression of expressionsOf(statement)) this.readExpression(expression, scope);
        this.readStatements(statement.body, new ReadScope('class', statement.span, scope, statement.body));
        return;
      }
      case 'import':
      case 'importFrom':
        for (const { name, nameSpan, alias, aliasSpan } of statement.names) {
          if (alias !== undefined && aliasSpan !== undefined) this.note(alias, aliasSpan, scope);
          else if (!name.includes('.')) this.note(name, nameSpan, scope);
        }
        return;
      case 'try':
        for (const { name, nameSpan } of statement.handlers)
          if (name !== undefined && nameSpan !== undefined) this.note(name, nameSpan, scope);
        break;
      default:
        break;
    }
    for (const expression of expressionsOf(statement)) this.readExpression(expression, scope);
    this.readStatements(blocksOf(statement), scope);
  }

  private readFunction(statement: FunctionDefinition, outer: ReadScope): void {
    for (const expression of expressionsOf(statement)) this.readExpression(expression, outer);
    const scope = new ReadScope('function', statement.span, outer, statement.body, parameterNames(statement.parameters));
    for (const { name, nameSpan } of statement.parameters) this.note(name, nameSpan, scope);
    this.readStatements(statement.body, scope);
  }

  private readonly readExpression = (expression: Expression, scope: ReadScope): void => {
    switch (expression.kind) {
      case 'name':
        this.readName(expression, scope);
        break;
      case 'lambda':
        this.readLambda(expression, scope);
        break;
      case 'comprehension':
        this.readComprehension(expression, scope);
        break;
      default:
        forEachPart(expression, this.readExpression, scope);
    }
  };

  private readName({ name, span }: Identifier, scope: ReadScope): void {
    this.note(name, span, scope);
  }

  private readLambda({ parameters, body, span }: Lambda, outer: ReadScope): void {
    for (const parameter of parameters) if (parameter.default !== undefined) this.readExpression(parameter.default, outer);
    const scope = new ReadScope('function', span, outer, [], parameterNames(parameters));
    for (const { name, nameSpan } of parameters) this.note(name, nameSpan, scope);
    this.readExpression(body, scope);
  }

  /** The first iterable is evaluated outside, everything else inside. */
  private readComprehension({ elements, clauses, span }: Comprehension, outer: ReadScope): void {
    const own = clauses.flatMap((clause) => (clause.kind === 'for' ? namesOfTarget(clause.target) : []));
    const scope = new ReadScope('function', span, outer, [], own);
    for (const [index, clause] of clauses.entries()) {
      if (clause.kind === 'if') this.readExpression(clause.test, scope);
      else {
        this.readExpression(clause.iterable, index === 0 ? outer : scope);
        this.readExpression(clause.target, scope);
      }
    }
    for (const element of elements) this.readExpression(element, scope);
  }
}

function parameterNames(parameters: readonly Parameter[]): readonly string[] {
  return parameters.map(({ name }) => name);
}
