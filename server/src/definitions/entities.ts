// `@ff.entity` classes, whose attributes become features, labels and embeddings, and every other class.

import type { Call, ClassDefinition, Identifier } from '../python/ast';
import type { ClassValue, Value } from '../python/values';
import { statementsWithin, withoutParentheses } from '../python/walk';
import type { Span } from '../text/span';
import { inFeatureform } from './access';
import { argumentOf, textArgument, writtenName, writtenVariant } from './arguments';
import { runStatements } from './interpreter';
import { impliedName, nameOf, referenceOf, spanWithin, variantOf } from './names';
import { objectOf, type ColumnsObject, type FeatureObject, type VariantsObject } from './objects';
import { entityReference, providerReference } from './references';
import type { Reading } from './reading';
import { valueTypeOf } from './registeredColumns';
import type { ColumnMention, Reference, ResourceKind, ResourceType, WrittenName, WrittenVariant } from './resources';
import { Scope } from './scope';

const kinds: Readonly<Record<FeatureObject['className'], { readonly type: ResourceType; readonly kind: ResourceKind }>> = {
  Feature: { type: 'feature', kind: 'feature' },
  Embedding: { type: 'feature', kind: 'embedding' },
  MultiFeature: { type: 'feature', kind: 'feature' },
  FeatureStream: { type: 'feature', kind: 'feature-stream' },
  Label: { type: 'label', kind: 'label' },
  LabelStream: { type: 'label', kind: 'label-stream' },
};

export function readClass(reading: Reading, definition: ClassDefinition, outer: Scope): ClassValue {
  const scope = new Scope('class', outer);
  reading.classScopes.set(definition, scope);
  runStatements(reading, definition.body, scope);
  const isEntity = definition.decorators.some(({ expression }) => {
    const value = reading.evaluate(expression.kind === 'call' ? expression.callee : expression, outer);
    return value.kind === 'module' && inFeatureform(value.path) && value.path.endsWith('.entity');
  });
  if (isEntity) defineEntity(reading, definition, scope);
  return { kind: 'class', definition, at: reading.at(definition.span) };
}

function defineEntity(reading: Reading, definition: ClassDefinition, scope: Scope): void {
  const name: WrittenName = {
    key: definition.name.toLowerCase(),
    text: definition.name.toLowerCase(),
    span: definition.nameSpan,
    implied: true,
  };
  reading.usesFeatureform = true;
  reading.addResource({
    type: 'entity',
    kind: 'entity',
    name,
    variant: undefined,
    span: definition.span,
    selection: definition.nameSpan,
    registration: undefined,
    provider: undefined,
    description: docstringOf(definition.body, reading.module.text),
    references: [],
  });
  if (isClosed(definition)) reading.closedEntities.add(definition);
  for (const { target, span } of attributesOf(definition, reading)) {
    const value = scope.own(target.name);
    const attribute: Attribute = { name: impliedName(target.name, target.span), span, entity: name };
    const object = objectOf(value);
    if (object?.kind === 'feature') defineFeature(reading, object, attribute, undefined);
    else if (object?.kind === 'variants') defineVariants(reading, object, attribute);
    else if (value !== undefined && mayBeFeature(value)) openFeatures(reading);
  }
}

/** True for a class that inherits nothing and whose body does nothing but bind names. */
function isClosed({ arguments: bases, body, decorators }: ClassDefinition): boolean {
  const binding = new Set(['assign', 'function', 'class', 'pass']);
  return (
    bases.length === 0 &&
    decorators.length === 1 &&
    body.every((statement, index) => binding.has(statement.kind) || (index === 0 && statement.kind === 'expression'))
  );
}

/** `ff.entity(User)` without an `@`: what the class holds is taken as it is written at most. */
export function readEntityCall(reading: Reading, call: Call, scope: Scope): void {
  reading.usesFeatureform = true;
  for (const argument of call.arguments) reading.evaluate(argument.value, scope);
  openFeatures(reading);
  reading.openType('entity');
}

/** What is bound in the class, each name where it is bound last. What is bound by other means opens the list. */
function attributesOf(definition: ClassDefinition, reading: Reading): Iterable<{ readonly target: Identifier; readonly span: Span }> {
  const found = new Map<string, { readonly target: Identifier; readonly span: Span }>();
  for (const statement of statementsWithin(definition.body, 'skipNested')) {
    if (statement.kind !== 'assign') continue;
    for (const target of statement.targets.map(withoutParentheses)) {
      if (target.kind === 'subscript') openFeatures(reading);
      const names = target.kind === 'tuple' || target.kind === 'list' ? target.items : [target];
      const values = statement.value === undefined ? undefined : withoutParentheses(statement.value);
      for (const [index, name] of names.map(withoutParentheses).entries()) {
        if (name.kind !== 'name') continue;
        const part = names.length > 1 && values?.kind === 'tuple' ? values.items[index] : undefined;
        found.set(name.name, { target: name, span: part?.span ?? statement.span });
      }
    }
  }
  return found.values();
}

/** True for a value that is not known and that a call or another file gave: a feature, perhaps. */
function mayBeFeature(value: Value): boolean {
  return value.kind === 'symbol' || (value.kind === 'module' && !inFeatureform(value.path));
}

function openFeatures(reading: Reading): void {
  reading.openType('feature');
  reading.openType('label');
}

function defineVariants(reading: Reading, { entries }: VariantsObject, attribute: Attribute): void {
  for (const { key, value } of entries) {
    const feature = objectOf(value);
    if (feature?.kind !== 'feature') continue;
    const span = spanWithin(key.at, reading.uri, attribute.span);
    defineFeature(reading, feature, { ...attribute, span: feature.registration.span }, variantOf(key, reading.uri, span, feature.run));
  }
}

interface Attribute {
  readonly name: WrittenName;
  readonly span: Span;
  readonly entity: WrittenName;
}

function defineFeature(reading: Reading, object: FeatureObject, attribute: Attribute, variantKey: WrittenVariant | undefined): void {
  const { registration, className } = object;
  const { type, kind } = kinds[className];
  if (className === 'MultiFeature') {
    defineMultiFeature(reading, object, attribute);
    return;
  }
  const written = writtenName(registration, reading.uri);
  if (written === undefined) reading.openUnnamed(registration, type);
  const name = written === undefined || written.text === '' ? attribute.name : written;
  const variant = variantKey ?? writtenVariant(registration, reading.uri, object.run, attribute.name.span);
  object.identity = { type, name, variant };

  const references: Reference[] = [];
  const columns: ColumnMention[] = [];
  const transformation = argumentOf(registration, 'transformation_args');
  const picked = objectOf(transformation?.value);
  if (transformation !== undefined && picked?.kind === 'columns') {
    const span: Span = { start: transformation.valueSpan.start, end: sourceEnd(picked, transformation.valueSpan) };
    const source = referenceOf(picked.source, 'source', reading.uri, span, undefined);
    if (source !== undefined) references.push(source);
    const roles = ['entity', 'value', 'timestamp'] as const;
    picked.columns.forEach((column, i) => {
      const role = roles[i];
      if (role !== undefined && column.kind === 'string') {
        columns.push({ role, name: nameOf(column, reading.uri, spanWithin(column.at, reading.uri, transformation.valueSpan)) });
      }
    });
  }
  const timestamp = argumentOf(registration, 'timestamp_column');
  if (timestamp?.value.kind === 'string' && timestamp.value.text.value !== '') {
    columns.push({ role: 'timestamp', name: nameOf(timestamp.value, reading.uri, timestamp.valueSpan) });
  }
  for (const argumentName of ['inference_store', 'vector_db', 'offline_store']) {
    const store = argumentOf(registration, argumentName);
    const reference = store === undefined ? undefined : providerReference(reading, store.value, store.valueSpan);
    if (reference !== undefined) references.push(reference);
  }
  const entityArgument = argumentOf(registration, 'entity');
  const entity = entityArgument === undefined ? undefined : entityReference(reading, entityArgument.value, entityArgument.valueSpan);
  references.push(
    entity ?? { type: 'entity', name: attribute.entity, variant: reading.omitted(), span: attribute.entity.span, form: 'object' },
  );

  const typeArgument = argumentOf(registration, 'type');
  reading.addResource({
    type,
    kind,
    name,
    variant,
    span: attribute.span,
    selection: name.span,
    registration,
    provider: undefined,
    description: textArgument(registration, 'description'),
    references,
    columns,
    ...(typeArgument === undefined ? {} : { valueType: valueTypeOf(typeArgument.value, typeArgument.valueSpan) }),
  });
}

/** Its features are named after columns: those of `include_columns` are known, the rest only with the data. */
function defineMultiFeature(reading: Reading, object: FeatureObject, attribute: Attribute): void {
  const { registration } = object;
  const include = argumentOf(registration, 'include_columns');
  const items: readonly Value[] = include?.value.kind === 'list' ? include.value.items : [];
  for (const item of items) {
    if (item.kind !== 'string' || include === undefined) continue;
    const name = nameOf(item, reading.uri, spanWithin(item.at, reading.uri, include.valueSpan));
    reading.addResource({
      type: 'feature',
      kind: 'feature',
      name,
      variant: writtenVariant(registration, reading.uri, object.run, name.span),
      span: attribute.span,
      selection: name.span,
      registration,
      provider: undefined,
      description: textArgument(registration, 'description'),
      references: [{ type: 'entity', name: attribute.entity, variant: reading.omitted(), span: attribute.entity.span, form: 'object' }],
      columns: [{ role: 'include', name }],
    });
  }
}

/** Where the source expression of `source[[…]]` ends: before its first column, at the latest. */
function sourceEnd(picked: ColumnsObject, place: Span): number {
  return picked.span.start === place.start && picked.source.at.span.start === place.start ? picked.source.at.span.end : place.end;
}

/** The docstring of a body, as Python's `inspect.cleandoc` shows its first lines. */
export function docstringOf(body: readonly { readonly kind: string }[], text: string): string | undefined {
  const [first] = body as readonly ClassDefinition['body'][number][];
  if (first?.kind !== 'expression' || first.expression.kind !== 'string') return undefined;
  const { content } = first.expression;
  const lines = text.slice(content.start, content.end).split(/\r?\n/);
  const indents = lines
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const cleaned = [lines[0]?.trim() ?? '', ...lines.slice(1).map((line) => line.slice(indent).trimEnd())].join('\n').trim();
  return cleaned === '' ? undefined : cleaned;
}
