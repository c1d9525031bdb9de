// Columns of sources as features and labels: `register_resources` and the classes `ff.Feature`, `ff.Label` and their like.

import { argumentOf, constantText, entryOf } from '../../definitions/arguments';
import { elementSpan } from '../../definitions/names';
import { objectOf } from '../../definitions/objects';
import type { BoundArgument, Registration } from '../../definitions/resources';
import type { DictValue, Value } from '../../python/values';
import { contentSpan, isAbsent, shortName, spanIn } from '../registrations';
import type { Problem, RuleContext } from '../rule';
import { counted, quotedList } from '../wording';

export function* columnFlaws(registration: Registration, context: RuleContext): Iterable<Problem> {
  const name = shortName(registration.callable);
  switch (name) {
    case 'register_resources':
    case 'register_column_resources':
      yield* checkMappings(registration, context);
      yield* checkStore(registration, 'inference_store');
      return;
    case 'Feature':
    case 'Label':
    case 'Embedding':
      yield* checkColumns(registration);
      yield* checkStore(registration, name === 'Embedding' ? 'vector_db' : 'inference_store');
      yield* checkDimensions(registration);
      return;
    case 'Variants':
      yield* checkVariants(registration, context);
      return;
    case 'MultiFeature':
      yield* checkSelection(registration, context);
      yield* checkStore(registration, 'inference_store');
  }
}

function* checkMappings(registration: Registration, context: RuleContext): Iterable<Problem> {
  const lists = ['features', 'labels'].map((name) => argumentOf(registration, name));
  if (!registration.open && lists.every((argument) => isAbsent(argument?.value))) {
    yield { span: registration.nameSpan, message: `"${shortName(registration.callable)}" needs "features" or "labels"` };
  }
  for (const argument of lists) {
    if (argument?.value.kind !== 'list' && argument?.value.kind !== 'tuple') continue;
    for (const [index, item] of argument.value.items.entries()) {
      if (item.kind === 'dict') yield* checkMapping(item, argument, context);
      else if (item.kind === 'string' || item.kind === 'tuple' || item.kind === 'number') {
        yield {
          span: elementSpan(argument, index, item, context.file.uri),
          message: `"${argument.name}" holds a ${item.kind}; expected a dictionary with "name", "column" and "type"`,
        };
      }
    }
  }
}

function* checkMapping(dict: DictValue, argument: BoundArgument, context: RuleContext): Iterable<Problem> {
  if (!dict.complete || dict.entries.some(({ key }) => constantText(key) === undefined)) return;
  const missing = ['name', 'column', 'type'].filter((key) => entryOf(dict, key) === undefined);
  if (missing.length === 0) return;
  const named = entryOf(dict, 'name');
  const text = constantText(named);
  const what = argument.name === 'labels' ? 'label' : 'feature';
  yield {
    span: spanIn(argument, named ?? dict, context.file.uri),
    message: `the ${what}${text === undefined ? '' : ` "${text}"`} has no ${quotedList(missing, 'or')}; expected "name", "column" and "type"`,
  };
}

const s3Stores: ReadonlySet<string> = new Set(['register_s3', 'get_s3', 'Client.get_s3']);

function* checkStore(registration: Registration, name: string): Iterable<Problem> {
  const argument = argumentOf(registration, name);
  const object = objectOf(argument?.value);
  if (argument === undefined || object?.kind !== 'instance' || !s3Stores.has(object.registration?.callable ?? '')) return;
  yield { span: argument.valueSpan, message: `"${name}" is an S3 file store, which cannot serve values; expected an online provider` };
}

function* checkColumns(registration: Registration): Iterable<Problem> {
  const argument = argumentOf(registration, 'transformation_args');
  if (argument === undefined) return;
  const object = objectOf(argument.value);
  const expected = 'expected source[["entity_column", "value_column"]], with a timestamp column as an optional third';
  if (object?.kind === 'identified' && object.type === 'source') {
    yield {
      span: argument.valueSpan,
      message: `the source "${object.name.text ?? object.name.key}" is given without columns; ${expected}`,
    };
    return;
  }
  if (object?.kind !== 'columns' || (object.single && object.columns[0]?.kind !== 'string')) return;
  const { columns } = object;
  if (columns.length < 2 || columns.length > 3) {
    yield { span: argument.valueSpan, message: `${counted(columns.length, 'column')} picked; ${expected}` };
    return;
  }
  const timestamp = argumentOf(registration, 'timestamp_column');
  const text = constantText(timestamp?.value);
  if (timestamp !== undefined && columns.length === 3 && text !== undefined && text !== '') {
    yield { span: timestamp.span, message: `the timestamp column is given twice, as the third column and as "timestamp_column"` };
  }
}

function* checkDimensions(registration: Registration): Iterable<Problem> {
  const dims = argumentOf(registration, 'dims');
  if (dims?.value.kind === 'number' && dims.value.value < 1) {
    yield { span: dims.valueSpan, message: `"dims" is ${dims.value.text}; expected a positive number` };
  }
}

function* checkVariants(registration: Registration, context: RuleContext): Iterable<Problem> {
  const dict = argumentOf(registration, 'resources')?.value;
  if (dict?.kind !== 'dict') return;
  for (const { key, value } of dict.entries) {
    const wanted = constantText(key);
    const object = objectOf(value);
    if (wanted === undefined || object?.kind !== 'feature') continue;
    const variant = argumentOf(object.registration, 'variant');
    const written = constantText(variant?.value);
    if (variant === undefined || written === undefined || written === '' || written === wanted) continue;
    yield {
      span: contentSpan(variant, context.file.uri),
      message: `the variant "${written}" stands under the key "${wanted}"; expected the same`,
    };
  }
}

function* checkSelection(registration: Registration, context: RuleContext): Iterable<Problem> {
  const include = argumentOf(registration, 'include_columns');
  if (include?.value.kind !== 'list') return;
  const excluded = new Set<string>();
  for (const name of ['entity_column', 'timestamp_column']) {
    const text = constantText(argumentOf(registration, name)?.value);
    if (text !== undefined && text !== '') excluded.add(text);
  }
  const exclude = argumentOf(registration, 'exclude_columns')?.value;
  const listed: readonly Value[] = exclude?.kind === 'list' ? exclude.items : [];
  const keys = new Set(excluded);
  for (const item of listed) {
    const text = constantText(item);
    if (text !== undefined) excluded.add(text);
  }
  for (const item of include.value.items) {
    const text = constantText(item);
    if (text === undefined || !excluded.has(text)) continue;
    yield {
      span: spanIn(include, item, context.file.uri),
      message: keys.has(text)
        ? `the column "${text}" is the entity or timestamp and cannot be included`
        : `the column "${text}" is both included and excluded`,
    };
  }
}
