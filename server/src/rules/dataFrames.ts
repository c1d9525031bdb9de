// What is sure to be a DataFrame inside the function of a DataFrame transformation, and what is sure to be something else.
// Columns and types are no concern here, only what kind of object a chain of methods ends with.

import type { Expression, FunctionDefinition, Statement } from '../python/ast';
import { blocksOf, expressionsOf, forEachPart, statementsWithin, withoutParentheses } from '../python/walk';

/** `other` is known to be neither; `unknown` may be anything. */
export type ObjectKind = 'dataFrame' | 'groupedData' | 'other' | 'unknown';

export interface Chain {
  readonly kind: ObjectKind;
  /** True when nothing in the chain does anything but make a new object. */
  readonly pure: boolean;
  /** The variable the chain begins with. */
  readonly root: string;
  /** The last method or attribute, for messages; undefined for the variable alone. */
  readonly last: string | undefined;
}

const TO_DATA_FRAME = words(`agg alias coalesce crossJoin crosstab describe distinct drop dropDuplicates drop_duplicates
  dropDuplicatesWithinWatermark dropna exceptAll fillna filter freqItems hint intersect intersectAll join limit offset orderBy
  repartition repartitionByRange replace sample sampleBy select selectExpr sort sortWithinPartitions subtract summary to toDF union
  unionAll unionByName unpivot melt where withColumn withColumnRenamed withColumns withColumnsRenamed withMetadata withWatermark`);

const TO_GROUPED_DATA = words('groupBy groupby groupingSets rollup cube');

/** They give a DataFrame too, but are called for what they do. */
const WITH_EFFECT = words('cache persist unpersist checkpoint localCheckpoint');

const TO_OTHER =
  words(`approxQuantile collect columns corr count cov createGlobalTempView createOrReplaceGlobalTempView createOrReplaceTempView
  createTempView dtypes explain first foreach foreachPartition head inputFiles isEmpty isLocal isStreaming printSchema rdd registerTempTable
  sameSemantics schema semanticHash show storageLevel tail take toJSON toLocalIterator toPandas write writeStream writeTo`);

const GROUPED_TO_DATA_FRAME = words('agg apply applyInPandas avg count max mean min sum');

/** `df.na.fill(…)`, `df.stat.freqItems(…)` */
const ACCESSORS = words('na stat');
const ACCESSOR_TO_DATA_FRAME = words('crosstab drop fill freqItems replace sampleBy');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** The variables of a function that hold a DataFrame whatever path is taken. */
export class DataFrameVariables {
  private readonly names: ReadonlySet<string>;

  constructor(definition: FunctionDefinition) {
    const names = new Set(
      definition.parameters.filter(({ kind }) => kind === 'positional' || kind === 'positionalOnly').map(({ name }) => name),
    );
    const bindings = bindingsOf(definition.body);
    for (const name of bindings.keys()) names.add(name);
    // What was taken for a DataFrame and is bound to something else falls out, until nothing changes any more.
    for (let before = -1; before !== names.size;) {
      before = names.size;
      for (const [name, values] of bindings) {
        if (values.some((value) => value === undefined || chainOf(value, names)?.kind !== 'dataFrame')) names.delete(name);
      }
    }
    this.names = names;
  }

  /** The chain of methods that the expression is, if it begins with such a variable. */
  chain(expression: Expression): Chain | undefined {
    return chainOf(expression, this.names);
  }
}

function chainOf(expression: Expression, variables: ReadonlySet<string>): Chain | undefined {
  const node = withoutParentheses(expression);
  switch (node.kind) {
    case 'name':
      return variables.has(node.name) ? { kind: 'dataFrame', pure: true, root: node.name, last: undefined } : undefined;
    case 'call': {
      const callee = withoutParentheses(node.callee);
      if (callee.kind !== 'attribute') return undefined;
      const accessor = withoutParentheses(callee.object);
      if (accessor.kind === 'attribute' && ACCESSORS.has(accessor.name)) {
        const on = chainOf(accessor.object, variables);
        return on?.kind === 'dataFrame' && ACCESSOR_TO_DATA_FRAME.has(callee.name) ? { ...on, last: callee.name } : unknown(on);
      }
      const on = chainOf(callee.object, variables);
      return on === undefined ? undefined : { root: on.root, last: callee.name, ...afterMethod(on, callee.name) };
    }
    case 'attribute': {
      const on = chainOf(node.object, variables);
      if (on === undefined) return undefined;
      const other = on.kind === 'dataFrame' && TO_OTHER.has(node.name);
      return { root: on.root, last: node.name, kind: other ? 'other' : 'unknown', pure: false };
    }
    default:
      return undefined;
  }
}

function afterMethod({ kind, pure }: Chain, method: string): Pick<Chain, 'kind' | 'pure'> {
  if (kind === 'dataFrame') {
    if (TO_GROUPED_DATA.has(method)) return { kind: 'groupedData', pure };
    if (TO_DATA_FRAME.has(method)) return { kind: 'dataFrame', pure };
    if (WITH_EFFECT.has(method)) return { kind: 'dataFrame', pure: false };
    if (TO_OTHER.has(method)) return { kind: 'other', pure: false };
  }
  if (kind === 'groupedData') {
    if (GROUPED_TO_DATA_FRAME.has(method)) return { kind: 'dataFrame', pure };
    if (method === 'pivot') return { kind: 'groupedData', pure };
  }
  return { kind: 'unknown', pure: false };
}

function unknown(chain: Chain | undefined): Chain | undefined {
  return chain === undefined ? undefined : { ...chain, kind: 'unknown', pure: false };
}

/** Every value a name is bound to in the function, `undefined` for a binding whose value is not a plain expression. */
function bindingsOf(body: readonly Statement[]): ReadonlyMap<string, readonly (Expression | undefined)[]> {
  const bindings = new Map<string, (Expression | undefined)[]>();
  const bind = (name: string, value: Expression | undefined): void => {
    const values = bindings.get(name);
    if (values === undefined) bindings.set(name, [value]);
    else values.push(value);
  };
  const bindTarget = (target: Expression, value: Expression | undefined): void => {
    const node = withoutParentheses(target);
    if (node.kind === 'name') bind(node.name, value);
    else if (node.kind === 'tuple' || node.kind === 'list') for (const item of node.items) bindTarget(item, undefined);
    else if (node.kind === 'starred') bindTarget(node.value, undefined);
  };
  const bindNamed = (expression: Expression): void => {
    if (expression.kind === 'named') bindTarget(expression.target, expression.value);
    forEachPart(expression, bindNamed, undefined);
  };
  // Nested functions are entered: one may rebind by `nonlocal`, and what it merely shadows is no loss to leave out.
  for (const statement of statementsWithin(body, 'enterNested')) {
    switch (statement.kind) {
      case 'assign':
        if (statement.value !== undefined) for (const target of statement.targets) bindTarget(target, statement.value);
        break;
      case 'augmentedAssign':
        bindTarget(statement.target, undefined);
        break;
      case 'for':
        bindTarget(statement.target, undefined);
        break;
      case 'with':
        for (const { target } of statement.items) if (target !== undefined) bindTarget(target, undefined);
        break;
      case 'delete':
        for (const target of statement.targets) bindTarget(target, undefined);
        break;
      case 'try':
        for (const { name } of statement.handlers) if (name !== undefined) bind(name, undefined);
        break;
      case 'match':
        for (const { captures } of statement.cases) for (const { name } of captures) bind(name, undefined);
        break;
      case 'import':
      case 'importFrom':
        for (const { name, alias } of statement.names) bind(alias ?? name.split('.')[0] ?? name, undefined);
        break;
      case 'function':
        bind(statement.name, undefined);
        for (const parameter of statement.parameters) bind(parameter.name, undefined);
        break;
      case 'class':
        bind(statement.name, undefined);
        break;
      case 'global':
      case 'nonlocal':
        for (const { name } of statement.names) bind(name, undefined);
        break;
      default:
        break;
    }
    for (const expression of expressionsOf(statement)) bindNamed(expression);
  }
  return bindings;
}

/** True when a part of the function did not parse, so that what it does is a guess. */
export function isBroken(
  definition: FunctionDefinition,
  problems: readonly { readonly span: { readonly start: number; readonly end: number } }[],
): boolean {
  // Whatever did not parse is a problem somewhere.
  if (problems.length === 0) return false;
  const { start, end } = definition.span;
  if (problems.some(({ span }) => span.start <= end && span.end >= start)) return true;
  return hasInvalid(definition.body);
}

function hasInvalid(statements: readonly Statement[]): boolean {
  return statements.some((statement) => statement.kind === 'invalidStatement' || hasInvalid(blocksOf(statement)));
}
