// The run plan of a definition: what must run, in which order, on which text, and how everything in it leads back to the
// documents. Where anything would have to be guessed, the reasons against the plan instead, each at its place.

import type { RunPlanParams } from '../../../shared/protocol/requests';
import type { PlanAnswer, PlanInput, PlanRefusal, PlanStep } from '../../../shared/run/plan';
import type { Reference, Resource } from '../definitions/resources';
import type { Diagnosis } from '../rules/check';
import { type Location, overlaps, type Span } from '../text/span';
import type { ResourceKey, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import type { Refuse } from './refuse';
import {
  idOf,
  idOfKey,
  isConstantId,
  isTransformation,
  kindWords,
  parseTypedId,
  resourcesWithId,
  typeWords,
  variantOf,
} from './resourceIds';
import { planInput } from './runPlanInputs';
import { planStep, stepSources, type StepSource } from './runPlanSteps';

export interface RunPlanOptions {
  /** The folder that holds `sparkform.json`, as an absolute path; undefined when no file of the workspace is on a disk. */
  readonly root: string | undefined;
  /** The problems of a file. */
  readonly diagnose: (uri: string) => readonly Diagnosis[];
}

/** The plan that yields the output of `params.id`, or every reason why there is none. */
export function buildRunPlan(snapshot: Snapshot, params: RunPlanParams, options: RunPlanOptions): PlanAnswer {
  const target = findTarget(snapshot, params.id);
  if (target.kind === 'refused') return target;
  return new PlanBuilder(snapshot, params, options).build(target.resource);
}

/** The variant that stands in paths for the one that only the run time makes up. */
const RUN_VARIANT = 'run';

function findTarget(
  snapshot: Snapshot,
  text: string,
): { readonly kind: 'found'; readonly resource: Resource } | (PlanAnswer & { kind: 'refused' }) {
  const { type, id } = parseTypedId(text);
  const refused = (message: string, at: readonly Resource[]): PlanAnswer & { kind: 'refused' } => ({
    kind: 'refused',
    reasons: at.length === 0 ? [{ message }] : at.map((resource) => ({ message, ...placeOf(snapshot, resource.uri, resource.selection) })),
  });
  const all = resourcesWithId(snapshot, type, id);
  const sources = all.filter((resource) => resource.type === 'source');
  const [found] = sources;
  if (found !== undefined) {
    if (sources.length > 1) return refused(`"${id}" is defined ${sources.length} times; which of them to run is not certain`, sources);
    if (isTransformation(found)) {
      if (isConstantId(found)) return { kind: 'found', resource: found };
      return refused(`the name of source "${id}" is known only at run time`, [found]);
    }
    return refused(`"${id}" is a ${kindWords[found.kind]}: there is nothing to run, only transformations can be run`, [found]);
  }
  const [other] = all;
  if (other !== undefined) return refused(`"${id}" is a ${typeWords[other.type]}; only transformations can be run`, [other]);
  // A name alone is understood where it can mean only one thing.
  const variants = (type ?? 'source') === 'source' ? snapshot.index.variants('source', id).filter(isConstantId) : [];
  const ids = [...new Set(variants.map((resource) => idOf(snapshot, resource)))];
  if (ids.length === 1 && ids[0] !== undefined && ids[0] !== id) return findTarget(snapshot, `source:${ids[0]}`);
  if (ids.length > 1) return refused(`"${id}" exists in several variants: ${ids.join(', ')}`, variants);
  return refused(`nothing in this workspace defines "${id}"`, []);
}

class PlanBuilder {
  private readonly reasons: PlanRefusal[] = [];
  private readonly refusedSpans: Location[] = [];
  private readonly inputs: PlanInput[] = [];
  private readonly steps: PlanStep[] = [];
  private readonly views = new Map<ResourceKey, string>();
  private readonly takenViews = new Set<string>();
  private nextView = 0;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly params: RunPlanParams,
    private readonly options: RunPlanOptions,
  ) {}

  build(target: Resource): PlanAnswer {
    const order = this.upstreamOrder(target);
    for (const resource of order) this.keepViewsClearOf(resource);
    for (const resource of order) this.add(resource, resource === target);
    if (this.reasons.length > 0) return { kind: 'refused', reasons: inTextOrder(this.reasons) };
    const { engine, limit } = this.params;
    return {
      kind: 'plan',
      plan: {
        version: 1,
        engine,
        target: idOf(this.snapshot, target),
        inputs: this.inputs,
        steps: this.steps,
        ...(limit !== undefined && { limit }),
      },
    };
  }

  /** Everything the target reads, inputs before their readers, the target last. Kept off the call stack: chains can be long. */
  private upstreamOrder(target: Resource): readonly Resource[] {
    const order: Resource[] = [];
    const state = new Map<ResourceKey, 'open' | 'done'>();
    const path: { readonly resource: Resource; readonly key: ResourceKey; readonly sources: readonly StepSource[]; next: number }[] = [];
    const enter = (resource: Resource): void => {
      const key = this.snapshot.keyOf(resource);
      state.set(key, 'open');
      path.push({ resource, key, sources: this.readsOn(resource, target) ? stepSources(resource, this.refuse) : [], next: 0 });
    };
    enter(target);
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const source = frame.sources[frame.next++];
      if (source === undefined) {
        state.set(frame.key, 'done');
        order.push(frame.resource);
        path.pop();
        continue;
      }
      const key = this.snapshot.keyOf(source.reference);
      if (state.get(key) === 'open') {
        const cycle = this.snapshot.graph.cycleThrough(key) ?? [key];
        const path = cycle.map((one) => `"${idOfKey(one)}"`).join(' reads ');
        this.refuse(`a cycle: ${path}`, { uri: frame.resource.uri, span: source.place });
      } else if (!state.has(key)) {
        const found = this.resolve(source, frame.resource);
        if (found === undefined) state.set(key, 'done');
        else enter(found);
      }
    }
    return order;
  }

  /** Without `upstream`, what transformations before the target read is none of this plan's business. */
  private readsOn(resource: Resource, target: Resource): boolean {
    return isTransformation(resource) && (resource === target || this.params.upstream);
  }

  private resolve({ reference, place }: StepSource, from: Resource): Resource | undefined {
    const definitions = this.snapshot.index.definitions(this.snapshot.keyOf(reference));
    const [found] = definitions;
    const id = idOf(this.snapshot, reference);
    if (found !== undefined && definitions.length === 1) {
      if (isConstantId(found)) return found;
      this.refuse(`the name of source "${id}" is known only at run time`, at(found));
    } else if (found !== undefined) {
      for (const one of definitions) this.refuse(`"${id}" is defined ${definitions.length} times`, at(one));
    } else this.refuse(this.unknown(reference, id), { uri: from.uri, span: place });
    return undefined;
  }

  private unknown(reference: Reference, id: string): string {
    if (reference.name.text === undefined) return `which source this is, is known only at run time`;
    if (this.snapshot.index.couldExist(reference)) return `"${id}" is defined outside this workspace, so it cannot be read here`;
    const variants = [...new Set(this.snapshot.index.variants('source', reference.name.text).map((one) => idOf(this.snapshot, one)))];
    return `nothing in this workspace defines source "${id}"${variants.length === 0 ? '' : `; there is ${variants.join(', ')}`}`;
  }

  private add(resource: Resource, isTarget: boolean): void {
    const { snapshot, refuse } = this;
    const key = snapshot.keyOf(resource);
    const view = this.newView(key);
    if (!isTransformation(resource) || (!isTarget && !this.params.upstream)) {
      const input = planInput(snapshot, resource, { view, root: this.options.root, refuse });
      if (input !== undefined) this.inputs.push(input);
      return;
    }
    const step = planStep(snapshot, resource, {
      view,
      variant: variantOf(snapshot, resource) ?? RUN_VARIANT,
      viewOf: (reference) => this.views.get(snapshot.keyOf(reference)),
      refuse,
    });
    this.refuseErrorsIn(resource);
    if (step !== undefined) this.steps.push(step);
  }

  /** What the rules call an error would fail in Featureform or on Spark; what is refused already is not said twice. */
  private refuseErrorsIn(resource: Resource): void {
    for (const { severity, problem } of this.options.diagnose(resource.uri)) {
      if (severity !== 'error' || problem.uri !== undefined) continue;
      const { span } = problem;
      const inside = overlaps(resource.span, span) || (span.start >= resource.span.start && span.end <= resource.span.end);
      if (!inside || this.refusedSpans.some((known) => known.uri === resource.uri && meets(known.span, span))) continue;
      this.refuse(problem.message, { uri: resource.uri, span });
    }
  }

  private readonly refuse: Refuse = (message, place) => {
    const reason = { message, ...(place !== undefined && placeOf(this.snapshot, place.uri, place.span)) };
    if (place !== undefined) this.refusedSpans.push(place);
    if (!this.reasons.some((known) => JSON.stringify(known) === JSON.stringify(reason))) this.reasons.push(reason);
  };

  private newView(key: ResourceKey): string {
    let view: string;
    do view = `source_${this.nextView++}`;
    while (this.takenViews.has(view));
    this.views.set(key, view);
    return view;
  }

  /** A query with a name such as `source_1` of its own (a common table expression) must not meet a view of that name. */
  private keepViewsClearOf(resource: Resource): void {
    for (const match of (resource.sql?.text.value ?? '').matchAll(/\bsource_\d+\b/gi)) this.takenViews.add(match[0].toLowerCase());
  }
}

function at(resource: Resource): Location {
  return { uri: resource.uri, span: resource.selection };
}

/** Document by document, as they were come across; within one as a person reads it. */
function inTextOrder(reasons: readonly PlanRefusal[]): readonly PlanRefusal[] {
  const byDocument = new Map<string | undefined, PlanRefusal[]>();
  for (const reason of reasons) byDocument.set(reason.uri, [...(byDocument.get(reason.uri) ?? []), reason]);
  const place = ({ range }: PlanRefusal): number => (range === undefined ? 0 : range.start.line * 1e6 + range.start.character);
  return [...byDocument.values()].flatMap((one) => one.sort((a, b) => place(a) - place(b)));
}

function meets(a: Span, b: Span): boolean {
  return overlaps(a, b) || (a.start === b.start && a.end === b.end);
}

function placeOf(snapshot: Snapshot, uri: string, span: Span): Partial<Pick<PlanRefusal, 'uri' | 'range'>> {
  const file = snapshot.files.get(uri);
  return file === undefined ? {} : { uri, range: rangeOf(file.lines, span) };
}
