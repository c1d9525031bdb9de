// What the rules about references to sources agree on: which mentions can be judged, and how the variants of a source are told.

import type { DefinitionFile, Resource } from '../definitions/resources';
import { namesRun } from '../definitions/runSigns';
import type { Decorator } from '../python/ast';
import type { Template } from '../sql/templates';
import { mentionsOf, type FileMention } from './mentions';
import type { RuleContext } from './rule';
import { isSymbolic, isWellFormed } from './templateFlaws';

/** Several rules ask for the same mentions of a file: those that can be judged, and those of them that nothing defines. */
const judgeable = new WeakMap<DefinitionFile, readonly FileMention[]>();
const dangling = new WeakMap<RuleContext, readonly FileMention[]>();

/**
 * The mentions of sources by a constant name whose own form is right. Variables are left out: what they hold was defined or
 * taken for granted where they were assigned.
 */
export function judgeableMentions(context: RuleContext): readonly FileMention[] {
  const { definitions } = context.file;
  let mentions = judgeable.get(definitions);
  if (mentions === undefined) {
    mentions = mentionsOf(context, 'source').filter((mention) => isJudgeable(mention, context));
    judgeable.set(definitions, mentions);
  }
  return mentions;
}

/** Those of the judgeable mentions whose source no definition of the workspace is sure to be. */
export function danglingMentions(context: RuleContext): readonly FileMention[] {
  const { snapshot } = context;
  let mentions = dangling.get(context);
  if (mentions === undefined) {
    mentions = judgeableMentions(context).filter(({ reference }) => snapshot.index.definitions(snapshot.keyOf(reference)).length === 0);
    dangling.set(context, mentions);
  }
  return mentions;
}

function isJudgeable({ reference, from }: FileMention, context: RuleContext): boolean {
  const { template, name, form } = reference;
  if (form === 'object' || name.text === undefined || name.text === '') return false;
  if (template === undefined) {
    // Neither form is what it looks like: `invalid-inputs` says what is meant.
    return form !== 'string' || !(name.text.includes('.') || from?.kind === 'sql-transformation');
  }
  // With inputs, a template without a variant is the alias of an input, which is a mention of its own.
  if (from !== undefined && template.parts.length === 1 && isAlias(template, from)) return false;
  return !isSymbolic(template) && (from?.sql === undefined || isWellFormed(template, from.sql, context.snapshot.era));
}

/** The id as a person writes it: `name.variant`, or the name alone where no variant was written. */
export function writtenId({ reference }: FileMention): string {
  const { name, variant } = reference;
  return variant.kind === 'written' ? `${name.text ?? name.key}.${variant.name.text ?? variant.name.key}` : (name.text ?? name.key);
}

/** The variants that definitions of one name spell out or, in the legacy era, mean by leaving them out; each once. */
export function constantVariants(definitions: readonly Resource[], context: RuleContext): readonly string[] {
  const texts = definitions.flatMap(({ variant }) => {
    if (variant?.kind === 'written') return variant.name.text === undefined ? [] : [variant.name.text];
    if (context.snapshot.era === 'legacy') return ['default'];
    return variant?.run === undefined ? [] : [variant.run];
  });
  return [...new Set(texts)];
}

/** True when a definition of the name has a variant that depends on when it is applied. */
export function hasUnknownRun(definitions: readonly Resource[], context: RuleContext): boolean {
  return context.snapshot.era === 'current' && definitions.some(({ variant }) => variant?.kind === 'omitted' && variant.run === undefined);
}

/** True when some file chooses the run itself, so that a run that is not known may be any name at all. */
export function setsRun(context: RuleContext): boolean {
  for (const file of context.snapshot.files.values()) if (file.definitions.registrations.some(namesRun)) return true;
  return false;
}

/**
 * True for a template without a variant that stands for an input, which is a mention of its own. A parameter that has no input
 * is a problem of the inputs.
 */
export function isAlias({ inner }: Template, resource: Resource): boolean {
  return mayHaveInputs(resource) || resource.function?.parameters.some(({ name }) => name === inner) === true;
}

/** True when a transformation has inputs, or may have some among arguments that cannot be read. */
export function mayHaveInputs({ inputs, function: definition }: Resource): boolean {
  return inputs !== undefined || definition?.decorators.some(unpacksArguments) === true;
}

function unpacksArguments({ expression }: Decorator): boolean {
  return expression.kind === 'call' && expression.arguments.some(({ kind }) => kind === 'star' || kind === 'doubleStar');
}
