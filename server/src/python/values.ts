// What constant folding yields: values that are known without running Python, and symbols for what is not.

import type { MappedText } from '../text/mappedText';
import type { Location } from '../text/span';
import type { ClassDefinition, Expression, FunctionDefinition } from './ast';

interface Valued {
  /** Where the expression that wrote this value stands. */
  readonly at: Location;
}

/** A string, perhaps with symbolic parts. */
export interface StringValue extends Valued {
  readonly kind: 'string';
  readonly text: MappedText;
}

export interface NumberValue extends Valued {
  readonly kind: 'number';
  readonly value: number;
  /** As Python's str() prints it. */
  readonly text: string;
}

export interface BooleanValue extends Valued {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NoneValue extends Valued {
  readonly kind: 'none';
}

export interface SequenceValue extends Valued {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: readonly Value[];
  /** False when a part of unknown length (`*rest`, a comprehension) belongs to it. */
  readonly complete: boolean;
}

export interface DictValue extends Valued {
  readonly kind: 'dict';
  readonly entries: readonly { readonly key: Value; readonly value: Value }[];
  /** False when an unknown dictionary was merged into it. */
  readonly complete: boolean;
}

/** A function of the workspace, by its definition; `environment` is where its free names are looked up. */
export interface FunctionValue extends Valued {
  readonly kind: 'function';
  readonly definition: FunctionDefinition;
}

export interface ClassValue extends Valued {
  readonly kind: 'class';
  readonly definition: ClassDefinition;
}

/** A module, or a name of a module that the workspace does not hold: `featureform`, `os.getenv`, `pyspark.sql.functions.avg`. */
export interface ModuleValue extends Valued {
  readonly kind: 'module';
  /** Dotted path; `featureform.register_spark` for `from featureform import register_spark`. */
  readonly path: string;
}

/** An object that only the asker of folding understands: a provider, a resource, a registration. */
export interface ObjectValue extends Valued {
  readonly kind: 'object';
  readonly object: unknown;
}

/** Known only at run time. Two symbols with equal keys are equal. */
export interface SymbolValue extends Valued {
  readonly kind: 'symbol';
  readonly key: string;
  readonly expression?: Expression;
}

export type Value =
  | StringValue
  | NumberValue
  | BooleanValue
  | NoneValue
  | SequenceValue
  | DictValue
  | FunctionValue
  | ClassValue
  | ModuleValue
  | ObjectValue
  | SymbolValue;
