import type { Reference, Resource, WrittenName } from '../definitions/resources';
import { isOfLastVersions } from '../definitions/runSigns';
import type { Template } from '../sql/templates';
import type { Snapshot } from '../workspace/snapshot';
import { placed, placedName, type FileMention } from './mentions';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { constantVariants, isAlias, judgeableMentions, setsRun } from './sourceNames';
import { isPlainWord, isSymbolic, isWellFormed } from './templateFlaws';
import { quotedList } from './wording';

export const missingVariant: Rule = {
  id: 'missing-variant',
  severity: 'warning',
  documentation: {
    summary: 'A reference without a variant means the current run, which is not what the source is registered with.',
    details: `\`{{name}}\` is never "the default variant" or "the latest": Featureform writes the current run behind it (a time stamp, or what
\`ff.set_run\` chose). Where the source was registered with a variant of its own, nothing is found when the transformation runs. A source that
is itself registered without a variant has the same run, and its reference is fine. The same holds for a plain string in \`inputs\`.

Featureform completes only names of letters, digits and underscores. \`{{my-table}}\` stays as it is and fails in the backend: an error.

In the legacy era nothing is completed, and a template without a variant stops the backend: an error. Its last versions complete names
as the current ones do; a workspace that uses what only those versions have (\`AWSCredentials(access_key=…)\`, \`bucket_name\`,
\`ff.set_run\`, the \`inputs\` of a query) is judged so.`,
    bad: `payments = spark.register_file(name="payments", variant="v1", file_path="s3://bucket/payments.csv")

@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments}}"`,
    good: `payments = spark.register_file(name="payments", variant="v1", file_path="s3://bucket/payments.csv")

@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments.v1}}"`,
    covers: ['T7', 'T9'],
  },
  *check(context) {
    for (const mention of judgeableMentions(context)) {
      if (mention.reference.variant.kind === 'written') continue;
      const problem = mention.reference.form === 'template' ? undefined : danglingRun(mention, context);
      if (problem !== undefined) yield problem;
    }
    for (const resource of context.file.definitions.resources) yield* templatesWithoutVariant(resource, context);
  },
};

function* templatesWithoutVariant(resource: Resource, context: RuleContext): Generator<Problem> {
  const { sql } = resource;
  if (sql === undefined) return;
  for (const template of sql.scan.templates) {
    if (template.parts.length !== 1 || isSymbolic(template) || !isWellFormed(template, sql, context.snapshot.era)) continue;
    const { inner } = template;
    const plain = isPlainWord(inner);
    // With inputs, a plain word is the name of a parameter. What stands between `<<` and `>>` may be a shift.
    if ((plain && isAlias(template, resource)) || (!plain && template.open === '<<')) continue;
    const definitions = context.snapshot.index.variants('source', inner);
    const at = placed(context, sql.text.sourceLocation(template.innerSpan), sql.span);
    const fixes = variantFixes(template, resource, definitions, context);
    const reference = resource.references.find((each) => each.template === template || each.template?.span.start === template.span.start);
    if (!plain || (context.snapshot.era === 'legacy' && !completesNames(context.snapshot))) {
      // Of a name that nothing defines, that alone is said.
      if (definitions.length === 0 && reference !== undefined && !context.snapshot.index.couldExist(reference)) continue;
      const [only, ...others] = constantVariants(definitions, context);
      const expected = others.length === 0 && only !== undefined ? `{{${inner}.${only}}}` : `{{${inner}.variant}}`;
      yield { ...at, severity: 'error', message: `"{{${inner}}}" has no variant, expected "${expected}"`, fixes };
      continue;
    }
    const message = reference === undefined ? undefined : messageOfDangling(reference, definitions, context);
    if (message !== undefined) yield { ...at, message, fixes };
  }
}

const completing = new WeakMap<Snapshot, boolean>();

/** True when something in a legacy workspace belongs to its last versions, which write the run behind a name. */
function completesNames(snapshot: Snapshot): boolean {
  let known = completing.get(snapshot);
  if (known === undefined) {
    known = [...snapshot.files.values()].some(({ definitions }) => definitions.registrations.some(isOfLastVersions));
    completing.set(snapshot, known);
  }
  return known;
}

function danglingRun(mention: FileMention, context: RuleContext): Problem | undefined {
  const { reference } = mention;
  if (reference.form !== 'string' || context.snapshot.era === 'legacy') return undefined;
  const definitions = context.snapshot.index.variants('source', reference.name.text ?? '');
  const message = messageOfDangling(reference, definitions, context);
  if (message === undefined) return undefined;
  return { ...placedName(mention, reference.name, context), message, fixes: tupleFixes(mention, reference.name, definitions, context) };
}

/** Undefined unless it is sure that the current run is none of the variants of the name. */
function messageOfDangling(reference: Reference, definitions: readonly Resource[], context: RuleContext): string | undefined {
  const { snapshot } = context;
  const { index } = snapshot;
  if (definitions.length === 0 || index.definitions(snapshot.keyOf(reference)).length > 0 || index.couldExist(reference)) return undefined;
  const known = constantVariants(definitions, context);
  const runUnknown = reference.variant.kind === 'omitted' && reference.variant.run === undefined;
  if (known.length === 0 || (runUnknown && setsRun(context))) return undefined;
  const name = reference.name.text ?? '';
  return `"${name}" without a variant means the current run, but it is registered as ${quotedList(known)}`;
}

function variantFixes(template: Template, resource: Resource, definitions: readonly Resource[], context: RuleContext): readonly Fix[] {
  const location = resource.sql?.text.sourceLocation(template.innerSpan);
  if (location?.uri !== context.file.uri) return [];
  if (context.file.text.slice(location.span.start, location.span.end) !== template.inner) return [];
  const known = constantVariants(definitions, context).slice(0, 5);
  const at = { start: location.span.end, end: location.span.end };
  return known.map((variant) => ({
    title: `Add the variant "${variant}"`,
    edits: [{ uri: location.uri, span: at, newText: `.${variant}` }],
    preferred: known.length === 1,
  }));
}

function tupleFixes(mention: FileMention, name: WrittenName, definitions: readonly Resource[], context: RuleContext): readonly Fix[] {
  const { reference } = mention;
  const { uri, text } = context.file;
  const literal = text.slice(reference.span.start, reference.span.end);
  if (reference.uri !== undefined || name.text === undefined || !/^(["'])[^"'\\]*\1$/.test(literal)) return [];
  const quote = literal.charAt(0);
  const known = constantVariants(definitions, context).slice(0, 5);
  return known.map((variant) => ({
    title: `Add the variant "${variant}"`,
    edits: [{ uri, span: reference.span, newText: `(${literal}, ${quote}${variant}${quote})` }],
    preferred: known.length === 1,
  }));
}
