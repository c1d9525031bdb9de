import type { InputElement, Resource } from '../definitions/resources';
import type { Expression, FunctionDefinition, Parameter } from '../python/ast';
import { expressionsOf, forEachPart, statementsWithin, withoutParentheses } from '../python/walk';
import { isBroken } from './dataFrames';
import { placed } from './mentions';
import type { Problem, Rule, RuleContext } from './rule';
import { isPlainWord, isSymbolic } from './templateFlaws';
import { templatesInLiterals } from './templatesInLiterals';

export const unusedInput: Rule = {
  id: 'unused-input',
  severity: 'hint',
  documentation: {
    summary: 'A transformation loads an input that it does not read, or loads one twice.',
    details: `Every input is loaded before the transformation runs, whether it is read or not, and every \`{{…}}\` of a query is an input of its own:
a table that stands twice in a query is loaded twice. Read it once in a \`WITH\` clause. A template that only qualifies a column,
\`{{payments.v1}}.amount\`, is not counted.

A parameter whose name begins with an underscore is meant to be unused.`,
    bad: `@spark.df_transformation(inputs=[("payments", "v1"), ("refunds", "v1")], variant="v1")
def totals(payments, refunds):
    return payments.groupBy("user").count()`,
    good: `@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def totals(payments):
    return payments.groupBy("user").count()`,
    covers: ['T14'],
  },
  *check(context) {
    for (const resource of context.file.definitions.resources) {
      const { kind, function: definition } = resource;
      if (definition === undefined || isBroken(definition, context.file.module.problems)) continue;
      if (kind === 'dataframe-transformation') yield* unreadParameters(definition);
      if (kind === 'sql-transformation') {
        yield* unreadInputs(resource, definition, context);
        yield* repeatedTemplates(resource, context);
      }
      yield* repeatedInputs(resource, context);
    }
  },
};

function* unreadParameters(definition: FunctionDefinition): Generator<Problem> {
  if (definition.parameters.length === 0) return;
  // A function that returns nothing is not written yet, or has a problem of its own.
  if (!statementsWithin(definition.body, 'skipNested').some(({ kind }) => kind === 'return')) return;
  const read = namesRead(definition);
  // A function that looks at its own variables by other means may read anything.
  if (['locals', 'vars', 'eval', 'exec'].some((name) => read.has(name))) return;
  for (const parameter of definition.parameters) {
    if (!isInput(parameter) || read.has(parameter.name)) continue;
    yield { span: parameter.nameSpan, message: `the input "${parameter.name}" is never read`, unnecessary: true };
  }
}

/** An input that the query names neither by its parameter nor by its own id. */
function* unreadInputs({ sql, inputs }: Resource, definition: FunctionDefinition, context: RuleContext): Generator<Problem> {
  if (definition.parameters.length === 0 || sql === undefined || sql.conditional || !sql.text.isConstant) return;
  const aliases = new Set(sql.scan.templates.map(({ inner }) => inner));
  // A name that is no parameter was meant for one of them: which one is not known.
  if ([...aliases].some((alias) => isPlainWord(alias) && !definition.parameters.some(({ name }) => name === alias))) return;
  const read = namesRead(definition);
  const { snapshot } = context;
  for (const [position, element] of (inputs?.elements ?? []).entries()) {
    const parameter = definition.parameters[position];
    if (parameter === undefined || !isInput(parameter)) continue;
    if (aliases.has(parameter.name) || read.has(parameter.name) || isNamed(element)) continue;
    yield { span: parameter.nameSpan, message: `the input "${parameter.name}" is never read`, unnecessary: true };
  }

  function isNamed({ reference }: InputElement): boolean {
    if (reference?.variant.kind !== 'written') return reference === undefined;
    const key = snapshot.keyOf(reference).slice('source:'.length);
    return aliases.has(key);
  }
}

function* repeatedTemplates(resource: Resource, context: RuleContext): Generator<Problem> {
  const { sql, references } = resource;
  if (sql === undefined) return;
  // Of those the rule for templates in literals speaks.
  const inLiterals = templatesInLiterals(resource);
  const seen = new Set<string>();
  for (const reference of references) {
    const { template } = reference;
    if (template === undefined || isSymbolic(template) || sql.text.value[template.span.end] === '.' || inLiterals.has(template)) continue;
    const key = context.snapshot.keyOf(reference);
    if (seen.has(key)) {
      const written = sql.text.value.slice(template.span.start, template.span.end);
      yield { ...placed(context, sql.text.sourceLocation(template.span), sql.span), message: `"${written}" is loaded twice` };
    }
    seen.add(key);
  }
}

function* repeatedInputs({ inputs }: Resource, context: RuleContext): Generator<Problem> {
  const seen = new Set<string>();
  for (const { reference, span } of inputs?.elements ?? []) {
    if (reference === undefined) continue;
    const key = context.snapshot.keyOf(reference);
    if (seen.has(key)) yield { span, message: 'the same input is loaded twice' };
    seen.add(key);
  }
}

function isInput({ kind, name }: Parameter): boolean {
  return (kind === 'positional' || kind === 'positionalOnly') && !name.startsWith('_');
}

/** Every name that the body reads anywhere, also in nested functions; names that are only assigned to are left out. */
function namesRead(definition: FunctionDefinition): ReadonlySet<string> {
  const names = new Set<string>();
  const read = (expression: Expression): void => {
    if (expression.kind === 'name') names.add(expression.name);
    forEachPart(expression, read, undefined);
  };
  const assign = (target: Expression): void => {
    const node = withoutParentheses(target);
    if (node.kind === 'name') return;
    if (node.kind === 'tuple' || node.kind === 'list') node.items.forEach(assign);
    else forEachPart(node, read, undefined);
  };
  for (const statement of statementsWithin(definition.body, 'enterNested')) {
    if (statement.kind === 'assign') {
      statement.targets.forEach(assign);
      if (statement.value !== undefined) read(statement.value);
    } else if (statement.kind === 'for') {
      assign(statement.target);
      read(statement.iterable);
    } else expressionsOf(statement).forEach(read);
  }
  return names;
}
