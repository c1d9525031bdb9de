// Constant folding: the value of an expression as far as it is known without running Python.

import type { Attribute, Call, Expression } from './ast';
import type { Value } from './values';

/** Where an expression is folded: its document, the names in reach, and what the asker knows beyond Python itself. */
export interface FoldContext {
  readonly uri: string;
  readonly text: string;
  /** The value of a name at this place, or undefined for a name that nothing binds (builtins are known to folding). */
  lookup(name: string): Value | undefined;
  /** Called for every call before folding tries its own knowledge (`str.format`, `textwrap.dedent`, `dict`, …). */
  call?(call: Call, callee: Value, context: FoldContext): Value | undefined;
  /** Called for every attribute of an `object`, `class` or `symbol` value, and of a module path. */
  attribute?(node: Attribute, object: Value, context: FoldContext): Value | undefined;
  /** Called for every subscript of an `object` or `symbol` value. */
  subscript?(node: Expression, object: Value, context: FoldContext): Value | undefined;
}
