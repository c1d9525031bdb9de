// The values in one line of CSV, as Spark reads them by default: a comma between values, quotes around those that begin
// with one, a backslash before a quote inside. A line ends a value, closed or not.

const delimiter = ',';
const quote = '"';
const escape = '\\';

/** At least one value; those that are empty are null, quoted or not. */
export function parseCsvLine(line: string): readonly (string | null)[] {
  const values: (string | null)[] = [];
  let at = 0;
  for (;;) {
    const { value, end } = line.startsWith(quote, at) ? readQuoted(line, at) : readPlain(line, at);
    values.push(value === '' ? null : value);
    if (end >= line.length) return values;
    at = end + 1;
  }
}

interface ReadValue {
  readonly value: string;
  /** Where the delimiter stands; the length of the line for the last value. */
  readonly end: number;
}

function readPlain(line: string, start: number): ReadValue {
  const end = delimiterFrom(line, start);
  return { value: line.slice(start, end), end };
}

function delimiterFrom(line: string, start: number): number {
  const found = line.indexOf(delimiter, start);
  return found < 0 ? line.length : found;
}

function readQuoted(line: string, start: number): ReadValue {
  const closing = line.indexOf(quote, start + 1);
  const isPlain = closing > 0 && (closing + 1 === line.length || line.charAt(closing + 1) === delimiter);
  const text = isPlain ? line.slice(start + 1, closing) : escape;
  return text.includes(escape) ? new QuotedReader(line, start).read() : { value: text, end: closing + 1 };
}

class EndOfLine extends Error {}

/**
 * A quoted value with more quotes or backslashes in it. What is quoted wrongly is read as the parser of Spark does, which is
 * no rule that anybody wrote down: its states are kept here, each with what the tests against Spark showed of it.
 */
class QuotedReader {
  private text = '';
  /** The character that is looked at, and the one before it; empty for one that was an escape's second. */
  private char = quote;
  private previous = '';
  private at: number;

  constructor(
    private readonly line: string,
    start: number,
  ) {
    this.at = start;
  }

  read(): ReadValue {
    try {
      this.readInside();
    } catch (error) {
      if (!(error instanceof EndOfLine)) throw error;
      if (this.char === quote && this.previous !== quote) this.text += quote;
    }
    return { value: this.text, end: this.at };
  }

  private readInside(): void {
    this.next();
    for (;;) {
      if (this.previous === quote && (this.char === delimiter || isBlank(this.char))) break;
      if (this.char === quote || this.char === escape) {
        this.readMark();
        this.previous = this.char;
        this.next();
      } else if (this.previous === quote) {
        // Not a closing quote: everything up to the delimiter is the value, as it stands.
        this.restoreQuotes('');
        return;
      } else {
        if (this.previous === escape) this.text += escape;
        this.readRun();
        this.previous = this.char;
        this.next();
      }
    }
    let blanks = '';
    while (this.char !== delimiter && isBlank(this.char)) {
      blanks += this.char;
      this.next();
    }
    if (this.char === delimiter) return;
    const isOddQuote = this.char !== quote && this.line.charAt(this.at + 1) === quote;
    this.restoreQuotes(blanks);
    if (isOddQuote && this.at === this.line.length) this.text += quote;
  }

  /** A quote or a backslash: what it means hangs on the one before. */
  private readMark(): void {
    if (this.previous === escape) {
      this.text += this.char;
      this.char = '';
    } else if (this.previous === quote) {
      this.text += quote;
      if (this.char === escape) this.readUnquoted();
    }
  }

  /** Behind a quote that a backslash follows: up to the delimiter, which is lost. */
  private readUnquoted(): void {
    this.previous = this.char;
    while (this.char !== delimiter) {
      if (this.char === quote || this.char === escape) {
        this.readMark();
      } else if (this.previous === quote) {
        this.text += quote;
        this.readUnquoted();
        return;
      } else {
        this.text += this.char;
      }
      this.previous = this.char;
      this.next();
    }
  }

  private restoreQuotes(blanks: string): void {
    const end = delimiterFrom(this.line, this.at + 1);
    this.text = quote + this.text + quote + blanks + this.line.slice(this.at, end);
    this.at = end;
  }

  private readRun(): void {
    const start = this.at;
    while (this.at < this.line.length && !(this.line.charAt(this.at) === quote || this.line.charAt(this.at) === escape)) this.at += 1;
    this.text += this.line.slice(start, this.at);
    if (this.at === this.line.length) throw new EndOfLine();
    this.char = this.line.charAt(this.at);
  }

  private next(): void {
    this.at += 1;
    if (this.at >= this.line.length) {
      this.at = this.line.length;
      throw new EndOfLine();
    }
    this.char = this.line.charAt(this.at);
  }
}

function isBlank(char: string): boolean {
  return char !== '' && char <= ' ';
}
