// How often each value occurs, in bounded memory: exactly while there are not too many different ones; after that their
// number is estimated, and the values that are surely frequent are kept.

import { DistinctSketch } from './distinctSketch';

/** Up to so many different values are counted exactly, if their texts are not too long together. */
const maxDistinct = 100_000;
const maxCharacters = 20_000_000;

export class ValueCounts {
  private readonly counts = new Map<string, number>();
  private characters = 0;
  private sketch: DistinctSketch | undefined;

  /** True when the value is not among those that are remembered. */
  add(value: string): boolean {
    this.sketch?.add(value);
    const count = this.counts.get(value);
    this.counts.set(value, (count ?? 0) + 1);
    if (count !== undefined) return false;
    this.characters += value.length;
    if (this.counts.size > maxDistinct || this.characters > maxCharacters) this.shrink();
    return true;
  }

  get distinct(): { readonly count: number; readonly exact: boolean } {
    return this.sketch ? { count: this.sketch.estimate(), exact: false } : { count: this.counts.size, exact: true };
  }

  /** Whether `entries` are all values with their true counts. */
  get isExact(): boolean {
    return this.sketch === undefined;
  }

  /**
   * Values and counts, the most frequent first. When they are not exact, every value that makes more than a fifty
   * thousandth of all is still among them (unless texts are very long), but its count may be too small.
   */
  entries(): readonly (readonly [value: string, count: number])[] {
    return mostFrequent([...this.counts]);
  }

  /** Takes the same from each count, so that half of them vanish, as Misra and Gries showed: what occurs often enough survives. */
  private shrink(): void {
    if (!this.sketch) {
      this.sketch = new DistinctSketch();
      for (const value of this.counts.keys()) this.sketch.add(value);
    }
    while (this.counts.size > maxDistinct / 2 || this.characters > maxCharacters / 2) {
      const middle = Float64Array.from(this.counts.values()).sort()[this.counts.size >>> 1] ?? 1;
      for (const [value, count] of this.counts) {
        if (count > middle) {
          this.counts.set(value, count - middle);
        } else {
          this.counts.delete(value);
          this.characters -= value.length;
        }
      }
    }
  }
}

/** By count, then by the text, so that the same values give the same answer. */
export function mostFrequent(entries: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  return entries.toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : a > b ? 1 : 0));
}
