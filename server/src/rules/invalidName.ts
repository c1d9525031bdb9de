import { argumentOf, constantText } from '../definitions/arguments';
import type { ColumnMention, Resource, WrittenName } from '../definitions/resources';
import type { Span } from '../text/span';
import { contentSpan } from './registrations';
import type { Problem, Rule, RuleContext } from './rule';
import { isStoredOnSpark } from './storedOnSpark';

export const invalidName: Rule = {
  id: 'invalid-name',
  severity: 'error',
  documentation: {
    summary: 'A name or variant holds characters that the backend refuses, or a column name is no plain identifier.',
    details: `The backend refuses every name and variant that begins or ends with an underscore or holds two in a row: it joins names
with double underscores. A period or a slash is accepted at first, but a period breaks templates and makes folders look like
files, and a slash breaks paths. The names of columns are put into the SQL of training sets without quotes, so that a space or
a hyphen makes it fail, or makes it mean something else.`,
    bad: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="_transactions", variant="v1.2", file_path="s3://bucket/transactions.parquet")`,
    good: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="transactions", variant="v1_2", file_path="s3://bucket/transactions.parquet")`,
    covers: ['N1', 'N5', 'F9'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { resources, registrations } = context.file.definitions;
    const said = new Set<number>();
    for (const resource of resources) {
      for (const problem of [...checkIds(resource), ...checkColumns(resource, context)]) {
        if (said.has(problem.span.start)) continue;
        said.add(problem.span.start);
        yield problem;
      }
    }
    for (const registration of registrations) {
      if (registration.callable !== 'set_run') continue;
      const run = argumentOf(registration, 'run');
      const text = constantText(run?.value);
      if (run === undefined || text === undefined) continue;
      yield* checkText(text, contentSpan(run, context.file.uri), 'run', true);
    }
  },
};

/** Types whose names become parts of paths and templates. */
export const filed: ReadonlySet<Resource['type']> = new Set(['source', 'feature', 'label', 'training-set']);

function* checkIds(resource: Resource): Iterable<Problem> {
  const inPaths = filed.has(resource.type);
  yield* checkWritten(resource.name, 'name', inPaths);
  if (resource.variant?.kind === 'written') yield* checkWritten(resource.variant.name, 'variant', inPaths);
}

function* checkWritten(name: WrittenName, what: string, inPaths: boolean): Iterable<Problem> {
  if (name.text !== undefined) yield* checkText(name.text, name.span, what, inPaths);
}

function* checkText(text: string, span: Span, what: string, inPaths: boolean): Iterable<Problem> {
  const flaw = nameFlaw(text, inPaths);
  if (flaw !== undefined) yield { span, message: `the ${what} "${text}" ${flaw}` };
}

/** What is wrong with a name or a variant, as the rest of a sentence about it. */
export function nameFlaw(text: string, inPaths: boolean): string | undefined {
  if (text.startsWith('_')) return 'begins with an underscore, which the backend refuses';
  if (text.endsWith('_')) return 'ends with an underscore, which the backend refuses';
  if (text.includes('__')) return 'holds two underscores in a row, which the backend refuses';
  if (!inPaths) return undefined;
  if (text.includes('://')) return 'is a location, which is another argument';
  if (text.includes('.')) return 'holds a period, which separates name and variant in templates';
  if (text.includes('/')) return 'holds a slash, which separates folders in paths';
  return undefined;
}

function* checkColumns(resource: Resource, context: RuleContext): Iterable<Problem> {
  const columns = (resource.columns ?? []).filter((column) => column.name.text !== undefined && !isPlain(column.name.text));
  if (columns.length === 0 || !isStoredOnSpark(resource, context.snapshot)) return;
  for (const { name, role } of columns) {
    yield {
      span: name.span,
      message: `the ${roleText(role)} "${name.text ?? ''}" is no plain identifier; it is put into SQL without quotes, so rename the column in a transformation`,
    };
  }
}

function roleText(role: ColumnMention['role']): string {
  if (role === 'include' || role === 'exclude') return 'column';
  return `${role} column`;
}

/** Letters, digits and underscores, fields of structs, names in backticks; an expression with parentheses is left alone. */
function isPlain(column: string): boolean {
  if (column === '' || column.includes('(')) return true;
  return column.split('.').every((part) => /^`[^`]+`$/.test(part) || (/^\w+$/.test(part) && !/^\d+$/.test(part)));
}
