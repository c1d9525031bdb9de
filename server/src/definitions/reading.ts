// The state of reading one file: what has been found so far, and how expressions are evaluated on the way.

import type { Argument, Attribute, Call, ClassDefinition, Expression, FunctionDefinition, Module } from '../python/ast';
import { fold, type FoldContext } from '../python/fold';
import type { Value } from '../python/values';
import { expressionsWithin } from '../python/walk';
import type { MappedText } from '../text/mappedText';
import { encloses, type Location, type Span } from '../text/span';
import { bindArguments, type Binding } from './bindArguments';
import type { CallableFact, Era } from './catalogue';
import { valueKey } from './names';
import { classOf } from './objects';
import type { BoundArgument, DefinitionFile, Finding, Reference, Registration, Resource, ResourceType, WrittenVariant } from './resources';
import { Scope } from './scope';
import { unknown } from './unknown';

/** What another file of the workspace binds at its top level, for names imported from it. */
export interface ImportedModule {
  readonly lookup: (name: string) => Value | undefined;
}

export interface ReadOptions {
  readonly era: Era;
  /** The module that an import statement of this file names, if the workspace holds it. `level` counts leading dots. */
  resolveImport?(module: string, level: number): ImportedModule | undefined;
  /** The path of the file, for `__file__`. */
  readonly filePath?: string | undefined;
  /**
   * The text of a file that the definitions read, by its path: a `fixed` one or one that is relative to the working folder.
   * `absent` where there is none for certain; undefined where nothing is known of it.
   */
  readText?(path: string, fixed: boolean): MappedText | 'absent' | undefined;
}

/** The parts of the reader that call each other in a circle; `readDefinitions` puts them together. */
export interface Readers {
  readonly readCall: (reading: Reading, call: Call, callee: Value, scope: Scope) => Value | undefined;
  readonly readAttribute: (reading: Reading, node: Attribute, object: Value) => Value | undefined;
  readonly readSubscript: (reading: Reading, node: Expression, object: Value, scope: Scope) => Value | undefined;
  readonly readFunction: (reading: Reading, definition: FunctionDefinition, scope: Scope) => Value;
  readonly readClass: (reading: Reading, definition: ClassDefinition, scope: Scope) => Value;
}

type ResourceFields = Omit<Resource, 'uri' | 'order'>;

export class Reading {
  readonly uri: string;
  /** The run that names what has no variant, where `set_run` made it known. */
  run: string | undefined;
  usesFeatureform = false;
  readonly classScopes = new Map<ClassDefinition, Scope>();
  /** Entity classes whose attributes are all written in their bodies. */
  readonly closedEntities = new Set<ClassDefinition>();
  /** The scope in which each function was defined. */
  readonly functionScopes = new Map<FunctionDefinition, Scope>();
  /** Values assigned to attributes of objects that only the run time knows: `context.spark = …`. */
  readonly attributes = new Map<string, Value>();
  private readonly resources: Resource[] = [];
  private readonly registrations: Registration[] = [];
  private readonly references: Reference[] = [];
  private readonly findings: Finding[] = [];
  private readonly externals: Reference[] = [];
  private readonly workspaceImports: Span[] = [];
  private readonly openTypes = new Set<ResourceType>();
  private readonly eraSigns: { readonly era: Era; readonly span: Span }[] = [];
  private readonly contexts = new Map<Scope, FoldContext>();
  /** The values of the calls of a statement, in a comprehension by the values of the names that they read. */
  private calls = new Map<Call, Map<string, Value | undefined>>();
  /** The scopes of the rounds of comprehensions, and what tells the rounds apart. */
  private readonly rounds = new WeakMap<Scope, string>();
  /** How often statements may still be run again, in loops that are unrolled and functions that are evaluated. */
  private repeats = 20_000;
  /** Greater than zero while a function is evaluated for its value only: nothing that it registers counts. */
  private muted = 0;

  constructor(
    readonly module: Module,
    readonly options: ReadOptions,
    readonly readers: Readers,
  ) {
    this.uri = module.uri;
  }

  get era(): Era {
    return this.options.era;
  }

  at(span: Span): Location {
    return { uri: this.uri, span };
  }

  /** The value of an expression. Registrations that it makes are recorded, each once until `beginStatement`. */
  evaluate(expression: Expression, scope: Scope): Value {
    let context = this.contexts.get(scope);
    if (context === undefined) {
      context = this.contextOf(scope);
      this.contexts.set(scope, context);
    }
    return fold(expression, context);
  }

  /** The same call expression registers anew when its statement runs again, in a loop that is unrolled. */
  beginStatement(): void {
    this.calls.clear();
  }

  /** Takes `count` from what may be repeated; false when a hostile file has used it up. */
  spend(count: number): boolean {
    if (this.repeats < count) return false;
    this.repeats -= count;
    return true;
  }

  /** Runs a function's body for its value only. */
  mute<T>(run: () => T): T {
    const { calls } = this;
    this.calls = new Map();
    this.muted++;
    try {
      return run();
    } finally {
      this.muted--;
      this.calls = calls;
    }
  }

  /** Binds a call to the callable it names and records it. */
  register(
    call: Call,
    fact: CallableFact,
    callable: string,
    scope: Scope,
    how: { readonly receiver?: Value; readonly decorator: boolean },
  ): Registration {
    this.usesFeatureform = true;
    const { receiver } = how;
    const receiverClass = classOf(receiver);
    const binding = bindArguments(call, fact, this.uri, (argument: Argument) => this.evaluate(argument.value, scope));
    const { callee } = call;
    const registration: Registration = {
      callable,
      span: call.span,
      calleeSpan: callee.span,
      nameSpan: callee.kind === 'attribute' ? callee.nameSpan : callee.span,
      arguments: [...binding.arguments, ...this.unpackedVariant(binding, fact)],
      unknown: binding.unknown,
      surplus: binding.surplus,
      open: binding.open || (receiver !== undefined && receiverClass === undefined),
      unpacked: binding.unpacked !== undefined,
      ...(receiver === undefined ? {} : { receiver }),
      receiverClass,
      decorator: how.decorator,
    };
    if (this.muted === 0) this.registrations.push(registration);
    return registration;
  }

  /** A variant that nobody wrote may stand in what is unpacked: then it is not the run, but unknown. */
  private unpackedVariant({ unpacked, arguments: bound }: Binding, fact: CallableFact): readonly BoundArgument[] {
    if (unpacked === undefined || !fact.parameters.some(({ name }) => name === 'variant')) return [];
    if (bound.some(({ name }) => name === 'variant')) return [];
    const { span } = unpacked;
    return [{ name: 'variant', value: unknown(this, span, 'variant'), span, valueSpan: span, form: 'unpacked' }];
  }

  addResource(fields: ResourceFields): void {
    if (this.muted === 0) this.resources.push({ ...fields, uri: this.uri, order: this.resources.length });
  }

  addReference(reference: Reference): void {
    if (this.muted === 0) this.references.push(reference);
  }

  addExternal(reference: Reference): void {
    if (this.muted === 0) this.externals.push(reference);
  }

  addFinding(finding: Finding): void {
    // Any Python reads files.
    if (finding.kind !== 'missing-file') this.usesFeatureform = true;
    if (this.muted === 0 && !this.findings.some((known) => known.span.start === finding.span.start)) {
      this.findings.push(finding);
    }
  }

  openType(type: ResourceType): void {
    this.openTypes.add(type);
  }

  /** Of a registration whose name nobody wrote but that may unpack one: it may define anything of its type. */
  openUnnamed({ unpacked }: Registration, type: ResourceType): void {
    if (unpacked) this.openType(type);
  }

  addWorkspaceImport(span: Span): void {
    this.workspaceImports.push(span);
  }

  addEraSign(era: Era, span: Span): void {
    this.eraSigns.push({ era, span });
  }

  omitted(): WrittenVariant {
    return { kind: 'omitted', run: this.run };
  }

  /** Everything found. References that resources hold already are not repeated among the file's own. */
  finish(): DefinitionFile {
    return {
      uri: this.uri,
      resources: this.resources,
      registrations: this.registrations,
      references: this.references.filter((reference) => !this.resources.some((resource) => encloses(resource.span, reference.span))),
      findings: this.findings,
      isDefinitionFile: this.usesFeatureform || this.resources.length > 0,
      eraSigns: this.eraSigns,
      externals: this.externals,
      workspaceImports: this.workspaceImports,
      openTypes: [...this.openTypes],
    };
  }

  /** True when the call was evaluated since the statement began, in whatever round of a comprehension. */
  hasRead(call: Call): boolean {
    return this.calls.has(call);
  }

  private contextOf(scope: Scope): FoldContext {
    const own: FoldContext = {
      uri: this.uri,
      text: this.module.text,
      lookup: (name) => scope.lookup(name) ?? this.assumedModule(name),
      call: (call, callee, context) => this.readCall(call, callee, context === own ? scope : this.roundOf(call, scope, context)),
      attribute: (node, object) => this.readers.readAttribute(this, node, object),
      subscript: (node, object, context) =>
        this.readers.readSubscript(this, node, object, context === own ? scope : this.roundOf(node, scope, context)),
    };
    return own;
  }

  private readCall(call: Call, callee: Value, scope: Scope): Value | undefined {
    const round = this.rounds.get(scope) ?? '';
    const known = this.calls.get(call) ?? new Map<string, Value | undefined>();
    this.calls.set(call, known);
    if (known.has(round) || !this.spend(1)) return known.get(round);
    const value = this.readers.readCall(this, call, callee, scope);
    known.set(round, value);
    return value;
  }

  /** The scope of one round of a comprehension, in which the expression sees the item of that round. */
  private roundOf(expression: Expression, scope: Scope, context: FoldContext): Scope {
    const round = new Scope('function', scope);
    round.importAll((name) => context.lookup(name));
    const names = new Set(expressionsWithin(expression).flatMap((part) => (part.kind === 'name' ? [part.name] : [])));
    const values = [...names].map((name) => {
      const value = context.lookup(name);
      return value === undefined ? name : `${name}=${valueKey(value)}`;
    });
    this.rounds.set(round, `${this.rounds.get(scope) ?? ''}(${values.join(', ')})`);
    return round;
  }

  /** Definitions are often quoted without their imports: an unbound `ff` is Featureform. */
  private assumedModule(name: string): Value | undefined {
    if (name !== 'ff' && name !== 'featureform') return undefined;
    return { kind: 'module', path: 'featureform', at: this.at({ start: 0, end: 0 }) };
  }
}
