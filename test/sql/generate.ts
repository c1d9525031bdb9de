// Makes up queries from the grammar in queries.grammar, the same for the same seed, in every case, spacing and with comments anywhere.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../support/mutations';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'keyword'; readonly word: string }
  | { readonly kind: 'fresh'; readonly prefix: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'choice'; readonly alternatives: readonly Alternative[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly mark: string };

interface Alternative {
  readonly weight: number;
  readonly parts: readonly Part[];
}

type Rules = ReadonlyMap<string, readonly Alternative[]>;

/** How deep rules may nest before only the shortest way out is taken, and how many tokens a text may have before that. */
interface Size {
  readonly depth: number;
  readonly tokens: number;
}

export class QueryGenerator {
  private readonly rules = parseGrammar(readFileSync(join(import.meta.dirname, 'queries.grammar'), 'utf8'));
  private readonly heights = measureRules(this.rules);

  constructor(private readonly random: Random) {}

  /** One statement, mostly of a few lines. */
  generate(): string {
    const size = { depth: 6 + this.random.below(20), tokens: 8 + this.random.below(70) };
    const tokens: Token[] = [];
    this.expand({ kind: 'rule', name: 'statement' }, 0, size, tokens);
    return this.write(tokens);
  }

  private expand(part: Part, depth: number, size: Size, tokens: Token[]): void {
    const isOver = depth >= size.depth || tokens.length >= size.tokens;
    switch (part.kind) {
      case 'text':
        tokens.push({ text: part.text, isKeyword: false });
        break;
      case 'keyword':
        tokens.push({ text: part.word, isKeyword: true });
        break;
      case 'fresh':
        tokens.push({ text: `${part.prefix}${tokens.length}`, isKeyword: false });
        break;
      case 'rule':
        this.expandOneOf(this.rules.get(part.name) ?? [], depth + 1, size, tokens);
        break;
      case 'choice':
        this.expandOneOf(part.alternatives, depth, size, tokens);
        break;
      case 'repeat': {
        const separated = part.mark === '#';
        for (let left = this.repetitions(part.mark, isOver); left > 0; left--) {
          this.expand(part.part, depth, size, tokens);
          if (separated && left > 1) tokens.push({ text: ',', isKeyword: false });
        }
      }
    }
  }

  private expandOneOf(alternatives: readonly Alternative[], depth: number, size: Size, tokens: Token[]): void {
    const height = (one: Alternative): number => heightOf(one, this.heights);
    const limit = Math.min(...alternatives.map(height)) + this.slack(depth, size, tokens);
    const possible = alternatives.filter((one) => height(one) <= limit);
    let left = this.random.next() * possible.reduce((sum, { weight }) => sum + weight, 0);
    const chosen = possible.find(({ weight }) => (left -= weight) < 0) ?? possible[0];
    for (const part of chosen?.parts ?? []) this.expand(part, depth, size, tokens);
  }

  /** How much longer than the shortest way out a choice may be: in a small text without limit, in one that ends by and by little. */
  private slack(depth: number, size: Size, tokens: readonly Token[]): number {
    if (depth < size.depth && tokens.length < size.tokens) return Infinity;
    return tokens.length < size.tokens * 1.5 ? 2 : 0;
  }

  private repetitions(mark: string, isOver: boolean): number {
    const least = mark === '+' || mark === '#' ? 1 : 0;
    if (isOver) return least;
    if (mark === '?') return this.random.below(3) === 0 ? 1 : 0;
    return this.random.below(2) === 0 ? least : least + this.random.below(3);
  }

  private write(tokens: readonly Token[]): string {
    const keywords = this.random.pick(['upper', 'upper', 'lower', 'mixed'] as const);
    const isTidy = this.random.below(2) === 0;
    let text = '';
    for (const { text: token, isKeyword } of tokens) {
      if (text !== '') text += this.space(text, token, isTidy);
      text += isKeyword ? this.inCase(token, keywords) : token;
    }
    return text;
  }

  private space(before: string, token: string, isTidy: boolean): string {
    const touches = /[(),[\]]$/.test(before) || /^[(),[\].;]/.test(token);
    // A full stop belongs to a number before it, and begins one with the digit behind it.
    const canTouch =
      touches && !(token.startsWith('.') && /(^|[^\w`])[\d.][\w.]*$/.test(before)) && !(/^\.\d/.test(token) && /[\w)\]`]$/.test(before));
    if (canTouch && (isTidy || this.random.below(3) > 0)) return '';
    if (isTidy || this.random.below(4) > 0) return ' ';
    // Right behind an asterisk, a comment would close one.
    return this.random.pick([
      before.endsWith('*') ? ' ' : '/**/',
      '\n',
      '\t',
      '  ',
      '\n    ',
      '\r\n',
      ' /* note */ ',
      '\n-- note\n',
      ' /* a /* b */ c */ ',
      ' -- it\'s "odd` (\n',
    ]);
  }

  private inCase(word: string, keywords: 'upper' | 'lower' | 'mixed'): string {
    if (keywords === 'upper') return word;
    if (keywords === 'lower') return word.toLowerCase();
    return word.replaceAll(/[A-Z]/g, (letter) => (this.random.below(2) === 0 ? letter : letter.toLowerCase()));
  }
}

interface Token {
  readonly text: string;
  readonly isKeyword: boolean;
}

function parseGrammar(source: string): Rules {
  const lines = source.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const joined = lines.join('\n').replaceAll(/\n\s+/g, ' ');
  const rules = new Map(
    joined.split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), new GrammarReader(line.slice(at + 1)).alternatives()] as const;
    }),
  );
  const check = ({ parts }: Alternative): void => {
    parts.forEach(checkPart);
  };
  const checkPart = (part: Part): void => {
    if (part.kind === 'rule' && !rules.has(part.name)) throw new Error(`the grammar has no rule "${part.name}"`);
    if (part.kind === 'choice') part.alternatives.forEach(check);
    if (part.kind === 'repeat') checkPart(part.part);
  };
  for (const alternatives of rules.values()) alternatives.forEach(check);
  return rules;
}

class GrammarReader {
  private readonly words: readonly string[];
  private at = 0;

  constructor(line: string) {
    this.words = line.match(/"(?:\\.|[^"\\])*"|\[\d+\]|&?\w+|[()|?*+#]|\S/gu) ?? [];
  }

  alternatives(): readonly Alternative[] {
    const found: Alternative[] = [];
    do found.push(this.alternative());
    while (this.take('|'));
    if (this.at < this.words.length && this.words[this.at] !== ')')
      throw new Error(`unexpected ${this.words[this.at] ?? ''} in the grammar`);
    return found;
  }

  private alternative(): Alternative {
    const weight = /^\[(\d+)\]$/.exec(this.words[this.at] ?? '')?.[1];
    if (weight !== undefined) this.at++;
    const parts: Part[] = [];
    while (this.at < this.words.length && !/^[|)]$/.test(this.words[this.at] ?? '')) parts.push(this.part());
    return { weight: Number(weight ?? 2), parts };
  }

  private part(): Part {
    let part = this.atom();
    for (let mark = this.words[this.at]; mark !== undefined && /^[?*+#]$/.test(mark); mark = this.words[this.at]) {
      part = { kind: 'repeat', part, mark };
      this.at++;
    }
    return part;
  }

  private atom(): Part {
    const word = this.words[this.at++] ?? '';
    if (word === '(') {
      const alternatives = this.alternatives();
      if (!this.take(')')) throw new Error('a parenthesis of the grammar is not closed');
      return { kind: 'choice', alternatives };
    }
    if (word.startsWith('"')) return { kind: 'text', text: JSON.parse(word) as string };
    if (word.startsWith('&')) return { kind: 'fresh', prefix: word.slice(1) };
    return /^[A-Z_]+$/.test(word) ? { kind: 'keyword', word } : { kind: 'rule', name: word };
  }

  private take(word: string): boolean {
    if (this.words[this.at] !== word) return false;
    this.at++;
    return true;
  }
}

/** The least depth of what each rule can become. */
function measureRules(rules: Rules): ReadonlyMap<string, number> {
  const heights = new Map<string, number>();
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, alternatives] of rules) {
      const height = 1 + Math.min(...alternatives.map((one) => heightOf(one, heights)));
      if (height >= (heights.get(name) ?? Infinity)) continue;
      heights.set(name, height);
      changed = true;
    }
  }
  return heights;
}

function heightOf({ parts }: Alternative, heights: ReadonlyMap<string, number>): number {
  const height = (part: Part): number => {
    if (part.kind === 'rule') return heights.get(part.name) ?? Infinity;
    if (part.kind === 'choice') return Math.min(...part.alternatives.map((one) => heightOf(one, heights)));
    return part.kind === 'repeat' && (part.mark === '+' || part.mark === '#') ? height(part.part) : 0;
  };
  return Math.max(0, ...parts.map(height));
}
