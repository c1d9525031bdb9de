// Resources that a file asks a running Featureform for: `client.dataframe("transactions", "v1")`. They may have been applied
// from elsewhere, so that no rule speaks of them, but they are renamed with what they mean.

import { constantText } from '../definitions/arguments';
import type { Reference, ResourceType, WrittenName } from '../definitions/resources';
import type { Argument, Call, Expression } from '../python/ast';
import { decodeText, formOf } from '../python/strings';
import { expressionsOf, expressionsWithin, statementsWithin, withoutParentheses } from '../python/walk';
import type { FileSnapshot } from '../workspace/snapshot';

/** What the first argument of a method of the client names, and the second the variant of. */
const named: ReadonlyMap<string, ResourceType> = new Map([
  ['Client.dataframe', 'source'],
  ['Client.columns', 'source'],
  ['Client.location', 'source'],
  ['Client.print_source', 'source'],
  ['Client.training_set', 'training-set'],
  ['Client.get_training_set', 'training-set'],
  ['Client.print_training_set', 'training-set'],
  ['Client.get_feature', 'feature'],
  ['Client.print_feature', 'feature'],
  ['Client.nearest', 'feature'],
  ['Client.get_label', 'label'],
  ['Client.print_label', 'label'],
]);

/** Methods whose first argument lists features as pairs. */
const listed: ReadonlySet<string> = new Set(['Client.features', 'Client.batch_features']);

/** True for a method of the client whose arguments name resources and nothing else. */
export function isServing(callable: string): boolean {
  return named.has(callable) || listed.has(callable);
}

export function servedMentions(file: FileSnapshot): readonly Reference[] {
  const asked = file.definitions.registrations.filter(({ callable }) => isServing(callable));
  if (asked.length === 0) return [];
  const calls = new Map<string, Call>();
  for (const expression of statementsWithin(file.module.body, 'enterNested').flatMap(expressionsOf).flatMap(expressionsWithin)) {
    if (expression.kind === 'call') calls.set(`${expression.span.start}-${expression.span.end}`, expression);
  }
  return asked.flatMap(({ callable, span }) => {
    const call = calls.get(`${span.start}-${span.end}`);
    if (call === undefined) return [];
    const type = named.get(callable);
    if (type === undefined) return pairsIn(positional(call, 0)).flatMap(([name, variant]) => mention(file, 'feature', name, variant));
    return mention(file, type, positional(call, 0) ?? keyword(call, 'name'), positional(call, 1) ?? keyword(call, 'variant'));
  });
}

function pairsIn(list: Expression | undefined): readonly (readonly [Expression | undefined, Expression | undefined])[] {
  const node = list && withoutParentheses(list);
  if (node?.kind !== 'list' && node?.kind !== 'tuple') return [];
  return node.items.flatMap((item) => {
    const pair = withoutParentheses(item);
    return pair.kind === 'tuple' ? [[pair.items[0], pair.items[1]] as const] : [];
  });
}

function mention(
  file: FileSnapshot,
  type: ResourceType,
  nameNode: Expression | undefined,
  variantNode: Expression | undefined,
): readonly Reference[] {
  const name = literal(file, nameNode);
  if (name === undefined || nameNode === undefined) return [];
  const variant = literal(file, variantNode);
  if (variantNode !== undefined && variant === undefined) return [];
  const written = variant === undefined || variant.text === '' ? undefined : variant;
  return [
    {
      type,
      name,
      variant: written === undefined ? { kind: 'omitted', run: undefined } : { kind: 'written', name: written },
      span: nameNode.span,
      form: 'string',
    },
  ];
}

function literal({ uri, module }: FileSnapshot, node: Expression | undefined): WrittenName | undefined {
  if (node?.kind !== 'string' || /[bt]/.test(node.prefix)) return undefined;
  const mapped = decodeText(node.content, formOf(node.prefix), uri, module.text);
  const text = constantText({ kind: 'string', text: mapped, at: { uri, span: node.span } });
  return { key: mapped.key, text, span: node.content, implied: false, mapped };
}

function positional({ arguments: given }: Call, index: number): Expression | undefined {
  return given.slice(0, index + 1).every(isPositional) ? given[index]?.value : undefined;
}

function keyword({ arguments: given }: Call, name: string): Expression | undefined {
  return given.find((argument) => argument.kind === 'keyword' && argument.name === name)?.value;
}

function isPositional({ kind }: Argument): boolean {
  return kind === 'positional';
}
