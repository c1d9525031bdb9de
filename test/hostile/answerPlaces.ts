// What holds of every answer, whatever the text: ranges lie inside the documents they name and end behind their beginning, one
// edit leaves another alone, and what the protocol asks of single features.

import type {
  CompletionList,
  DocumentSymbol,
  FoldingRange,
  Location,
  Range,
  SelectionRange,
  SignatureHelp,
  TextEdit,
} from 'vscode-languageserver-types';
import type { LinkedEditingRanges } from '../../server/src/features/linkedEditing';
import type { PlanAnswer } from '../../shared/run/plan';
import { parseRunPlan } from '../../shared/run/parseRunPlan';
import { LineIndex } from '../../server/src/text/lineIndex';
import type { Answer } from './everyAnswer';

type TextOf = (uri: string) => string | undefined;

/** What is wrong with an answer, in words. */
export function flawsOf(one: Answer, textOf: TextOf): readonly string[] {
  const found: string[] = [];
  const note = (flaw: string): void => {
    found.push(`${one.feature} in ${one.uri}${one.offset === undefined ? '' : ` at ${one.offset}`}: ${flaw}`);
  };
  new PlaceCheck(one, textOf, note).walk(one.answer, one.uri);
  if (one.feature === 'runPlan') checkPlans(one.answer as readonly Readonly<Record<string, PlanAnswer>>[], note);
  else checkFeature(one, textOf, note);
  return found;
}

class PlaceCheck {
  private readonly lines = new Map<string, LineIndex | undefined>();

  constructor(
    private readonly asked: Answer,
    private readonly textOf: TextOf,
    private readonly note: (flaw: string) => void,
  ) {}

  /** Looks at everything that a value holds; `uri` is the document that its ranges belong to. */
  walk(value: unknown, uri: string): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      if (value.some(isTextEdit)) this.checkEdits(value.filter(isTextEdit), uri);
      for (const item of value) this.walk(item, uri);
    } else if (isRange(value)) this.checkRange(value, uri);
    else if (isPosition(value)) this.checkPosition(value, uri);
    else this.walkFields(value as Readonly<Record<string, unknown>>, uri);
  }

  private walkFields(fields: Readonly<Record<string, unknown>>, uri: string): void {
    const own = documentOf(fields) ?? uri;
    for (const [name, field] of Object.entries(fields)) {
      if (name === 'originSelectionRange') this.walk(field, this.asked.uri);
      else if (name === 'changes') for (const [changed, edits] of Object.entries(field as object)) this.walk(edits, changed);
      // Of a call that goes out, the places stand where it was asked.
      else if (name === 'fromRanges') this.walk(field, 'to' in fields ? uri : (documentOf(fields['from'] as object) ?? uri));
      else if (name !== 'data') this.walk(field, own);
    }
  }

  private checkEdits(edits: readonly TextEdit[], uri: string): void {
    const lines = this.linesOf(uri);
    if (lines === undefined) return;
    const placed = edits.map(({ range }) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }));
    placed.sort((a, b) => a.start - b.start || a.end - b.end);
    for (const [index, edit] of placed.entries()) {
      const before = placed[index - 1];
      if (before !== undefined && before.end > edit.start) this.note(`edits overlap at ${edit.start} of ${uri}`);
      // Of two at one place the order would decide.
      if (before !== undefined && before.start === edit.start && before.end === edit.end && edit.end > edit.start)
        this.note(`two edits at ${edit.start} of ${uri}`);
    }
  }

  private checkRange({ start, end }: Range, uri: string): void {
    this.checkPosition(start, uri);
    this.checkPosition(end, uri);
    if (start.line > end.line || (start.line === end.line && start.character > end.character)) {
      this.note(`${JSON.stringify({ start, end })} ends before it begins`);
    }
  }

  private checkPosition(position: Range['start'], uri: string): void {
    const lines = this.linesOf(uri);
    if (lines === undefined) this.note(`${JSON.stringify(position)} stands in "${uri}", which is no document`);
    else if (!samePosition(lines.positionAt(lines.offsetAt(position)), position)) {
      this.note(`${JSON.stringify(position)} is outside of ${uri}`);
    }
  }

  private linesOf(uri: string): LineIndex | undefined {
    if (!this.lines.has(uri)) {
      const text = this.textOf(uri);
      this.lines.set(uri, text === undefined ? undefined : new LineIndex(text));
    }
    return this.lines.get(uri);
  }
}

function checkFeature({ feature, uri, answer, offset }: Answer, textOf: TextOf, note: (flaw: string) => void): void {
  if (answer === undefined) return;
  const text = textOf(uri) ?? '';
  const lines = new LineIndex(text);
  switch (feature) {
    case 'documentSymbol':
      checkSymbols(answer as readonly DocumentSymbol[], undefined, note);
      break;
    case 'semanticTokens':
    case 'semanticTokensIn':
      checkTokens(answer as readonly number[], lines, note);
      break;
    case 'foldingRange':
    case 'foldingRangeOfLines':
      for (const { startLine, endLine } of answer as readonly FoldingRange[]) {
        if (startLine >= endLine || endLine >= lines.lineCount) note(`folds from line ${startLine} to ${endLine} of ${lines.lineCount}`);
      }
      break;
    case 'completion':
      for (const { textEdit, label } of (answer as CompletionList).items) {
        const range = textEdit && 'range' in textEdit ? textEdit.range : undefined;
        if (range === undefined || offset === undefined) continue;
        if (range.start.line !== range.end.line) note(`"${label}" replaces more than a line`);
        if (lines.offsetAt(range.start) > offset || lines.offsetAt(range.end) < offset) note(`"${label}" replaces what is elsewhere`);
      }
      break;
    case 'signatureHelp': {
      const { signatures, activeSignature = 0 } = answer as SignatureHelp;
      if (signatures[activeSignature] === undefined) note('has no active signature');
      for (const { label, parameters = [] } of signatures) {
        for (const { label: span } of parameters) if (typeof span !== 'string' && span[1] > label.length) note(`"${label}" is shorter`);
      }
      break;
    }
    case 'selectionRange':
      for (const step of answer as readonly SelectionRange[]) checkSteps(step, lines, offset ?? 0, note);
      break;
    case 'linkedEditingRanges': {
      const texts = (answer as LinkedEditingRanges).ranges.map(({ start, end }) => text.slice(lines.offsetAt(start), lines.offsetAt(end)));
      if (new Set(texts).size > 1) note(`links ${texts.join()}`);
      break;
    }
    case 'references': {
      const places = (answer as readonly Location[]).map((location) => JSON.stringify(location));
      if (new Set(places).size < places.length) note('has a place twice');
      break;
    }
  }
}

/** An editor takes a symbol only whose name stands inside it. */
function checkSymbols(symbols: readonly DocumentSymbol[], parent: Range | undefined, note: (flaw: string) => void): void {
  for (const { name, range, selectionRange, children = [] } of symbols) {
    if (name.trim() === '') note('has no name');
    if (!contains(range, selectionRange)) note(`"${name}" is selected outside of itself`);
    if (parent !== undefined && !contains(parent, range)) note(`"${name}" is outside of its parent`);
    checkSymbols(children, range, note);
  }
}

function checkTokens(data: readonly number[], lines: LineIndex, note: (flaw: string) => void): void {
  let [line, character, end] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0] = data.slice(at, at + 3);
    if (down === 0 && at > 0 && right < end - character) note(`token ${at / 5} overlaps the one before`);
    [line, character] = [line + down, down === 0 ? character + right : right];
    end = character + length;
    if (length <= 0 || lines.lineStart(line) + end > lines.lineEnd(line)) note(`token ${at / 5} does not fit into line ${line}`);
  }
}

function checkSteps({ range, parent }: SelectionRange, lines: LineIndex, offset: number, note: (flaw: string) => void): void {
  if (lines.offsetAt(range.start) > offset || lines.offsetAt(range.end) < offset) note('selects what is elsewhere');
  if (parent === undefined) return;
  if (!contains(parent.range, range)) note('a step is not in the next one');
  checkSteps(parent, lines, offset, note);
}

function checkPlans(plans: readonly Readonly<Record<string, PlanAnswer>>[], note: (flaw: string) => void): void {
  for (const { local, emr } of plans) {
    for (const answer of [local, emr]) {
      if (answer?.kind !== 'plan') continue;
      const parsed = parseRunPlan(JSON.parse(JSON.stringify(answer.plan)));
      if (parsed.kind !== 'valid') note(`is refused: ${JSON.stringify(parsed)}`);
    }
  }
}

function documentOf(fields: object): string | undefined {
  const { targetUri, uri, textDocument } = fields as { targetUri?: unknown; uri?: unknown; textDocument?: { uri?: unknown } };
  const named = targetUri ?? uri ?? textDocument?.uri;
  return typeof named === 'string' ? named : undefined;
}

function isTextEdit(value: unknown): value is TextEdit {
  return typeof value === 'object' && value !== null && 'newText' in value && 'range' in value;
}

function isRange(value: object): value is Range {
  return 'start' in value && 'end' in value && isPosition(value.start);
}

function isPosition(value: unknown): value is Range['start'] {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

function samePosition(a: Range['start'], b: Range['start']): boolean {
  return a.line === b.line && a.character === b.character;
}

function contains(outer: Range, inner: Range): boolean {
  const isBefore = (a: Range['start'], b: Range['start']): boolean => a.line < b.line || (a.line === b.line && a.character <= b.character);
  return isBefore(outer.start, inner.start) && isBefore(inner.end, outer.end);
}
