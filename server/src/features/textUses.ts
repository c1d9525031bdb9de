// Where a text goes that a literal writes: into the registration or the query it stands in, or through variables to others.
// A rename may change a literal only where every way it goes is understood.

import type { Value } from '../python/values';
import { objectOf } from '../definitions/objects';
import type { Call, Expression, FunctionDefinition, Module, Statement } from '../python/ast';
import { blocksOf, expressionsOf, partsOf, withoutParentheses } from '../python/walk';
import { encloses, type Location, type Span } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { pythonBinding } from './pythonBinding';

/** A place that reads the text and does with it what is not known; undefined where the whole way of the text is. */
export function unknownUse(snapshot: Snapshot, roots: readonly string[], literal: Location): Location | undefined {
  return new Follower(snapshot, roots).follow(literal);
}

/** Functions and methods that hand on the text they are given and do nothing else. */
const harmless: ReadonlySet<string> = new Set(
  (
    'dict list tuple set str zip enumerate sorted reversed dedent cleandoc format join strip lstrip rstrip lower upper ' +
    'removeprefix removesuffix replace split splitlines items keys values get copy'
  ).split(' '),
);

/** Methods that put what they are given into the list or dictionary they are called on. */
const storing: ReadonlySet<string> = new Set(['append', 'extend', 'insert', 'update', 'setdefault', 'add']);

type Step =
  /** The text reaches Featureform, where it is judged by what was read. */
  | { readonly kind: 'read' }
  /** Variables hold it from here on. */
  | { readonly kind: 'held'; readonly names: readonly { readonly name: string; readonly span: Span }[] }
  | { readonly kind: 'unknown' };

class Follower {
  private readonly seen = new Set<string>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly roots: readonly string[],
  ) {}

  follow({ uri, span }: Location): Location | undefined {
    const file = this.snapshot.files.get(uri);
    if (file === undefined) return { uri, span };
    // A template in a file of SQL means a resource to everybody who reads the file.
    if (isQueryFile(uri)) return undefined;
    const path = pathTo(file.module, span);
    const steps = stepsFrom(file, path);
    for (const step of steps) {
      if (step.kind === 'unknown') return { uri, span };
      if (step.kind === 'read') continue;
      for (const { name, span: held } of step.names) {
        const found = this.followName(uri, held, name);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private followName(uri: string, span: Span, name: string): Location | undefined {
    const places = pythonBinding(this.snapshot, this.roots, uri, span, name)?.places;
    if (places === undefined) return { uri, span };
    for (const place of places) {
      const key = `${place.uri}#${place.span.start}`;
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      const module = this.snapshot.files.get(place.uri)?.module;
      if (module === undefined || isBinding(pathTo(module, place.span), place.span)) continue;
      const found = this.follow(place);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

type Path = readonly (Statement | Expression)[];

/** The statements and expressions around a span, the outermost first. */
function pathTo(module: Module, span: Span): Path {
  const path: (Statement | Expression)[] = [];
  let statements: readonly Statement[] = module.body;
  for (;;) {
    const statement = statements.find((one) => encloses(one.span, span));
    if (statement === undefined) return path;
    path.push(statement);
    let expression = expressionsOf(statement).find((one) => encloses(one.span, span));
    while (expression !== undefined) {
      path.push(expression);
      expression = partsOf(expression).find((one) => encloses(one.span, span));
    }
    if (path.at(-1) !== statement) return path;
    statements = blocksOf(statement);
  }
}

/** True where the name is bound and not read: an import, a target, a function or a parameter. */
function isBinding(path: Path, span: Span): boolean {
  const leaf = path.at(-1);
  if (leaf === undefined) return true;
  switch (leaf.kind) {
    case 'import':
    case 'importFrom':
    case 'function':
    case 'class':
    case 'global':
    case 'nonlocal':
    case 'try':
      return true;
    default:
      break;
  }
  if (path.some((node) => node.kind === 'global' || node.kind === 'nonlocal')) return true;
  return path.some((node) => {
    switch (node.kind) {
      case 'assign':
        return node.targets.some((target) => isTargetAt(target, span));
      case 'for':
      case 'named':
        return isTargetAt(node.target, span);
      case 'comprehension':
        return node.clauses.some((clause) => clause.kind === 'for' && isTargetAt(clause.target, span));
      default:
        return false;
    }
  });
}

function isTargetAt(target: Expression, span: Span): boolean {
  const node = withoutParentheses(target);
  if (node.kind === 'tuple' || node.kind === 'list') return node.items.some((item) => isTargetAt(item, span));
  return node.kind === 'name' && node.span.start === span.start;
}

/** Where the text goes from the innermost node of the path outwards. */
function stepsFrom(file: FileSnapshot, path: Path): readonly Step[] {
  const held: { name: string; span: Span }[] = [];
  const done = (step: Step): readonly Step[] => (held.length === 0 ? [step] : [step, { kind: 'held', names: held }]);
  const unknown: readonly Step[] = [{ kind: 'unknown' }];
  const leaf = path.at(-1);
  /** A call on the way of which only the result of reading the file tells what it does. */
  let called = false;
  for (let at = path.length - 2; at >= 0; at--) {
    const node = path[at];
    const child = path[at + 1];
    if (node === undefined || child === undefined || leaf === undefined) return unknown;
    switch (node.kind) {
      case 'formattedString':
      case 'concatenatedString':
      case 'tuple':
      case 'list':
      case 'set':
      case 'dict':
      case 'starred':
      case 'parenthesized':
      case 'attribute':
        continue;
      case 'binary':
        if (node.operator !== '+' && node.operator !== '%' && node.operator !== '|') return unknown;
        continue;
      case 'conditional':
        if (child === node.test) return unknown;
        continue;
      case 'subscript':
        if (child !== node.object) return unknown;
        continue;
      case 'named':
        held.push(...targetNames(node.target));
        continue;
      case 'comprehension':
        for (const clause of node.clauses) {
          if (clause.kind === 'if' && clause.test === child) return unknown;
          if (clause.kind === 'for' && clause.iterable === child) held.push(...targetNames(clause.target));
        }
        continue;
      case 'call': {
        if (file.definitions.registrations.some(({ span }) => span.start === node.span.start && span.end === node.span.end)) {
          return called && !isConstantFor(file, node, leaf.span) ? unknown : done({ kind: 'read' });
        }
        const stored = child === node.callee ? undefined : storedIn(node);
        if (stored !== undefined) return done({ kind: 'held', names: [stored] });
        called ||= child !== node.callee && !harmless.has(calleeName(node));
        continue;
      }
      case 'assign': {
        const names = node.targets.flatMap(targetNames);
        const plain = node.targets.every((target) => targetNames(target).length > 0);
        return called || child === node.annotation || !plain ? unknown : done({ kind: 'held', names });
      }
      case 'augmentedAssign':
        return called || targetNames(node.target).length === 0 ? unknown : done({ kind: 'held', names: targetNames(node.target) });
      case 'for':
        return called || child !== node.iterable ? unknown : done({ kind: 'held', names: targetNames(node.target) });
      case 'return':
        return returnSteps(file, path, called, done) ?? unknown;
      case 'expression':
        return called ? unknown : done({ kind: 'read' });
      default:
        return unknown;
    }
  }
  return unknown;
}

/** A query is read; what another function returns, its callers hold. */
function returnSteps(file: FileSnapshot, path: Path, called: boolean, done: (step: Step) => readonly Step[]): readonly Step[] | undefined {
  const around = path.findLast((node): node is FunctionDefinition => node.kind === 'function');
  if (around === undefined) return undefined;
  const resource = file.definitions.resources.find((one) => one.function?.nameSpan.start === around.nameSpan.start);
  if (resource === undefined) return called ? undefined : done({ kind: 'held', names: [{ name: around.name, span: around.nameSpan }] });
  const known = resource.returned?.every(({ value }) => value?.kind === 'string' && value.text.isConstant) === true;
  return resource.kind !== 'sql-transformation' || (called && !known) ? undefined : done({ kind: 'read' });
}

function targetNames(target: Expression): { readonly name: string; readonly span: Span }[] {
  const node = withoutParentheses(target);
  switch (node.kind) {
    case 'name':
      return [node];
    case 'tuple':
    case 'list':
      return node.items.flatMap(targetNames);
    case 'starred':
      return targetNames(node.value);
    case 'subscript':
      return targetNames(node.object);
    default:
      return [];
  }
}

function storedIn({ callee }: Call): { readonly name: string; readonly span: Span } | undefined {
  if (callee.kind !== 'attribute' || !storing.has(callee.name) || callee.object.kind !== 'name') return undefined;
  return callee.object;
}

function calleeName({ callee }: Call): string {
  return callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
}

/** True when the argument of the registration that holds the place has no part that only the run time knows. */
function isConstantFor(file: FileSnapshot, call: Call, place: Span): boolean {
  const registration = file.definitions.registrations.find(({ span }) => span.start === call.span.start && span.end === call.span.end);
  const argument = registration?.arguments.find(({ valueSpan }) => encloses(valueSpan, place));
  return argument !== undefined && isKnown(argument.value);
}

function isKnown(value: Value): boolean {
  switch (value.kind) {
    case 'string':
      return value.text.isConstant;
    case 'list':
    case 'tuple':
    case 'set':
      return value.complete && value.items.every(isKnown);
    case 'dict':
      return value.complete && value.entries.every((entry) => isKnown(entry.key) && isKnown(entry.value));
    case 'object':
      return objectOf(value) !== undefined;
    case 'symbol':
      return false;
    default:
      return true;
  }
}
