// What was decoded lately: scrolling asks for the rows next to those before, mostly of the same pages.

export class RowsCache<Entry> {
  /** In order of use, the latest last. */
  private readonly entries = new Map<string, { readonly entry: Entry; readonly size: number }>();
  private size = 0;

  /** @param maxBytes about how much is kept, besides the entry that came last. */
  constructor(private readonly maxBytes: number) {}

  get(key: string): Entry | undefined {
    const kept = this.entries.get(key);
    if (!kept) return undefined;
    this.entries.delete(key);
    this.entries.set(key, kept);
    return kept.entry;
  }

  /** @param size how many bytes it holds, about. */
  set(key: string, entry: Entry, size: number): void {
    this.drop(key);
    this.entries.set(key, { entry, size });
    this.size += size;
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.maxBytes || oldest === key) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const kept = this.entries.get(key);
    if (!kept) return;
    this.entries.delete(key);
    this.size -= kept.size;
  }
}
