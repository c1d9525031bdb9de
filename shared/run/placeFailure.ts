// Puts a failure of the runner on the text that the user wrote: offsets of the submitted SQL through the plan's segments,
// lines of a traceback to the file, names of views back to the sources they stood for.

import type { FailurePosition, PlacedFailure, RunFailure } from './manifest';
import type { DataframeStep, PlanInput, PlanPosition, PlanRange, PlanStep, RunPlan, SqlSegment, SqlStep } from './plan';

/** Never fails: what cannot be placed exactly is placed on the step, and what belongs to no step on the target. */
export function placeFailure(failure: RunFailure, plan: RunPlan): PlacedFailure {
  const owner = findOwner(failure, plan);
  const place = (failure.position === undefined ? undefined : placePosition(failure.position, owner)) ?? owner;
  return {
    uri: place.uri,
    range: place.range,
    message: nameSources(failure.message, plan),
    suggestions: failure.suggestions.map((suggestion) => nameSources(suggestion, plan)),
  };
}

interface Place {
  readonly uri: string;
  readonly range: PlanRange;
}

function findOwner(failure: RunFailure, plan: RunPlan): PlanStep | PlanInput {
  const id = failure.step ?? plan.target;
  const owner = plan.steps.find((step) => step.id === id) ?? plan.inputs.find((input) => input.id === id) ?? plan.steps.at(-1);
  if (owner === undefined) throw new Error('a plan has at least one step');
  return owner;
}

function placePosition(position: FailurePosition, owner: PlanStep | PlanInput): Place | undefined {
  if (!('kind' in owner)) return undefined;
  if (position.kind === 'sql') return owner.kind === 'sql' ? placeSql(position.start, position.end, owner) : undefined;
  return owner.kind === 'dataframe' && position.fileName === owner.fileName ? placePython(position, owner) : undefined;
}

/** From the first written character at or after the start to the last one before the end. */
function placeSql(start: number, end: number, step: SqlStep): Place | undefined {
  const segments = [...step.segments].sort((a, b) => a.start - b.start).filter((one) => one.end > one.start);
  const first = segments.find((one) => one.end > start);
  if (first === undefined) {
    // Behind all that was written: the end of the text.
    const last = segments.at(-1);
    return last === undefined ? undefined : { uri: last.uri, range: last.range };
  }
  const last = segments.findLast((one) => one.start < Math.max(end, start + 1)) ?? first;
  const from = positionIn(first, start, 'start');
  // A text put together from several files: what is in the first of them has to do.
  const to = last.uri === first.uri ? positionIn(last, end, 'end') : first.range.end;
  return isBefore(to, from) ? { uri: first.uri, range: first.range } : { uri: first.uri, range: { start: from, end: to } };
}

function positionIn(segment: SqlSegment, offset: number, side: 'start' | 'end'): PlanPosition {
  if (!segment.exact) return segment.range[side];
  const inside = Math.min(Math.max(offset, segment.start), segment.end) - segment.start;
  return { line: segment.range.start.line, character: segment.range.start.character + inside };
}

function isBefore(a: PlanPosition, b: PlanPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function placePython(position: FailurePosition & { kind: 'python' }, step: DataframeStep): Place | undefined {
  const text = step.source.split(/\r\n|\r|\n/)[position.line - step.firstLine];
  if (text === undefined) return undefined;
  const line = position.line - 1;
  const { character, endCharacter, endLine = position.line } = position;
  const range =
    character === undefined || endCharacter === undefined
      ? {
          start: { line, character: text.length - text.trimStart().length },
          end: { line, character: text.trimEnd().length },
        }
      : { start: { line, character }, end: { line: endLine - 1, character: endCharacter } };
  return { uri: step.uri, range };
}

/** Spark speaks of the views of the plan, users know only what they wrote in templates. */
function nameSources(message: string, plan: RunPlan): string {
  const templates = new Map([...plan.inputs, ...plan.steps].map((item) => [item.view, `{{${item.id}}}`]));
  return message.replace(/`([A-Za-z_]\w*)`|\b[A-Za-z_]\w*\b/g, (name, quoted: string | undefined) => templates.get(quoted ?? name) ?? name);
}
