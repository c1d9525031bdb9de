// Concrete tree -> our statements. An error costs the statement that holds it; complete statements and expressions inside
// an error are kept.

import type { Decorator, ExceptHandler, Expression, FunctionDefinition, Identifier, MatchStatement, Statement } from './ast';
import type { Span } from '../text/span';
import { ExpressionConverter } from './convertExpressions';
import { importedNames, importFrom } from './convertImports';
import { readPattern } from './convertPatterns';
import { inOrder, spanOf } from './syntaxTree';
import type { SyntaxNode } from './syntaxTree';

const NOTHING: readonly never[] = [];

/** Python itself refuses more than a hundred levels of indentation. */
const MAX_NESTING = 100;

export class StatementConverter {
  private readonly values: ExpressionConverter;
  private nesting = 0;

  constructor(text: string, intern: (name: string) => string) {
    this.values = new ExpressionConverter(text, intern);
  }

  statements(nodes: readonly SyntaxNode[]): readonly Statement[] {
    const found: Statement[] = [];
    for (const node of nodes) this.statement(node, found);
    return found;
  }

  /** Appends what `node` stands for; an error may stand for several statements, punctuation for none. */
  statement(node: SyntaxNode, into: Statement[]): void {
    if (!node.named || node.missing) return;
    if (node.type === 'ERROR') {
      this.salvage(node, into);
      return;
    }
    into.push(this.convert(node) ?? this.invalid(node));
  }

  private block(node: SyntaxNode | undefined): readonly Statement[] {
    if (node === undefined || this.nesting >= MAX_NESTING) return NOTHING;
    this.nesting++;
    const body = this.statements(inOrder(node));
    this.nesting--;
    return body;
  }

  private body(node: SyntaxNode): readonly Statement[] {
    return this.block(node.children.find((child) => child.type === 'block'));
  }

  /** Runs of loose expressions become one invalid statement each, statements stay what they are. */
  private salvage(node: SyntaxNode, into: Statement[]): void {
    let loose: Expression[] = [];
    const flush = (): void => {
      const first = loose[0];
      const last = loose.at(-1);
      if (first === undefined || last === undefined) return;
      into.push({
        kind: 'invalidStatement',
        span: { start: first.span.start, end: last.span.end },
        expressions: loose,
        statements: NOTHING,
      });
      loose = [];
    };
    for (const child of inOrder(node)) {
      if (!child.named || child.missing) continue;
      if (child.type === 'ERROR' || child.type === 'block') {
        flush();
        this.salvage(child, into);
      } else if (isStatement(child.type)) {
        flush();
        this.statement(child, into);
      } else {
        const expression = this.values.expression(child, child.start);
        if (expression.kind === 'invalid') loose.push(...expression.parts);
        else loose.push(expression);
      }
    }
    flush();
  }

  private invalid(node: SyntaxNode): Statement {
    const statements: Statement[] = [];
    this.salvage(node, statements);
    const expressions = statements.flatMap((one) => (one.kind === 'invalidStatement' ? one.expressions : NOTHING));
    return {
      kind: 'invalidStatement',
      span: spanOf(node),
      expressions,
      statements: statements.filter((one) => one.kind !== 'invalidStatement'),
    };
  }

  private convert(node: SyntaxNode): Statement | undefined {
    const { values } = this;
    const { children } = node;
    const span = spanOf(node);
    switch (node.type) {
      case 'expression_statement':
        return this.expressionStatement(node);
      case 'return_statement':
        return children[1] ? { kind: 'return', span, value: values.expression(children[1], node.end) } : { kind: 'return', span };
      case 'import_statement':
        return { kind: 'import', span, names: importedNames(children.slice(1), values) };
      case 'import_from_statement':
      case 'future_import_statement':
        return importFrom(node, values);
      case 'decorated_definition':
        return this.decorated(node);
      case 'function_definition':
        return this.function(node, NOTHING, span);
      case 'class_definition':
        return this.class(node, NOTHING, span);
      case 'if_statement':
        return this.if(node, 0);
      case 'for_statement': {
        const async = children[0]?.type === 'async';
        const at = async ? 1 : 0;
        return {
          kind: 'for',
          span,
          async,
          target: values.expression(children[at + 1], node.end),
          iterable: values.expression(children[at + 3], node.end),
          body: this.body(node),
          otherwise: this.clause(node, 'else_clause'),
        };
      }
      case 'while_statement':
        return {
          kind: 'while',
          span,
          test: values.expression(children[1], node.end),
          body: this.body(node),
          otherwise: this.clause(node, 'else_clause'),
        };
      case 'try_statement':
        return {
          kind: 'try',
          span,
          body: this.body(node),
          handlers: children.filter((child) => child.type === 'except_clause').map((child) => this.handler(child)),
          otherwise: this.clause(node, 'else_clause'),
          finally: this.clause(node, 'finally_clause'),
        };
      case 'with_statement':
        return { kind: 'with', span, async: children[0]?.type === 'async', items: this.withItems(node), body: this.body(node) };
      case 'match_statement':
        return this.match(node);
      case 'global_statement':
      case 'nonlocal_statement':
        return { kind: node.type === 'global_statement' ? 'global' : 'nonlocal', span, names: this.names(children) };
      case 'delete_statement': {
        const target = children[1];
        const targets = target?.type === 'expression_list' ? target.children : children.slice(1);
        return { kind: 'delete', span, targets: values.expressions(targets) };
      }
      case 'raise_statement':
        return { kind: 'raise', span, expressions: values.expressions(children) };
      case 'assert_statement':
        return { kind: 'assert', span, expressions: values.expressions(children) };
      case 'pass_statement':
        return { kind: 'pass', span };
      case 'break_statement':
        return { kind: 'break', span };
      case 'continue_statement':
        return { kind: 'continue', span };
      case 'type_alias_statement': {
        const target = values.expression(children[1], node.end);
        // The parameters of a generic alias belong to the alias alone; what it binds is its name. What it stands for is
        // evaluated only by those who ask for it.
        return { kind: 'assign', span, targets: [target.kind === 'subscript' ? target.object : target] };
      }
      default:
        if (isStatement(node.type)) return undefined;
        return { kind: 'expression', span, expression: values.expression(node, node.start) };
    }
  }

  private expressionStatement(node: SyntaxNode): Statement {
    const { values } = this;
    const span = spanOf(node);
    const first = node.children[0];
    if (first?.type === 'assignment') return this.assignment(first, span);
    if (first?.type === 'augmented_assignment') {
      const [target, operator, value] = first.children;
      return {
        kind: 'augmentedAssign',
        span,
        target: values.expression(target, first.start),
        operator: operator === undefined ? '' : operator.type.slice(0, -1),
        value: values.expression(value, first.end),
      };
    }
    const items = values.expressions(node.children);
    const only = items[0];
    const tuple = node.children.some((child) => child.type === ',');
    if (only === undefined) return this.invalid(node);
    return { kind: 'expression', span, expression: tuple ? { kind: 'tuple', span, items } : only };
  }

  private assignment(node: SyntaxNode, span: Span): Statement {
    const { values } = this;
    const targets: Expression[] = [];
    let annotation: Expression | undefined;
    let current: SyntaxNode | undefined = node;
    while (current?.type === 'assignment') {
      targets.push(values.expression(current.children[0], current.start));
      const type: SyntaxNode | undefined = current.children.find((child) => child.type === 'type');
      if (type !== undefined) annotation = values.expression(type, type.start);
      const last: SyntaxNode | undefined = current.children.at(-1);
      current = last === type ? undefined : last;
    }
    return {
      kind: 'assign',
      span,
      targets,
      ...(annotation && { annotation }),
      ...(current && { value: values.expression(current, node.end) }),
    };
  }

  private decorated(node: SyntaxNode): Statement | undefined {
    const definition = node.children.at(-1);
    const decorators: Decorator[] = node.children
      .filter((child) => child.type === 'decorator')
      .map((child) => ({ span: spanOf(child), expression: this.values.expression(child.children[1], child.end) }));
    if (definition?.type === 'function_definition') return this.function(definition, decorators, spanOf(node));
    if (definition?.type === 'class_definition') return this.class(definition, decorators, spanOf(node));
    return undefined;
  }

  private function(node: SyntaxNode, decorators: readonly Decorator[], span: Span): FunctionDefinition {
    const { values } = this;
    const name = node.children.find((child) => child.type === 'identifier');
    const arrow = node.children.findIndex((child) => child.type === '->');
    const body = this.body(node);
    const first = body[0];
    const last = body.at(-1);
    return {
      kind: 'function',
      span,
      name: name === undefined || name.missing ? '' : values.slice(name),
      nameSpan: name === undefined ? { start: node.end, end: node.end } : spanOf(name),
      async: node.children[0]?.type === 'async',
      decorators,
      ...this.typeParameters(node),
      parameters: values.parameters(node.children.find((child) => child.type === 'parameters')),
      ...(arrow >= 0 && { returns: values.expression(node.children[arrow + 1], node.end) }),
      body,
      definitionSpan: spanOf(node),
      bodySpan: first && last ? { start: first.span.start, end: last.span.end } : { start: node.end, end: node.end },
    };
  }

  private class(node: SyntaxNode, decorators: readonly Decorator[], span: Span): Statement {
    const name = node.children[1];
    const list = node.children.find((child) => child.type === 'argument_list');
    return {
      kind: 'class',
      span,
      name: name?.type === 'identifier' ? this.values.slice(name) : '',
      nameSpan: name ? spanOf(name) : { start: node.end, end: node.end },
      decorators,
      ...this.typeParameters(node),
      arguments: list ? this.values.arguments(list) : NOTHING,
      body: this.body(node),
    };
  }

  private typeParameters(node: SyntaxNode): { readonly typeParameters?: readonly string[] } {
    const list = node.children.find((child) => child.type === 'type_parameter');
    if (list === undefined) return {};
    const names = list.children.filter((child) => child.named).map((child) => /\w+/u.exec(this.values.slice(child))?.[0] ?? '');
    return { typeParameters: names };
  }

  /** Branches are siblings in the grammar and nested in ours; `from` counts the `elif`s already taken. */
  private if(node: SyntaxNode, from: number): Statement {
    const branches = node.children.filter((child) => child.type === 'elif_clause');
    const head = from === 0 ? node : (branches[from - 1] ?? node);
    const rest = branches[from];
    const end = from === 0 ? node.end : Math.max(head.end, node.end);
    return {
      kind: 'if',
      span: { start: head.start, end },
      test: this.values.expression(head.children[1], head.end),
      body: this.body(head),
      otherwise: rest ? [this.if(node, from + 1)] : this.clause(node, 'else_clause'),
    };
  }

  private clause(node: SyntaxNode, type: 'else_clause' | 'finally_clause'): readonly Statement[] {
    const clause = node.children.find((child) => child.type === type);
    return clause ? this.body(clause) : NOTHING;
  }

  private handler(node: SyntaxNode): ExceptHandler {
    const { values } = this;
    const types = node.children.filter((child) => child.named && child.type !== 'block');
    const first = types[0];
    const body = this.body(node);
    if (first === undefined) return { span: spanOf(node), body };
    if (first.type === 'as_pattern') {
      const target = first.children[2]?.children[0];
      return {
        span: spanOf(node),
        type: values.expression(first.children[0], first.start),
        ...(target?.type === 'identifier' && { name: values.slice(target), nameSpan: spanOf(target) }),
        body,
      };
    }
    const last = types.at(-1) ?? first;
    const span = { start: first.start, end: last.end };
    return {
      span: spanOf(node),
      type: types.length === 1 ? values.expression(first, first.start) : { kind: 'tuple', span, items: values.expressions(types) },
      body,
    };
  }

  private withItems(node: SyntaxNode): readonly { readonly context: Expression; readonly target?: Expression }[] {
    const clause = node.children.find((child) => child.type === 'with_clause');
    const items = clause?.children.filter((child) => child.type === 'with_item') ?? NOTHING;
    return items.map((item) => {
      const only = item.children[0];
      const inner = only?.type === 'parenthesized_expression' ? only.children[1] : undefined;
      const value = inner?.type === 'as_pattern' ? inner : only;
      if (value?.type !== 'as_pattern') return { context: this.values.expression(value, item.end) };
      return {
        context: this.values.expression(value.children[0], value.start),
        target: this.values.expression(value.children[2], value.end),
      };
    });
  }

  private match(node: SyntaxNode): MatchStatement {
    const { values } = this;
    const colon = node.children.findIndex((child) => child.type === ':');
    const head = node.children.slice(1, colon < 0 ? undefined : colon);
    const subjects = head.filter((child) => child.named);
    const first = subjects[0];
    const tuple = head.some((child) => child.type === ',');
    const span = { start: first?.start ?? node.end, end: head.at(-1)?.end ?? node.end };
    const block = node.children.find((child) => child.type === 'block');
    return {
      kind: 'match',
      span: spanOf(node),
      subject: tuple ? { kind: 'tuple', span, items: values.expressions(subjects) } : values.expression(first, node.end),
      cases: (block?.children ?? NOTHING)
        .filter((child) => child.type === 'case_clause')
        .map((clause) => {
          const guard = clause.children.find((child) => child.type === 'if_clause');
          const patterns = clause.children.filter((child) => child.type === 'case_pattern');
          return {
            ...readPattern(patterns, values),
            ...(guard && { guard: values.expression(guard.children[1], guard.end) }),
            body: this.body(clause),
          };
        }),
    };
  }

  private names(nodes: readonly SyntaxNode[]): readonly Identifier[] {
    return nodes
      .filter((node) => node.type === 'identifier' && !node.missing)
      .map((node) => ({ kind: 'name', span: spanOf(node), name: this.values.slice(node) }));
  }
}

/** `print` and `exec` as statements are Python 2, hence invalid statements. */
function isStatement(type: string): boolean {
  return type.endsWith('_statement') || type.endsWith('_definition') || type.endsWith('_clause');
}
