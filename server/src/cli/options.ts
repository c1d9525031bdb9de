// Command-line options, by Node's own parser, with messages that name the option, what was found and what was expected.

import { parseArgs } from 'node:util';
import { UsageError } from './io';

export type OptionSpec =
  | { readonly kind: 'flag' }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly whole: boolean };

export interface ParsedOptions {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  number(name: string): number | undefined;
}

/** Parses what follows the command. Throws `UsageError`. */
export function parseOptions(
  command: string,
  args: readonly string[],
  specs: Readonly<Record<string, OptionSpec>>,
  positionals: { readonly min: number; readonly max: number; readonly name: string },
): ParsedOptions {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [name, { type: spec.kind === 'flag' ? 'boolean' : 'string' }]),
      ),
    });
  } catch (error) {
    throw new UsageError(`${command}: ${usageMessage(error as NodeJS.ErrnoException)}`);
  }
  const { values } = parsed;
  if (parsed.positionals.length < positionals.min) throw new UsageError(`${command}: ${positionals.name} is missing`);
  if (parsed.positionals.length > positionals.max) {
    throw new UsageError(`${command}: unexpected argument "${parsed.positionals[positionals.max] ?? ''}"`);
  }
  const text = (name: string): string | undefined => {
    const value = values[name];
    if (typeof value !== 'string') return undefined;
    const spec = specs[name];
    if (spec?.kind === 'choice' && !spec.values.includes(value)) {
      throw new UsageError(`${command}: --${name} must be ${listed(spec.values)}, not "${value}"`);
    }
    return value;
  };
  const number = (name: string): number | undefined => {
    const value = text(name);
    const spec = specs[name];
    if (value === undefined || spec?.kind !== 'number') return undefined;
    const parsedNumber = value.trim() === '' ? Number.NaN : Number(value);
    const fits = parsedNumber >= spec.min && parsedNumber <= spec.max && (!spec.whole || Number.isInteger(parsedNumber));
    if (!fits) {
      const bound = spec.max === Number.MAX_SAFE_INTEGER ? `of at least ${spec.min}` : `from ${spec.min} to ${spec.max}`;
      throw new UsageError(`${command}: --${name} must be a ${spec.whole ? 'whole ' : ''}number ${bound}, not "${value}"`);
    }
    return parsedNumber;
  };
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.kind === 'number') number(name);
    else if (spec.kind === 'choice') text(name);
  }
  return { positionals: parsed.positionals, flag: (name) => values[name] === true, text, number };
}

function usageMessage({ code, message }: NodeJS.ErrnoException): string {
  const option = /^Option '(?:-\w, )?(--[\w-]+)/.exec(message)?.[1];
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' || option === undefined || message.includes('does not take')) {
    return message.split('. To specify')[0] ?? message;
  }
  return message.includes('ambiguous') ? `a value of ${option} that begins with "-" is written ${option}=-…` : `${option} needs a value`;
}

function listed(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
