// Concrete tree -> our expressions. Whatever has not the shape the grammar promises becomes an `invalid` node that keeps
// the expressions found inside it.

import type {
  Argument,
  Comprehension,
  ComprehensionClause,
  DictEntry,
  Expression,
  FormattedString,
  InvalidExpression,
  Parameter,
  StringLiteral,
} from './ast';
import type { Span } from '../text/span';
import { convertString } from './convertStrings';
import { inOrder, spanOf } from './syntaxTree';
import type { SyntaxNode } from './syntaxTree';

/** Beyond this depth an expression is `invalid`: whoever walks the tree may then recurse without care. */
const MAX_DEPTH = 400;
const NOTHING: readonly never[] = [];

export class ExpressionConverter {
  private depth = 0;

  constructor(
    readonly text: string,
    private readonly intern: (name: string) => string,
  ) {}

  slice(node: Span): string {
    return this.intern(this.text.slice(node.start, node.end));
  }

  /** `node` as an expression; a missing one is an `invalid` node of no width at `at`. */
  expression(node: SyntaxNode | undefined, at: number): Expression {
    if (node === undefined || node.missing) return { kind: 'invalid', span: { start: at, end: at }, parts: NOTHING };
    if (this.depth >= MAX_DEPTH) return { kind: 'invalid', span: spanOf(node), parts: NOTHING };
    this.depth++;
    const converted = this.convert(node) ?? this.invalid(node);
    this.depth--;
    return converted;
  }

  expressions(nodes: readonly SyntaxNode[]): readonly Expression[] {
    if (nodes.length === 0) return NOTHING;
    const found: Expression[] = [];
    for (const node of nodes) if (node.named && !node.missing) found.push(this.expression(node, node.start));
    return found;
  }

  /** The expressions that can be saved of an error or of a node of unexpected shape, in the order of the text. */
  salvage(node: SyntaxNode): readonly Expression[] {
    const found: Expression[] = [];
    for (const child of inOrder(node)) {
      if (!child.named || child.missing) continue;
      if (child.type === 'ERROR') found.push(...this.salvage(child));
      else {
        const expression = this.expression(child, child.start);
        if (expression.kind === 'invalid') found.push(...expression.parts);
        else found.push(expression);
      }
    }
    return found;
  }

  arguments(node: SyntaxNode): readonly Argument[] {
    const found: Argument[] = [];
    for (const child of inOrder(node)) {
      if (!child.named || child.missing) continue;
      const span = spanOf(child);
      const first = child.children[0];
      switch (child.type) {
        case 'keyword_argument':
          if (first === undefined) break;
          found.push({
            kind: 'keyword',
            span,
            name: this.slice(first),
            nameSpan: spanOf(first),
            value: this.expression(child.children[2], child.end),
          });
          break;
        case 'list_splat':
        case 'dictionary_splat':
          found.push({
            kind: child.type === 'list_splat' ? 'star' : 'doubleStar',
            span,
            value: this.expression(child.children[1], child.end),
          });
          break;
        case 'ERROR':
          for (const value of this.salvage(child)) found.push({ kind: 'positional', span: value.span, value });
          break;
        default:
          found.push({ kind: 'positional', span, value: this.expression(child, child.start) });
      }
    }
    return found;
  }

  parameters(node: SyntaxNode | undefined): readonly Parameter[] {
    if (node === undefined) return NOTHING;
    const found: Parameter[] = [];
    let kind: 'positional' | 'keywordOnly' = 'positional';
    for (const child of node.children) {
      if (!child.named || child.missing) continue;
      if (child.type === 'positional_separator') {
        for (const [index, parameter] of found.entries()) {
          if (parameter.kind === 'positional') found[index] = { ...parameter, kind: 'positionalOnly' };
        }
      } else if (child.type === 'keyword_separator') kind = 'keywordOnly';
      else {
        const parameter = this.parameter(child, kind);
        if (parameter === undefined) continue;
        found.push(parameter);
        if (parameter.kind === 'varArgs') kind = 'keywordOnly';
      }
    }
    return found;
  }

  invalid(node: SyntaxNode): InvalidExpression {
    return { kind: 'invalid', span: spanOf(node), parts: this.salvage(node) };
  }

  private parameter(node: SyntaxNode, kind: 'positional' | 'keywordOnly'): Parameter | undefined {
    const [first, second, third, , fifth] = node.children;
    switch (node.type) {
      case 'identifier':
        return { kind, span: spanOf(node), name: this.slice(node), nameSpan: spanOf(node) };
      case 'default_parameter':
        if (first?.type !== 'identifier') return undefined;
        return {
          kind,
          span: spanOf(node),
          name: this.slice(first),
          nameSpan: spanOf(first),
          default: this.expression(third, node.end),
        };
      case 'typed_default_parameter':
        if (first?.type !== 'identifier') return undefined;
        return {
          kind,
          span: spanOf(node),
          name: this.slice(first),
          nameSpan: spanOf(first),
          annotation: this.expression(third, node.end),
          default: this.expression(fifth, node.end),
        };
      case 'typed_parameter': {
        if (first === undefined) return undefined;
        const bare = this.parameter(first, kind);
        return bare && { ...bare, span: spanOf(node), annotation: this.expression(third, node.end) };
      }
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern':
        if (second?.type !== 'identifier') return undefined;
        return {
          kind: node.type === 'list_splat_pattern' ? 'varArgs' : 'kwArgs',
          span: spanOf(node),
          name: this.slice(second),
          nameSpan: spanOf(second),
        };
      default:
        return undefined;
    }
  }

  private convert(node: SyntaxNode): Expression | undefined {
    const span = { start: node.start, end: node.end };
    const { children } = node;
    const first = children[0];
    switch (node.type) {
      case 'identifier':
        return { kind: 'name', span, name: this.slice(node) };
      case 'integer':
      case 'float':
        return { kind: 'number', span, text: this.slice(node) };
      case 'true':
        return { kind: 'constant', span, value: true };
      case 'false':
        return { kind: 'constant', span, value: false };
      case 'none':
        return { kind: 'constant', span, value: null };
      case 'ellipsis':
        return { kind: 'constant', span, value: 'ellipsis' };
      case 'string':
        return this.string(node);
      case 'concatenated_string': {
        const parts: (StringLiteral | FormattedString)[] = [];
        for (const child of children) {
          const part = child.type === 'string' ? this.string(child) : undefined;
          if (part !== undefined) parts.push(part);
        }
        return { kind: 'concatenatedString', span, parts };
      }
      case 'attribute':
      case 'member_type': {
        const name = children[2];
        if (name === undefined) return undefined;
        return { kind: 'attribute', span, object: this.expression(first, node.start), name: this.slice(name), nameSpan: spanOf(name) };
      }
      case 'call': {
        const list = children[1];
        if (first === undefined || list === undefined) return undefined;
        const callee = this.expression(first, node.start);
        const argumentsSpan = spanOf(list);
        if (list.type === 'argument_list') return { kind: 'call', span, callee, arguments: this.arguments(list), argumentsSpan };
        const value = this.expression(list, list.start);
        return { kind: 'call', span, callee, arguments: [{ kind: 'positional', span: argumentsSpan, value }], argumentsSpan };
      }
      case 'subscript':
        return { kind: 'subscript', span, object: this.expression(first, node.start), index: this.expressions(children.slice(1)) };
      case 'generic_type':
        return {
          kind: 'subscript',
          span,
          object: this.expression(first, node.start),
          index: this.expressions(children[1]?.children ?? NOTHING),
        };
      case 'slice':
        return { kind: 'slice', span, parts: this.sliceParts(node) };
      case 'tuple_pattern':
        // `(a)` on the left of an assignment is a name in parentheses.
        if (children.length === 3 && children[1]?.named === true && children[1].type !== 'list_splat_pattern') {
          return { kind: 'parenthesized', span, expression: this.expression(children[1], node.end) };
        }
        return { kind: 'tuple', span, items: this.items(node) };
      case 'tuple':
      case 'expression_list':
      case 'pattern_list':
        return { kind: 'tuple', span, items: this.items(node) };
      case 'list':
      case 'list_pattern':
        return { kind: 'list', span, items: this.items(node) };
      case 'set':
        return { kind: 'set', span, items: this.items(node) };
      case 'dictionary':
        return { kind: 'dict', span, entries: this.entries(node) };
      case 'unary_operator':
      case 'not_operator': {
        const operator = node.type === 'not_operator' ? 'not' : first && this.text.slice(first.start, first.end);
        if (operator !== '-' && operator !== '+' && operator !== '~' && operator !== 'not') return undefined;
        return { kind: 'unary', span, operator, operand: this.expression(children[1], node.end) };
      }
      case 'binary_operator':
      case 'boolean_operator':
      case 'union_type':
        return this.binary(node);
      case 'comparison_operator': {
        const operands = this.expressions(children);
        const operators = children.filter((child) => !child.named).map((child) => child.type);
        return operators.length === operands.length - 1 ? { kind: 'comparison', span, operands, operators } : undefined;
      }
      case 'conditional_expression':
        return {
          kind: 'conditional',
          span,
          then: this.expression(first, node.start),
          test: this.expression(children[2], node.end),
          otherwise: this.expression(children[4], node.end),
        };
      case 'lambda': {
        const parameters = children.find((child) => child.type === 'lambda_parameters');
        return { kind: 'lambda', span, parameters: this.parameters(parameters), body: this.expression(children.at(-1), node.end) };
      }
      case 'list_comprehension':
        return this.comprehension(node, 'list');
      case 'set_comprehension':
        return this.comprehension(node, 'set');
      case 'dictionary_comprehension':
        return this.comprehension(node, 'dict');
      case 'generator_expression':
        return this.comprehension(node, 'generator');
      case 'named_expression':
        return { kind: 'named', span, target: this.expression(first, node.start), value: this.expression(children[2], node.end) };
      case 'list_splat':
      case 'list_splat_pattern':
      case 'splat_type':
        return { kind: 'starred', span, value: this.expression(children[1], node.end) };
      case 'parenthesized_list_splat':
        return { kind: 'parenthesized', span, expression: this.expression(children[1], node.end) };
      case 'await':
        return { kind: 'await', span, value: this.expression(children[1], node.end) };
      case 'yield': {
        const value = children.find((child) => child.named);
        return value === undefined ? { kind: 'yield', span } : { kind: 'yield', span, value: this.expression(value, node.end) };
      }
      case 'parenthesized_expression':
        return { kind: 'parenthesized', span, expression: this.expression(children[1], node.end) };
      case 'type':
      case 'as_pattern_target':
      case 'format_expression':
        return this.convertOnly(node);
      case 'dotted_name':
        return this.dottedName(node);
      default:
        return undefined;
    }
  }

  private string(node: SyntaxNode): StringLiteral | FormattedString | undefined {
    return convertString(node, this.text, (child, at) => this.expression(child, at));
  }

  private convertOnly(node: SyntaxNode): Expression | undefined {
    const only = node.children.find((child) => child.named);
    return only && this.expression(only, node.start);
  }

  private items(node: SyntaxNode): readonly Expression[] {
    if (node.errors.length === 0) return this.expressions(node.children);
    const found: Expression[] = [];
    for (const child of inOrder(node)) {
      if (child.type === 'ERROR') found.push(...this.salvage(child));
      else if (child.named && !child.missing) found.push(this.expression(child, child.start));
    }
    return found;
  }

  private entries(node: SyntaxNode): readonly DictEntry[] {
    const found: DictEntry[] = [];
    for (const child of node.children) {
      const [first, second, third] = child.children;
      if (child.type === 'pair') found.push({ key: this.expression(first, child.start), value: this.expression(third, child.end) });
      else if (child.type === 'dictionary_splat') found.push({ value: this.expression(second, child.end) });
    }
    return found;
  }

  /** Omitted bounds are `None`, as Python has it, so that the position in `parts` tells start, stop and step. */
  private sliceParts(node: SyntaxNode): readonly Expression[] {
    const parts: Expression[] = [];
    let pending: Expression | undefined;
    let at = node.start;
    const none = (): Expression => ({ kind: 'constant', span: { start: at, end: at }, value: null });
    for (const child of node.children) {
      if (child.named) pending = this.expression(child, child.start);
      else if (child.type === ':') {
        parts.push(pending ?? none());
        pending = undefined;
      }
      at = child.end;
    }
    parts.push(pending ?? none());
    return parts;
  }

  private binary(node: SyntaxNode): Expression | undefined {
    const [left, operator, right] = node.children;
    if (left === undefined || operator === undefined) return undefined;
    return {
      kind: 'binary',
      span: spanOf(node),
      operator: operator.type,
      operatorSpan: spanOf(operator),
      left: this.expression(left, node.start),
      right: this.expression(right, node.end),
    };
  }

  private comprehension(node: SyntaxNode, form: Comprehension['form']): Expression {
    const elements: Expression[] = [];
    const clauses: ComprehensionClause[] = [];
    for (const child of node.children) {
      if (!child.named || child.missing) continue;
      const parts = child.children;
      if (child.type === 'for_in_clause') {
        const async = parts[0]?.type === 'async';
        const split = parts.findIndex((part) => part.type === 'in');
        const target = parts.slice(async ? 2 : 1, split)[0];
        const iterables = parts.slice(split + 1).filter((part) => part.named);
        clauses.push({
          kind: 'for',
          async,
          target: this.expression(target, child.end),
          iterable: this.expression(iterables[0], child.end),
        });
      } else if (child.type === 'if_clause') clauses.push({ kind: 'if', test: this.expression(parts[1], child.end) });
      else if (child.type === 'pair') elements.push(this.expression(parts[0], child.start), this.expression(parts[2], child.end));
      else elements.push(this.expression(child, child.start));
    }
    return { kind: 'comprehension', span: spanOf(node), form, elements, clauses };
  }

  private dottedName(node: SyntaxNode): Expression {
    const pieces = [...this.text.slice(node.start, node.end).matchAll(/[^\s.\\]+/gu)];
    let found: Expression | undefined;
    for (const piece of pieces) {
      const nameSpan = { start: node.start + piece.index, end: node.start + piece.index + piece[0].length };
      const name = this.intern(piece[0]);
      found = found
        ? { kind: 'attribute', span: { start: node.start, end: nameSpan.end }, object: found, name, nameSpan }
        : { kind: 'name', span: nameSpan, name };
    }
    return found ?? this.invalid(node);
  }
}
