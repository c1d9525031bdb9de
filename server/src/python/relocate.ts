// Trees moved to other offsets. A copy is made: trees are shared between snapshots and never change.

/** A copy of a tree in which every span has gone through `move`. */
export function relocate<T>(node: T, move: (offset: number) => number): T {
  return copy(node, move) as T;
}

function copy(value: unknown, move: (offset: number) => number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.length === 0 ? value : value.map((item: unknown) => copy(item, move));
  const fields = value as Readonly<Record<string, unknown>>;
  const { start, end } = fields;
  if (typeof start === 'number' && typeof end === 'number') return { start: move(start), end: move(end) };
  // A clone has the shape of the original, which a node that is put together name by name would not.
  const moved: Record<string, unknown> = { ...fields };
  for (const name in moved) {
    const part = moved[name];
    if (typeof part === 'object' && part !== null) moved[name] = copy(part, move);
  }
  return moved;
}
