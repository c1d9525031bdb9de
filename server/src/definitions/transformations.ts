// The two decorators, `ff.sql_transformation` with a provider argument, and queries given as a string.

import type { Call, FunctionDefinition } from '../python/ast';
import type { Value } from '../python/values';
import { scanTemplates, type Template } from '../sql/templates';
import { callableOfAnyEra, inFeatureform, nameInFeatureform } from './access';
import { argumentOf, textArgument, writtenName, writtenVariant } from './arguments';
import type { CallableFact } from './catalogue';
import { docstringOf } from './entities';
import { readInputs } from './inputs';
import { runStatements, type ReturnedValue } from './interpreter';
import { impliedName, nameOfText, valueKey } from './names';
import { classOf, objectOf, objectValue } from './objects';
import { providerOf } from './references';
import type { Reading } from './reading';
import type { InputList, Reference, Registration, SqlText } from './resources';
import { Scope } from './scope';
import { unknown } from './unknown';

const decoratorNames = new Set(['sql_transformation', 'df_transformation', 'ondemand_feature']);
/** Names that people take for decorators of the module, from outdated pages and other tools, or from the provider. */
const mistakenDecorators = new Set([
  'sql_transform',
  'df_transform',
  'df_transformation',
  'dataframe_transformation',
  'register_transformation',
  'transformation',
  'sql',
  'df',
]);

/** A function definition: the transformation that its decorator makes of it, or a plain function. */
export function readFunction(reading: Reading, definition: FunctionDefinition, scope: Scope): Value {
  reading.functionScopes.set(definition, scope);
  for (const { expression } of definition.decorators) {
    const made = readDecorator(reading, expression, definition, scope);
    if (made !== undefined) return made;
  }
  if (mayBeTransformation(reading, definition, scope)) reading.openType('source');
  const own = parameterScope(reading, definition, scope);
  const { run } = reading;
  runStatements(reading, definition.body, own);
  reading.run = run;
  return { kind: 'function', definition, at: reading.at(definition.span) };
}

/** A decorator of another file may register what it is given, and who writes templates means a query. */
function mayBeTransformation(reading: Reading, { decorators, bodySpan }: FunctionDefinition, scope: Scope): boolean {
  if (decorators.length === 0 || !reading.module.text.slice(bodySpan.start, bodySpan.end).includes('{{')) return false;
  return decorators.some(({ expression }) => {
    const value = reading.evaluate(expression.kind === 'call' ? expression.callee : expression, scope);
    return value.kind === 'symbol' || (value.kind === 'module' && !inFeatureform(value.path));
  });
}

function readDecorator(
  reading: Reading,
  expression: FunctionDefinition['decorators'][number]['expression'],
  definition: FunctionDefinition,
  scope: Scope,
): Value | undefined {
  const call = expression.kind === 'call' ? expression : undefined;
  const callee = reading.evaluate(call?.callee ?? expression, scope);
  const target = decoratorTarget(reading, callee);
  if (target === undefined) {
    noteMistakenDecorator(reading, call?.callee ?? expression, callee, scope);
    if (call !== undefined) reading.evaluate(call, scope);
    return undefined;
  }
  if (call === undefined) {
    const span = expression.kind === 'attribute' ? expression.nameSpan : expression.span;
    // The only decorator that Featureform takes bare as well.
    if (target.fact.name === 'ondemand_feature') {
      const bare: Call = {
        kind: 'call',
        callee: expression,
        arguments: [],
        argumentsSpan: { start: span.end, end: span.end },
        span: expression.span,
      };
      return readTransformation(reading, bare, definition, scope, target);
    }
    reading.addFinding({
      kind: 'decorator-without-call',
      span,
      name: target.fact.name.slice(target.fact.name.lastIndexOf('.') + 1),
      owner: target.receiverClass,
    });
    return undefined;
  }
  return readTransformation(reading, call, definition, scope, target);
}

interface DecoratorTarget {
  readonly fact: CallableFact;
  readonly receiver: Value | undefined;
  readonly receiverClass: string | undefined;
}

function decoratorTarget(reading: Reading, callee: Value): DecoratorTarget | undefined {
  const object = objectOf(callee);
  if (object?.kind === 'method' && object.fact !== undefined && decoratorNames.has(object.name)) {
    return { fact: object.fact, receiver: object.receiver, receiverClass: object.receiverClass };
  }
  if (callee.kind === 'module' && inFeatureform(callee.path) && decoratorNames.has(nameInFeatureform(callee.path))) {
    const fact = callableOfAnyEra(reading, nameInFeatureform(callee.path));
    return fact === undefined ? undefined : { fact, receiver: undefined, receiverClass: undefined };
  }
  return undefined;
}

function noteMistakenDecorator(reading: Reading, callee: Call['callee'], value: Value, scope: Scope): void {
  if (callee.kind !== 'attribute') return;
  const receiver = reading.evaluate(callee.object, scope);
  const owner = classOf(receiver) ?? (receiver.kind === 'module' && inFeatureform(receiver.path) ? 'featureform' : undefined);
  if (owner === undefined) return;
  const object = objectOf(value);
  const unknownMethod = object?.kind === 'method' && object.fact === undefined;
  const mistaken = owner === 'featureform' && mistakenDecorators.has(callee.name);
  if (unknownMethod || mistaken) reading.addFinding({ kind: 'unknown-decorator', span: callee.nameSpan, name: callee.name, owner });
}

function readTransformation(reading: Reading, call: Call, definition: FunctionDefinition, scope: Scope, target: DecoratorTarget): Value {
  const { fact, receiver } = target;
  const method = fact.name.slice(fact.name.lastIndexOf('.') + 1);
  const registration = reading.register(call, fact, fact.name, scope, { ...(receiver === undefined ? {} : { receiver }), decorator: true });
  const { uri } = reading;
  const type = method === 'ondemand_feature' ? 'feature' : 'source';
  const written = writtenName(registration, uri);
  if (written === undefined) reading.openUnnamed(registration, type);
  // An empty name is none.
  const name = written === undefined || written.text === '' ? impliedName(definition.name, definition.nameSpan) : written;
  const variant = writtenVariant(registration, uri, reading.run, definition.nameSpan);
  const inputs = readInputs(reading, registration);
  const references: Reference[] = (inputs?.elements ?? []).flatMap((element) =>
    element.reference === undefined ? [] : [element.reference],
  );
  const isSql = method === 'sql_transformation';

  const own = parameterScope(reading, definition, scope);
  const returns: ReturnedValue[] = [];
  if (isSql) runStatements(reading, definition.body, own, returns);
  const sql = isSql ? sqlOf(reading, returns) : undefined;
  if (sql !== undefined) references.push(...templateReferences(reading, sql, definition, inputs));

  reading.addResource({
    type,
    kind: method === 'ondemand_feature' ? 'ondemand-feature' : isSql ? 'sql-transformation' : 'dataframe-transformation',
    name,
    variant,
    span: definition.span,
    selection: definition.nameSpan,
    registration,
    provider: providerOf(reading, registration),
    description: textArgument(registration, 'description') ?? docstringOf(definition.body, reading.module.text),
    function: definition,
    ...(sql === undefined ? {} : { sql }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(isSql ? { returned: returns } : {}),
    references,
  });
  return objectValue(
    { kind: 'identified', className: fact.returns ?? 'SubscriptableTransformation', type, name, variant },
    reading.at(definition.span),
  );
}

/** The scope of a function's body: what its parameters hold is known only when it is called. */
function parameterScope(reading: Reading, definition: FunctionDefinition, outer: Scope): Scope {
  const scope = new Scope('function', outer);
  for (const parameter of definition.parameters) scope.bind(parameter.name, unknown(reading, parameter.nameSpan, parameter.name));
  return scope;
}

/** The query among what a function returns: the first string, `conditional` when another return may differ. */
function sqlOf(reading: Reading, returns: readonly ReturnedValue[]): SqlText | undefined {
  for (const { value, span } of returns) {
    if (value?.kind !== 'string') continue;
    const conditional = returns.some(
      (other) => other.value !== value && (other.value === undefined || valueKey(other.value) !== valueKey(value)),
    );
    return { text: value.text.at(reading.at(span)), scan: scanTemplates(value.text.value), span, origin: 'return', conditional };
  }
  return undefined;
}

/** The sources that the templates of a query name, directly or by the parameter that stands for an input. */
function templateReferences(
  reading: Reading,
  sql: SqlText,
  definition: FunctionDefinition | undefined,
  inputs: InputList | undefined,
): Reference[] {
  const references: Reference[] = [];
  for (const template of sql.scan.templates) {
    const reference = aliasReference(reading, sql, template, definition, inputs) ?? templateReference(reading, sql, template);
    if (reference !== undefined) references.push(reference);
  }
  return references;
}

/** `{{ df }}` where `df` is the parameter of an input. */
function aliasReference(
  reading: Reading,
  sql: SqlText,
  template: Template,
  definition: FunctionDefinition | undefined,
  inputs: InputList | undefined,
): Reference | undefined {
  if (inputs === undefined || definition === undefined || template.parts.length !== 1) return undefined;
  const position = definition.parameters.findIndex((parameter) => parameter.name === template.inner);
  const input = inputs.elements?.[position]?.reference;
  if (position < 0 || input === undefined) return undefined;
  const location = sql.text.sourceLocation(template.span);
  const span = location?.uri === reading.uri ? location.span : sql.span;
  const inner = sql.text.sourceLocation(template.innerSpan);
  const nameSpan = inner?.uri === reading.uri ? inner.span : span;
  return { ...input, name: { ...input.name, span: nameSpan }, span, form: 'template', template };
}

function templateReference(reading: Reading, sql: SqlText, template: Template): Reference | undefined {
  const [name, variant] = template.parts;
  if (name === undefined || template.parts.length > 2 || name.text === '') return undefined;
  const location = sql.text.sourceLocation(template.span);
  if (location === undefined) return undefined;
  const place = location.span;
  const { uri } = location;
  const value = { kind: 'string' as const, text: sql.text, at: reading.at(sql.span) };
  return {
    type: 'source',
    name: nameOfText(value, name.span, uri, place),
    variant:
      variant === undefined || variant.text === ''
        ? reading.omitted()
        : { kind: 'written', name: nameOfText(value, variant.span, uri, place) },
    span: place,
    form: 'template',
    template,
    ...(uri === reading.uri ? {} : { uri }),
  };
}

/** `ff.register_sql_transformation(name=…, query="SELECT …", …)`. */
export function readQueryArgument(reading: Reading, registration: Registration): Value {
  const { uri } = reading;
  const at = reading.at(registration.span);
  const name = writtenName(registration, uri);
  if (name === undefined) {
    reading.openUnnamed(registration, 'source');
    return unknown(reading, registration.span, 'source');
  }
  const variant = writtenVariant(registration, uri, reading.run);
  const query = argumentOf(registration, 'query');
  const sql: SqlText | undefined =
    query?.value.kind === 'string'
      ? {
          text: query.value.text.at(reading.at(query.valueSpan)),
          scan: scanTemplates(query.value.text.value),
          span: query.valueSpan,
          origin: 'argument',
          conditional: false,
        }
      : undefined;
  reading.addResource({
    type: 'source',
    kind: 'sql-transformation',
    name,
    variant,
    span: registration.span,
    selection: name.span,
    registration,
    provider: providerOf(reading, registration),
    description: textArgument(registration, 'description'),
    ...(sql === undefined ? {} : { sql }),
    references: sql === undefined ? [] : templateReferences(reading, sql, undefined, undefined),
  });
  return objectValue({ kind: 'identified', className: 'ColumnSourceRegistrar', type: 'source', name, variant }, at);
}
