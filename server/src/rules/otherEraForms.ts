// Forms of the other generation of Featureform's API: whole callables, and arguments of callables that both have.

import { callables, fact, isOfOtherEra, otherEra, type CallableFact, type Era, type ParameterFact } from '../definitions/catalogue';
import type { BoundArgument, Finding, Registration } from '../definitions/resources';
import { shortName } from './registrations';
import type { Fix, Problem, RuleContext, TextEdit } from './rule';
import { plainList, quotedList } from './wording';

/** A function or class that only the other era has. */
export function* otherEraCallable(registration: Registration, context: RuleContext): Iterable<Problem> {
  const { era } = context.snapshot;
  const other = otherEra(era);
  const entry = fact(registration.callable, other);
  // What made an object of the other era is reported; what is done with the object is the same matter.
  if (entry === undefined || (entry.owner !== undefined && isOfOtherEra(entry.owner, era))) return;
  const successor = replacementOf(entry, era);
  const fix = successor === undefined ? undefined : renameCallable(registration, entry, successor, context);
  yield {
    span: registration.nameSpan,
    message: `"${shortName(entry.name)}" belongs to the ${other} API; ${successor === undefined ? `the ${era} one has nothing like it` : `the ${era} one has "${successor.name}"`}`,
    ...(fix !== undefined && { fixes: [fix] }),
  };
}

/** A method that only the other era has. */
export function* otherEraMethod(finding: Finding, era: Era): Iterable<Problem> {
  if (finding.kind !== 'unknown-attribute' || finding.owner === undefined) return;
  const other = otherEra(era);
  if (fact(`${finding.owner}.${finding.name}`, other) === undefined) return;
  yield { span: finding.span, message: `"${finding.name}" belongs to the ${other} API; the ${era} one has nothing like it` };
}

export interface OutdatedArguments {
  readonly arguments: readonly BoundArgument[];
  /** At most one, however many arguments there are. */
  problems(context: RuleContext): Iterable<Problem>;
}

/** Arguments of the registration that only its other-era form takes. */
export function otherEraArguments(registration: Registration, era: Era): OutdatedArguments {
  const other = otherEra(era);
  const elsewhere = fact(registration.callable, other);
  const parameterOf = (argument: BoundArgument): ParameterFact | undefined =>
    elsewhere?.parameters.find((parameter) => parameter.name === argument.name);
  const found = registration.unknown.filter((argument) => parameterOf(argument) !== undefined);
  return {
    arguments: found,
    *problems(context) {
      const [first] = found;
      if (first === undefined) return;
      const replacements = found.flatMap((argument) => parameterOf(argument)?.replacedBy ?? []);
      const expected =
        replacements.length === 0
          ? `the ${era} one does not take ${found.length === 1 ? 'it' : 'them'}`
          : `the ${era} one takes ${plainList([...new Set(found.length === 1 ? replacements : replacements.map(withoutDetail))])}`;
      const names = quotedList(found.map((argument) => argument.name));
      if (found.length === 1) {
        const fix = renameFix(first, replacements[0], registration, context);
        yield {
          span: first.nameSpan ?? first.span,
          message: `${names} belongs to the ${other} API of "${shortName(registration.callable)}"; ${expected}`,
          ...(fix !== undefined && { fixes: [fix] }),
        };
        return;
      }
      yield {
        span: registration.nameSpan,
        message: `"${shortName(registration.callable)}" is written for the ${other} API, with ${names}; ${expected}`,
        related: found.map((argument) => ({
          uri: context.file.uri,
          span: argument.nameSpan ?? argument.span,
          message: `now ${parameterOf(argument)?.replacedBy ?? 'not taken'}`,
        })),
      };
    },
  };
}

/** `executor=EMRCredentials(…)` for `executor=EMRCredentials(emr_cluster_id=…)`. */
function withoutDetail(replacement: string): string {
  const open = replacement.indexOf('(');
  return open < 0 ? replacement : `${replacement.slice(0, open)}(…)`;
}

function replacementOf(entry: CallableFact, era: Era): CallableFact | undefined {
  if (entry.replacedBy !== undefined) return fact(entry.replacedBy, era);
  return callables(era).find((candidate) => candidate.replacedBy === entry.name);
}

function renameFix(
  argument: BoundArgument,
  replacement: string | undefined,
  registration: Registration,
  context: RuleContext,
): Fix | undefined {
  if (replacement === undefined || !/^\w+$/.test(replacement) || argument.form !== 'keyword' || argument.nameSpan === undefined)
    return undefined;
  if (registration.arguments.some((bound) => bound.name === replacement)) return undefined;
  return {
    title: `Rename to "${replacement}"`,
    edits: [{ uri: context.file.uri, span: argument.nameSpan, newText: replacement }],
    preferred: true,
  };
}

/** Renames the callable and its keywords, where every argument has a place in the successor and the name stands behind `ff.`. */
function renameCallable(registration: Registration, entry: CallableFact, successor: CallableFact, context: RuleContext): Fix | undefined {
  const { uri } = context.file;
  if (registration.calleeSpan.start === registration.nameSpan.start || registration.surplus.length > 0) return undefined;
  const edits: TextEdit[] = [{ uri, span: registration.nameSpan, newText: successor.name }];
  for (const argument of [...registration.arguments, ...registration.unknown]) {
    const replacedBy = entry.parameters.find((parameter) => parameter.name === argument.name)?.replacedBy;
    const newName = replacedBy ?? argument.name;
    if (!successor.parameters.some((parameter) => parameter.name === newName)) return undefined;
    if (newName === argument.name) continue;
    if (argument.form !== 'keyword' || argument.nameSpan === undefined) return undefined;
    edits.push({ uri, span: argument.nameSpan, newText: newName });
  }
  const given = new Set(
    [...registration.arguments, ...registration.unknown].map(
      ({ name }) => entry.parameters.find((parameter) => parameter.name === name)?.replacedBy ?? name,
    ),
  );
  // A successor that wants more than is written cannot take its place.
  if (!registration.unpacked && successor.parameters.some(({ name, required }) => required && !given.has(name))) return undefined;
  return { title: `Use "${successor.name}"`, edits, preferred: true };
}
