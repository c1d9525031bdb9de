import { argumentOf, constantText } from '../definitions/arguments';
import { fact, type CallableFact } from '../definitions/catalogue';
import { objectOf } from '../definitions/objects';
import type { Registration } from '../definitions/resources';
import type { Value } from '../python/values';
import { otherEraArguments } from './otherEraForms';
import { contentSpan, isMisspelt, shortName } from './registrations';
import type { Problem, Rule, RuleContext } from './rule';
import { argumentsForSpark } from './sparkArguments';
import { quotedList } from './wording';

export const missingArgument: Rule = {
  id: 'missing-argument',
  severity: 'error',
  documentation: {
    summary: 'A required argument of a registration is absent or empty.',
    details: `Featureform's client raises an error when a required argument is left out, and for some arguments also when they are empty:
the keys of AWS, the name of a bucket, the warehouse of an Iceberg catalog. Some are required only together with others:
a master of \`yarn\` needs the two site files, Databricks takes a user name and password or a host and token.`,
    bad: `emr = ff.EMRCredentials(emr_cluster_id="j-1A2B3C4D5E6F7", emr_cluster_region="us-east-1")`,
    good: `emr = ff.EMRCredentials(
    emr_cluster_id="j-1A2B3C4D5E6F7",
    emr_cluster_region="us-east-1",
    credentials=ff.AWSAssumeRoleCredentials(),
)`,
    covers: ['P1', 'P2'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { snapshot, file } = context;
    for (const registration of file.definitions.registrations) {
      const entry = fact(registration.callable, snapshot.era);
      if (entry === undefined || registration.open || argumentsForSpark(registration, snapshot.era).length > 0) continue;
      const absent = absentArguments(registration, entry, context);
      if (absent.length > 0) {
        yield { span: registration.nameSpan, message: `"${shortName(entry.name)}" needs ${quotedList(absent)}` };
      } else {
        yield* emptyArguments(registration, context);
        yield* jointlyRequired(registration, context);
      }
    }
  },
};

/** Those that another report already accounts for, as an outdated or a misspelt keyword, are not repeated. */
function absentArguments(registration: Registration, entry: CallableFact, context: RuleContext): readonly string[] {
  const outdated = otherEraArguments(registration, context.snapshot.era).arguments;
  if (outdated.length > 0) return [];
  return entry.parameters
    .filter((parameter) => parameter.required && argumentOf(registration, parameter.name) === undefined)
    .map((parameter) => parameter.name)
    .filter((name) => !isMisspelt(name, registration));
}

const neverEmpty: Readonly<Record<string, readonly string[]>> = {
  AWSStaticCredentials: ['access_key', 'secret_key'],
  register_s3: ['bucket_name'],
  register_gcs: ['bucket_name'],
  GlueCatalog: ['database'],
  GCPCredentials: ['project_id'],
};

function* emptyArguments(registration: Registration, context: RuleContext): Iterable<Problem> {
  if (context.snapshot.era === 'legacy') return;
  for (const name of neverEmpty[registration.callable] ?? []) {
    const argument = argumentOf(registration, name);
    if (argument === undefined || constantText(argument.value) !== '') continue;
    yield { span: argument.valueSpan, message: `"${name}" is empty; "${registration.callable}" needs a text` };
  }
}

function* jointlyRequired(registration: Registration, context: RuleContext): Iterable<Problem> {
  if (context.snapshot.era === 'legacy') return;
  const state = (name: string): Presence => presenceOf(argumentOf(registration, name)?.value);
  const span = registration.nameSpan;
  switch (registration.callable) {
    case 'GlueCatalog': {
      if (!isIceberg(argumentOf(registration, 'table_format')?.value)) return;
      if (state('warehouse') === 'absent') yield { span, message: '"GlueCatalog" needs "warehouse" for Iceberg tables' };
      const region = argumentOf(registration, 'region');
      if (region !== undefined && constantText(region.value) === '') {
        yield { span: region.valueSpan, message: '"region" is empty; "GlueCatalog" needs a text for Iceberg tables' };
      }
      return;
    }
    case 'SparkCredentials': {
      const master = argumentOf(registration, 'master');
      if (master === undefined || constantText(master.value) !== 'yarn') return;
      const missing = ['core_site_path', 'yarn_site_path'].filter((name) => state(name) === 'absent');
      if (missing.length > 0) {
        yield { span: contentSpan(master, context.file.uri), message: `a master of "yarn" needs ${quotedList(missing)}` };
      }
      return;
    }
    case 'GCPCredentials': {
      if (state('credentials_path') === 'absent' && state('credential_json') === 'absent') {
        yield { span, message: '"GCPCredentials" needs "credentials_path" or "credential_json"' };
      }
      return;
    }
    case 'DatabricksCredentials': {
      const [username, password, host, token] = (['username', 'password', 'host', 'token'] as const).map(state);
      const byPassword = username === 'absent' || password === 'absent' ? 'absent' : 'possible';
      const byToken = host === 'absent' || token === 'absent' ? 'absent' : 'possible';
      if (byPassword === 'absent' && byToken === 'absent') {
        yield { span, message: '"DatabricksCredentials" needs "username" and "password", or "host" and "token"' };
      }
      if (state('cluster_id') === 'absent') yield { span, message: '"DatabricksCredentials" needs "cluster_id"' };
    }
  }
}

type Presence = 'absent' | 'present' | 'unknown';

function presenceOf(value: Value | undefined): Presence {
  if (value === undefined || value.kind === 'none') return 'absent';
  if (value.kind === 'string') return value.text.value === '' ? 'absent' : value.text.isConstant ? 'present' : 'unknown';
  return value.kind === 'symbol' || objectOf(value) !== undefined ? 'unknown' : 'present';
}

/** The default, or `ff.TableFormat.ICEBERG` or its string; unknown formats are not Iceberg for certain. */
function isIceberg(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (value.kind === 'module') return value.path.endsWith('.ICEBERG');
  return constantText(value) === 'iceberg';
}
