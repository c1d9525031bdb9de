// Tokens that cannot stand next to each other: a missing comma, a colon too many, an operator without its operand.

import type { LogicalLine } from './lines';
import { hasColon, isHeader } from './repairIndentation';
import type { RepairedText, TextEdit } from './repairedText';
import { beginsOperand, endsOperand, readTokens } from './tokens';
import type { Token } from './tokens';

export function repairTokens(repaired: RepairedText, lines: readonly LogicalLine[]): void {
  const edits: TextEdit[] = [];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    new LineRepair(repaired, line, next !== undefined && next.column > line.column, edits).run();
  }
  repaired.apply(edits);
}

/** Operators that have an operand on either side. */
const INFIX = new Set(
  '*,**,/,//,%,@,|,&,^,<<,>>,<,>,<=,>=,==,!=,=,+=,-=,*=,/=,//=,%=,@=,&=,|=,^=,>>=,<<=,**=,:=,->,.,and,or,in,is'.split(','),
);
/** Operators that may also stand before an operand without one on their left. */
const PREFIX = new Set(['*', '**', '-', '+', '~', 'not', 'await', 'lambda', 'yield', '...']);
const NEEDS_OPERAND = new Set([
  ...[...INFIX].filter((operator) => operator !== '.'),
  '+',
  '-',
  '~',
  'not',
  'if',
  'elif',
  'while',
  'else',
  'assert',
  'import',
  'del',
  'for',
]);
/** Tokens that are searched for the `lambda` before an operand. */
const LOOK_BACK = 500;
/** Words that are names unless they begin a statement. */
const SOFT = new Set(['match', 'case', 'type', 'print', 'exec']);

class LineRepair {
  private readonly tokens: readonly Token[];
  private readonly header: boolean;
  /** Elements seen since the bracket or comma before, by depth, to tell a missing colon from a missing comma. */
  private readonly colons: boolean[] = [];

  constructor(
    private readonly repaired: RepairedText,
    private readonly line: LogicalLine,
    private readonly blockFollows: boolean,
    private readonly edits: TextEdit[],
  ) {
    this.tokens = readTokens(repaired.text, line);
    this.header = isHeader(repaired.text, line);
  }

  run(): void {
    const { tokens } = this;
    if (this.addPrintParentheses()) return;
    for (const [index, token] of tokens.entries()) {
      if (this.repaired.isFull) return;
      const next = tokens[index + 1];
      this.noteColon(token);
      if (next !== undefined) this.pair(token, next, index);
    }
    this.lineEnd();
  }

  private pair(token: Token, next: Token, index: number): void {
    if (endsOperand(token)) {
      if (beginsOperand(next)) this.adjacent(token, next, index);
      else if (next.text === 'not' && this.tokens[index + 2]?.text !== 'in' && next.depth > 0) this.adjacent(token, next, index);
      return;
    }
    const { text } = next;
    if (token.text === '.' && next.kind !== 'name' && token.kind === 'operator') {
      this.report(token, "expected a name after '.'");
      this.insert(token.end, '_');
    } else if ((token.kind === 'open' || token.text === ',') && text === ',') this.remove(next, "unexpected ','");
    else if (NEEDS_OPERAND.has(token.text) && token.kind !== 'string' && this.endsHere(token, next)) this.missingOperand(token);
    else if (INFIX.has(token.text) && next.kind !== 'string' && INFIX.has(text) && !PREFIX.has(text) && !this.compound(token, next)) {
      this.remove(next, `unexpected '${text}'`);
    }
  }

  /** Two operands side by side. */
  private adjacent(token: Token, next: Token, index: number): void {
    if (token.kind === 'string' && next.kind === 'string') return;
    if (index === 0 && SOFT.has(token.text)) return;
    if (next.depth > 0 && next.around !== '') {
      const colon = next.around === '{' && this.colons[next.depth] !== true && this.dictAround(index);
      const sign = colon ? ':' : ',';
      const fix = { title: `Add the missing '${sign}'`, edits: [{ span: { start: token.end, end: token.end }, newText: sign }] };
      this.repaired.report(next, `expected '${sign}' before ${this.shown(next)}`, fix);
      this.insert(token.end, sign);
      if (!colon) this.colons[next.depth] = false;
      return;
    }
    if (this.inLambda(index)) {
      const fix = { title: "Add the missing ','", edits: [{ span: { start: token.end, end: token.end }, newText: ',' }] };
      this.repaired.report(next, `expected ',' before ${this.shown(next)}`, fix);
      this.insert(token.end, ',');
      return;
    }
    if (this.header || this.blockFollows) return;
    this.report(next, `unexpected ${this.shown(next)}`);
    this.insert(token.end, ';');
  }

  private missingOperand(token: Token): void {
    this.report(token, `expected an expression after '${token.text}'`);
    this.insert(token.end, token.text === 'import' ? ' _' : token.text === 'for' ? ' _ in _' : ' None');
  }

  private lineEnd(): void {
    const { text } = this.repaired;
    const last = this.tokens.at(-1);
    if (last === undefined) return;
    if (last.text === ':' && last.depth === 0 && !this.header && !this.blockFollows) {
      const call = this.tokens.at(-2)?.text === ')' ? ' after the call' : '';
      const edit = { span: { start: last.start, end: last.end }, newText: '' };
      this.repaired.report(last, `unexpected ':'${call}`, { title: "Remove the ':'", edits: [edit] });
      this.edits.push(edit);
    } else if (this.header && (this.blockFollows || !SOFT.has(this.tokens[0]?.text ?? '')) && !hasColon(text, this.line)) {
      const at = { start: this.line.end, end: this.line.end };
      this.repaired.report(last, "expected ':'", { title: "Add the missing ':'", edits: [{ span: at, newText: ':' }] });
      this.edits.push({ span: at, newText: this.blockFollows ? ':' : ': pass' });
    } else if (NEEDS_OPERAND.has(last.text) && last.kind !== 'string') this.missingOperand(last);
    else if (last.text === ',' && /^(?:from|import)$/u.test(this.tokens[0]?.text ?? '')) this.remove(last, "unexpected ','");
    else if (last.text === '.' && last.kind === 'operator') {
      this.report(last, "expected a name after '.'");
      this.insert(last.end, '_');
    }
  }

  /** A statement of Python 2. */
  private addPrintParentheses(): boolean {
    const [first, second] = this.tokens;
    const last = this.tokens.at(-1);
    if (first === undefined || second === undefined || last === undefined || !/^(?:print|exec)$/u.test(first.text)) return false;
    if (!beginsOperand(second)) return false;
    const edits = [
      { span: { start: first.end, end: second.start }, newText: '(' },
      { span: { start: last.end, end: last.end }, newText: ')' },
    ];
    this.repaired.report(first, `'${first.text}' is a function: its arguments must be in parentheses`, { title: 'Add parentheses', edits });
    this.edits.push(...edits);
    return true;
  }

  /** Whether nothing that `token` could apply to follows it. */
  private endsHere(token: Token, next: Token): boolean {
    const ends = next.kind === 'close' || next.text === ',' || next.text === ';';
    const colon = next.text === ':' && token.text !== 'lambda' && token.text !== 'else';
    if (!ends && !colon) return false;
    // Separators of parameters: `def f(a, /, *, b)`, `lambda *, a: a`, `print(*, …)` is wrong all the same; `import *` is right.
    return !(
      (token.text === '*' || token.text === '/') &&
      (this.header || this.tokens.some((one) => /^(?:lambda|import)$/u.test(one.text)))
    );
  }

  /** Two words that make one operator, or a star before something unpacked. */
  private compound(token: Token, next: Token): boolean {
    return `${token.text} ${next.text}` === 'is in' || token.text === '.' || next.text === '.' || (token.text === ',' && next.text === '/');
  }

  /** Whether the token at `index` stands among the parameters of a lambda. */
  private inLambda(index: number): boolean {
    const { depth } = this.tokens[index] ?? { depth: 0 };
    for (let at = index; at >= 0 && at > index - LOOK_BACK; at--) {
      const token = this.tokens[at];
      if (token?.depth === depth && (token.text === 'lambda' || token.text === ':')) return token.text === 'lambda';
    }
    return false;
  }

  private dictAround(index: number): boolean {
    const depth = this.tokens[index + 1]?.depth ?? 0;
    const start = this.tokens.findLastIndex((token, at) => at <= index && token.kind === 'open' && token.depth === depth - 1);
    return this.tokens.slice(start + 1).some((token) => token.depth === depth && token.text === ':');
  }

  private noteColon(token: Token): void {
    if (token.text === ':') this.colons[token.depth] = true;
    else if (token.text === ',' || token.kind === 'close') this.colons[token.depth] = false;
    else if (token.kind === 'open') this.colons[token.depth + 1] = false;
  }

  private shown(token: Token): string {
    const written = token.text.length > 30 ? `${token.text.slice(0, 27)}…` : token.text;
    return token.kind === 'string' ? written.replace(/[\n\r][\s\S]*/u, '…') : `'${written}'`;
  }

  private report(token: Token, message: string): void {
    this.repaired.report(token, message);
  }

  private remove(token: Token, message: string): void {
    const edit = { span: { start: token.start, end: token.end }, newText: '' };
    this.repaired.report(token, message, { title: `Remove '${token.text}'`, edits: [edit] });
    this.edits.push(edit);
  }

  private insert(at: number, newText: string): void {
    this.edits.push({ span: { start: at, end: at }, newText });
  }
}
