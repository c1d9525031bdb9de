import type { Resource } from '../definitions/resources';
import type { Parameter } from '../python/ast';
import type { Span } from '../text/span';
import { isMisspelt } from './registrations';
import type { Problem, Rule } from './rule';
import { mayHaveInputs } from './sourceNames';
import { counted, quotedList } from './wording';

export const inputCountMismatch: Rule = {
  id: 'input-count-mismatch',
  severity: 'error',
  documentation: {
    summary: 'A transformation has more parameters than inputs, or fewer.',
    details: `Inputs are given to the function by position, one for each parameter. The client refuses a parameter without an input, and for SQL an
input without a parameter too; a DataFrame transformation with too many inputs fails on the cluster with a \`TypeError\`.

A SQL function without any parameter may have any number of inputs.`,
    bad: `@spark.df_transformation(inputs=[("payments", "v1")], variant="v1")
def joined(payments, refunds):
    return payments.join(refunds, "id")`,
    good: `@spark.df_transformation(inputs=[("payments", "v1"), ("refunds", "v1")], variant="v1")
def joined(payments, refunds):
    return payments.join(refunds, "id")`,
    covers: ['D2', 'D3'],
  },
  *check({ file }) {
    for (const resource of file.definitions.resources) {
      const problem = mismatchOf(resource);
      if (problem !== undefined) yield problem;
    }
  },
};

function mismatchOf(resource: Resource): Problem | undefined {
  const { kind, function: definition, inputs, registration } = resource;
  const isSql = kind === 'sql-transformation';
  if (definition === undefined || (!isSql && kind !== 'dataframe-transformation')) return undefined;
  const { parameters } = definition;
  // A starred parameter takes any number. A method of a class is bound before it is called.
  if (parameters.some((parameter) => !isPositional(parameter)) || parameters[0]?.name === 'self') return undefined;
  const elements = mayHaveInputs(resource) ? inputs?.elements : [];
  if (elements === undefined || (isSql && parameters.length === 0)) return undefined;
  const missing = parameters.slice(elements.length);
  if (missing.length > 0) {
    if (inputs === undefined && registration !== undefined && isMisspelt('inputs', registration)) return undefined;
    // A default does not travel to the cluster, and the rule for that has spoken of it.
    if (!isSql && missing.every((parameter) => parameter.default !== undefined)) return undefined;
    const verb = missing.length === 1 ? 'has' : 'have';
    return {
      span: across(missing),
      message: `${quotedList(missing.map(({ name }) => name))} ${verb} no input, expected ${counted(parameters.length, 'input')} and found ${elements.length}`,
    };
  }
  const surplus = elements.slice(parameters.length);
  if (surplus.length === 0) return undefined;
  return {
    span: across(surplus),
    message: `"${definition.name}" takes ${counted(parameters.length, 'input')}, found ${elements.length}`,
  };
}

function isPositional({ kind }: Parameter): boolean {
  return kind === 'positional' || kind === 'positionalOnly';
}

function across(items: readonly { readonly span: Span }[]): Span {
  return { start: items[0]?.span.start ?? 0, end: items.at(-1)?.span.end ?? 0 };
}
