// Follows the tokens in front of a cursor, bracket by bracket, with the phrases that completion offers: what fits none of them is a
// name or a value. It never fails; where the text is wrong, a clause brings it back.

import { openedBy, startItem } from './completionBrackets';
import type { SlotWants, SqlSlot } from './completionContext';
import { isExtracted } from './completionExpressions';
import { type Expects, type Frame, fresh, type FrameKind, type Move, newFrame, type Phrase } from './completionFrames';
import { phrasesOf } from './completionPhrases';
import { isKeyword } from './completionWords';
import { isClauseAt, isNameToken } from './keywords';
import type { Token } from './tokens';
import type { Span } from '../text/span';

const wanted: Partial<Record<Expects, SlotWants>> = {
  operand: 'expression',
  relation: 'relation',
  lateral: 'tableFunction',
  generator: 'generator',
  over: 'window',
  windowStart: 'window',
  type: 'type',
  castType: 'type',
  fieldType: 'type',
  hint: 'hint',
  relationName: 'relationName',
  columnName: 'columnName',
  tableName: 'tableName',
};

/** Clauses that stand in the way of nothing: behind one the text goes on in the query around it. */
const LOOSE: ReadonlySet<FrameKind> = new Set(['case', 'call', 'group', 'subscript', 'columns', 'names', 'relationGroup']);

export class Tracker {
  private readonly stack: Frame[] = [newFrame({ kind: 'query', expects: 'query' })];
  /** Words that complete a phrase whose beginning stands in front of the place. */
  private rest: readonly string[] = [];
  private restOnly = false;

  constructor(
    private readonly sql: string,
    private readonly tokens: readonly Token[],
  ) {}

  private get top(): Frame {
    return this.stack.at(-1) as Frame;
  }

  run(): void {
    let at = 0;
    while (at < this.tokens.length && !this.restOnly) at += this.step(at);
  }

  slot(word: Span): SqlSlot {
    const { top, rest } = this;
    const call = this.stack.findLast(({ kind }) => kind !== 'group' && kind !== 'case' && kind !== 'subscript');
    const common = {
      word,
      clause: this.stack.findLast(({ kind }) => kind === 'query')?.clause ?? 'none',
      call: call?.kind === 'call' ? call.name : undefined,
    };
    if (this.restOnly) return { ...common, wants: undefined, qualifier: [], keywords: rest };
    const qualifier = this.qualifier();
    if (qualifier !== undefined) {
      const column = top.expects === 'operator' || top.expects === 'columnName';
      return { ...common, wants: column ? 'member' : undefined, qualifier, keywords: [] };
    }
    const offered = phrasesOf(top).filter((one) => !one.hidden);
    const keywords = [...new Set([...rest, ...offered.map(({ words }) => words.join(' '))])];
    const constant = top.clause === 'limit' || top.clause === 'offset' || top.kind === 'sample' || top.kind === 'pivotValues';
    const wants = top.expects === 'operand' && (constant || isExtracted(top) || top.last === 'interval') ? undefined : wanted[top.expects];
    return { ...common, wants, qualifier: [], keywords: top.last === 'interval' && top.expects === 'operand' ? [] : keywords };
  }

  /** The names in front of a period at the end. */
  private qualifier(): readonly Token[] | undefined {
    const found: Token[] = [];
    let at = this.tokens.length - 1;
    if (this.tokens[at]?.key !== '.') return undefined;
    while (at > 0 && this.tokens[at]?.key === '.') {
      const name = this.tokens[at - 1];
      if (name === undefined || !isNameToken(name)) return [];
      found.unshift(name);
      at -= 2;
    }
    return found;
  }

  /** Reads what stands at a token; gives the number of tokens. */
  private step(at: number): number {
    const token = this.tokens[at] as Token;
    switch (token.kind) {
      case 'word':
        return this.word(at);
      case 'quotedName':
      case 'template':
        this.name(at, '`');
        return 1;
      case 'string':
      case 'number':
      case 'unknown':
        this.value(token);
        return 1;
      default:
        this.sign(at, token.key);
        return 1;
    }
  }

  private word(at: number): number {
    const { key } = this.tokens[at] as Token;
    if (this.tokens[at - 1]?.key === '.') {
      this.name(at, key);
      return 1;
    }
    if (this.isProgram(at)) return 1;
    for (let tries = 0; tries < 3; tries++) {
      const length = this.phraseAt(at);
      if (length > 0) return length;
      if (!this.leave(at)) break;
    }
    this.name(at, key);
    return 1;
  }

  /** MAP, REDUCE and TRANSFORM send rows through programs; of what they say up to FROM nothing is known here. */
  private isProgram(at: number): boolean {
    const { top } = this;
    const { key } = this.tokens[at] as Token;
    const next = this.tokens[at + 1];
    const begins = (top.expects === 'query' || top.expects === 'plainQuery' || top.fromFirst) && (key === 'MAP' || key === 'REDUCE');
    const goesOn = (key === 'USING' && next?.kind === 'string') || (key === 'ROW' && next?.key === 'FORMAT');
    if (!begins && !goesOn) return false;
    Object.assign(top, { clause: 'select', expects: 'nothing' });
    return true;
  }

  /** Reads the longest phrase that fits; gives its length, nothing where none does. */
  private phraseAt(at: number): number {
    let best: Phrase | undefined;
    const rest: string[] = [];
    const unusual: string[] = [];
    let begun = 0;
    for (const one of phrasesOf(this.top)) {
      const { words } = one;
      let matched = 0;
      while (matched < words.length && this.tokens[at + matched]?.key === words[matched]) matched++;
      if (matched === words.length) {
        if (words.length > (best?.words.length ?? 0)) best = one;
      } else if (matched > 0 && at + matched === this.tokens.length) {
        (one.hidden ? unusual : rest).push(words.slice(matched).join(' '));
        begun = Math.max(begun, matched);
      }
    }
    rest.push(...unusual);
    if (best !== undefined && begun <= best.words.length && isKeyword(this.tokens, at, best.words, this.top)) {
      this.apply(best.move);
      if (at + best.words.length === this.tokens.length) this.rest = rest;
      return best.words.length;
    }
    if (begun <= (best?.words.length ?? 0)) return 0;
    this.rest = [...new Set(rest)];
    this.restOnly = true;
    return this.tokens.length - at;
  }

  /** Lets a clause begin where something else should stand; true when another phrase may fit then. */
  private leave(at: number): boolean {
    const { top } = this;
    if (top.expects === 'unit') {
      top.expects = 'operator';
      return true;
    }
    if (!isClauseAt(this.tokens, at)) return false;
    if (top.expects === 'nothing' && top.kind === 'query') top.expects = 'aliased';
    else if (top.expects === 'operand' && top.kind === 'query') top.expects = 'operator';
    else if (top.expects === 'relation') top.expects = 'afterRelation';
    else if (LOOSE.has(top.kind) && this.stack.some(({ kind }) => kind === 'query')) {
      while (LOOSE.has(this.top.kind)) this.stack.pop();
      if (this.top.expects === 'operand') this.top.expects = 'operator';
    } else return false;
    return true;
  }

  private apply({ push, pop, ...move }: Move): void {
    const { top } = this;
    const first = move.first ?? false;
    Object.assign(top, move, { first });
    if (push !== undefined) this.stack.push(newFrame(push));
    if (pop === true && this.stack.length > 1) this.stack.pop();
  }

  /** A name, or a word that is none of the keywords that may stand here. */
  private name(at: number, key: string): void {
    const { top } = this;
    top.first = false;
    if (this.tokens[at - 1]?.key === '.') {
      if (top.expects === 'operator') Object.assign(top, { last: 'name', called: key });
      return;
    }
    switch (top.expects) {
      case 'operand':
      case 'columnName':
        Object.assign(top, { last: 'name', called: key });
        if (top.expects === 'operand' || top.kind === 'unpivotColumns') top.expects = 'operator';
        break;
      case 'bound':
        Object.assign(top, { expects: 'operator', last: 'name' });
        break;
      case 'operator':
        this.alias();
        break;
      case 'relation':
        Object.assign(top, { expects: 'afterRelation', called: key });
        break;
      case 'afterRelation':
        top.expects = 'aliasedRelation';
        break;
      case 'newName':
        top.expects = top.then;
        break;
      case 'lateral':
        Object.assign(top, { expects: 'open', opens: 'call', then: 'afterRelation' });
        break;
      case 'generator':
        Object.assign(top, { expects: 'open', opens: 'call', then: 'viewName', called: key });
        break;
      case 'viewName':
        top.expects = 'viewAs';
        break;
      case 'over':
        top.expects = 'operator';
        break;
      case 'windowSpec':
      case 'tableName':
        top.expects = 'clauseEnd';
        break;
      case 'windowStart':
        top.expects = 'nothing';
        break;
      case 'type':
      case 'fieldType':
        top.expects = 'typed';
        break;
      case 'castType':
        Object.assign(top, { expects: 'operator', last: 'type' });
        break;
      case 'hint':
        Object.assign(top, { expects: 'hintEnd' });
        break;
      default:
        break;
    }
  }

  /** A word behind an operand: the alias of an item or of inline rows; elsewhere it means nothing. */
  private alias(): void {
    const { top } = this;
    if (top.clause === 'select' || top.clause === 'aggregate' || top.kind === 'pivot') top.expects = 'aliased';
    else if (top.clause === 'fromValues' || top.clause === 'values' || top.clause === 'from') {
      Object.assign(top, { expects: 'aliasedRelation', clause: top.clause === 'values' ? 'body' : 'from' });
    }
  }

  private value({ kind, span }: Token): void {
    const { top } = this;
    top.first = false;
    if (top.expects === 'operator' && top.last === 'interval') top.expects = 'unit';
    else if (top.expects === 'operand' || top.expects === 'bound') {
      // `INTERVAL '1 day'` has its units in the text.
      const interval = top.last === 'interval' && !/[a-z]/i.test(this.sql.slice(span.start, span.end));
      Object.assign(top, {
        expects: interval ? 'unit' : 'operator',
        last: interval && kind === 'number' ? 'interval' : 'value',
        called: '',
      });
    }
  }

  private sign(at: number, key: string): void {
    const { top } = this;
    switch (key) {
      case '(':
        this.stack.push(openedBy(this.tokens, at, top));
        return;
      case '[':
        this.stack.push(newFrame({ kind: 'subscript', ...fresh, inner: true }));
        return;
      case ')':
      case ']':
        this.close();
        return;
      case ',':
        while (this.stack.length > 1 && this.top.kind === 'case') this.stack.pop();
        startItem(this.top);
        return;
      case '.':
        return;
      case '/*+':
        this.stack.push(newFrame({ kind: 'hints', expects: 'hint' }));
        return;
      case '*/':
        if (top.kind === 'hints') this.stack.pop();
        return;
      case ';':
        top.expects = 'nothing';
        return;
      case '|>':
        Object.assign(top, { clause: 'pipe', expects: 'pipe', piped: true });
        return;
      case '<':
        if (top.expects === 'typed') {
          const struct = this.tokens[at - 1]?.key === 'STRUCT';
          this.stack.push(
            newFrame({ kind: 'typeArguments', expects: struct ? 'newName' : 'type', then: 'fieldType', clause: struct ? 'with' : 'none' }),
          );
          return;
        }
        break;
      case '>':
        if (top.kind === 'typeArguments') {
          this.stack.pop();
          return;
        }
        break;
      default:
        break;
    }
    this.operator(at, key);
  }

  private operator(at: number, key: string): void {
    const { top } = this;
    top.first = false;
    switch (key) {
      case '*':
        if (top.expects === 'operand' || this.tokens[at - 1]?.key === '.') Object.assign(top, { expects: 'operator', last: 'star' });
        else if (top.expects === 'operator') Object.assign(top, { expects: 'operand', inner: true });
        return;
      case '::':
        top.expects = 'castType';
        return;
      case '->':
      case '=>':
        Object.assign(top, fresh);
        return;
      case '?':
        if (top.expects === 'operand') Object.assign(top, { expects: 'operator', last: 'value' });
        return;
      case ':':
        if (top.expects === 'operand') Object.assign(top, { expects: 'newName', then: 'operator', last: 'value' });
        else if (top.expects === 'fieldType') top.expects = 'type';
        return;
      default:
        if (top.expects !== 'operator') return;
        Object.assign(top, { expects: 'operand', inner: true, last: 'value' });
        if (/^(?:[<>!]?=|==|<=>|<>|!=|<|>|![<>])$/.test(key)) top.compared = true;
    }
  }

  private close(): void {
    while (this.stack.length > 1 && this.top.kind === 'case') this.stack.pop();
    if (this.stack.length === 1) return;
    const closed = this.stack.pop() as Frame;
    // Behind `first(x IGNORE NULLS)` nothing may follow the call.
    if (closed.kind === 'call' && closed.expects === 'nothing') this.top.last = 'value';
    if (this.top.opensWithQuery && closed.kind !== 'query' && !closed.opensWithQuery) this.top.opensWithQuery = false;
  }
}
