import type { Resource, ResourceType } from '../definitions/resources';
import type { Problem, Rule, RuleContext } from './rule';
import { isStoredOnSpark } from './storedOnSpark';

export const variantPrefixCollision: Rule = {
  id: 'variant-prefix-collision',
  severity: 'warning',
  documentation: {
    summary: 'One variant begins with the whole of another variant of the same name.',
    details: `Outputs lie in S3 under \`<name>/<variant>/\`, and the backend looks for them by the plain prefix \`<name>/<variant>\`. With a
variant \`v10\` in place, \`v1\` "already exists", and reading \`v1\` also reads the files of \`v10\`. Choose variants of which
none is the beginning of another: \`v01\` and \`v10\`, or dates.`,
    bad: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://bucket/a.parquet")
corrected = spark.register_file(name="transactions", variant="v10", file_path="s3://bucket/b.parquet")`,
    good: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="transactions", variant="v01", file_path="s3://bucket/a.parquet")
corrected = spark.register_file(name="transactions", variant="v10", file_path="s3://bucket/b.parquet")`,
    covers: ['N4'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { snapshot, file } = context;
    for (const resource of file.definitions.resources) {
      const variant = writtenVariant(resource);
      if (variant === undefined || !kept.has(resource.type) || !isStoredOnSpark(resource, snapshot)) continue;
      const shorter = snapshot.index
        .variants(resource.type, resource.name.key)
        .filter((other) => {
          const text = writtenVariant(other)?.text;
          return text !== undefined && text !== variant.text && text !== '' && variant.text.startsWith(text);
        })
        .filter((other) => isStoredOnSpark(other, snapshot));
      const [other] = shorter;
      const beginning = other === undefined ? undefined : writtenVariant(other);
      if (other === undefined || beginning === undefined) continue;
      yield {
        span: variant.span,
        message: `the variant "${variant.text}" begins with the variant "${beginning.text}" of the same name, whose files are found by that prefix`,
        related: [{ uri: other.uri, span: beginning.span, message: `the variant "${beginning.text}"` }],
      };
    }
  },
};

const kept: ReadonlySet<ResourceType> = new Set(['source', 'feature', 'label', 'training-set']);

function writtenVariant({ variant }: Resource): { readonly text: string; readonly span: Resource['span'] } | undefined {
  if (variant?.kind !== 'written' || variant.name.text === undefined) return undefined;
  return { text: variant.name.text, span: variant.name.span };
}
