// Paths of files as Python writes them: strings, `pathlib.Path`, `os.path`, from the working folder or from `__file__`. A path
// is read off the expression; what cannot be followed has none.

import type { Call, Expression } from '../python/ast';
import type { Reading } from './reading';
import type { Scope } from './scope';

/** A path with `/`. Absolute ones and those from `__file__` are `fixed`; the others are relative to the working folder. */
export interface FilePath {
  readonly fixed: boolean;
  readonly path: string;
}

const MAX_STEPS = 40;

export function pathOf(reading: Reading, expression: Expression, scope: Scope, steps = MAX_STEPS): FilePath | undefined {
  if (steps === 0) return undefined;
  const next = (part: Expression): FilePath | undefined => pathOf(reading, part, scope, steps - 1);
  switch (expression.kind) {
    case 'parenthesized':
      return next(expression.expression);
    case 'name':
      if (expression.name === '__file__' && scope.lookup('__file__') === undefined) {
        const { filePath } = reading.options;
        return filePath === undefined ? undefined : { fixed: true, path: filePath };
      }
      break;
    case 'attribute':
      if (expression.name !== 'parent') break;
      return parentOf(next(expression.object), 1);
    case 'subscript': {
      const [index] = expression.index;
      const levels = index === undefined ? undefined : reading.evaluate(index, scope);
      if (expression.object.kind !== 'attribute' || expression.object.name !== 'parents' || levels?.kind !== 'number') break;
      return parentOf(next(expression.object.object), levels.value + 1);
    }
    case 'binary':
      if (expression.operator === '/') return joined([next(expression.left), next(expression.right)]);
      if (expression.operator === '+') {
        const [left, right] = [next(expression.left), reading.evaluate(expression.right, scope)];
        if (left?.fixed === true && right.kind === 'string' && right.text.isConstant) {
          return { fixed: true, path: left.path + right.text.value };
        }
      }
      break;
    case 'call':
      return pathOfCall(reading, expression, scope, next);
    default:
  }
  const value = reading.evaluate(expression, scope);
  if (value.kind === 'string' && value.text.isConstant) return pathOfText(value.text.value);
  // A variable stands for the expression that it was given.
  const given = value.kind === 'symbol' && value.at.uri === reading.uri ? value.expression : undefined;
  return given === undefined || given === expression ? undefined : next(given);
}

function pathOfText(path: string): FilePath {
  return { fixed: path.startsWith('/'), path };
}

function pathOfCall(reading: Reading, call: Call, scope: Scope, next: (part: Expression) => FilePath | undefined): FilePath | undefined {
  const given = call.arguments.map(({ value }) => value);
  const [first] = given;
  const callee = reading.evaluate(call.callee, scope);
  switch (callee.kind === 'module' ? callee.path : call.callee.kind === 'name' && callee.kind === 'symbol' ? callee.key : '') {
    case 'pathlib.Path':
    case 'pathlib.PosixPath':
    case 'pathlib.PurePath':
      return first === undefined ? { fixed: false, path: '' } : joined(given.map(next));
    case 'os.path.join':
      return joined(given.map(next));
    case 'os.path.dirname':
      return first && parentOf(next(first), 1);
    case 'os.path.abspath':
    case 'os.path.realpath':
    case 'os.path.normpath':
    case 'os.fspath':
    case 'str':
      return first && next(first);
    case 'os.getcwd':
    case 'pathlib.Path.cwd':
      return { fixed: false, path: '' };
    default:
  }
  if (call.callee.kind !== 'attribute') return undefined;
  const own = next(call.callee.object);
  switch (call.callee.name) {
    case 'resolve':
    case 'absolute':
    case 'as_posix':
      return own;
    case 'joinpath':
      return joined([own, ...given.map(next)]);
    case 'with_name': {
      const name = first && next(first);
      return joined([parentOf(own, 1), name]);
    }
    default:
      return undefined;
  }
}

function joined(parts: readonly (FilePath | undefined)[]): FilePath | undefined {
  let whole: FilePath = { fixed: false, path: '' };
  for (const part of parts) {
    if (part === undefined) return undefined;
    if (part.fixed || whole.path === '') whole = part.fixed ? part : { fixed: whole.fixed, path: part.path };
    else whole = { fixed: whole.fixed, path: part.path === '' ? whole.path : `${whole.path}/${part.path}` };
  }
  return whole;
}

function parentOf(path: FilePath | undefined, levels: number): FilePath | undefined {
  if (path === undefined || !path.fixed || !Number.isInteger(levels) || levels < 0) return undefined;
  let { path: folder } = path;
  for (let level = 0; level < levels; level++) folder = folder.slice(0, Math.max(0, folder.replace(/\/+$/, '').lastIndexOf('/')));
  return { fixed: true, path: folder };
}
