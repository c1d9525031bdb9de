// What the names of a query stand for: queries of WITH, aliases of relations and columns, windows, parameters of lambda functions.
// Names are the same without regard to case (Spark's default). Nothing is known of the columns of sources here: a name that
// may be a column of one stays unresolved.

import type { Column, Expression, Lambda } from './expressionTree';
import { NameTable, Scope, templateKey, type Output, type RelationEntry, type SqlSymbol } from './nameTable';
import type { From, Join, LateralView, Relation, TableAlias, TableReference } from './relationTree';
import type { Name, Query, QueryBody, Select, SelectItem, SqlNode, SqlTree } from './syntaxTree';
import { childrenOf, nodesOf } from './walk';

/** Nodes below which names mean something else, or nothing. */
const OWN_RULES: ReadonlySet<SqlNode['kind']> = new Set([
  'query',
  'column',
  'star',
  'lambda',
  'windowReference',
  'table',
  'namedWindow',
  'name',
  'dataType',
]);

const UNKNOWN: Output = { columns: [], complete: false };

/** The names of a tree. Takes time in proportion to the tree, for queries of ordinary depth. */
export function resolveNames(tree: SqlTree): NameTable {
  const table = new NameTable();
  if (tree.statement.kind !== 'query') return table;
  const output = new Resolver(table).query(tree.statement, new Scope(undefined, { start: 0, end: tree.text.length }));
  for (const { symbol } of output.columns) if (symbol !== undefined) symbol.exported = true;
  return table;
}

class Resolver {
  constructor(private readonly table: NameTable) {}

  query(query: Query, outer: Scope): Output {
    const scope = this.table.open(outer, query.span);
    for (const cte of query.with?.ctes ?? []) {
      const symbol = this.table.define('cte', cte.name, cte);
      if (query.with?.recursive === true) scope.ctes.set(keyOf(cte.name), { symbol, output: UNKNOWN });
      const output = cte.query.kind === 'query' ? this.query(cte.query, scope) : UNKNOWN;
      scope.ctes.set(keyOf(cte.name), { symbol, output: this.renamed(output, cte.columns, cte) });
    }
    const { tail } = query;
    return this.body(query.body, scope, [
      tail.orderBy,
      tail.sortBy,
      tail.clusterBy,
      tail.distributeBy,
      tail.windows,
      tail.limit,
      tail.offset,
    ]);
  }

  /** `tail` is what orders the rows of this body: it sees the names of a plain SELECT. */
  private body(body: QueryBody, scope: Scope, tail: readonly (SqlNode | undefined)[]): Output {
    switch (body.kind) {
      case 'select':
        return this.select(body, scope, tail);
      case 'setOperation': {
        // A hundred queries in a row are a tree of that depth.
        const rights: QueryBody[] = [];
        let left: QueryBody = body;
        for (; left.kind === 'setOperation'; left = left.left) rights.push(left.right);
        const output = this.body(left, scope, []);
        for (const right of rights.toReversed()) this.body(right, scope, []);
        this.ordered(tail, scope, output);
        return output;
      }
      case 'parenthesizedQuery': {
        const output = this.query(body.query, scope);
        this.ordered(tail, scope, output);
        return output;
      }
      case 'fromQuery': {
        const inner = this.table.open(scope, body.span);
        this.from(body.from, inner);
        const outputs = body.branches.map(({ select, tail: own }) => this.select(select, inner, [own]));
        return outputs[0] ?? UNKNOWN;
      }
      case 'tableQuery': {
        const [name, ...more] = body.name;
        return name === undefined || more.length > 0 ? UNKNOWN : this.tableOutput(name, scope);
      }
      case 'inlineTable':
        this.visitAll(body.rows, scope);
        return body.alias === undefined ? UNKNOWN : this.aliased(UNKNOWN, body.alias, body, scope);
      case 'pipedQuery':
        this.body(body.input, scope, []);
        return UNKNOWN;
      case 'missing':
        return UNKNOWN;
    }
  }

  private select(select: Select, outer: Scope, tail: readonly (SqlNode | undefined)[]): Output {
    const scope = this.table.open(outer, select.span);
    if (tail.some((node) => node !== undefined)) this.table.extend(scope, tail);
    if (select.from !== undefined) this.from(select.from, scope);
    for (const view of select.lateralViews) this.lateralView(view, scope);
    this.windows([select.windows, ...tail], scope);
    const columns: { name: string; symbol: SqlSymbol | undefined }[] = [];
    let complete = select.transform === undefined;
    for (const item of select.items) {
      const output = this.item(item, scope);
      columns.push(...output.columns);
      complete &&= output.complete;
    }
    if (select.transform !== undefined) this.visitAll(select.transform.inputs, scope);
    for (const clause of [select.where, select.groupBy, select.having, select.windows]) if (clause !== undefined) this.visit(clause, scope);
    const result = { columns, complete };
    this.ordered(tail, scope, result);
    return result;
  }

  /** A clause behind the select list looks among its columns first. */
  private ordered(tail: readonly (SqlNode | undefined)[], scope: Scope, output: Output): void {
    for (const node of tail) {
      if (node === undefined) continue;
      const inner = this.table.open(scope, node.span);
      inner.first = output;
      this.visit(node, inner);
    }
  }

  /** Named windows, which every call of the SELECT may refer to. */
  private windows(clauses: readonly (SqlNode | undefined)[], scope: Scope): void {
    for (const clause of clauses) {
      const own = clause?.kind === 'queryTail' ? clause.windows : clause;
      if (own?.kind !== 'windowClause') continue;
      for (const window of own.windows) scope.windows.set(keyOf(window.name), this.table.define('window', window.name, window));
    }
  }

  private item(item: SelectItem, scope: Scope): Output {
    const { expression, alias, aliases } = item;
    this.visit(expression, scope);
    if (aliases.length > 0) {
      const columns = aliases.map((name) => ({ name: name.text, symbol: this.column(name, item, scope) }));
      return { columns, complete: true };
    }
    if (alias !== undefined) return { columns: [{ name: alias.text, symbol: this.column(alias, item, scope) }], complete: true };
    if (expression.kind === 'star') return this.star(expression.qualifier, scope, expression.except);
    const name = expression.kind === 'column' ? expression.parts.at(-1) : expression.kind === 'field' ? expression.field : undefined;
    if (name === undefined) return { columns: [], complete: true };
    return { columns: [{ name: name.text, symbol: this.table.symbolOf(name) }], complete: true };
  }

  private column(name: Name, item: SelectItem, scope: Scope): SqlSymbol {
    const symbol = this.table.define('column', name, item);
    scope.aliases.set(keyOf(name), { symbol, item });
    return symbol;
  }

  private star(qualifier: readonly Name[], scope: Scope, except: readonly Column[]): Output {
    const [first] = qualifier;
    const chosen = first === undefined ? scope.relations : scope.relations.filter(({ key }) => key === keyOf(first));
    const [only] = chosen;
    if (first !== undefined && chosen.length === 1 && only?.symbol !== undefined) this.table.refer(only.symbol, first);
    for (const column of except) this.visit(column, scope);
    const left = new Set(except.map(({ parts }) => (parts.at(-1)?.text ?? '').toLowerCase()));
    return {
      columns: chosen.flatMap(({ output }) => output.columns.filter(({ name }) => !left.has(name.toLowerCase()))),
      complete: chosen.length > 0 && chosen.every(({ output }) => output.complete),
    };
  }

  private from(from: From, scope: Scope): void {
    for (const relation of from.relations) scope.relations.push(...this.relation(relation, scope));
    for (const view of from.lateralViews) this.lateralView(view, scope);
  }

  /** What a relation puts in scope. */
  private relation(relation: Relation, scope: Scope): readonly RelationEntry[] {
    switch (relation.kind) {
      case 'table':
        return [this.tableEntry(relation, scope)];
      case 'subqueryRelation': {
        const output = this.query(relation.query, relation.lateral ? scope : scope.withoutRelations());
        return [this.entry(relation.alias, output, relation)];
      }
      case 'tableFunction':
        this.visit(relation.call, scope);
        return [this.entry(relation.alias, UNKNOWN, relation)];
      case 'inlineTable':
        this.visitAll(relation.rows, scope);
        return [this.entry(relation.alias, UNKNOWN, relation)];
      case 'parenthesizedRelation': {
        const entries = this.relation(relation.relation, scope);
        if (relation.alias === undefined) return entries;
        return [this.entry(relation.alias, joined(entries), relation)];
      }
      case 'join':
        return this.join(relation, scope);
      case 'pivot':
      case 'unpivot': {
        const inner = this.table.open(scope, relation.span);
        inner.relations.push(...this.relation(relation.input, inner));
        for (const child of childrenOf(relation)) if (child !== relation.input) this.visit(child, inner);
        if (relation.kind === 'pivot' || relation.alias === undefined)
          return [{ key: undefined, symbol: undefined, output: UNKNOWN, relation }];
        const symbol = this.table.define('relation', relation.alias, relation);
        return [{ key: keyOf(relation.alias), symbol, output: UNKNOWN, relation }];
      }
      case 'missing':
        return [];
    }
  }

  private join(last: Join, scope: Scope): readonly RelationEntry[] {
    const joins: Join[] = [];
    let first: Relation = last;
    for (; first.kind === 'join'; first = first.left) joins.push(first);
    const before = scope.relations.length;
    const seen = [...this.relation(first, scope)];
    scope.relations.push(...seen);
    for (const join of joins.toReversed()) {
      const right = this.relation(join.right, scope);
      scope.relations.push(...right);
      if (join.on !== undefined) this.visit(join.on, scope);
      for (const name of join.using) this.bareColumn(name, scope);
      // What is on the right of a semi or anti join is not seen behind it.
      if (join.type === 'SEMI' || join.type === 'ANTI') scope.relations.length -= right.length;
      else seen.push(...right);
    }
    scope.relations.length = before;
    return seen;
  }

  private tableEntry(relation: TableReference, scope: Scope): RelationEntry {
    const [name, ...more] = relation.name;
    const output = name === undefined || more.length > 0 ? UNKNOWN : this.tableOutput(name, scope);
    if (relation.timeTravel !== undefined) this.visit(relation.timeTravel, scope);
    if (relation.alias !== undefined) return this.entry(relation.alias, output, relation);
    const last = relation.name.at(-1);
    const cte = last === undefined ? undefined : this.table.symbolOf(last);
    return { key: last === undefined ? undefined : keyOf(last), symbol: cte, output, relation };
  }

  /** A name of one part is that of a query of WITH, or of a table that only Spark knows. */
  private tableOutput(name: Name, scope: Scope): Output {
    const cte = name.template === undefined ? scope.cte(keyOf(name)) : undefined;
    if (cte === undefined) return UNKNOWN;
    this.table.refer(cte.symbol, name);
    return cte.output;
  }

  private entry(alias: TableAlias | undefined, output: Output, relation: Relation): RelationEntry {
    if (alias === undefined) return { key: undefined, symbol: undefined, output, relation };
    const symbol = this.table.define('relation', alias.name, relation);
    return { key: keyOf(alias.name), symbol, output: this.renamed(output, alias.columns, relation), relation };
  }

  private aliased(output: Output, alias: TableAlias, node: SqlNode, scope: Scope): Output {
    const symbol = this.table.define('relation', alias.name, node);
    scope.relations.push({ key: keyOf(alias.name), symbol, output, relation: undefined });
    return this.renamed(output, alias.columns, node);
  }

  /** The columns of a relation under the names of a list behind its alias. */
  private renamed(output: Output, names: readonly Name[], node: SqlNode): Output {
    if (names.length === 0) return output;
    return { columns: names.map((name) => ({ name: name.text, symbol: this.table.define('column', name, node) })), complete: true };
  }

  private lateralView(view: LateralView, scope: Scope): void {
    this.visitAll(view.call.args, scope);
    const columns = view.columns.map((name) => ({ name: name.text, symbol: this.table.define('column', name, view) }));
    const symbol = view.table === undefined ? undefined : this.table.define('relation', view.table, view);
    const key = view.table === undefined ? undefined : keyOf(view.table);
    scope.relations.push({ key, symbol, output: { columns, complete: columns.length > 0 }, relation: undefined });
  }

  private visitAll(nodes: readonly SqlNode[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  /** Chains of operators are deep trees: what needs no scope of its own is gone through without calls. */
  private visit(root: SqlNode, scope: Scope): void {
    for (const node of nodesOf(root, (one) => !OWN_RULES.has(one.kind))) this.visitOne(node, scope);
  }

  private visitOne(node: SqlNode, scope: Scope): void {
    switch (node.kind) {
      case 'query':
        this.query(node, scope);
        return;
      case 'column':
        this.columnReference(node, scope);
        return;
      case 'star':
        this.star(node.qualifier, scope, node.except);
        return;
      case 'lambda':
        this.lambda(node, scope);
        return;
      case 'windowReference': {
        const window = scope.window(keyOf(node.name));
        if (window !== undefined) this.table.refer(window, node.name);
        return;
      }
      case 'table':
        this.tableEntry(node, scope);
        return;
      case 'namedWindow':
        this.visit(node.window, scope);
        return;
      default:
        return;
    }
  }

  private lambda(lambda: Lambda, scope: Scope): void {
    const inner = this.table.open(scope, lambda.span);
    for (const name of lambda.parameters) inner.parameters.set(keyOf(name), this.table.define('parameter', name, lambda));
    this.visit(lambda.body, inner);
  }

  private columnReference({ parts }: Column, scope: Scope): void {
    const [first, second] = parts;
    if (first === undefined) return;
    const parameter = scope.parameter(keyOf(first));
    if (parameter !== undefined) {
      this.table.refer(parameter, first);
      return;
    }
    const entry = second === undefined ? undefined : scope.relation(keyOf(first));
    if (entry === undefined || second === undefined) {
      this.bareColumn(first, scope);
      return;
    }
    if (entry.symbol !== undefined) this.table.refer(entry.symbol, first);
    const column = columnOf(entry.output, keyOf(second));
    if (column !== undefined) this.table.refer(column, second);
  }

  /** A name without a qualifier: a column of the one relation that is known to have it, or an alias of the select list. */
  private bareColumn(name: Name, scope: Scope): void {
    const symbol = scope.column(keyOf(name), mentions);
    if (symbol !== undefined) this.table.refer(symbol, name);
  }
}

function joined(entries: readonly RelationEntry[]): Output {
  return { columns: entries.flatMap(({ output }) => output.columns), complete: entries.every(({ output }) => output.complete) };
}

function columnOf({ columns }: Output, key: string): SqlSymbol | undefined {
  const found = columns.filter(({ name }) => name.toLowerCase() === key);
  return found.length === 1 ? found[0]?.symbol : undefined;
}

function keyOf(name: Name): string {
  return name.template === undefined ? name.text.toLowerCase() : templateKey(name.template);
}

/** Whether an expression reads a column of the name, so that an alias of the same name stands for something else. */
function mentions(expression: Expression, key: string): boolean {
  for (const node of nodesOf(expression)) {
    if (node.kind === 'column' && node.parts.at(-1)?.text.toLowerCase() === key) return true;
  }
  return false;
}
