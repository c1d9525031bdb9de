import type { Resource } from '../definitions/resources';
import { replaceName, placedName } from './mentions';
import { nearestNames } from './nearestNames';
import type { Fix, Rule } from './rule';
import { constantVariants, danglingMentions, hasUnknownRun, setsRun } from './sourceNames';
import { plainList, quotedList } from './wording';

/** What Featureform makes up for a run: `2024-01-31t12-00-00`, perhaps with a prefix and microseconds. */
const GENERATED_RUN = /\d{4}-\d{2}-\d{2}t\d{2}-\d{2}-\d{2}/i;

export const unknownVariant: Rule = {
  id: 'unknown-variant',
  severity: 'error',
  documentation: {
    summary: 'The source is defined, but not in the variant that is asked for.',
    details: `A reference names one variant of a source, and the run fails when that one was never registered. A source that is registered without a
variant has the run of the moment as its variant in the current era, never the word "default"; in the legacy era it has "default".

Nothing is said where a definition of the name has a variant that only the run time knows, or for a variant that looks like a run of the past.`,
    bad: `payments = spark.register_file(name="payments", variant="v2", file_path="s3://bucket/payments.csv")

@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments.v1}}"`,
    good: `payments = spark.register_file(name="payments", variant="v2", file_path="s3://bucket/payments.csv")

@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments.v2}}"`,
    covers: ['T10'],
  },
  *check(context) {
    const { index } = context.snapshot;
    for (const mention of danglingMentions(context)) {
      const { reference } = mention;
      const { variant, name } = reference;
      if (variant.kind === 'omitted' || variant.name.text === undefined || variant.name.text === '') continue;
      const definitions = index.variants('source', name.text ?? '');
      if (definitions.length === 0 || index.couldExist(reference)) continue;
      const written = variant.name;
      const asked = variant.name.text;
      const runs = hasUnknownRun(definitions, context);
      if (runs && (GENERATED_RUN.test(asked) || setsRun(context))) continue;
      const known = constantVariants(definitions, context);
      const nearest = nearestNames(asked, known);
      const ordered = [...nearest, ...known.filter((each) => !nearest.includes(each))].slice(0, 5);
      yield {
        ...placedName(mention, written, context),
        message: `"${name.text ?? ''}" has no variant "${asked}", it is registered ${told(known, definitions, runs)}`,
        fixes: ordered.flatMap((candidate): Fix[] => {
          const edit = replaceName(mention, written, candidate, context);
          const preferred = ordered.length === 1 || (nearest.length === 1 && candidate === nearest[0]);
          return edit === undefined ? [] : [{ title: `Change the variant to "${candidate}"`, edits: [edit], preferred }];
        }),
      };
    }
  },
};

function told(known: readonly string[], definitions: readonly Resource[], runs: boolean): string {
  const told: string[] = [];
  if (known.length > 0) told.push(`as ${quotedList(known)}`);
  if (definitions.some(({ variant }) => variant?.kind === 'written' && variant.name.text === undefined)) {
    told.push('under a variant that only the run time knows');
  }
  if (runs) told.push('without one, which means the current run');
  return plainList(told);
}
