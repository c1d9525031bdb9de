import { objectOf } from '../definitions/objects';
import type { InputElement, InputList, Resource } from '../definitions/resources';
import type { Expression } from '../python/ast';
import type { Value } from '../python/values';
import { expressionsOf, expressionsWithin, statementsWithin } from '../python/walk';
import type { Span } from '../text/span';
import { placed } from './mentions';
import { nearestNames } from './nearestNames';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { isPlainWord, isSymbolic } from './templateFlaws';
import { describeValue, quotedList } from './wording';

export const invalidInputs: Rule = {
  id: 'invalid-inputs',
  severity: 'error',
  documentation: {
    summary: 'Inputs do not have a form that Featureform understands, or the query uses them in a way that does not work.',
    details: `\`inputs\` is a list of \`(name, variant)\` tuples or of the objects that registrations give. The client refuses other values, mostly with
a message that does not name the cause. What it lets pass goes wrong later: a SQL transformation reads the string \`"payments"\` as the name \`p\` and
the variant \`a\`, and a tuple with an empty variant as \`{{payments.}}\`. A string is always a name: \`"payments.v1"\` is not a name and a variant.

A query names an input by the parameter that takes it: \`{{payments}}\`. A name that is no parameter is refused. The parameter holds the input
object and not a table name, so that an f-string that puts it into the query writes the object's representation there.`,
    bad: `@spark.sql_transformation(inputs=["payments.v1"], variant="v1")
def totals(payments):
    return "SELECT * FROM {{payment}}"`,
    good: `@spark.sql_transformation(inputs=[("payments", "v1")], variant="v1")
def totals(payments):
    return "SELECT * FROM {{payments}}"`,
    covers: ['D4', 'D5', 'D6', 'D7', 'D8', 'D15'],
  },
  *check(context) {
    for (const resource of context.file.definitions.resources) {
      const { kind, inputs } = resource;
      if (inputs === undefined || (kind !== 'sql-transformation' && kind !== 'dataframe-transformation')) continue;
      const isSql = kind === 'sql-transformation';
      if (inputs.elements === undefined) yield* notAList(inputs, context);
      for (const element of inputs.elements ?? []) {
        const problem = problemOfElement(element, isSql, context);
        if (problem !== undefined) yield problem;
      }
      if (isSql) {
        yield* unknownAliases(resource, context);
        yield* interpolatedInputs(resource, context);
      }
    }
  },
};

function* notAList({ value, span }: InputList, context: RuleContext): Generator<Problem> {
  const object = objectOf(value);
  const found = object?.kind === 'identified' || object?.kind === 'feature' ? 'a single object' : describe(value);
  if (found === undefined || value.kind === 'list') return;
  const { text, uri } = context.file;
  const written = text.slice(span.start, span.end);
  const inner = value.kind === 'tuple' && written.startsWith('(') ? written.slice(1, -1).replace(/,\s*$/, '') : undefined;
  const allTuples = value.kind === 'tuple' && value.complete && value.items.every(({ kind }) => kind === 'tuple' || kind === 'object');
  yield {
    span,
    message: `found ${found}, expected a list of inputs`,
    fixes:
      object?.kind === 'identified'
        ? [{ title: 'Put it into a list', edits: [{ uri, span, newText: `[${written}]` }], preferred: true }]
        : value.kind !== 'tuple' || inner === undefined
          ? []
          : [
              {
                title: allTuples ? 'Make it a list' : 'Put it into a list',
                edits: [{ uri, span, newText: allTuples ? `[${inner}]` : `[${written}]` }],
                preferred: true,
              },
            ],
  };
}

function problemOfElement({ span, value, form }: InputElement, isSql: boolean, context: RuleContext): Problem | undefined {
  switch (form) {
    case 'tuple':
      return value.kind === 'tuple' ? problemOfTuple(span, value.items, value.complete, isSql) : undefined;
    case 'string':
      return value.kind === 'string' && value.text.isConstant ? problemOfString(span, value.text.value, isSql, context) : undefined;
    case 'other': {
      const found = describe(value);
      return found === undefined ? undefined : { span, message: `found ${found}, expected a tuple of name and variant` };
    }
    case 'object':
    case 'symbol':
      return undefined;
  }
}

function problemOfTuple(span: InputElement['span'], items: readonly Value[], complete: boolean, isSql: boolean): Problem | undefined {
  if (!complete) return undefined;
  const [name, variant] = items;
  if (items.length !== 2 || name === undefined || variant === undefined) {
    return { span, message: `found a tuple of ${items.length}, expected name and variant` };
  }
  const wrong = [name, variant].find((item) => item.kind !== 'string' && item.kind !== 'symbol' && item.kind !== 'module');
  if (wrong !== undefined) {
    const found = wrong.kind === 'object' ? 'an object, which already has its variant,' : describe(wrong);
    return found === undefined ? undefined : { span, message: `found ${found} in the tuple, expected the texts of name and variant` };
  }
  if (isSql && variant.kind === 'string' && variant.text.value === '') {
    const text = name.kind === 'string' ? (name.text.isConstant ? name.text.value : '…') : '…';
    return { span, message: `the variant is empty, which the query reads as "{{${text}.}}"` };
  }
  return undefined;
}

function problemOfString(span: InputElement['span'], text: string, isSql: boolean, context: RuleContext): Problem | undefined {
  const [name = '', variant, ...more] = text.split('.');
  if (variant !== undefined) {
    return {
      span,
      message: `"${text}" is taken as a name, expected a tuple of name and variant`,
      fixes: name === '' || variant === '' || more.length > 0 ? [] : splitFix(span, name, variant, context),
    };
  }
  if (!isSql) return undefined;
  const message = `found the text "${text}", which the query reads as "{{${text.charAt(0)}.${text.charAt(1)}}}", expected a tuple of name and variant`;
  return { span, message };
}

function splitFix(span: InputElement['span'], name: string, variant: string, context: RuleContext): readonly Fix[] {
  const written = context.file.text.slice(span.start, span.end);
  const quote = written.charAt(0);
  if (written !== `${quote}${name}.${variant}${quote}`) return [];
  const newText = `(${quote}${name}${quote}, ${quote}${variant}${quote})`;
  return [{ title: `Change to ${newText}`, edits: [{ uri: context.file.uri, span, newText }], preferred: true }];
}

function* unknownAliases({ sql, inputs, function: definition }: Resource, context: RuleContext): Generator<Problem> {
  if (sql === undefined || inputs?.elements === undefined || inputs.elements.length === 0 || definition === undefined) return;
  const names = definition.parameters.map(({ name }) => name);
  for (const template of sql.scan.templates) {
    const { inner, innerSpan } = template;
    if (template.parts.length !== 1 || isSymbolic(template) || !isPlainWord(inner) || names.includes(inner)) continue;
    const place = placed(context, sql.text.sourceLocation(innerSpan), sql.span);
    const [nearest] = nearestNames(inner, names, 1);
    const newText = nearest ?? (names.length === 1 ? names[0] : undefined);
    const isVerbatim = place.related === undefined && context.file.text.slice(place.span.start, place.span.end) === inner;
    yield {
      ...place,
      message:
        names.length === 0
          ? `"${inner}" is no parameter, and "${definition.name}" has none that could stand for an input`
          : `"${inner}" is no parameter, expected ${quotedList(names, 'or')}`,
      fixes:
        newText === undefined || !isVerbatim
          ? []
          : [
              {
                title: `Change to "${newText}"`,
                edits: [{ uri: context.file.uri, span: place.span, newText }],
                preferred: nearest !== undefined,
              },
            ],
    };
  }
}

/** `f"… {payments} …"` where `payments` is a parameter that nothing rebinds. */
function* interpolatedInputs({ inputs, function: definition }: Resource, context: RuleContext): Generator<Problem> {
  if (definition === undefined || definition.parameters.length === 0 || inputs?.elements?.length === 0) return;
  const statements = statementsWithin(definition.body, 'skipNested');
  const rebound = new Set(statements.flatMap((statement) => (statement.kind === 'assign' ? statement.targets.map(nameOf) : [])));
  const inputNames = new Set(definition.parameters.map(({ name }) => name).filter((name) => !rebound.has(name)));
  for (const statement of statements) {
    if (statement.kind !== 'return' && statement.kind !== 'assign') continue;
    for (const expression of expressionsOf(statement).flatMap(expressionsWithin)) {
      if (expression.kind !== 'formattedString') continue;
      for (const part of expression.parts) {
        if (part.kind !== 'replacement' || part.expression.kind !== 'name' || !inputNames.has(part.expression.name)) continue;
        const { name } = part.expression;
        const { text, uri } = context.file;
        yield {
          span: part.span,
          message: `"${name}" is an input object and not text, expected "{{{{${name}}}}}"`,
          fixes: [
            {
              title: `Replace with "{{{{${name}}}}}"`,
              edits: [{ uri, span: withBraces(part.span, text), newText: `{{{{${name}}}}}` }],
              preferred: true,
            },
          ],
        };
      }
    }
  }
}

/** The replacement with the doubled braces that stand around it already: `{{{payments}}}`. */
function withBraces({ start, end }: Span, text: string): Span {
  let before = start;
  let behind = end;
  while (text[before - 1] === '{') before--;
  while (text[behind] === '}') behind++;
  return { start: before, end: behind };
}

function nameOf(target: Expression): string | undefined {
  return target.kind === 'name' ? target.name : undefined;
}

/** In words, where it is sure that Featureform does not take it. */
function describe(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return 'a text';
    case 'function':
      // A decorator that is not known may have made anything of it.
      return value.definition.decorators.length > 0 ? undefined : `the function "${value.definition.name}"`;
    case 'class':
      return `the class "${value.definition.name}"`;
    default:
      return describeValue(value);
  }
}
