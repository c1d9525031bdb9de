// The objects of SARIF 2.1.0 that a log of ours is made of, as the standard's own schema limits them: no other property, those
// that must be there, types, bounds and words. What GitHub asks beyond that is required here, too.

interface ObjectShape {
  readonly required: Readonly<Record<string, Shape>>;
  readonly optional?: Readonly<Record<string, Shape>>;
}

type Shape =
  | { readonly object: ObjectShape }
  | { readonly items: Shape; readonly unique?: true }
  | { readonly oneOf: readonly string[] }
  | { readonly atLeast: number }
  | { readonly matches: RegExp };

const text: Shape = { matches: /\S/ };
const object = (required: ObjectShape['required'], optional: ObjectShape['required'] = {}): Shape => ({ object: { required, optional } });
const absoluteUri: Shape = { matches: /^[a-z][a-z0-9+.-]*:\/\/\S+$/i };
/** Relative: a part with a colon would be read as a scheme, and what is not allowed in a URI is percent-encoded. */
const relativeUri: Shape = { matches: /^(?!\/)(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/ };
const level: Shape = { oneOf: ['none', 'note', 'warning', 'error'] };
const message = object({ text }, { markdown: text });

const region = object({ startLine: { atLeast: 1 }, startColumn: { atLeast: 1 }, endLine: { atLeast: 1 }, endColumn: { atLeast: 1 } });
const location = object({ physicalLocation: object({ artifactLocation: object({ uri: relativeUri }), region }) }, { message });
const result = object({
  ruleId: text,
  ruleIndex: { atLeast: 0 },
  level,
  message,
  locations: { items: location },
});
const rule = object({
  id: text,
  shortDescription: message,
  fullDescription: message,
  help: message,
  helpUri: absoluteUri,
  defaultConfiguration: object({ level }),
});
const driver = object({ name: text, version: text, informationUri: absoluteUri, rules: { items: rule, unique: true } });
const log = object({
  $schema: absoluteUri,
  version: { oneOf: ['2.1.0'] },
  runs: {
    items: object({
      tool: object({ driver }),
      columnKind: { oneOf: ['utf16CodeUnits', 'unicodeCodePoints'] },
      results: { items: result },
    }),
  },
});

/** What of a log the standard does not allow, each with its path; nothing for a valid one. */
export function sarifFlaws(value: unknown): readonly string[] {
  const flaws = [...flawsOf(value, log, '')];
  return flaws.length > 0 ? flaws : [...dangling(value as Log)];
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: readonly { readonly physicalLocation: { readonly region: Region } }[];
    }[];
  }[];
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function* flawsOf(value: unknown, shape: Shape, path: string): Iterable<string> {
  if ('object' in shape) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      yield `${path}: not an object`;
      return;
    }
    const { required, optional = {} } = shape.object;
    const properties = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(required)) if (!(name in properties)) yield `${path}/${name}: missing`;
    for (const [name, one] of Object.entries(properties)) {
      const own = required[name] ?? optional[name];
      if (own === undefined) yield `${path}/${name}: not a property`;
      else yield* flawsOf(one, own, `${path}/${name}`);
    }
  } else if ('items' in shape) {
    if (!Array.isArray(value)) yield `${path}: not an array`;
    else {
      const items: readonly unknown[] = value;
      if (shape.unique === true && new Set(items.map((one) => JSON.stringify(one))).size < items.length) yield `${path}: not unique`;
      for (const [index, one] of items.entries()) yield* flawsOf(one, shape.items, `${path}/${index}`);
    }
  } else if ('atLeast' in shape) {
    if (!Number.isInteger(value) || (value as number) < shape.atLeast) yield `${path}: not a whole number of at least ${shape.atLeast}`;
  } else if (typeof value !== 'string') yield `${path}: not a text`;
  else if ('oneOf' in shape ? !shape.oneOf.includes(value) : !shape.matches.test(value)) yield `${path}: "${value}" is not allowed`;
}

/** What a schema cannot say: indices that lead to the rule of that name, and regions that do not end before they begin. */
function* dangling({ runs }: Log): Iterable<string> {
  for (const { tool, results } of runs) {
    for (const [index, { ruleId, ruleIndex, locations }] of results.entries()) {
      if (tool.driver.rules[ruleIndex]?.id !== ruleId) yield `/results/${index}: rule ${ruleIndex} is not "${ruleId}"`;
      for (const { physicalLocation } of locations) {
        const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
        if (endLine < startLine || (endLine === startLine && endColumn < startColumn)) yield `/results/${index}: the region ends first`;
      }
    }
  }
}
