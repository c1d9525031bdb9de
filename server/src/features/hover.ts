import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { fact } from '../definitions/catalogue';
import type { Registration } from '../definitions/resources';
import type { Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { targetAt, type Target } from './resourceAt';
import { code, missingMarkdown, resourceMarkdown } from './resourceMarkdown';
import { sqlFunctionHover } from './sqlFunctionHover';
import { sqlNameHover } from './sqlNameHover';

/** What is known of the resource, the argument, the registration, or the name or function of SQL under the cursor. */
export function hover(snapshot: Snapshot, uri: string, offset: number): Hover | undefined {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (file === undefined) return undefined;
  if (target === undefined) return sqlNameHover(file, offset) ?? sqlFunctionHover(file, offset);
  const value = markdownOf(snapshot, target);
  return value === undefined ? undefined : { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(file.lines, target.span) };
}

function markdownOf(snapshot: Snapshot, target: Target): string | undefined {
  switch (target.kind) {
    case 'definition':
      return resourceMarkdown(snapshot, target.resource);
    case 'reference': {
      const [resource] = snapshot.index.definitions(target.key);
      const text = resource === undefined ? missingMarkdown(snapshot, target.reference) : resourceMarkdown(snapshot, resource);
      return target.alias === undefined ? text : `${code(target.alias)} stands for\n\n${text}`;
    }
    case 'keyword':
      return keywordMarkdown(snapshot, target.registration, target.argument.name);
    case 'callable':
      return callableMarkdown(snapshot, target.registration);
  }
}

function keywordMarkdown(snapshot: Snapshot, registration: Registration, keyword: string): string | undefined {
  const callable = fact(registration.callable, snapshot.era);
  if (callable === undefined) return undefined;
  const parameter = callable.parameters.find((one) => one.name === keyword);
  if (parameter === undefined) {
    return callable.openKeywords === true ? undefined : `${code(callable.name)} takes no argument ${code(keyword)}.`;
  }
  const signature = `${parameter.name}${parameter.type === undefined ? '' : `: ${parameter.type}`}${parameter.default === undefined ? '' : ` = ${parameter.default}`}`;
  return [
    `**${code(signature)}** · argument of ${code(callable.name)}`,
    ...(parameter.note === undefined ? [] : [parameter.note]),
    ...(parameter.ignored === true ? ['Accepted, and without effect on Spark.'] : []),
    ...(parameter.replacedBy === undefined ? [] : [`Today's Featureform writes ${code(parameter.replacedBy)}.`]),
  ].join('\n\n');
}

function callableMarkdown(snapshot: Snapshot, registration: Registration): string | undefined {
  const callable = fact(registration.callable, snapshot.era);
  if (callable === undefined) return undefined;
  const required = callable.parameters.filter((parameter) => parameter.required).map((parameter) => code(parameter.name));
  return [
    `**${code(callable.name)}** · Featureform`,
    callable.summary,
    ...(required.length === 0 ? [] : [`Required: ${required.join(', ')}.`]),
    ...(callable.replacedBy === undefined ? [] : [`Today's Featureform has ${code(callable.replacedBy)} in its place.`]),
  ].join('\n\n');
}
