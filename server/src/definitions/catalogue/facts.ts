// What one entry of the catalogue says, and the notation its tables are written in: a signature as Python prints it,
// because that is what people compare it with.

import { parameterNotes } from './parameterNotes';

export type Era = 'legacy' | 'current';

export interface ParameterFact {
  readonly name: string;
  readonly required: boolean;
  readonly keywordOnly?: boolean;
  /** As Python text. */
  readonly default?: string;
  /** As people write it: `str`, `list of str`, `EMRCredentials`; alternatives joined by ` | `. */
  readonly type?: string;
  /** One short sentence. */
  readonly note?: string;
  /** Accepted, and without effect on Spark. */
  readonly ignored?: boolean;
  /** For a parameter of the legacy era: how the current one writes it. */
  readonly replacedBy?: string;
}

export interface CallableFact {
  /** `register_spark`, `EMRCredentials`; a method with its class, `OfflineSparkProvider.sql_transformation`. */
  readonly name: string;
  /** The class of the receiver of a method. */
  readonly owner?: string;
  readonly era: Era | 'both';
  /** The first version that has it, where it is known. */
  readonly since?: string;
  /** In positional order, `self` left out. */
  readonly parameters: readonly ParameterFact[];
  /** The positional order of earlier versions of the same era. */
  readonly earlierOrder?: readonly string[];
  /** The class of the result; for a decorator factory the class of the decorated function. */
  readonly returns?: string;
  /** True for a call that is written as a decorator. */
  readonly decorator?: boolean;
  /** One sentence. */
  readonly summary: string;
  /** It takes more keywords than are listed, or the list is not known to be whole. */
  readonly openKeywords?: boolean;
  /** For a callable of the legacy era: what took its place. */
  readonly replacedBy?: string;
}

/** How a table writes an entry; `signature` is `name: type = default, *, other`, types optional. */
export interface Entry {
  readonly era?: Era;
  readonly since?: string;
  readonly signature: string;
  readonly earlierOrder?: readonly string[];
  readonly returns?: string;
  readonly decorator?: boolean;
  readonly summary: string;
  readonly openKeywords?: boolean;
  readonly replacedBy?: string;
  /** Notes of parameters that mean something special here. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly ignored?: readonly string[];
  readonly replacements?: Readonly<Record<string, string>>;
}

/** Names of callables and what they are; methods are written `Class.method`. */
export type Table = Readonly<Record<string, Entry>>;

export function factsOf(table: Table): readonly CallableFact[] {
  return Object.entries(table).map(([key, entry]) => {
    const { signature, notes = {}, ignored = [], replacements = {}, era = 'both', ...same } = entry;
    const name = key.replace(/@legacy$/, '');
    const dot = name.indexOf('.');
    return {
      ...same,
      name,
      ...(dot > 0 && { owner: name.slice(0, dot) }),
      era,
      parameters: parseSignature({ signature, notes, ignored, replacements }),
    };
  });
}

function parseSignature({
  signature,
  notes,
  ignored,
  replacements,
}: Required<Pick<Entry, 'signature' | 'notes' | 'ignored' | 'replacements'>>): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  let keywordOnly = false;
  for (const part of splitOutsideBrackets(signature)) {
    if (part === '*') {
      keywordOnly = true;
      continue;
    }
    const match = /^(\w+)(?:\s*:\s*([^=]+?))?(?:\s*=\s*(.+))?$/.exec(part);
    if (match?.[1] === undefined) throw new Error(`The catalogue holds a signature that does not read: ${part}`);
    const [, name, type, written] = match;
    const note = notes[name] ?? parameterNotes[name];
    const replacedBy = replacements[name];
    parameters.push({
      name,
      required: written === undefined,
      ...(keywordOnly && { keywordOnly: true }),
      ...(written !== undefined && { default: written }),
      ...(type !== undefined && { type }),
      ...(note !== undefined && { note }),
      ...(ignored.includes(name) && { ignored: true }),
      ...(replacedBy !== undefined && { replacedBy }),
    });
  }
  return parameters;
}

function splitOutsideBrackets(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts.filter((part) => part !== '');
}
