// What the words of a query are, for colours: decided by the tree and by what its names stand for, not by how a word looks.

import { sqlFunction } from '../sql/functions/functionTable';
import type { NameTable } from '../sql/nameTable';
import { resolveNames } from '../sql/scopes';
import type { Name, SqlNode, SqlTree } from '../sql/syntaxTree';
import type { Template } from '../sql/templates';
import type { Token } from '../sql/tokens';
import { nodesOf } from '../sql/walk';
import type { Span } from '../text/span';

export const tokenTypes = [
  'keyword',
  'function',
  'class',
  'namespace',
  'property',
  'variable',
  'parameter',
  'type',
  'interface',
  'enumMember',
  'macro',
  'string',
  'number',
  'comment',
] as const;
/** Words of SQL are told from those of Python by a modifier of our own, so that a theme gives them the colour of SQL. */
export const tokenModifiers = ['declaration', 'defaultLibrary', 'sql'] as const;

/** Queries of WITH and tables are classes, sources interfaces, variants their members; aliases of relations are namespaces of columns. */
export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];

export interface SqlToken {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifier?: TokenModifier;
}

/** The words of the clauses and operators of a query. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'ALL ANALYZE AND ANTI ANY AS ASC AT BETWEEN BOTH BY CASE CLUSTER COLLATE COMMENT CROSS CUBE CURRENT DAY DELIMITED DESC DISTINCT DISTRIBUTE DIV ELSE ' +
    'END ESCAPE EXCEPT EXCLUDE EXISTS FALSE FIELDS FILTER FIRST FOLLOWING FOR FROM FULL GROUP GROUPING HAVING HOUR ILIKE IN INCLUDE INNER INTERSECT ' +
    'INTERVAL IS ITEMS JOIN KEYS LAST LATERAL LEADING LEFT LIKE LIMIT LINES MAP MATERIALIZED MINUS MINUTE MONTH NATURAL NOT NULL NULLS OF OFFSET ON OR ' +
    'ORDER OUTER OUT OVER OVERLAPS PARTITION PERCENT PIVOT PLACING PRECEDING QUALIFY RANGE RECORDREADER RECORDWRITER RECURSIVE REDUCE REGEXP RESPECT ' +
    'IGNORE RIGHT RLIKE ROLLUP ROW ROWS SECOND SELECT SEMI SEPARATED SERDE SERDEPROPERTIES SET SETS SOME SORT SYSTEM_TIME SYSTEM_VERSION TABLE ' +
    'TABLESAMPLE BUCKET TERMINATED THEN TIMESTAMP TO TRAILING TRANSFORM TRUE UNBOUNDED UNION UNPIVOT USING VALUES VERSION VIEW WEEK WHEN WHERE WINDOW ' +
    'WITH WITHIN WITHOUT YEAR ZONE'
  ).split(' '),
);
const KEYWORD = { type: 'keyword', modifier: 'sql' } as const;
/** Functions that are called without parentheses. */
const BARE_FUNCTIONS = /^(?:current_(?:date|time|timestamp|user)|localtimestamp|session_user)$/i;
/** Functions whose first argument may be a unit of time. */
const TAKES_UNIT = /^(?:extract|date_?add|date_?diff|timestamp(?:add|diff))$/i;
const UNIT = /^(?:(?:micro|milli)?seconds?|minutes?|hours?|days?(?:ofweek|ofyear)?|dow|doy|weeks?|months?|quarters?|years?(?:ofweek)?)$/i;

/** Whether a word is one of the clauses and operators, where nothing shows that it is used as a name. */
export function isSqlKeyword(word: string): boolean {
  return KEYWORDS.has(word.toUpperCase());
}

/** In the order of the text, none within another. */
export function sqlTokens(tree: SqlTree): readonly SqlToken[] {
  const painter = new Painter(tree, resolveNames(tree));
  painter.visit(tree.statement);
  const comments = tree.comments.map(({ span }): SqlToken => ({ span, type: 'comment' }));
  return [...tree.tokens.flatMap((token) => painter.tokensOf(token)), ...comments].sort((a, b) => a.span.start - b.span.start);
}

class Painter {
  /** By where a word begins. */
  private readonly known = new Map<number, Omit<SqlToken, 'span'>>();

  constructor(
    private readonly tree: SqlTree,
    private readonly names: NameTable,
  ) {}

  tokensOf(token: Token): readonly SqlToken[] {
    const { kind, span, key, template } = token;
    switch (kind) {
      case 'word':
      case 'quotedName': {
        const known = this.known.get(span.start) ?? (KEYWORDS.has(key) ? KEYWORD : undefined);
        return known === undefined ? [] : [{ span, ...known }];
      }
      case 'template':
        return template === undefined ? [] : partsOf(template);
      case 'string':
      case 'number':
        return [{ span, type: kind }];
      case 'operator':
      case 'unknown':
      case 'end':
        return [];
    }
  }

  visit(root: SqlNode): void {
    for (const node of nodesOf(root)) this.paintNames(node);
  }

  private paintNames(node: SqlNode): void {
    switch (node.kind) {
      case 'name':
        this.paint(node, 'property');
        return;
      case 'cte':
        this.paint(node.name, 'class', 'declaration');
        this.paintAll(node.columns, 'property', 'declaration');
        return;
      case 'table':
      case 'tableQuery':
        this.paintPath(node.name, 'class');
        return;
      case 'tableAlias':
        this.paint(node.name, 'namespace', 'declaration');
        this.paintAll(node.columns, 'property', 'declaration');
        return;
      case 'lateralView':
        if (node.table !== undefined) this.paint(node.table, 'namespace', 'declaration');
        this.paintAll(node.columns, 'property', 'declaration');
        return;
      case 'selectItem':
        this.paintAll(node.alias === undefined ? node.aliases : [node.alias], 'property', 'declaration');
        return;
      case 'unpivot':
        this.paintAll(node.valueColumns, 'property', 'declaration');
        if (node.nameColumn !== undefined) this.paint(node.nameColumn, 'property', 'declaration');
        if (node.alias !== undefined) this.paint(node.alias, 'namespace', 'declaration');
        return;
      case 'transform':
        this.paintAll(node.columns, 'property', 'declaration');
        return;
      case 'column':
        this.paintColumn(node.parts);
        return;
      case 'star':
        this.paintAll(node.qualifier, 'namespace');
        this.paintBySymbol(node.qualifier[0]);
        return;
      case 'call':
        this.paintPath(node.name, 'function', node.name.length === 1 && isBuiltIn(node.name[0]) ? 'defaultLibrary' : undefined);
        if (TAKES_UNIT.test(node.name.at(-1)?.text ?? '')) this.paintUnit(node.args[0]);
        return;
      case 'cast':
        // In front of `::` there is no word of its own.
        if (node.expression.span.start > node.span.start) this.known.set(node.span.start, { type: 'function', modifier: 'defaultLibrary' });
        return;
      case 'lambda':
        this.paintAll(node.parameters, 'parameter', 'declaration');
        return;
      case 'namedArgument':
        this.paint(node.name, 'parameter');
        return;
      case 'parameter':
        if (node.name !== undefined) this.paint(node.name, 'parameter');
        return;
      case 'namedWindow':
        this.paint(node.name, 'variable', 'declaration');
        return;
      case 'windowReference':
        this.paint(node.name, 'variable');
        return;
      case 'hint':
        this.paint(node.name, 'macro');
        for (const parameter of node.parameters) if (parameter.kind === 'column') this.paintAll(parameter.parts, 'namespace');
        return;
      case 'dataType':
        this.paintAll(node.fields, 'property', 'declaration');
        for (const element of node.elements) this.paintNames(element);
        this.paintType(node.span);
        return;
      case 'literal':
        if (node.typeName !== undefined) this.known.set(node.span.start, { type: 'type' });
        return;
      case 'interval':
        for (const { kind, span } of this.within(node.span)) if (kind === 'word') this.known.set(span.start, KEYWORD);
        return;
      default:
    }
  }

  /** What is painted first stays: a node knows more of its names than the names themselves. */
  private paint({ span }: Name, type: TokenType, modifier?: TokenModifier): void {
    if (!this.known.has(span.start)) this.known.set(span.start, { type, ...(modifier !== undefined && { modifier }) });
  }

  private paintAll(names: readonly Name[], type: TokenType, modifier?: TokenModifier): void {
    for (const name of names) this.paint(name, type, modifier);
  }

  /** A name with what it is qualified by. */
  private paintPath(names: readonly Name[], type: TokenType, modifier?: TokenModifier): void {
    const last = names.at(-1);
    if (last !== undefined) this.paint(last, type, modifier);
    this.paintAll(names.slice(0, -1), 'namespace');
  }

  private paintColumn(parts: readonly Name[]): void {
    const [first, ...rest] = parts;
    if (first === undefined) return;
    this.paintBySymbol(first);
    const isFunction = rest.length === 0 && BARE_FUNCTIONS.test(first.text) && !first.quoted;
    if (isFunction && this.names.symbolOf(first) === undefined)
      this.known.set(first.span.start, { type: 'function', modifier: 'defaultLibrary' });
  }

  private paintBySymbol(name: Name | undefined): void {
    const symbol = name === undefined ? undefined : this.names.symbolOf(name);
    if (name !== undefined && symbol !== undefined) this.known.set(name.span.start, { type: symbolTypes[symbol.kind] });
  }

  private paintUnit(argument: SqlNode | undefined): void {
    if (argument?.kind !== 'column' || argument.parts.length > 1) return;
    const [unit] = argument.parts;
    if (unit !== undefined && !unit.quoted && UNIT.test(unit.text)) this.paint(unit, 'keyword', 'sql');
  }

  private paintType(span: Span): void {
    for (const token of this.within(span)) {
      const isType = token.kind === 'word' && !['NOT', 'NULL', 'COMMENT'].includes(token.key);
      if (isType && !this.known.has(token.span.start)) this.known.set(token.span.start, { type: 'type' });
    }
  }

  private within({ start, end }: Span): readonly Token[] {
    const { tokens } = this.tree;
    let low = 0;
    let high = tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tokens[middle]?.span.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const found: Token[] = [];
    for (let token = tokens[low]; token !== undefined && token.span.end <= end; token = tokens[++low]) {
      if (token.kind === 'end') break;
      found.push(token);
    }
    return found;
  }
}

const symbolTypes = { cte: 'class', relation: 'namespace', column: 'property', window: 'variable', parameter: 'parameter' } as const;

function isBuiltIn(name: Name | undefined): boolean {
  return name !== undefined && sqlFunction(name.text) !== undefined;
}

function partsOf({ parts }: Template): readonly SqlToken[] {
  const [name, variant, ...more] = parts;
  if (name === undefined || name.text.trim() === '' || more.length > 0) return [];
  const written: SqlToken[] = [{ span: name.span, type: 'interface' }];
  if (variant !== undefined && variant.text.trim() !== '') written.push({ span: variant.span, type: 'enumMember' });
  return written;
}
