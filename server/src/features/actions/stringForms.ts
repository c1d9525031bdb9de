// Writes a query in triple quotation marks as adjacent literals, one a line, and back. The text stays the same, character by character.

import { CodeActionKind } from 'vscode-languageserver-types';
import type { ConcatenatedString } from '../../python/ast';
import type { Span } from '../../text/span';
import { isQueryFile } from '../../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';
import { expressionsAt, type Literal } from './pythonLiterals';
import { queryDefinitionAt, type Refactoring } from './refactoring';

/** Within them an expression may go on on the next line. */
const BRACKETS: ReadonlySet<string> = new Set(['call', 'parenthesized', 'list', 'set', 'dict']);

export function stringForms(snapshot: Snapshot, file: FileSnapshot, selection: Span): readonly Refactoring[] {
  if (isQueryFile(file.uri) || queryDefinitionAt(snapshot, file, selection) === undefined) return [];
  const path = expressionsAt(file.module, selection);
  const at = path.findIndex((one) => one.kind === 'concatenatedString' || one.kind === 'string' || one.kind === 'formattedString');
  const found = path[at];
  const around = path[at - 1];
  const kind = CodeActionKind.RefactorRewrite;
  if (found?.kind === 'concatenatedString') {
    const whole = around?.kind === 'parenthesized' ? around.span : found.span;
    const title = 'Write the literals as one in triple quotation marks';
    const newText = joined(file.text, found);
    return [
      newText === undefined
        ? { title, kind, disabled: 'the literals are raw or hold fields' }
        : { title, kind, edits: [{ uri: file.uri, span: whole, newText }] },
    ];
  }
  if ((found?.kind !== 'string' && found?.kind !== 'formattedString') || found.quote.length !== 3) return [];
  const title = 'Write the literal as one for each line';
  const lines = split(file.text, found);
  if (lines === undefined) return [{ title, kind, disabled: 'the literal is raw or holds fields' }];
  const line = file.lines.positionAt(found.span.start).line;
  const indent = /^[^\S\n]*/.exec(file.text.slice(file.lines.lineStart(line), found.span.start))?.[0] ?? '';
  const body = lines.map((one) => `${indent}    ${one}`).join('\n');
  const bracketed = around !== undefined && BRACKETS.has(around.kind);
  return [
    {
      title,
      kind,
      edits: [{ uri: file.uri, span: found.span, newText: bracketed ? lines.join(`\n${indent}    `) : `(\n${body}\n${indent})` }],
    },
  ];
}

function isPlain(literal: Literal): boolean {
  const fields = literal.kind === 'formattedString' && literal.parts.some(({ kind }) => kind === 'replacement');
  return !fields && !/[rbt]/.test(literal.prefix);
}

/** Characters and escape sequences as they are written. */
function unitsOf(text: string, { start, end }: Span): readonly string[] {
  return text.slice(start, end).match(/\\(?:\r\n|[\s\S])|\r\n|[\s\S]/g) ?? [];
}

/** A literal for each line. */
function split(text: string, literal: Literal): readonly string[] | undefined {
  if (!isPlain(literal)) return undefined;
  const lines: string[] = [];
  let line = '';
  for (const unit of unitsOf(text, literal.content)) {
    if (/^\r?\n$|^\r$/.test(unit)) {
      lines.push(`${line}\\n`);
      line = '';
      // A backslash in front of the line end takes it away.
    } else if (/^\\[\r\n]/.test(unit)) {
      lines.push(line);
      line = '';
    } else line += unit === '"' ? '\\"' : unit === "\\'" ? "'" : unit;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines.map((one) => `${literal.prefix}"${one}"`);
}

function joined(text: string, { parts }: ConcatenatedString): string | undefined {
  if (!parts.every(isPlain)) return undefined;
  const formatted = parts.some(({ kind }) => kind === 'formattedString');
  let content = '';
  for (const part of parts) {
    for (const unit of unitsOf(text, part.content)) content += tripled(unit, formatted && part.kind === 'string');
  }
  // Three in a row, or one at the end, would close the literal.
  const safe = content.replaceAll('"""', '\\"\\"\\"').replace(/"$/, '\\"');
  return `${formatted ? 'f' : ''}"""${safe}"""`;
}

function tripled(unit: string, doubleBraces: boolean): string {
  if (unit === '\\n') return '\n';
  if (unit === '\\"' || unit === "\\'") return unit.charAt(1);
  return doubleBraces && /^[{}]$/.test(unit) ? unit.repeat(2) : unit;
}
