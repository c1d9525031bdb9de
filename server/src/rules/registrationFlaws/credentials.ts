// The forms of values that the constructors of credentials check themselves.

import { argumentOf, constantText } from '../../definitions/arguments';
import type { BoundArgument, Registration } from '../../definitions/resources';
import { isPlaceholder } from '../placeholders';
import { contentSpan } from '../registrations';
import type { Problem, RuleContext } from '../rule';

export function* credentialFlaws(registration: Registration, context: RuleContext): Iterable<Problem> {
  if (context.snapshot.era === 'legacy') return;
  for (const form of forms[registration.callable] ?? []) {
    const argument = argumentOf(registration, form.argument);
    const text = constantText(argument?.value);
    if (argument === undefined || text === undefined || text === '' || (isPlaceholder(text) && !/^\d/.test(text)) || form.accepts(text))
      continue;
    yield { span: contentSpan(argument, context.file.uri), message: form.message(text) };
  }
  if (registration.callable === 'DatabricksCredentials') yield* checkExclusive(registration);
}

interface Form {
  readonly argument: string;
  accepts(text: string): boolean;
  message(text: string): string;
}

const forms: Readonly<Record<string, readonly Form[]>> = {
  SparkCredentials: [
    {
      argument: 'deploy_mode',
      accepts: (text) => /^(cluster|client)$/i.test(text),
      message: (text) => `the deploy mode "${text}" is unknown; expected "client" or "cluster"`,
    },
    {
      argument: 'python_version',
      accepts: (text) => /^3\.(9|10|11|12)(\.\d+)?$/.test(text),
      message: (text) => `the Python version "${text}" is not supported; expected one from "3.9" to "3.12"`,
    },
  ],
  GlueCatalog: [
    {
      argument: 'database',
      accepts: (text) => /^\w+$/.test(text),
      message: (text) => `the database "${text}" holds other characters than letters, digits and underscores`,
    },
  ],
  DatabricksCredentials: [
    {
      argument: 'cluster_id',
      accepts: (text) => /^\w{4}-\w{6}-\w{8}$/.test(text),
      message: (text) => `the cluster id "${text}" has another form than "0123-456789-abcdefgh"`,
    },
    {
      argument: 'token',
      accepts: (text) => /^dapi[A-Za-z0-9]{32}(-[A-Za-z0-9])?$/.test(text),
      message: () => 'the token has another form than "dapi" and 32 letters and digits',
    },
  ],
};

/** A user name and password, or a host and token, but not both. */
function* checkExclusive(registration: Registration): Iterable<Problem> {
  const given = (name: string): BoundArgument | undefined => {
    const argument = argumentOf(registration, name);
    const text = constantText(argument?.value);
    return text === undefined || text === '' ? undefined : argument;
  };
  const [username, password, host, token] = [given('username'), given('password'), given('host'), given('token')];
  if (username === undefined || password === undefined || host === undefined || token === undefined) return;
  yield {
    span: registration.nameSpan,
    message: '"DatabricksCredentials" is given "username" and "password" and also "host" and "token"; expected one pair',
  };
}
