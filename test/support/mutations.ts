// Random damage to a text or to bytes, the same for the same seed: what disks, half-finished edits and enemies do to files.

/** A small generator of good quality (mulberry32), so that a failure can be repeated from its seed. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

const tokens = [
  '"',
  "'",
  '"""',
  '{{',
  '}}',
  '<<',
  '>>',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '.',
  '@',
  '\\',
  '\n',
  '\t',
  ' ',
  '\r\n',
  '\0',
  '\uD800',
  '😀',
  'def ',
  'class ',
  'return ',
  'lambda',
  '**',
  'f"{',
  '%',
  '#',
  '\u2028',
];

/** One kind of damage to a text. */
export function mutateText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + random.below(60));
  switch (random.below(9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(to);
    case 3:
      return text.slice(0, at) + String.fromCharCode(random.below(0x10000)) + text.slice(at + 1);
    case 4:
      return text.slice(0, at) + random.pick(tokens) + text.slice(at);
    case 5:
      return text.slice(0, at) + text.slice(at, to).repeat(2 + random.below(20)) + text.slice(to);
    case 6: {
      const open = random.pick(['(', '[', '{', '((', 'f"{', '{{', 'not ', '-', 'lambda: ', 'a.', 'a[']);
      return text.slice(0, at) + open.repeat(1 + random.below(3000)) + text.slice(at);
    }
    case 7:
      return text.slice(0, at) + random.pick(['x', ' ', '{{a.b}} ', '"a" ', 'a + ']).repeat(random.below(20_000)) + text.slice(at);
    default: {
      const other = random.below(text.length + 1);
      return text.slice(0, at) + text.slice(other, other + random.below(400)) + text.slice(at);
    }
  }
}
