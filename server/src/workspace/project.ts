// The project settings, `sparkform.json` at the workspace root. Untrusted JSON: problems are values, and a broken file
// leaves the defaults in force.

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** The versions whose SQL differs. */
export const sparkVersions = ['3.5', '4.0', '4.1'] as const;
export type SparkVersion = (typeof sparkVersions)[number];

export interface Project {
  /** Which Featureform API the definitions are written for. */
  readonly featureform: 'auto' | 'legacy' | 'current';
  /** The Spark that runs the definitions; undefined when nobody says. */
  readonly spark: SparkVersion | undefined;
  /** Remote locations and the local ones that stand for them in local runs, longest prefix first. */
  readonly locations: readonly { readonly remote: string; readonly local: string }[];
  /** Globs of files that are not read. */
  readonly exclude: readonly string[];
  /** Rules whose severity differs from their own. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** How many finished local runs are kept under `.sparkform/`. */
  readonly keepRuns: number;
}

export const defaultProject: Project = {
  featureform: 'auto',
  spark: undefined,
  locations: [],
  exclude: [],
  rules: new Map(),
  keepRuns: 20,
};

export interface ProjectProblem {
  /** Path of the setting, e.g. `locations."s3://x/"`. */
  readonly path: string;
  readonly message: string;
}

/** Reads the text of `sparkform.json`. Unknown or wrong settings are problems; the rest holds. */
export function parseProject(text: string): { readonly project: Project; readonly problems: readonly ProjectProblem[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { project: defaultProject, problems: [{ path: '', message: `is not valid JSON: ${(error as Error).message}` }] };
  }
  if (!isRecord(json)) return { project: defaultProject, problems: [{ path: '', message: 'must be a JSON object' }] };
  const problems: ProjectProblem[] = [];
  let project = defaultProject;
  for (const [key, value] of Object.entries(json)) {
    switch (key) {
      case '$schema':
        break;
      case 'featureform':
        if (value === 'auto' || value === 'legacy' || value === 'current') project = { ...project, featureform: value };
        else problems.push({ path: key, message: `must be "auto", "legacy" or "current", not ${JSON.stringify(value)}` });
        break;
      case 'spark': {
        const spark = sparkVersions.find((version) => version === value);
        if (spark !== undefined) project = { ...project, spark };
        else
          problems.push({
            path: key,
            message: `must be ${sparkVersions.map((one) => `"${one}"`).join(' or ')}, not ${JSON.stringify(value)}`,
          });
        break;
      }
      case 'locations':
        project = { ...project, locations: readLocations(value, problems) };
        break;
      case 'exclude':
        if (Array.isArray(value) && value.every((item) => typeof item === 'string')) project = { ...project, exclude: value };
        else problems.push({ path: key, message: 'must be an array of glob patterns' });
        break;
      case 'rules':
        project = { ...project, rules: readRules(value, problems) };
        break;
      case 'runs':
        project = { ...project, keepRuns: readKeepRuns(value, problems) };
        break;
      default:
        problems.push({ path: key, message: 'is not a setting' });
    }
  }
  return { project, problems };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readLocations(value: unknown, problems: ProjectProblem[]): Project['locations'] {
  if (!isRecord(value)) {
    problems.push({ path: 'locations', message: 'must be an object of remote and local locations' });
    return [];
  }
  const locations: { remote: string; local: string }[] = [];
  for (const [remote, local] of Object.entries(value)) {
    if (typeof local === 'string') locations.push({ remote, local });
    else problems.push({ path: `locations.${JSON.stringify(remote)}`, message: 'must be a local path' });
  }
  return locations.sort((a, b) => b.remote.length - a.remote.length);
}

function readRules(value: unknown, problems: ProjectProblem[]): Project['rules'] {
  const rules = new Map<string, Severity | 'off'>();
  if (!isRecord(value)) {
    problems.push({ path: 'rules', message: 'must be an object of rule ids and severities' });
    return rules;
  }
  for (const [id, severity] of Object.entries(value)) {
    if (severity === 'error' || severity === 'warning' || severity === 'information' || severity === 'hint' || severity === 'off') {
      rules.set(id, severity);
    } else {
      problems.push({ path: `rules.${id}`, message: 'must be "error", "warning", "information", "hint" or "off"' });
    }
  }
  return rules;
}

function readKeepRuns(value: unknown, problems: ProjectProblem[]): number {
  if (isRecord(value)) {
    const keep = value['keep'];
    if (keep === undefined) return defaultProject.keepRuns;
    if (typeof keep === 'number' && Number.isInteger(keep) && keep >= 1) return keep;
    problems.push({ path: 'runs.keep', message: 'must be a whole number of at least 1' });
  } else problems.push({ path: 'runs', message: 'must be an object' });
  return defaultProject.keepRuns;
}
