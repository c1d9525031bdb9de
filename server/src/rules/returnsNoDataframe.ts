import type { Resource } from '../definitions/resources';
import type { Expression, FunctionDefinition, ReturnStatement, Statement } from '../python/ast';
import type { Value } from '../python/values';
import { blocksOf, expressionsOf, partsOf, statementsWithin, withoutParentheses } from '../python/walk';
import { DataFrameVariables, isBroken } from './dataFrames';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { sparkFunctionOf } from './sparkFunctions';
import { describeValue } from './wording';

export const returnsNoDataframe: Rule = {
  id: 'returns-no-dataframe',
  severity: 'error',
  documentation: {
    summary: 'A transformation does not return what it must: a DataFrame, or for SQL a query.',
    details: `The cluster stops a DataFrame transformation that returns \`None\` or anything but a DataFrame, such as the \`GroupedData\` that
\`groupBy\` gives. The client calls a SQL function when the file is applied and refuses anything but a string that is not empty.
An \`async\` function returns a coroutine, and a function that yields a generator: neither is what is expected.

The rule speaks only when no way through the function returns the right thing, or when what one \`return\` gives is certain.`,
    bad: `@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def totals(df):
    df = df.groupBy("user").count()`,
    good: `@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def totals(df):
    df = df.groupBy("user").count()
    return df`,
    covers: ['D1', 'D11'],
  },
  *check(context) {
    for (const resource of context.file.definitions.resources) {
      const { kind, function: definition } = resource;
      if (definition === undefined || (kind !== 'dataframe-transformation' && kind !== 'sql-transformation')) continue;
      // Another decorator may make of the function whatever it likes.
      if (definition.decorators.length > 1 || isBroken(definition, context.file.module.problems)) continue;
      const expected = kind === 'sql-transformation' ? 'a SQL string' : 'a DataFrame';
      const whole = problemOfFunction(definition, expected, context);
      if (whole !== undefined) yield whole;
      else if (kind === 'sql-transformation') yield* sqlReturns(resource);
      else yield* dataFrameReturns(definition, sparkFunctionOf(resource) !== undefined);
    }
  },
};

function problemOfFunction(definition: FunctionDefinition, expected: string, context: RuleContext): Problem | undefined {
  const { name, nameSpan: span } = definition;
  if (definition.async) return { span, message: `"${name}" is async and returns a coroutine, expected ${expected}` };
  if (yields(definition, context)) return { span, message: `"${name}" is a generator, expected ${expected}` };
  if (returnsOf(definition).length > 0 || alwaysRaises(definition.body)) return undefined;
  return { span, message: `"${name}" returns nothing, expected ${expected}`, fixes: returnLast(definition, context) };
}

function* sqlReturns({ sql, returned = [] }: Resource): Generator<Problem> {
  if (sql?.text.value === '') yield { span: sql.span, message: 'the query is empty, expected a SQL string' };
  for (const { value, span } of returned) {
    const found = value === undefined ? 'a return without a value' : isBytes(value) ? 'bytes' : describeValue(value);
    if (found !== undefined) yield { span, message: `found ${found}, expected a SQL string` };
  }
}

function isBytes(value: Value): boolean {
  return value.kind === 'symbol' && value.expression?.kind === 'string' && value.expression.prefix.includes('b');
}

function* dataFrameReturns(definition: FunctionDefinition, onSpark: boolean): Generator<Problem> {
  const variables = new DataFrameVariables(definition);
  for (const statement of returnsOf(definition)) {
    const { value } = statement;
    if (value === undefined) {
      yield { span: statement.span, message: 'found a return without a value, expected a DataFrame' };
      continue;
    }
    const chain = onSpark ? variables.chain(value) : undefined;
    const found =
      chain?.kind === 'groupedData'
        ? `the GroupedData of "${chain.last ?? ''}"`
        : chain?.kind === 'other'
          ? `what "${chain.last ?? ''}" gives`
          : describeLiteral(value);
    if (found !== undefined) yield { span: value.span, message: `found ${found}, expected a DataFrame` };
  }
}

/** The returns of the function itself, in text order. */
function returnsOf({ body }: FunctionDefinition): readonly ReturnStatement[] {
  return statementsWithin(body, 'skipNested').filter((statement) => statement.kind === 'return');
}

function yields({ body, bodySpan }: FunctionDefinition, context: RuleContext): boolean {
  // Looking at every expression of every function is dear, and the word is rare.
  if (!context.file.text.slice(bodySpan.start, bodySpan.end).includes('yield')) return false;
  return statementsWithin(body, 'skipNested').some(
    (statement) => statement.kind !== 'function' && statement.kind !== 'class' && expressionsOf(statement).some(hasYield),
  );
}

function hasYield(expression: Expression): boolean {
  // A lambda that yields is a generator of its own.
  return expression.kind === 'yield' || (expression.kind !== 'lambda' && partsOf(expression).some(hasYield));
}

/** True when the end of the block may never be reached because something is raised on the way. */
function alwaysRaises(body: readonly Statement[]): boolean {
  return body.some(
    (statement) =>
      statement.kind === 'raise' ||
      ((statement.kind === 'if' || statement.kind === 'try' || statement.kind === 'with' || statement.kind === 'while') &&
        alwaysRaises(blocksOf(statement))),
  );
}

function returnLast(definition: FunctionDefinition, context: RuleContext): readonly Fix[] {
  const last = definition.body.at(-1);
  if (last?.kind !== 'expression') return [];
  if (new DataFrameVariables(definition).chain(last.expression)?.kind !== 'dataFrame') return [];
  const span = { start: last.span.start, end: last.span.start };
  return [
    { title: 'Return the result of the last statement', edits: [{ uri: context.file.uri, span, newText: 'return ' }], preferred: true },
  ];
}

function describeLiteral(expression: Expression): string | undefined {
  const node = withoutParentheses(expression);
  switch (node.kind) {
    case 'constant':
      return node.value === null ? 'None' : node.value === 'ellipsis' ? '...' : 'a boolean';
    case 'number':
      return 'a number';
    case 'string':
    case 'formattedString':
    case 'concatenatedString':
      return 'a string';
    case 'tuple':
    case 'list':
    case 'set':
      return `a ${node.kind}`;
    case 'dict':
      return 'a dictionary';
    case 'lambda':
      return 'a function';
    case 'comprehension':
      return node.form === 'generator' ? 'a generator' : node.form === 'dict' ? 'a dictionary' : `a ${node.form}`;
    default:
      return undefined;
  }
}
