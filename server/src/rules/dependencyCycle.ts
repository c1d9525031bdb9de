import type { Rule, RelatedInformation, RuleContext } from './rule';
import { placedName } from './mentions';
import type { ResourceKey } from '../workspace/snapshot';

export const dependencyCycle: Rule = {
  id: 'dependency-cycle',
  severity: 'error',
  documentation: {
    summary: 'A transformation reads itself, directly or through others.',
    details: `Featureform runs a transformation when all its inputs are ready, so the members of a cycle wait for each other for ever. Each member is
reported once, at the first reference that leads to the next one.

A transformation and the source it should read often share a name by mistake: give one of them another name or variant.`,
    bad: `@spark.sql_transformation(name="totals", variant="v1")
def totals():
    return "SELECT * FROM {{totals.v1}}"`,
    good: `@spark.sql_transformation(name="totals", variant="v2")
def totals():
    return "SELECT * FROM {{totals.v1}}"`,
    covers: ['T13', 'D16'],
  },
  *check(context) {
    const { graph } = context.snapshot;
    for (const resource of context.file.definitions.resources) {
      if (resource.type !== 'source' || resource.references.length === 0) continue;
      const key = context.snapshot.keyOf(resource);
      const path = graph.cycleThrough(key);
      const next = path?.[1];
      if (path === undefined || next === undefined) continue;
      const reference = resource.references.find((each) => each.type === 'source' && context.snapshot.keyOf(each) === next);
      if (reference === undefined) continue;
      const place = placedName({ reference, from: resource }, reference.name, context);
      const ids = path.map((each) => readable(each, context));
      yield {
        ...place,
        message:
          path.length === 2
            ? `"${ids[0] ?? ''}" reads itself and would wait for ever`
            : `dependency cycle, each would wait for the next for ever: ${ids.join(' -> ')}`,
        related: [...(place.related ?? []), ...membersOf(path.slice(1, -1), context)],
      };
    }
  },
};

function membersOf(keys: readonly ResourceKey[], context: RuleContext): readonly RelatedInformation[] {
  return keys.flatMap((key) =>
    context.snapshot.index
      .definitions(key)
      .slice(0, 1)
      .map(({ uri, selection }) => ({ uri, span: selection, message: `"${readable(key, context)}" is defined here` })),
  );
}

/** The id without its type, and the run of the moment by its own words. */
function readable(key: ResourceKey, context: RuleContext): string {
  const [definition] = context.snapshot.index.definitions(key);
  if (definition === undefined) return key.slice(key.indexOf(':') + 1);
  const { name, variant } = definition;
  if (variant?.kind === 'omitted' && context.snapshot.era === 'current' && variant.run === undefined) return name.key;
  return `${name.key}.${context.snapshot.variantText(variant)}`;
}
