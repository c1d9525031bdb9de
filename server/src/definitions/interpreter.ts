// Runs the statements of a file abstractly, from top to bottom: names are bound to what is known of their values, both
// branches of an undecidable `if` are read, loops over known items are unrolled, and nothing of Python is executed.

import type { Call, Expression, ForStatement, FunctionDefinition, ImportFromStatement, ImportStatement, Statement } from '../python/ast';
import { truthOf } from '../python/operators';
import type { FunctionValue, Value } from '../python/values';
import { namesBoundBy } from '../python/scopes';
import { expressionsWithin, statementsWithin } from '../python/walk';
import type { Span } from '../text/span';
import { readHiddenCalls } from './hiddenCalls';
import { valueKey } from './names';
import { objectValue } from './objects';
import type { Reading } from './reading';
import { Scope } from './scope';
import { unknown } from './unknown';
import { readChangedItem, readChangingCall } from './mutation';

/** What a function may return, as far as known; `value` is undefined for a bare `return`. */
export interface ReturnedValue {
  readonly value: Value | undefined;
  readonly span: Span;
}

/** Loops over more items than this are read once, with an unknown item. */
const unrollLimit = 64;
const callDepthLimit = 8;

export function runStatements(reading: Reading, statements: readonly Statement[], scope: Scope, returns?: ReturnedValue[]): void {
  for (const statement of statements) {
    reading.beginStatement();
    runStatement(reading, statement, scope, returns);
    readHiddenCalls(reading, statement, scope);
  }
}

function runStatement(reading: Reading, statement: Statement, scope: Scope, returns: ReturnedValue[] | undefined): void {
  const run = (body: readonly Statement[]): void => {
    runStatements(reading, body, scope, returns);
  };
  const branch = (...bodies: readonly (readonly Statement[])[]): void => {
    scope.branch(
      bodies.map((body) => () => {
        run(body);
      }),
      (name) => unknown(reading, statement.span, name),
    );
  };
  switch (statement.kind) {
    case 'function':
      scope.bind(statement.name, reading.readers.readFunction(reading, statement, scope));
      break;
    case 'class':
      scope.bind(statement.name, reading.readers.readClass(reading, statement, scope));
      break;
    case 'return':
      returns?.push({
        value: statement.value === undefined ? undefined : reading.evaluate(statement.value, scope),
        span: statement.value?.span ?? statement.span,
      });
      if (returns === undefined && statement.value !== undefined) reading.evaluate(statement.value, scope);
      break;
    case 'assign':
      if (statement.value !== undefined) {
        const value = reading.evaluate(statement.value, scope);
        for (const target of statement.targets) assign(reading, target, value, scope);
      }
      break;
    case 'augmentedAssign': {
      const { target, operator, value, span } = statement;
      const sum: Expression = { kind: 'binary', operator, operatorSpan: span, left: target, right: value, span };
      assign(reading, target, reading.evaluate(sum, scope), scope);
      break;
    }
    case 'expression':
      if (!readChangingCall(reading, statement.expression, scope)) reading.evaluate(statement.expression, scope);
      break;
    case 'import':
      bindImports(reading, statement, scope);
      break;
    case 'importFrom':
      bindImportsFrom(reading, statement, scope);
      break;
    case 'if': {
      const test = truthOf(reading.evaluate(statement.test, scope));
      if (test === true || isMainGuard(statement.test)) run(statement.body);
      else if (test === false) run(statement.otherwise);
      else branch(statement.body, statement.otherwise);
      break;
    }
    case 'for':
      runFor(reading, statement, scope, returns);
      break;
    case 'while':
      forgetCounters(reading, statement.body, scope);
      reading.evaluate(statement.test, scope);
      branch(statement.body, []);
      run(statement.otherwise);
      break;
    case 'try':
      branch([...statement.body, ...statement.otherwise], ...statement.handlers.map((handler) => handler.body));
      run(statement.finally);
      break;
    case 'with':
      for (const { context, target } of statement.items) {
        const value = reading.evaluate(context, scope);
        if (target !== undefined) assign(reading, target, value.kind === 'object' ? value : unknown(reading, target.span, 'with'), scope);
      }
      run(statement.body);
      break;
    case 'match':
      reading.evaluate(statement.subject, scope);
      branch(...statement.cases.map((one) => one.body), []);
      break;
    case 'delete':
      for (const target of statement.targets) {
        if (target.kind === 'name') scope.unbind(target.name);
        else readChangedItem(reading, target, undefined, scope);
      }
      break;
    case 'raise':
    case 'assert':
      for (const expression of statement.expressions) reading.evaluate(expression, scope);
      break;
    case 'invalidStatement':
      for (const expression of statement.expressions) reading.evaluate(expression, scope);
      run(statement.statements);
      break;
    case 'global':
    case 'nonlocal':
      for (const { name } of statement.names) scope.declare(name, statement.kind);
      break;
    case 'pass':
    case 'break':
    case 'continue':
      break;
  }
}

function runFor(reading: Reading, statement: ForStatement, scope: Scope, returns: ReturnedValue[] | undefined): void {
  const items = reading.evaluate(statement.iterable, scope);
  const known = itemsOf(items);
  if (known !== undefined && known.length <= unrollLimit && reading.spend(known.length * countStatements(statement.body))) {
    for (const item of known) {
      assign(reading, statement.target, item, scope);
      runStatements(reading, statement.body, scope, returns);
    }
  } else {
    forgetCounters(reading, statement.body, scope);
    const once = (): void => {
      assign(reading, statement.target, unknown(reading, statement.target.span, 'item'), scope);
      runStatements(reading, statement.body, scope, returns);
    };
    scope.branch([once, () => undefined], (name) => unknown(reading, statement.span, name));
  }
  runStatements(reading, statement.otherwise, scope, returns);
}

/** What a loop makes of its own value each round (`i += 1`) is not known in a body that is read once for all rounds. */
function forgetCounters(reading: Reading, body: readonly Statement[], scope: Scope): void {
  for (const statement of statementsWithin(body, 'skipNested')) {
    if (statement.kind !== 'augmentedAssign' && statement.kind !== 'assign') continue;
    for (const name of namesBoundBy(statement)) {
      if (scope.own(name) === undefined) continue;
      const { value } = statement;
      const readsItself =
        statement.kind === 'augmentedAssign' ||
        (value !== undefined && expressionsWithin(value).some((part) => part.kind === 'name' && part.name === name));
      if (readsItself) scope.bind(name, unknown(reading, statement.span, name));
    }
  }
}

/** Statements of a body, those of nested bodies included where loops could multiply them. */
function countStatements(body: readonly Statement[]): number {
  let count = 0;
  for (const statement of body) {
    count++;
    if ('body' in statement) count += countStatements(statement.body);
    if ('otherwise' in statement) count += countStatements(statement.otherwise);
  }
  return count;
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'list' || value.kind === 'tuple') return value.complete ? value.items : undefined;
  if (value.kind === 'dict') return value.complete ? value.entries.map((entry) => entry.key) : undefined;
  return undefined;
}

function assign(reading: Reading, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      scope.bind(target.name, value);
      break;
    case 'parenthesized':
      assign(reading, target.expression, value, scope);
      break;
    case 'tuple':
    case 'list': {
      const items = itemsOf(value);
      const fits = items?.length === target.items.length && !target.items.some((item) => item.kind === 'starred');
      target.items.forEach((item, i) => {
        const part = fits ? items[i] : undefined;
        assign(reading, item.kind === 'starred' ? item.value : item, part ?? unknown(reading, item.span, 'item'), scope);
      });
      break;
    }
    case 'attribute': {
      const object = reading.evaluate(target.object, scope);
      if (object.kind === 'symbol') reading.attributes.set(`${valueKey(object)}.${target.name}`, value);
      else if (object.kind === 'class') reading.classScopes.get(object.definition)?.bind(target.name, value);
      break;
    }
    case 'subscript':
      readChangedItem(reading, target, value, scope);
      break;
    default:
      break;
  }
}

function isMainGuard(test: Expression): boolean {
  return test.kind === 'comparison' && test.operands.some((operand) => operand.kind === 'name' && operand.name === '__name__');
}

function bindImports(reading: Reading, statement: ImportStatement, scope: Scope): void {
  for (const { name, alias, span } of statement.names) {
    if (name.split('.')[0] === 'featureform') reading.usesFeatureform = true;
    const file = alias !== undefined || !name.includes('.') ? reading.options.resolveImport?.(name, 0) : undefined;
    if (file !== undefined) {
      reading.addWorkspaceImport(span);
      scope.bind(alias ?? name, objectValue({ kind: 'moduleFile', lookup: file.lookup }, reading.at(span)));
      continue;
    }
    const path = alias === undefined ? (name.split('.')[0] ?? name) : name;
    scope.bind(alias ?? path, { kind: 'module', path, at: reading.at(span) });
  }
}

function bindImportsFrom(reading: Reading, statement: ImportFromStatement, scope: Scope): void {
  const { module, level } = statement;
  if (level === 0 && module.split('.')[0] === 'featureform') reading.usesFeatureform = true;
  const imported = reading.options.resolveImport?.(module, level);
  const prefix = '.'.repeat(level) + module;
  for (const { name, alias, span } of statement.names) {
    const at = reading.at(span);
    if (name === '*') {
      if (imported !== undefined) scope.importAll(imported.lookup);
      else if (prefix === 'featureform') scope.importAll((wanted) => featureformExport(reading, wanted, span));
      continue;
    }
    const file = imported?.lookup(name) === undefined ? submodule(reading, statement, name) : undefined;
    if (imported !== undefined || file !== undefined) reading.addWorkspaceImport(span);
    const value = imported?.lookup(name) ?? file;
    scope.bind(alias ?? name, value ?? { kind: 'module', path: `${prefix}.${name}`, at });
  }
}

/** `from package import module`, where the module is a file of the workspace: its names are reached as attributes. */
function submodule(reading: Reading, statement: ImportFromStatement, name: string): Value | undefined {
  const path = statement.module === '' ? name : `${statement.module}.${name}`;
  const imported = reading.options.resolveImport?.(path, statement.level);
  if (imported === undefined) return undefined;
  return objectValue({ kind: 'moduleFile', lookup: imported.lookup }, reading.at(statement.span));
}

/** A star import binds every public name, of which only those that the catalogue could mean matter here. */
function featureformExport(reading: Reading, name: string, span: Span): Value | undefined {
  if (!/^(register_|get_|set_|[A-Z])|^(entity|sql_transformation|ondemand_feature|local)$/.test(name)) return undefined;
  return { kind: 'module', path: `featureform.${name}`, at: reading.at(span) };
}

let callDepth = 0;

/**
 * The value of calling a function of the workspace, where it does nothing but compute: its body is read with the
 * arguments bound, and what it registers on the way does not count, since its body was read already.
 */
export function callFunction(reading: Reading, call: Call, callee: FunctionValue, scope: Scope): Value | undefined {
  const { definition } = callee;
  if (callee.at.uri !== reading.uri || callDepth >= callDepthLimit || !isComputation(definition)) return undefined;
  if (!reading.spend(definition.body.length)) return undefined;
  const own = new Scope('function', reading.functionScopes.get(definition) ?? scope);
  const evaluated = call.arguments.map((argument) => ({ argument, value: reading.evaluate(argument.value, scope) }));
  definition.parameters.forEach((parameter, i) => {
    const given =
      evaluated.find(({ argument }) => argument.kind === 'keyword' && argument.name === parameter.name) ??
      (evaluated[i]?.argument.kind === 'positional' ? evaluated[i] : undefined);
    const value = given?.value ?? (parameter.default === undefined ? undefined : reading.evaluate(parameter.default, scope));
    own.bind(parameter.name, value ?? unknown(reading, call.span, parameter.name));
  });
  const returns: ReturnedValue[] = [];
  callDepth++;
  try {
    reading.mute(() => {
      runStatements(reading, definition.body, own, returns);
    });
  } finally {
    callDepth--;
  }
  const [only] = returns;
  return returns.length === 1 ? only?.value : undefined;
}

/** Assignments, an optional docstring and one `return` at the end: safe and cheap to evaluate again and again. */
function isComputation(definition: FunctionDefinition): boolean {
  const { body, decorators, async } = definition;
  if (async || decorators.length > 0 || body.at(-1)?.kind !== 'return') return false;
  return body.every((statement, i) => i === body.length - 1 || statement.kind === 'assign' || statement.kind === 'expression');
}
