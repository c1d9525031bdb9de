// Trees moved to other offsets. A copy is made: trees are shared between snapshots and never change.

/** A copy of a tree in which every span has gone through `move`. */
export function relocate<T>(node: T, move: (offset: number) => number): T {
  return copy(node, move) as T;
}

function copy(value: unknown, move: (offset: number) => number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.length === 0 ? value : value.map((item) => copy(item, move));
  const fields = value as Readonly<Record<string, unknown>>;
  const { start, end } = fields;
  if (typeof start === 'number' && typeof end === 'number') return { start: move(start), end: move(end) };
  const moved: Record<string, unknown> = {};
  for (const name in fields) moved[name] = copy(fields[name], move);
  return moved;
}
