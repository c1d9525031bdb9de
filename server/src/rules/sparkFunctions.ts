// Which DataFrame transformations are sure to be given Spark's DataFrames. Other providers call their functions with pandas
// frames, of which methods of the same name do other things, or on this machine, where the whole file is in reach.

import type { Resource } from '../definitions/resources';
import type { FunctionDefinition } from '../python/ast';

/** The function of a DataFrame transformation that runs on Spark. */
export function sparkFunctionOf(resource: Resource): FunctionDefinition | undefined {
  const { kind, provider, function: definition } = resource;
  if (kind !== 'dataframe-transformation' || definition === undefined) return undefined;
  if (provider?.class !== undefined) return provider.class === 'OfflineSparkProvider' ? definition : undefined;
  return /spark|emr/i.test(receiverName(definition)) ? definition : undefined;
}

/** What an object that only the run time knows is called: `spark` in `@spark.df_transformation()` and `@context.spark.df_transformation()`. */
function receiverName(definition: FunctionDefinition): string {
  for (const { expression } of definition.decorators) {
    const callee = expression.kind === 'call' ? expression.callee : expression;
    if (callee.kind !== 'attribute' || callee.name !== 'df_transformation') continue;
    const { object } = callee;
    return object.kind === 'name' || object.kind === 'attribute' ? object.name : '';
  }
  return '';
}
