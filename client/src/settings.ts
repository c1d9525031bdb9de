// The user's settings, read with their types. The names and defaults are those of `package.json`, which a test compares
// with the server's table; what cannot be right (a hand-edited file) falls back to the default.

import { workspace, type ConfigurationScope } from 'vscode';

export interface RunSettings {
  /** Undefined: all rows. */
  readonly rowLimit: number | undefined;
  readonly openResult: boolean;
}

/** How S3 is reached; what is undefined, the shared AWS configuration and the environment say. */
export interface S3AccessSettings {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly requesterPays: boolean;
  readonly cacheBytes: number;
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[] | undefined;
}

export interface LocalSparkSettings {
  /** Undefined: an environment of our own. */
  readonly pythonPath: string | undefined;
  readonly javaHome: string | undefined;
  readonly memory: string;
  readonly idleMinutes: number;
}

/** What the server is told when it starts; later changes reach it as configuration. */
export function readServerSettings(): unknown {
  return {
    featureform: text('featureform', 'auto'),
    check: { minSeverity: text('check.minSeverity', 'hint') },
    codeLens: { enabled: flag('codeLens.enabled', true) },
    format: { keywordCase: text('format.keywordCase', 'upper'), lineWidth: number('format.lineWidth', 100, 40) },
    inlayHints: { variants: flag('inlayHints.variants', true), outputLocations: flag('inlayHints.outputLocations', true) },
  };
}

export function readDriftEnabled(scope: ConfigurationScope): boolean {
  return flag('drift.enabled', true, scope);
}

export function readRunSettings(scope: ConfigurationScope): RunSettings {
  const rowLimit = number('run.rowLimit', 0, 0, scope);
  return { rowLimit: rowLimit === 0 ? undefined : rowLimit, openResult: flag('run.openResult', true) };
}

export function readLocalSparkSettings(): LocalSparkSettings {
  return {
    pythonPath: text('python.path', '') || undefined,
    javaHome: text('java.home', '') || undefined,
    memory: text('localSpark.memory', '2g'),
    idleMinutes: number('localSpark.idleMinutes', 15, 1),
  };
}

export function readS3Settings(): S3AccessSettings {
  return {
    profile: text('s3.profile', '') || undefined,
    region: text('s3.region', '') || undefined,
    endpoint: text('s3.endpoint', '') || undefined,
    requesterPays: flag('s3.requesterPays', false),
    cacheBytes: number('s3.cacheSize', 512, 0) * 1_000_000,
    ...readProxy(),
  };
}

/** The editor's own: it takes it to its own requests, but not to those of processes that it starts. */
function readProxy(): Pick<S3AccessSettings, 'proxy' | 'noProxy'> {
  const http = workspace.getConfiguration('http');
  const proxy: unknown = http.get('proxySupport') === 'off' ? undefined : http.get('proxy');
  const noProxy: unknown = http.get('noProxy');
  const exceptions = Array.isArray(noProxy) ? noProxy.filter((entry) => typeof entry === 'string') : [];
  return {
    proxy: typeof proxy === 'string' && proxy.trim() !== '' ? proxy.trim() : undefined,
    noProxy: exceptions.length > 0 ? exceptions : undefined,
  };
}

function value(key: string, scope?: ConfigurationScope): unknown {
  return workspace.getConfiguration('sparkform', scope).get<unknown>(key);
}

function text(key: string, fallback: string): string {
  const found = value(key);
  return typeof found === 'string' ? found.trim() : fallback;
}

function flag(key: string, fallback: boolean, scope?: ConfigurationScope): boolean {
  const found = value(key, scope);
  return typeof found === 'boolean' ? found : fallback;
}

function number(key: string, fallback: number, minimum: number, scope?: ConfigurationScope): number {
  const found = value(key, scope);
  return typeof found === 'number' && Number.isInteger(found) && found >= minimum ? found : fallback;
}
