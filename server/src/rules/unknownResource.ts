import type { Finding, ResourceType } from '../definitions/resources';
import { mentionsOf, placedName, replaceName, type FileMention } from './mentions';
import { nearestNames } from './nearestNames';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { constantVariants, hasUnknownRun, setsRun } from './sourceNames';
import { quotedList } from './wording';

export const unknownResource: Rule = {
  id: 'unknown-resource',
  severity: 'error',
  documentation: {
    summary: 'A feature, label, entity or provider is named that nothing defines.',
    details: `A training set names its features and its label, a feature names its entity and the provider that serves it. The client does not
look any of them up, and the backend refuses the definition that names something unknown. What another project has registered
is taken for granted with \`ff.get_entity(…)\`, \`client.get_redis(…)\` and their like.

A string is a name only: \`"average.v1"\` is the name "average.v1", never a name and a variant.`,
    bad: `average = totals.register_resources(
    entity="user",
    entity_column="user_id",
    features=[{"name": "average", "variant": "v1", "column": "average", "type": "float32"}],
)`,
    good: `user = ff.register_entity("user")
average = totals.register_resources(
    entity=user,
    entity_column="user_id",
    features=[{"name": "average", "variant": "v1", "column": "average", "type": "float32"}],
)`,
    covers: ['F7', 'D8'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    for (const type of judged) {
      for (const mention of mentionsOf(context, type)) {
        const problem = checkMention(mention, type, context);
        if (problem !== undefined) yield problem;
      }
    }
    for (const finding of context.file.definitions.findings) {
      if (finding.kind === 'missing-member') yield problemOfMember(finding, context);
    }
  },
};

/** `User.averag`, which the entity class does not have. */
function problemOfMember({ span, name, owner = '' }: Finding, { file }: RuleContext): Problem {
  const members = file.definitions.resources.flatMap((resource) =>
    resource.name.implied && resource.references.some(({ type, name: entity }) => type === 'entity' && entity.text === owner.toLowerCase())
      ? [resource.name.key]
      : [],
  );
  const nearest = nearestNames(name, [...new Set(members)]);
  return {
    span,
    message: `the entity "${owner.toLowerCase()}" has no feature or label "${name}"`,
    fixes: nearest.map((newText) => ({
      title: `Change to "${newText}"`,
      edits: [{ uri: file.uri, span, newText }],
      preferred: nearest.length === 1,
    })),
  };
}

const judged: readonly ResourceType[] = ['feature', 'label', 'entity', 'provider', 'training-set'];

function checkMention(mention: FileMention, type: ResourceType, context: RuleContext): Problem | undefined {
  const { snapshot } = context;
  const { reference } = mention;
  const { name, variant, form } = reference;
  if (form === 'object' || form === 'template' || name.text === undefined || name.text === '') return undefined;
  if (snapshot.index.definitions(snapshot.keyOf(reference)).length > 0 || snapshot.index.couldExist(reference)) return undefined;
  const what = type.replace('-', ' ');
  const definitions = snapshot.index.variants(type, name.text);
  if (definitions.length === 0) {
    const dotted = form === 'string' && (type === 'feature' || type === 'label') ? splitId(name.text, type, context) : undefined;
    return {
      ...placedName(mention, name, context),
      message:
        dotted === undefined
          ? `the ${what} "${name.text}" is not defined in the workspace`
          : `"${name.text}" is taken for the name of a ${what}; expected ("${dotted.name}", "${dotted.variant}")`,
      fixes: dotted === undefined ? renamings(mention, type, context) : asTuple(mention, dotted, context),
    };
  }
  const known = constantVariants(definitions, context);
  if (variant.kind === 'omitted') {
    // Without a variant the current run is meant, which a definition elsewhere may have been given by hand.
    if (hasUnknownRun(definitions, context) || setsRun(context) || variant.run !== undefined) return undefined;
    return {
      ...placedName(mention, name, context),
      severity: 'warning',
      message: `the ${what} "${name.text}" is named without a variant, which means ${snapshot.variantText(variant) === 'default' ? '"default"' : 'the current run'}; it is registered as ${quotedList(known)}`,
    };
  }
  if (variant.name.text === undefined || hasUnknownRun(definitions, context)) return undefined;
  const nearest = nearestNames(variant.name.text, known);
  const candidates = nearest.length > 0 ? nearest : known.slice(0, 3);
  return {
    ...placedName(mention, variant.name, context),
    message: `the ${what} "${name.text}" has no variant "${variant.name.text}"; it is registered as ${quotedList(known)}`,
    fixes: candidates.flatMap((candidate): Fix[] => {
      const edit = replaceName(mention, variant.name, candidate, context);
      return edit === undefined
        ? []
        : [{ title: `Change the variant to "${candidate}"`, edits: [edit], preferred: candidates.length === 1 }];
    }),
  };
}

/** `"average.v1"` where "average" has a variant "v1". */
function splitId(text: string, type: ResourceType, context: RuleContext): { readonly name: string; readonly variant: string } | undefined {
  const dot = text.indexOf('.');
  if (dot <= 0) return undefined;
  const name = text.slice(0, dot);
  const variant = text.slice(dot + 1);
  const known = constantVariants(context.snapshot.index.variants(type, name), context);
  return known.includes(variant) ? { name, variant } : undefined;
}

function asTuple(
  { reference }: FileMention,
  id: { readonly name: string; readonly variant: string },
  context: RuleContext,
): readonly Fix[] {
  const text = context.file.text.slice(reference.span.start, reference.span.end);
  const quote = /^(["'])[^"'\n]*\1$/.exec(text)?.[1];
  if (reference.uri !== undefined || quote === undefined) return [];
  const newText = `(${quote}${id.name}${quote}, ${quote}${id.variant}${quote})`;
  return [{ title: `Write ${newText}`, edits: [{ uri: context.file.uri, span: reference.span, newText }], preferred: true }];
}

function renamings(mention: FileMention, type: ResourceType, context: RuleContext): readonly Fix[] {
  const { name } = mention.reference;
  const nearest = nearestNames(name.text ?? '', context.snapshot.index.names(type));
  return nearest.flatMap((candidate): Fix[] => {
    const edit = replaceName(mention, name, candidate, context);
    return edit === undefined ? [] : [{ title: `Change to "${candidate}"`, edits: [edit], preferred: nearest.length === 1 }];
  });
}
