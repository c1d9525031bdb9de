// The names that a query defines, where they are used, and which of them are visible where.

import { encloses, type Span } from '../text/span';
import type { Expression } from './expressionTree';
import type { Relation } from './relationTree';
import type { Name, SelectItem, SqlNode } from './syntaxTree';
import type { Template } from './templates';

export interface SqlSymbol {
  /** A query of WITH, the alias of a relation, a column that the query itself names, a window, a parameter of a lambda. */
  readonly kind: 'cte' | 'relation' | 'column' | 'window' | 'parameter';
  /** Where it is defined. */
  readonly name: Name;
  /** What it names: the query of WITH, the relation, the item of the select list … */
  readonly node: SqlNode;
  /** Its uses, in the order they were found. */
  readonly references: Name[];
  /** A column of the result of the whole query, which others may read. */
  exported: boolean;
}

/** The columns of a query or relation, as far as the text tells. */
export interface Output {
  readonly columns: readonly { readonly name: string; readonly symbol: SqlSymbol | undefined }[];
  /** No other columns exist. */
  readonly complete: boolean;
}

export interface RelationEntry {
  /** What qualifies its columns, in lower case; undefined where nothing does. */
  readonly key: string | undefined;
  readonly symbol: SqlSymbol | undefined;
  readonly output: Output;
  readonly relation: Relation | undefined;
}

export interface CteEntry {
  readonly symbol: SqlSymbol;
  readonly output: Output;
}

/** What names mean in one query, SELECT or lambda, and in what is nested in it. */
export class Scope {
  readonly ctes = new Map<string, CteEntry>();
  readonly relations: RelationEntry[] = [];
  readonly aliases = new Map<string, { readonly symbol: SqlSymbol; readonly item: SelectItem }>();
  readonly windows = new Map<string, SqlSymbol>();
  readonly parameters = new Map<string, SqlSymbol>();
  /** Columns that come before those of the relations. */
  first: Output | undefined;
  private hidesRelations = false;

  constructor(
    readonly parent: Scope | undefined,
    readonly span: Span,
  ) {}

  /** The same without the relations beside it: a subquery behind FROM does not see its neighbours. */
  withoutRelations(): Scope {
    const scope = new Scope(this, this.span);
    scope.hidesRelations = true;
    return scope;
  }

  cte(key: string): CteEntry | undefined {
    return this.ctes.get(key) ?? this.parent?.cte(key);
  }

  window(key: string): SqlSymbol | undefined {
    return this.windows.get(key) ?? this.parent?.window(key);
  }

  parameter(key: string): SqlSymbol | undefined {
    return this.parameters.get(key) ?? this.parent?.parameter(key);
  }

  relation(key: string): RelationEntry | undefined {
    return this.relations.find((entry) => entry.key === key) ?? this.outer()?.relation(key);
  }

  /** `mentions` tells whether an expression reads a column of the name. */
  column(key: string, mentions: (expression: Expression, key: string) => boolean): SqlSymbol | undefined {
    const before = this.first?.columns.find(({ name }) => name.toLowerCase() === key);
    if (before !== undefined) return before.symbol;
    const found = this.relations.flatMap(({ output }) => output.columns.filter(({ name }) => name.toLowerCase() === key));
    if (found.length > 0) return found.length === 1 ? found[0]?.symbol : undefined;
    const alias = this.aliases.get(key);
    if (alias !== undefined) return mentions(alias.item.expression, key) ? undefined : alias.symbol;
    // A source, of whose columns nothing is known, may have it.
    if (this.relations.some(({ output }) => !output.complete)) return undefined;
    return this.outer()?.column(key, mentions);
  }

  /** Everything that is visible here, the nearest first. */
  visible(): readonly Scope[] {
    return [this, ...(this.parent?.visible() ?? [])];
  }

  /** What a correlated subquery sees; a subquery behind FROM sees what is around the query it stands in. */
  private outer(): Scope | undefined {
    return this.hidesRelations ? this.parent?.parent : this.parent;
  }
}

export class NameTable {
  readonly symbols: SqlSymbol[] = [];
  private readonly scopes: { span: Span; readonly scope: Scope }[] = [];
  private readonly meanings = new Map<Name, SqlSymbol>();

  define(kind: SqlSymbol['kind'], name: Name, node: SqlNode): SqlSymbol {
    const symbol = { kind, name, node, references: [], exported: false };
    this.symbols.push(symbol);
    this.meanings.set(name, symbol);
    return symbol;
  }

  refer(symbol: SqlSymbol, name: Name): void {
    if (this.meanings.has(name)) return;
    symbol.references.push(name);
    this.meanings.set(name, symbol);
  }

  /** What a name of the tree stands for. */
  symbolOf(name: Name): SqlSymbol | undefined {
    return this.meanings.get(name);
  }

  /** The name at an offset, or directly in front of it, and what it stands for. */
  at(offset: number): { readonly name: Name; readonly symbol: SqlSymbol } | undefined {
    for (const [name, symbol] of this.meanings) {
      if (offset >= name.span.start && offset <= name.span.end) return { name, symbol };
    }
    return undefined;
  }

  open(parent: Scope, span: Span): Scope {
    const scope = new Scope(parent, span);
    this.scopes.push({ span, scope });
    return scope;
  }

  /** Makes a scope hold for clauses behind its own text as well. */
  extend(scope: Scope, nodes: readonly (SqlNode | undefined)[]): void {
    for (const node of nodes) if (node !== undefined) this.scopes.push({ span: node.span, scope });
  }

  /** The innermost scope at an offset; undefined outside of any query. */
  scopeAt(offset: number): Scope | undefined {
    let found: { span: Span; scope: Scope } | undefined;
    for (const candidate of this.scopes) {
      const { span } = candidate;
      if (offset < span.start || offset > span.end) continue;
      if (found === undefined || encloses(found.span, span)) found = candidate;
    }
    return found?.scope;
  }
}

/** What `{{a.b}}` is called as the qualifier of a column. */
export function templateKey({ inner }: Template): string {
  return `{{${inner.toLowerCase()}}}`;
}
