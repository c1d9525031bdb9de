import { replaceName, placedName, type FileMention } from './mentions';
import { nearestNames } from './nearestNames';
import type { Fix, Rule, RuleContext, TextEdit } from './rule';
import { constantVariants, danglingMentions, writtenId } from './sourceNames';

export const unknownSource: Rule = {
  id: 'unknown-source',
  severity: 'error',
  documentation: {
    summary: 'A transformation or a feature reads a source that nothing defines.',
    details: `The client does not check that a source exists, and the run fails minutes later. A source exists when a file of the workspace
registers it, or takes it for granted with \`ff.get_source(name, variant)\`: that is how to say that it was applied from elsewhere.

Nothing is said where a definition has a name that only the run time knows and that could be the one asked for.`,
    bad: `@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{paymnets.v1}}"`,
    good: `payments = spark.register_file(name="payments", variant="v1", file_path="s3://bucket/payments.csv")

@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments.v1}}"`,
    covers: ['T10'],
  },
  *check(context) {
    const { index } = context.snapshot;
    for (const mention of danglingMentions(context)) {
      const { reference } = mention;
      const name = reference.name.text ?? '';
      if (index.variants('source', name).length > 0 || index.couldExist(reference)) continue;
      yield {
        ...placedName(mention, reference.name, context),
        message: `"${writtenId(mention)}" is not defined in the workspace`,
        fixes: renamings(mention, name, context),
      };
    }
  },
};

function renamings(mention: FileMention, name: string, context: RuleContext): readonly Fix[] {
  const nearest = nearestNames(name, context.snapshot.index.names('source'));
  const { from } = mention;
  const own =
    from === undefined || from.type !== 'source'
      ? undefined
      : `${from.name.key}.${from.variant?.kind === 'written' ? from.variant.name.key : ''}`;
  return nearest.flatMap((candidate) => {
    const edits = editsTowards(mention, candidate, context);
    // Nothing reads itself.
    return edits === undefined || edits.id === own
      ? []
      : [{ title: `Change to "${edits.id}"`, edits: edits.edits, preferred: nearest.length === 1 }];
  });
}

/** The name, and the variant too where the candidate does not have the one that was written. */
function editsTowards(
  mention: FileMention,
  candidate: string,
  context: RuleContext,
): { readonly id: string; readonly edits: readonly TextEdit[] } | undefined {
  const { name, variant } = mention.reference;
  const nameEdit = replaceName(mention, name, candidate, context);
  if (nameEdit === undefined) return undefined;
  if (variant.kind === 'omitted') return { id: candidate, edits: [nameEdit] };
  const written = variant.name.text;
  const known = constantVariants(context.snapshot.index.variants('source', candidate), context);
  if (written === undefined || known.includes(written)) return { id: `${candidate}.${variant.name.key}`, edits: [nameEdit] };
  const other = nearestNames(written, known, 1)[0] ?? known[0];
  const variantEdit = other === undefined ? undefined : replaceName(mention, variant.name, other, context);
  return other === undefined || variantEdit === undefined ? undefined : { id: `${candidate}.${other}`, edits: [nameEdit, variantEdit] };
}
