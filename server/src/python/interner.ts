const MAX_INTERNED = 50_000;
const MAX_LENGTH = 1_000;

/**
 * One copy of each name: a slice would keep the whole text it was cut from alive for as long as any statement of it is
 * taken over into later trees.
 */
export function createInterner(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= MAX_INTERNED) known.clear();
    const copy = name.length > MAX_LENGTH ? name : String.fromCharCode(...codesOf(name));
    known.set(copy, copy);
    return copy;
  };
}

function codesOf(name: string): readonly number[] {
  return Array.from({ length: name.length }, (_, at) => name.charCodeAt(at));
}
