// What this computer's AWS configuration says: the files that the AWS command line and the SDKs share, and their variables.
// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { TableProblem } from '../table/tableProblem';

export type Environment = Readonly<Record<string, string | undefined>>;

type Settings = ReadonlyMap<string, string>;

export interface AwsProfile {
  readonly name: string;
  /** The two files together, by names in small letters: in a credentials file, keys go before those of the config file. */
  readonly settings: Settings;
  /** The file that says the most about it, for messages. */
  readonly file: string;
}

export interface AwsConfiguration {
  readonly configFile: string;
  readonly credentialsFile: string;
  /** Names of all profiles, in the order of the files. */
  readonly profiles: readonly string[];
  profile(name: string): AwsProfile | undefined;
  /** A setting of a service in a `[services …]` section, such as `s3` and `endpoint_url`. */
  service(section: string, service: string, name: string): string | undefined;
}

/** Reads both files; one that is missing is empty. Throws a TableProblem where one is there and cannot be read. */
export async function loadAwsConfiguration(env: Environment): Promise<AwsConfiguration> {
  const home = valueOf(env, process.platform === 'win32' ? 'USERPROFILE' : 'HOME') ?? homedir();
  const place = (variable: string, name: string): string => {
    const chosen = valueOf(env, variable);
    return chosen === undefined ? join(home, '.aws', name) : chosen.replace(/^~(?=[/\\])/, home);
  };
  const configFile = place('AWS_CONFIG_FILE', 'config');
  const credentialsFile = place('AWS_SHARED_CREDENTIALS_FILE', 'credentials');
  const config = parseSections(await readIfThere(configFile));
  const credentials = parseSections(await readIfThere(credentialsFile));
  const ofConfig = (name: string): Section | undefined =>
    // `[default]` and `[profile default]` are the same, and the longer form counts.
    config.get(`profile ${name}`) ?? (name === 'default' ? config.get('default') : undefined);
  const named = [...config.keys()].flatMap((title) => {
    if (title === 'default') return ['default'];
    return title.startsWith('profile ') ? [title.slice('profile '.length)] : [];
  });
  return {
    configFile,
    credentialsFile,
    profiles: [...new Set([...named, ...credentials.keys()])],
    profile(name) {
      const [general, secret] = [ofConfig(name), credentials.get(name)];
      if (!general && !secret) return undefined;
      const settings = new Map([...(general?.settings ?? []), ...(secret?.settings ?? [])]);
      return { name, settings, file: general ? configFile : credentialsFile };
    },
    service: (section, service, name) => config.get(`services ${section}`)?.nested.get(service)?.get(name),
  };
}

/** Of a variable that is set to something. */
export function valueOf(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw new TableProblem('no-credentials', `the AWS configuration ${file} cannot be read: ${code}`, { cause: error });
  }
}

interface Section {
  readonly settings: Map<string, string>;
  /** Settings of settings: `s3 =` with indented lines below. */
  readonly nested: Map<string, Map<string, string>>;
}

/** By title, with the words of a title one space apart and without quotation marks. What is no setting is passed over. */
function parseSections(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  let section: Section | undefined;
  let parent: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const title = /^\[([^\]]*)\]/.exec(line)?.[1];
    if (title !== undefined) {
      const name = title.trim().replace(/^(\S+)\s+(["']?)(.*)\2$/, '$1 $3');
      section = sections.get(name) ?? { settings: new Map(), nested: new Map() };
      sections.set(name, section);
      parent = undefined;
      continue;
    }
    const [, indent = '', key = '', rest = ''] = /^(\s*)([^=]*?)\s*=(.*)$/.exec(line) ?? [];
    if (section === undefined || key === '') continue;
    const name = key.trim().toLowerCase();
    const value = rest.replace(/\s[#;].*$/, '').trim();
    if (indent !== '' && parent !== undefined) {
      const own = section.nested.get(parent) ?? new Map<string, string>();
      section.nested.set(parent, own.set(name, value));
    } else if (value === '') {
      parent = name;
    } else {
      section.settings.set(name, value);
      parent = undefined;
    }
  }
  return sections;
}
