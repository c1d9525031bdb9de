import type { ExpressionStatement, FunctionDefinition, Statement } from '../python/ast';
import { blocksOf, withoutParentheses } from '../python/walk';
import { DataFrameVariables, isBroken, type Chain } from './dataFrames';
import type { Fix, Rule, RuleContext } from './rule';
import { sparkFunctionOf } from './sparkFunctions';

export const discardedDataframe: Rule = {
  id: 'discarded-dataframe',
  severity: 'warning',
  documentation: {
    summary: 'A new DataFrame is made and thrown away.',
    details: `The methods of a DataFrame leave it as it is and give a new one. A statement that only calls them has no effect: the function goes on with
the old DataFrame, and the transformation silently returns its input unchanged. Assign the result or return it.

Methods that are called for what they do (\`show\`, \`cache\`, \`write\`, \`createOrReplaceTempView\` and the like) are not reported, nor is anything in the
transformations of providers that work with pandas.`,
    bad: `@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def totals(df):
    df.groupBy("user").count()
    return df`,
    good: `@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def totals(df):
    df = df.groupBy("user").count()
    return df`,
    covers: ['D12'],
  },
  *check(context) {
    const { definitions, module } = context.file;
    for (const resource of definitions.resources) {
      const definition = sparkFunctionOf(resource);
      if (definition === undefined || isBroken(definition, module.problems)) continue;
      const variables = new DataFrameVariables(definition);
      const returnsNothing = !hasReturn(definition.body);
      for (const { statement, followed } of discardable(definition.body)) {
        const chain = variables.chain(statement.expression);
        if (chain?.last === undefined || !chain.pure || (chain.kind !== 'dataFrame' && chain.kind !== 'groupedData')) continue;
        // The last statement of a function without a return was meant as its result: that rule speaks.
        if (returnsNothing && !followed && definition.body.includes(statement)) continue;
        yield {
          span: statement.expression.span,
          message: `the result of "${chain.last}" is discarded and "${chain.root}" stays as it was, expected it to be assigned or returned`,
          fixes: fixesFor(statement, chain, definition, context),
        };
      }
    }
  },
};

interface Discardable {
  readonly statement: ExpressionStatement;
  /** True when another statement follows in the same block. */
  readonly followed: boolean;
}

function* discardable(statements: readonly Statement[]): Generator<Discardable> {
  for (const [index, statement] of statements.entries()) {
    if (statement.kind === 'expression') yield { statement, followed: index + 1 < statements.length };
    if (statement.kind !== 'function' && statement.kind !== 'class') yield* discardable(blocksOf(statement));
  }
}

function hasReturn(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'return') return true;
    return statement.kind !== 'function' && statement.kind !== 'class' && hasReturn(blocksOf(statement));
  });
}

function fixesFor(statement: ExpressionStatement, chain: Chain, definition: FunctionDefinition, context: RuleContext): readonly Fix[] {
  if (chain.kind !== 'dataFrame') return [];
  const { uri } = context.file;
  const at = { start: statement.span.start, end: statement.span.start };
  const next = definition.body[definition.body.indexOf(statement) + 1];
  const returned = next?.kind === 'return' && next.value !== undefined ? withoutParentheses(next.value) : undefined;
  const returnsOld = returned?.kind === 'name' && returned.name === chain.root;
  const assign = {
    title: `Assign the result to "${chain.root}"`,
    edits: [{ uri, span: at, newText: `${chain.root} = ` }],
    preferred: returnsOld,
  };
  if (!returnsOld || next === undefined) return [assign];
  const edits = [
    { uri, span: at, newText: 'return ' },
    { uri, span: { start: statement.span.end, end: next.span.end }, newText: '' },
  ];
  return [assign, { title: 'Return the result', edits, preferred: false }];
}
