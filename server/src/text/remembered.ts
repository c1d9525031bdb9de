/** What was computed from texts, so that the same text is not worked on again; the texts that were asked for last are kept. */
export class Remembered<T> {
  private readonly known = new Map<string, T>();

  constructor(
    private readonly most: number,
    private readonly compute: (text: string) => T,
  ) {}

  get(text: string): T {
    const before = this.known.get(text);
    const found = before ?? this.compute(text);
    this.known.delete(text);
    this.known.set(text, found);
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
    return found;
  }
}
