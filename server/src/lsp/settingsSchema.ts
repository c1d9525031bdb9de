// Every setting under `sparkform.*`: the one table that the server reads its configuration with, that `package.json` must
// contribute word for word, and that the user guide lists. What belongs to a project and not to a person stands in `sparkform.json`.

import type { Severity } from '../workspace/project';

/** VS Code's scopes. `machine` settings cannot be set by a workspace, so a repository cannot choose what is executed. */
export type SettingScope = 'machine' | 'window' | 'resource';

interface SettingBase {
  /** Below `sparkform.`. */
  readonly key: string;
  readonly scope: SettingScope;
  /** Markdown. */
  readonly description: string;
  /** Who acts on it: only the server's own settings are sent to it. */
  readonly reader: 'server' | 'client';
  /** Not read from the workspace while it is not trusted. */
  readonly restricted?: true;
}

export type Setting =
  | (SettingBase & {
      readonly type: 'string';
      readonly default: string;
      readonly values?: readonly { readonly value: string; readonly description: string }[];
      readonly pattern?: string;
      readonly patternMessage?: string;
    })
  | (SettingBase & { readonly type: 'boolean'; readonly default: boolean })
  | (SettingBase & { readonly type: 'integer'; readonly default: number; readonly minimum: number; readonly maximum: number });

export const settingsSchema: readonly Setting[] = [
  {
    key: 'featureform',
    type: 'string',
    default: 'auto',
    values: [
      { value: 'auto', description: 'Read it off the definitions.' },
      { value: 'legacy', description: 'Featureform of the `register_spark(emr_cluster_id=…)` era: an omitted variant is "default".' },
      { value: 'current', description: "Today's Featureform: an omitted variant is the run of the moment." },
    ],
    scope: 'resource',
    description: 'Which Featureform API the definitions are written for. `featureform` in `sparkform.json` goes before this setting.',
    reader: 'server',
  },
  {
    key: 'check.minSeverity',
    type: 'string',
    default: 'hint',
    values: [
      { value: 'error', description: 'Errors only.' },
      { value: 'warning', description: 'Errors and warnings.' },
      { value: 'information', description: 'Everything but hints.' },
      { value: 'hint', description: 'Everything.' },
    ],
    scope: 'resource',
    description: 'The least severe problems that are shown.',
    reader: 'server',
  },
  {
    key: 'codeLens.enabled',
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show *Run*, *Preview* and the number of dependents above each definition.',
    reader: 'server',
  },
  {
    key: 'inlayHints.variants',
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show the variant that is meant where none is written.',
    reader: 'server',
  },
  {
    key: 'inlayHints.outputLocations',
    type: 'boolean',
    default: true,
    scope: 'resource',
    description: 'Show where the result of a transformation is written to, behind its decorator.',
    reader: 'server',
  },
  {
    key: 'format.keywordCase',
    type: 'string',
    default: 'upper',
    values: [
      { value: 'upper', description: '`SELECT`' },
      { value: 'lower', description: '`select`' },
      { value: 'preserve', description: 'As they are written.' },
    ],
    scope: 'resource',
    description: 'How *Format SQL* writes keywords. Names, functions, types and literals stay as they are.',
    reader: 'server',
  },
  {
    key: 'format.lineWidth',
    type: 'integer',
    default: 100,
    minimum: 40,
    maximum: 400,
    scope: 'resource',
    description: 'How many characters *Format SQL* puts on a line, its indentation included.',
    reader: 'server',
  },
  {
    key: 'run.rowLimit',
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 2_147_483_647,
    scope: 'resource',
    description: 'How many rows of its result a local run keeps. `0` keeps all of them.',
    reader: 'client',
  },
  {
    key: 'run.openResult',
    type: 'boolean',
    default: true,
    scope: 'window',
    description: 'Open the result in the table editor when a run has succeeded.',
    reader: 'client',
  },
  {
    key: 'drift.enabled',
    type: 'boolean',
    default: true,
    scope: 'resource',
    description:
      'Say above a definition when its newest output, local or in S3, has other columns than the one before it, far more or fewer rows, or many more nulls.',
    reader: 'client',
  },
  {
    key: 'localSpark.memory',
    type: 'string',
    default: '2g',
    pattern: '^[1-9][0-9]*[kmgt]$',
    patternMessage: 'A whole number and a unit: k, m, g or t.',
    scope: 'machine',
    description: 'The memory of the local Spark, such as `2g` or `512m`. Takes effect with the next Spark session.',
    reader: 'client',
  },
  {
    key: 'localSpark.idleMinutes',
    type: 'integer',
    default: 15,
    minimum: 1,
    maximum: 1440,
    scope: 'machine',
    description: 'The local Spark stays warm between runs and stops after so many minutes without one.',
    reader: 'client',
  },
  {
    key: 'python.path',
    type: 'string',
    default: '',
    scope: 'machine',
    description: 'The Python (3.8 to 3.12) that the environment of local runs is made from. When empty, a suitable one on the `PATH`.',
    reader: 'client',
    restricted: true,
  },
  {
    key: 'java.home',
    type: 'string',
    default: '',
    scope: 'machine',
    description:
      'The folder of the Java (8, 11 or 17) that the local Spark runs on. When empty, Sparkform looks at `JAVA_HOME` and the `PATH`, and installs one of its own where there is none.',
    reader: 'client',
    restricted: true,
  },
  {
    key: 's3.profile',
    type: 'string',
    default: '',
    scope: 'window',
    description:
      'The profile of the shared AWS configuration (`~/.aws`) that S3 is read with; *Choose AWS Profile…* lists them. When empty, `AWS_PROFILE` or `default`.',
    reader: 'client',
    restricted: true,
  },
  {
    key: 's3.region',
    type: 'string',
    default: '',
    pattern: '^([a-z]{2,}(-[a-z]+)+-[0-9]+)?$',
    patternMessage: 'The name of an AWS region, such as eu-west-1.',
    scope: 'window',
    description:
      'The AWS region to look for buckets in first. The region that a definition names for its bucket goes before it, and a bucket that is elsewhere says so itself. When empty, that of the profile.',
    reader: 'client',
    restricted: true,
  },
  {
    key: 's3.endpoint',
    type: 'string',
    default: '',
    pattern: '^(https?://.+)?$',
    patternMessage: 'The URL of a server: https://host or http://host:port.',
    scope: 'machine',
    description: 'The URL of a server that speaks as S3 does, such as MinIO. When empty, that of the profile, or AWS itself.',
    reader: 'client',
    restricted: true,
  },
  {
    key: 's3.requesterPays',
    type: 'boolean',
    default: false,
    scope: 'window',
    description: 'Pay for what is read from buckets whose owner lets requesters pay.',
    reader: 'client',
    restricted: true,
  },
  {
    key: 's3.cacheSize',
    type: 'integer',
    default: 512,
    minimum: 0,
    maximum: 1_048_576,
    scope: 'machine',
    description: 'How many megabytes of what was read from S3 are kept on the disk. `0` keeps nothing.',
    reader: 'client',
  },
  {
    key: 'trace.server',
    type: 'string',
    default: 'messages',
    values: [
      { value: 'off', description: 'No messages.' },
      { value: 'messages', description: 'The names of the messages.' },
      { value: 'verbose', description: 'The messages with their contents, which includes the text of your files.' },
    ],
    scope: 'window',
    description: 'What the *Sparkform* output shows of the talk with the language server while its log level is *Trace*.',
    reader: 'client',
  },
];

/** The settings that the server acts on, as values. */
export interface ServerSettings {
  readonly featureform: 'auto' | 'legacy' | 'current';
  readonly minSeverity: Severity;
  readonly codeLens: boolean;
  readonly format: { readonly keywordCase: 'upper' | 'lower' | 'preserve'; readonly width: number };
  readonly inlayHints: { readonly variants: boolean; readonly outputLocations: boolean };
}

/**
 * Reads the server's settings from untrusted configuration: the object under `sparkform`, nested (as editors answer
 * `workspace/configuration`) or with dotted keys. What is missing or wrong has its default.
 */
export function readServerSettings(configuration: unknown): ServerSettings {
  return {
    featureform: choose(configuration, 'featureform', ['auto', 'legacy', 'current'], 'auto'),
    minSeverity: choose(configuration, 'check.minSeverity', ['error', 'warning', 'information', 'hint'], 'hint'),
    codeLens: valueAt(configuration, 'codeLens.enabled') !== false,
    format: {
      keywordCase: choose(configuration, 'format.keywordCase', ['upper', 'lower', 'preserve'], 'upper'),
      width: wholeNumber(configuration, 'format.lineWidth', { minimum: 40, maximum: 400 }, 100),
    },
    inlayHints: {
      variants: valueAt(configuration, 'inlayHints.variants') !== false,
      outputLocations: valueAt(configuration, 'inlayHints.outputLocations') !== false,
    },
  };
}

function choose<T extends string>(configuration: unknown, key: string, values: readonly T[], fallback: T): T {
  const value = valueAt(configuration, key);
  return values.find((one) => one === value) ?? fallback;
}

function wholeNumber(
  configuration: unknown,
  key: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  fallback: number,
): number {
  const value = valueAt(configuration, key);
  return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum ? value : fallback;
}

function valueAt(configuration: unknown, key: string): unknown {
  if (!isRecord(configuration)) return undefined;
  if (key in configuration) return configuration[key];
  return key.split('.').reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), configuration);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
