// SQL's three truth values, and sets of them: what a predicate may be for the rows of a chunk. A row has a set of one.

/** A set of truth values as bits. */
export type Truth = number;

export const isFalse: Truth = 1;
export const isTrue: Truth = 2;
/** Neither: null was compared. */
export const isUnknown: Truth = 4;
export const anyTruth: Truth = isFalse | isTrue | isUnknown;

export function notTruth(a: Truth): Truth {
  return (a & isUnknown) | (a & isFalse ? isTrue : 0) | (a & isTrue ? isFalse : 0);
}

/** Every truth value that `and` has for any choice of one from each set. */
export function andTruth(a: Truth, b: Truth): Truth {
  const open = isTrue | isUnknown;
  const unknown = a & open && b & open && (a | b) & isUnknown ? isUnknown : 0;
  return ((a | b) & isFalse) | (a & b & isTrue) | unknown;
}

export function orTruth(a: Truth, b: Truth): Truth {
  return notTruth(andTruth(notTruth(a), notTruth(b)));
}

/** The truth of a comparison that is made. */
export function truthOf(value: boolean): Truth {
  return value ? isTrue : isFalse;
}
