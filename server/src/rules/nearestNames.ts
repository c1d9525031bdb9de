// Which known names a misspelt one was probably meant to be.

/**
 * The nearest of `known`, best first: at most one edit for every three characters, transpositions counted as one edit, and never
 * as many as there are characters.
 */
export function nearestNames(written: string, known: readonly string[], limit = 3): readonly string[] {
  const allowed = Math.max(1, Math.floor(written.length / 3));
  const wanted = written.toLowerCase();
  return known
    .filter((name) => name !== written && Math.abs(name.length - written.length) <= allowed)
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= allowed && distance < Math.max(name.length, written.length))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one text to the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, substituted);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
