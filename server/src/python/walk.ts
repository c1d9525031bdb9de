// What directly belongs to a node of the tree, in text order. Who wants more than one level calls again; who must not
// enter nested functions stops at them.

import type { Expression, FunctionDefinition, Statement } from './ast';

/** Shared, since most nodes have no parts. */
const NOTHING: readonly never[] = [];

/** The expressions that are parts of an expression. The body of a lambda and the clauses of a comprehension are parts. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'name':
    case 'number':
    case 'constant':
    case 'string':
      return NOTHING;
    case 'formattedString':
      return node.parts.flatMap((part) => (part.kind === 'replacement' ? [part.expression, ...(part.formatFields ?? NOTHING)] : []));
    case 'concatenatedString':
    case 'slice':
    case 'invalid':
      return node.parts;
    case 'attribute':
      return [node.object];
    case 'call':
      return [node.callee, ...node.arguments.map((argument) => argument.value)];
    case 'subscript':
      return [node.object, ...node.index];
    case 'tuple':
    case 'list':
    case 'set':
      return node.items;
    case 'dict':
      return node.entries.flatMap((entry) => (entry.key === undefined ? [entry.value] : [entry.key, entry.value]));
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'comparison':
      return node.operands;
    case 'conditional':
      return [node.then, node.test, node.otherwise];
    case 'lambda':
      return [...node.parameters.flatMap((parameter) => present(parameter.default)), node.body];
    case 'comprehension':
      return [
        ...node.elements,
        ...node.clauses.flatMap((clause) => (clause.kind === 'for' ? [clause.target, clause.iterable] : [clause.test])),
      ];
    case 'named':
      return [node.target, node.value];
    case 'starred':
    case 'await':
      return [node.value];
    case 'yield':
      return present(node.value);
    case 'parenthesized':
      return [node.expression];
  }
}

/** Calls `visit` with each part of an expression and the argument; the common kinds cost no list of their parts. */
export function forEachPart<T>(node: Expression, visit: (part: Expression, argument: T) => void, argument: T): void {
  switch (node.kind) {
    case 'attribute':
      visit(node.object, argument);
      break;
    case 'call':
      visit(node.callee, argument);
      for (const { value } of node.arguments) visit(value, argument);
      break;
    case 'subscript':
      visit(node.object, argument);
      for (const index of node.index) visit(index, argument);
      break;
    case 'binary':
      visit(node.left, argument);
      visit(node.right, argument);
      break;
    case 'unary':
      visit(node.operand, argument);
      break;
    case 'parenthesized':
      visit(node.expression, argument);
      break;
    default:
      for (const part of partsOf(node)) visit(part, argument);
  }
}

/** The expressions that a statement itself evaluates or binds; those of its blocks belong to the statements in them. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'function':
      return [...statement.decorators.map((decorator) => decorator.expression), ...signatureOf(statement)];
    case 'class':
      return [...statement.decorators.map((decorator) => decorator.expression), ...statement.arguments.map((argument) => argument.value)];
    case 'return':
      return present(statement.value);
    case 'assign':
      return [...statement.targets, ...present(statement.annotation), ...present(statement.value)];
    case 'augmentedAssign':
      return [statement.target, statement.value];
    case 'expression':
      return [statement.expression];
    case 'if':
    case 'while':
      return [statement.test];
    case 'for':
      return [statement.target, statement.iterable];
    case 'try':
      return statement.handlers.flatMap((handler) => present(handler.type));
    case 'with':
      return statement.items.flatMap((item) => [item.context, ...present(item.target)]);
    case 'match':
      return [statement.subject, ...statement.cases.flatMap((each) => [...each.captures, ...each.reads, ...present(each.guard)])];
    case 'global':
    case 'nonlocal':
      return statement.names;
    case 'delete':
      return statement.targets;
    case 'raise':
    case 'assert':
    case 'invalidStatement':
      return statement.expressions;
    case 'import':
    case 'importFrom':
    case 'pass':
    case 'break':
    case 'continue':
      return NOTHING;
  }
}

/** The statements in the blocks of a statement. */
export function blocksOf(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'function':
    case 'class':
    case 'with':
      return statement.body;
    case 'if':
    case 'for':
    case 'while':
      return [...statement.body, ...statement.otherwise];
    case 'try':
      return [...statement.body, ...statement.handlers.flatMap((handler) => handler.body), ...statement.otherwise, ...statement.finally];
    case 'match':
      return statement.cases.flatMap((each) => each.body);
    case 'invalidStatement':
      return statement.statements;
    default:
      return NOTHING;
  }
}

/** All statements below, the given ones first; nested functions and classes are listed, their bodies only where asked for. */
export function statementsWithin(statements: readonly Statement[], nested: 'enterNested' | 'skipNested'): readonly Statement[] {
  const found: Statement[] = [];
  collectStatements(statements, nested, found);
  return found;
}

function collectStatements(statements: readonly Statement[], nested: 'enterNested' | 'skipNested', found: Statement[]): void {
  for (const statement of statements) {
    found.push(statement);
    if (nested === 'skipNested' && (statement.kind === 'function' || statement.kind === 'class')) continue;
    collectStatements(blocksOf(statement), nested, found);
  }
}

/** The expression and everything below it, itself first. */
export function expressionsWithin(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  collectExpressions(expression, found);
  return found;
}

function collectExpressions(expression: Expression, found: Expression[]): void {
  found.push(expression);
  forEachPart(expression, collectExpressions, found);
}

/** The expression without the parentheses around it. */
export function withoutParentheses(expression: Expression): Expression {
  return expression.kind === 'parenthesized' ? withoutParentheses(expression.expression) : expression;
}

function signatureOf(definition: FunctionDefinition): readonly Expression[] {
  return [
    ...definition.parameters.flatMap((parameter) => [...present(parameter.annotation), ...present(parameter.default)]),
    ...present(definition.returns),
  ];
}

function present(expression: Expression | undefined): readonly Expression[] {
  return expression === undefined ? NOTHING : [expression];
}
