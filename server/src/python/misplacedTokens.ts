// Whether the tokens of a statement may follow one another, in time proportional to the text. The grammar knows better, but
// its recovery from many errors in one statement takes time out of all proportion, and cannot be told to stop at the first:
// this tells beforehand whether it may be asked. What is correct always passes; of what is not, some passes too.

import type { LogicalLine } from './lines';
import { fieldsOf } from './stringFields';
import { isConstant, readTokens } from './tokens';
import type { Token } from './tokens';

/** So many tokens in the wrong place are no slip any more. A few are left to the grammar, which names the place better. */
const TOO_MANY = 20;

/** Whether so few tokens stand where they cannot stand that the grammar may be asked. */
export function isReadable(text: string, lines: readonly LogicalLine[]): boolean {
  return misplacedTokens(text, lines, TOO_MANY).length < TOO_MANY;
}

/** Whether the grammar is likely to find nothing wrong, so that asking it first is worth its time. */
export function isPromising(text: string, lines: readonly LogicalLine[]): boolean {
  return misplacedTokens(text, lines, 1).length === 0;
}

/** The first of the tokens that cannot stand where they stand, if they are too many for the grammar. */
export function firstOfTooMany(text: string, lines: readonly LogicalLine[]): Token | undefined {
  const found = misplacedTokens(text, lines, TOO_MANY);
  return found.length < TOO_MANY ? undefined : found[0];
}

/** The first tokens that cannot stand where they stand, at most `limit` of them. */
export function misplacedTokens(text: string, lines: readonly LogicalLine[], limit: number): readonly Token[] {
  const found: Token[] = [];
  for (const line of lines) {
    if (found.length >= limit) break;
    new LineOrder(text, found, limit).check(readTokens(text, line));
  }
  return found;
}

/** What may come next: an operand, something behind one, or both. */
type Expected = 'operand' | 'operator' | 'either';

/** What an open bracket, or the statement itself, has seen so far. */
interface Frame {
  readonly opener: '' | '(' | '[' | '{';
  /** Parameters of a function or of a type. */
  readonly parameters: boolean;
  /** It holds a `for`, so that an `if` needs no `else`. */
  comprehension: boolean;
  /** A `for` waits for its `in`. */
  awaitsIn: boolean;
  /** Those `if` that wait for their `else`. */
  conditions: number;
  /** Those `lambda` that wait for their colon. */
  lambdas: number;
  /** Colons since the last comma, those of lambdas left out. */
  colons: number;
}

const BINARY = new Set('+ - * / // % @ | & ^ << >> < > <= >= == != ** and or in is'.split(' '));
const AUGMENTED = new Set('+= -= *= /= //= %= @= &= |= ^= >>= <<= **='.split(' '));
/** Keywords that begin a statement, and what may follow them. */
const BEGINNINGS: ReadonlyMap<string, Expected> = new Map<string, Expected>([
  ...['pass', 'break', 'continue'].map((word): [string, Expected] => [word, 'operator']),
  ...['return', 'raise', 'except', 'else', 'try', 'finally'].map((word): [string, Expected] => [word, 'either']),
  ...'del assert while with if elif for class def import from global nonlocal'
    .split(' ')
    .map((word): [string, Expected] => [word, 'operand']),
]);
/** Those whose head ends with a colon, behind which no other of them may stand. */
const HEADS = new Set('def class if elif else for while with try except finally'.split(' '));
/** Names that begin a statement in some places. */
const SOFT = new Set(['match', 'case', 'type', 'print', 'exec']);
/** What separates parameters that are given by position, by either and by name. */
const SEPARATORS = new Set(['*', '/', '**']);
const TYPED = new Set(['def', 'class', 'type']);

class LineOrder {
  private expected: Expected = 'operand';
  private atStart = true;
  private behindHead = false;
  /** The keyword or soft keyword that the present simple statement or head began with. */
  private kind = '';
  private previous: Token | undefined;
  private beforePrevious: Token | undefined;
  private frames: Frame[] = [newFrame('', false)];

  constructor(
    private readonly text: string,
    private readonly found: Token[],
    private readonly limit: number,
  ) {}

  check(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (this.found.length >= this.limit) return;
      if (!this.accepts(token)) this.found.push(token);
      this.beforePrevious = this.previous;
      this.previous = token;
    }
    const last = this.previous;
    if (last === undefined || this.found.length >= this.limit) return;
    if (this.isUnfinished() && last.text !== ',' && last.text !== '*') this.found.push(last);
  }

  /** Takes a token over, and goes on as if it were right where it is not. */
  private accepts(token: Token): boolean {
    const { text } = token;
    const { atStart } = this;
    if (atStart && this.begins(token)) return true;
    this.atStart = false;
    if (this.kind === 'import' || this.kind === 'from') return this.acceptsInImport(token);
    if (this.previous?.text === '.' && this.previous.kind === 'operator') return this.operand(token.kind === 'name');
    if (this.previous?.text === 'not' && this.expected === 'operator') return this.operator(text === 'in');
    if (this.previous?.text === 'async' && this.expected === 'operator' && text !== 'for') return false;
    if (this.previous?.text === 'lambda' && token.kind !== 'name' && text !== ':' && text !== '*' && text !== '**') return false;
    switch (token.kind) {
      case 'name':
        if (atStart && SOFT.has(text)) {
          this.kind = text;
          this.expected = 'either';
          return true;
        }
        return this.operand(this.expected !== 'operator');
      case 'number':
        return this.operand(this.expected !== 'operator');
      case 'string':
        this.checkFields(token);
        return this.operand(this.expected !== 'operator' || this.previous?.kind === 'string');
      case 'open':
        return this.open(token);
      case 'close':
        return this.close();
      case 'keyword':
        return this.keyword(token);
      case 'operator':
        return this.sign(token);
      case 'invalid':
        return false;
    }
  }

  /** The beginning of a statement; false where the token is to be looked at like any other. */
  private begins(token: Token): boolean {
    if (token.text === 'async' || token.text === ';') return true;
    const expected = token.text === '@' ? 'operand' : token.kind === 'keyword' ? BEGINNINGS.get(token.text) : undefined;
    this.kind = token.text;
    this.expected = expected ?? 'operand';
    this.atStart = expected === undefined;
    if (token.text === 'for') this.top.awaitsIn = true;
    return expected !== undefined && !(this.behindHead && HEADS.has(token.text));
  }

  private acceptsInImport({ kind, text }: Token): boolean {
    if (text === ';') return this.nextStatement();
    if (kind === 'open') this.frames.push(newFrame('(', false));
    else if (kind === 'close' && this.frames.length > 1) this.frames.pop();
    this.expected = kind === 'name' || kind === 'close' || text === '*' ? 'operator' : 'operand';
    if (kind === 'name') return this.previous?.kind !== 'name';
    return text === 'import' || text === 'as' || ['.', '...', ',', '(', ')', '*'].includes(text);
  }

  private open(token: Token): boolean {
    const right = token.text !== '{' || this.expected !== 'operator';
    const parameters = this.frames.length === 1 && (token.text === '(' ? this.kind === 'def' : TYPED.has(this.kind));
    this.frames.push(newFrame(token.text as '(' | '[' | '{', parameters));
    this.expected = 'operand';
    return right;
  }

  private close(): boolean {
    const frame = this.top;
    const right = this.expected !== 'operand' || this.previous?.kind === 'open' || this.mayEndAfter(frame);
    if (this.frames.length > 1) this.frames.pop();
    this.expected = 'operator';
    return right && isComplete(frame);
  }

  /** Whether the element that ends here may lack an operand. */
  private mayEndAfter({ opener, parameters, lambdas }: Frame): boolean {
    const text = this.previous?.text ?? '';
    return text === ',' || (text === ':' && opener === '[') || (SEPARATORS.has(text) && (parameters || lambdas > 0));
  }

  private keyword(token: Token): boolean {
    const frame = this.top;
    const { text } = token;
    if (isConstant(token)) return this.operand(this.expected !== 'operator');
    switch (text) {
      case 'lambda': {
        const right = this.expected !== 'operator';
        frame.lambdas++;
        this.expected = 'either';
        return right;
      }
      case 'await':
        return this.expected !== 'operator';
      case 'yield': {
        const before = this.previous?.text ?? '(';
        this.expected = 'either';
        return before === '(' || before === '=' || before === ':' || before === ';' || AUGMENTED.has(before);
      }
      case 'not':
        if (this.expected === 'either') this.expected = 'operand';
        return this.expected === 'operator' || !this.isBehindTightSign();
      case 'if':
        if (!frame.comprehension && !(this.kind === 'case' && frame.opener === '')) frame.conditions++;
        return this.operator(this.expected !== 'operand');
      case 'else': {
        const right = frame.conditions > 0 || frame.comprehension || this.kind === 'case';
        if (frame.conditions > 0) frame.conditions--;
        return this.operator(right && this.expected !== 'operand');
      }
      case 'async':
        return frame.opener !== '' && this.expected === 'operator';
      case 'for': {
        const right = frame.opener !== '' && this.expected === 'operator' && !frame.awaitsIn && frame.conditions === 0;
        frame.comprehension = true;
        frame.awaitsIn = true;
        return this.operator(right);
      }
      case 'in': {
        const right = this.expected !== 'operand' || (frame.awaitsIn && this.previous?.text === ',');
        frame.awaitsIn = false;
        return this.operator(right);
      }
      case 'and':
      case 'or':
      case 'is':
        return this.operator(this.expected !== 'operand');
      case 'from':
        return this.operator(this.previous?.text === 'yield' || (this.kind === 'raise' && this.expected === 'operator'));
      case 'as':
        return this.operator(this.expected === 'operator' && (this.kind === 'with' || this.kind === 'except' || this.kind === 'case'));
      default:
        return false;
    }
  }

  private sign({ text }: Token): boolean {
    const frame = this.top;
    const behindOperand = this.expected !== 'operand';
    if (text === '...') return this.operand(this.expected !== 'operator');
    if (text === '.') return behindOperand;
    if (text === '~') return this.operator(this.expected !== 'operator');
    if (text === '+' || text === '-') return this.operator(true);
    if ((text === '*' || text === '**') && !behindOperand) return this.isUnpacking();
    if (BINARY.has(text)) {
      const separates = text === '/' && (frame.parameters || frame.lambdas > 0) && this.previous?.text === ',';
      return this.operator(behindOperand || separates);
    }
    if (AUGMENTED.has(text)) {
      const right = behindOperand && frame.opener === '' && this.kind !== '=';
      this.kind = '=';
      return this.operator(right);
    }
    switch (text) {
      case ',':
        return this.comma(behindOperand);
      case ':':
        return this.colon(behindOperand);
      case '=':
        return this.operator((behindOperand || (this.previous?.text === ',' && frame.opener === '')) && this.mayAssign());
      case ':=':
        return this.operator(behindOperand && this.previous?.kind === 'name' && this.mayName());
      case '->':
        return this.operator(behindOperand && this.kind === 'def' && frame.opener === '');
      case ';':
        return (behindOperand || this.previous?.text === ',') && frame.opener === '' && this.nextStatement();
      default:
        return false;
    }
  }

  /** Whether the sign before binds tighter than `not`, which is none that unpacks. */
  private isBehindTightSign(): boolean {
    const { text } = this.previous ?? { text: '' };
    if (text === 'and' || text === 'or' || text === 'in' || text === 'is') return false;
    if (text === '*' || text === '**') return this.beforePrevious?.kind !== 'open' && this.beforePrevious?.text !== ',';
    return text === '~' || BINARY.has(text);
  }

  /** Whether the name before may be the target of `:=`. */
  private mayName(): boolean {
    const before = this.beforePrevious;
    return before === undefined || before.kind === 'open' || before.kind === 'keyword' || before.text === ',' || before.text === ':';
  }

  /** Whether a star stands where something may be unpacked. */
  private isUnpacking(): boolean {
    const { previous } = this;
    return (
      previous === undefined ||
      previous.kind === 'open' ||
      previous.kind === 'keyword' ||
      [',', '=', ':', ';', '->'].includes(previous.text) ||
      AUGMENTED.has(previous.text)
    );
  }

  private comma(behindOperand: boolean): boolean {
    const frame = this.top;
    const right = behindOperand || (this.previous?.text !== ',' && this.mayEndAfter(frame));
    // The parameters of a lambda and the targets of a `for` have commas of their own.
    const complete = frame.conditions === 0 || frame.lambdas > 0;
    if (frame.lambdas === 0) {
      frame.conditions = 0;
      if (!frame.awaitsIn && frame.opener === '(') frame.comprehension = false;
      if (frame.opener !== '') frame.colons = 0;
    }
    this.expected = 'operand';
    return right && complete;
  }

  private colon(behindOperand: boolean): boolean {
    const frame = this.top;
    if (frame.lambdas > 0) {
      const right = behindOperand || this.mayEndAfter(frame);
      frame.lambdas--;
      return this.operator(right);
    }
    frame.colons++;
    switch (frame.opener) {
      case '(':
        return this.operator(behindOperand && frame.parameters);
      case '[': {
        const empty = this.previous?.kind === 'open' || this.previous?.text === ',' || this.previous?.text === ':';
        return this.operator((behindOperand || empty) && frame.colons <= 2);
      }
      case '{':
        return this.operator(behindOperand && frame.colons === 1);
      default: {
        const right = behindOperand && isComplete(frame) && frame.colons === 1;
        if (HEADS.has(this.kind) || SOFT.has(this.kind)) {
          this.nextStatement();
          this.behindHead = true;
        }
        return this.operator(right);
      }
    }
  }

  /** Whether an equals sign may stand here: an assignment, a named argument, a default. */
  private mayAssign(): boolean {
    const frame = this.top;
    if (frame.lambdas > 0 || frame.parameters) return true;
    if (frame.opener === '') return true;
    const before = this.beforePrevious;
    return frame.opener === '(' && this.previous?.kind === 'name' && (before?.kind === 'open' || before?.text === ',');
  }

  private nextStatement(): boolean {
    this.frames = [newFrame('', false)];
    this.atStart = true;
    this.kind = '';
    this.expected = 'operand';
    return true;
  }

  /** The expressions inside a formatted string are statements of their own, as far as order goes. */
  private checkFields(token: Token): void {
    for (const span of fieldsOf(this.text, token)) {
      if (this.found.length >= this.limit) return;
      const tokens = readTokens(this.text, span);
      if (tokens.length === 0) this.found.push(token);
      else new LineOrder(this.text, this.found, this.limit).check(tokens);
    }
  }

  /** Behind this token an operand is complete. */
  private operand(right: boolean): boolean {
    this.expected = 'operator';
    return right;
  }

  /** Behind this token an operand is due. */
  private operator(right: boolean): boolean {
    this.expected = 'operand';
    return right;
  }

  private isUnfinished(): boolean {
    return this.frames.length > 1 || !isComplete(this.top) || (this.expected === 'operand' && !this.atStart);
  }

  private get top(): Frame {
    const frame = this.frames.at(-1);
    if (frame === undefined) throw new Error('a statement has no frame');
    return frame;
  }
}

function newFrame(opener: Frame['opener'], parameters: boolean): Frame {
  return { opener, parameters, comprehension: false, awaitsIn: false, conditions: 0, lambdas: 0, colons: 0 };
}

function isComplete(frame: Frame): boolean {
  return !frame.awaitsIn && frame.conditions === 0 && frame.lambdas === 0;
}
