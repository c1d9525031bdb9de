// One transformation as a step of a plan: which sources it reads in which order, and the text that runs.

import type { PlanStep } from '../../../shared/run/plan';
import type { Reference, Resource } from '../definitions/resources';
import type { FunctionDefinition } from '../python/ast';
import { overlaps, type Span } from '../text/span';
import { pathOfUri } from '../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import type { Refuse } from './refuse';
import { referenceOfTemplate } from './resourceAt';
import { idOf } from './resourceIds';
import { submittedSql } from './runPlanSql';

/** A source that a transformation reads, with the place to point at when it cannot be read. */
export interface StepSource {
  readonly reference: Reference;
  readonly place: Span;
}

/** The sources in the order the definition uses them; what is no source is refused at its place. */
export function stepSources(resource: Resource, refuse: Refuse): readonly StepSource[] {
  return resource.kind === 'sql-transformation' ? sqlSources(resource, refuse) : dataframeSources(resource, refuse);
}

export interface PlanStepOptions {
  readonly view: string;
  readonly variant: string;
  /** The view of a source that the plan has; undefined for one that was refused. */
  readonly viewOf: (reference: Reference) => string | undefined;
  readonly refuse: Refuse;
}

/** The step, or undefined when it was refused. */
export function planStep(snapshot: Snapshot, resource: Resource, options: PlanStepOptions): PlanStep | undefined {
  const file = snapshot.files.get(resource.uri);
  if (file === undefined) return undefined;
  refuseForeignProvider(resource, options.refuse);
  refuseSyntaxErrors(file, resource, options.refuse);
  // The sources were refused where they had to be when the order was made.
  const sources = stepSources(resource, () => undefined);
  const base = {
    id: idOf(snapshot, resource),
    name: resource.name.text ?? resource.name.key,
    variant: options.variant,
    view: options.view,
    inputs: sources.map(({ reference }) => idOf(snapshot, reference)).filter((id, index, ids) => ids.indexOf(id) === index),
    uri: resource.uri,
    range: rangeOf(file.lines, resource.selection),
  };
  if (resource.kind === 'sql-transformation') {
    const submitted = resource.sql === undefined ? undefined : submittedSql(snapshot, resource, resource.sql, options.viewOf);
    if (submitted?.sql.trim() === '') options.refuse(`the query of "${base.id}" is empty`, { uri: resource.uri, span: resource.selection });
    return submitted === undefined ? undefined : { kind: 'sql', ...base, ...submitted };
  }
  const definition = resource.function;
  if (definition === undefined) {
    options.refuse(`the function of "${base.id}" is not known`, { uri: resource.uri, span: resource.selection });
    return undefined;
  }
  if (definition.async) options.refuse(`"${definition.name}" is an async function`, { uri: resource.uri, span: definition.nameSpan });
  // A DataFrame function gets one argument for each input, so an input that is named twice is passed twice.
  const inputs = sources.map(({ reference }) => idOf(snapshot, reference));
  return { kind: 'dataframe', ...base, inputs, functionName: definition.name, ...functionText(file, definition) };
}

function functionText(file: FileSnapshot, definition: FunctionDefinition): { source: string; firstLine: number; fileName: string } {
  const { line } = file.lines.positionAt(definition.definitionSpan.start);
  return {
    source: file.text.slice(file.lines.lineStart(line), definition.definitionSpan.end),
    firstLine: line + 1,
    fileName: pathOfUri(file.uri) ?? file.uri,
  };
}

function sqlSources(resource: Resource, refuse: Refuse): readonly StepSource[] {
  const { sql, uri } = resource;
  if (sql === undefined) {
    const returned = (resource.returned ?? []).map(({ span }) => span);
    // A function without any return says nothing about its text.
    for (const span of returned.length > 0 ? returned : [resource.selection])
      refuse(`the SQL text of "${resource.name.key}" is known only at run time`, { uri, span });
    return [];
  }
  if (sql.conditional)
    refuse(`"${resource.name.key}" may return another text; which one is known only at run time`, { uri, span: sql.span });
  for (const segment of sql.text.segments) {
    if (segment.symbol !== undefined)
      refuse('this part of the SQL text is known only at run time', { uri: segment.uri, span: segment.source });
  }
  const place = (span: Span): { uri: string; span: Span } => sql.text.sourceLocation(span) ?? { uri, span: sql.span };
  for (const { kind, span } of sql.scan.stray) {
    refuse(kind === 'unclosed' ? 'this template is not closed' : 'these braces belong to no template', place(span));
  }
  return sql.scan.templates.flatMap((template): StepSource[] => {
    const reference = referenceOfTemplate(resource, template);
    const written = place(template.span);
    if (reference !== undefined) return [{ reference, place: written.uri === uri ? written.span : sql.span }];
    refuse(`"${template.inner}" names no source`, written);
    return [];
  });
}

function dataframeSources(resource: Resource, refuse: Refuse): readonly StepSource[] {
  if (resource.inputs === undefined) return [];
  if (resource.inputs.elements === undefined) {
    refuse('the inputs are known only at run time', { uri: resource.uri, span: resource.inputs.span });
    return [];
  }
  return resource.inputs.elements.flatMap((element): StepSource[] => {
    if (element.reference !== undefined) return [{ reference: element.reference, place: element.span }];
    refuse(element.form === 'symbol' ? 'which source this is, is known only at run time' : 'this input names no source', {
      uri: resource.uri,
      span: element.span,
    });
    return [];
  });
}

function refuseForeignProvider(resource: Resource, refuse: Refuse): void {
  const provider = resource.provider;
  if (provider?.class === undefined || provider.class === 'OfflineSparkProvider') return;
  refuse(`"${resource.name.key}" is registered with ${provider.class}, not with Spark`, { uri: resource.uri, span: provider.span });
}

function refuseSyntaxErrors(file: FileSnapshot, resource: Resource, refuse: Refuse): void {
  for (const { span, message } of file.module.problems) {
    const wide = { start: span.start, end: Math.max(span.end, span.start + 1) };
    if (overlaps(resource.span, wide)) refuse(message, { uri: file.uri, span });
  }
}
