import type { BoundArgument, Registration } from '../definitions/resources';
import type { StringValue } from '../python/values';
import { shortName } from './registrations';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { isPlaceholder } from './placeholders';
import { importModule } from './importModule';

export const hardcodedSecret: Rule = {
  id: 'hardcoded-secret',
  severity: 'warning',
  documentation: {
    summary: 'A key or password is written in a definition file.',
    details: `Definition files are shared and kept in version control, and so is every secret in them. Read it from the environment or from a
secret store. On EMR a role needs no key at all: \`ff.AWSAssumeRoleCredentials()\`.`,
    bad: `aws = ff.AWSStaticCredentials(access_key="AKIAIOSFODNN7EXAMPLE", secret_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")`,
    good: `import os

aws = ff.AWSStaticCredentials(
    access_key=os.environ["AWS_ACCESS_KEY_ID"],
    secret_key=os.environ["AWS_SECRET_ACCESS_KEY"],
)`,
    covers: ['P9'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const said = new Set<number>();
    for (const registration of context.file.definitions.registrations) {
      for (const argument of [...registration.arguments, ...registration.unknown]) {
        const problem = secretIn(argument, registration, context);
        if (problem === undefined || said.has(problem.span.start)) continue;
        said.add(problem.span.start);
        yield problem;
      }
    }
  },
};

/** Arguments that hold secrets, and the environment variable that usually does; `*` is the service. */
const secrets: Readonly<Record<string, string>> = {
  access_key: 'AWS_ACCESS_KEY_ID',
  secret_key: 'AWS_SECRET_ACCESS_KEY',
  aws_access_key_id: 'AWS_ACCESS_KEY_ID',
  aws_secret_access_key: 'AWS_SECRET_ACCESS_KEY',
  account_key: 'AZURE_ACCOUNT_KEY',
  password: '*_PASSWORD',
  token: '*_TOKEN',
  api_key: '*_API_KEY',
};

function secretIn(argument: BoundArgument, registration: Registration, context: RuleContext): Problem | undefined {
  const variable = secrets[argument.name];
  const { value } = argument;
  if (variable === undefined || value.kind !== 'string' || !value.text.isConstant || isPlaceholder(value.text.value)) return undefined;
  const written = value.text.sourceLocation({ start: 0, end: value.text.value.length });
  const here = written?.uri === context.file.uri;
  const fix = here ? readFromEnvironment(value, variable.replace('*', serviceOf(registration)), context) : undefined;
  return {
    span: here ? written.span : argument.valueSpan,
    message: `"${argument.name}" of "${shortName(registration.callable)}" is a secret in plain text; expected it from the environment`,
    ...(fix !== undefined && { fixes: [fix] }),
    ...(written !== undefined && !here && { related: [{ ...written, message: 'written here' }] }),
  };
}

function serviceOf(registration: Registration): string {
  return shortName(registration.callable)
    .replace(/^register_/, '')
    .replace(/(_legacy|Credentials)$/, '')
    .toUpperCase();
}

/** Puts the name of a variable in place of the literal, where the literal is the whole expression. */
function readFromEnvironment(value: StringValue, variable: string, context: RuleContext): Fix | undefined {
  const { text, uri } = context.file;
  const literal = text.slice(value.at.span.start, value.at.span.end);
  if (value.at.uri !== uri || !/^[rRuU]?(["'])[^"'\n]*\1$/.test(literal)) return undefined;
  const imported = importModule('os', context.file);
  return {
    title: `Read it from "${variable}"`,
    edits: [...imported.edits, { uri, span: value.at.span, newText: `${imported.name}.environ["${variable}"]` }],
    preferred: false,
  };
}
