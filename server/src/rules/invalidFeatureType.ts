import { scalarTypes } from '../definitions/catalogue';
import type { Resource, ValueType } from '../definitions/resources';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { nearestNames } from './nearestNames';
import { quotedList } from './wording';

export const invalidFeatureType: Rule = {
  id: 'invalid-feature-type',
  severity: 'error',
  documentation: {
    summary: 'The type of a feature or label is none of those that Featureform has.',
    details: `Values have one of the types \`int\`, \`int32\`, \`int64\`, \`float32\`, \`float64\`, \`string\`, \`bool\` and \`datetime\`, as a string or as
\`ff.Float32\` and its like. There is no \`float\`. A feature of type \`datetime\` is accepted by the client, but the backend has no
such type for values that it serves.`,
    bad: `@ff.entity
class User:
    average = ff.Feature(totals[["user_id", "average"]], type="float")`,
    good: `@ff.entity
class User:
    average = ff.Feature(totals[["user_id", "average"]], type="float32")`,
    covers: ['F1', 'F13'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    for (const resource of context.file.definitions.resources) {
      const { valueType } = resource;
      if (valueType?.mistaken !== undefined) yield problemOfMistaken(resource, valueType, valueType.mistaken, context);
      if (valueType?.text === undefined) continue;
      const { text, span } = valueType;
      if (known.includes(text)) {
        if (text === 'datetime' && resource.type === 'feature' && context.snapshot.era === 'current') {
          yield { span, severity: 'warning', message: 'a feature of type "datetime" is accepted, but the backend has no such type' };
        }
        continue;
      }
      const meant = synonyms[text.toLowerCase()] ?? nearestNames(text, known.slice(1), 1);
      const expected = quotedList(meant.length > 0 ? meant : known.slice(1), 'or', known.length);
      yield {
        span: contentOf(resource, context),
        message: `"${text}" is no type of a ${resource.type === 'label' ? 'label' : 'feature'}; expected ${expected}`,
        fixes: fixesFor(resource, meant, context),
      };
    }
  },
};

const known: readonly string[] = [...scalarTypes.values()];

/** What the words of other systems are called here; two where only the author can choose. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  float: ['float32', 'float64'],
  double: ['float64'],
  real: ['float32'],
  decimal: ['float64'],
  integer: ['int'],
  long: ['int64'],
  bigint: ['int64'],
  short: ['int32'],
  str: ['string'],
  text: ['string'],
  varchar: ['string'],
  boolean: ['bool'],
  timestamp: ['datetime'],
  date: ['datetime'],
};

/** `type=float`, `type=ff.Float` */
function problemOfMistaken(
  { type }: Resource,
  { span }: ValueType,
  { kind, name }: NonNullable<ValueType['mistaken']>,
  context: RuleContext,
): Problem {
  const lower = name.toLowerCase();
  const meant = known.includes(lower) ? [lower] : (synonyms[lower] ?? nearestNames(lower, known.slice(1), 1));
  const members = [...scalarTypes].filter(([, text]) => (meant.length > 0 ? meant.includes(text) : text !== '')).map(([member]) => member);
  const what =
    kind === 'python'
      ? `"${name}" is a type of Python and none of a ${type === 'label' ? 'label' : 'feature'}`
      : `Featureform has no type "${name}"`;
  const { uri, text } = context.file;
  const written = text.slice(span.start, span.end);
  return {
    span,
    message: `${what}; expected ${quotedList(kind === 'python' ? members.map((member) => scalarTypes.get(member) ?? '') : members, 'or', members.length)}`,
    fixes: (meant.length === 0 ? [] : members).flatMap((member): Fix[] => {
      const quoted = `"${scalarTypes.get(member) ?? ''}"`;
      const newText = kind === 'python' ? quoted : `${written.slice(0, -name.length)}${member}`;
      if (!written.endsWith(name) || (kind === 'featureform' && !written.endsWith(`.${name}`))) return [];
      return [{ title: `Write ${newText}`, edits: [{ uri, span, newText }], preferred: members.length === 1 }];
    }),
  };
}

function contentOf({ valueType }: Resource, context: RuleContext): Resource['span'] {
  const span = valueType?.span ?? { start: 0, end: 0 };
  const quoted = /^(["'])[^"']*\1$/.test(context.file.text.slice(span.start, span.end));
  return quoted ? { start: span.start + 1, end: span.end - 1 } : span;
}

function fixesFor(resource: Resource, meant: readonly string[], context: RuleContext): readonly Fix[] {
  const span = contentOf(resource, context);
  if (context.file.text.slice(span.start, span.end) !== resource.valueType?.text) return [];
  return meant.map((name) => ({
    title: `Write "${name}"`,
    edits: [{ uri: context.file.uri, span, newText: name }],
    preferred: meant.length === 1,
  }));
}
