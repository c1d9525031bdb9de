// Queries that stand in files of their own: `open("q.sql").read()`, `Path(…).read_text()`, and `f.read()` of an open file. The
// text of the file counts as if it were written there, each character with its place in the file.

import type { Call, Expression } from '../python/ast';
import type { Value } from '../python/values';
import { MappedText } from '../text/mappedText';
import { objectOf, objectValue } from './objects';
import { pathOf, type FilePath } from './pathValues';
import type { Reading } from './reading';
import type { Scope } from './scope';

/** A file as Python reads it: every line ends in `\n`, whatever it ends in on the disk. */
export function textOfFile(uri: string, text: string): MappedText {
  if (!text.includes('\r')) return MappedText.verbatim(text, uri, 0);
  const parts: MappedText[] = [];
  let at = 0;
  for (const part of text.split(/(\r\n?)/)) {
    const source = { start: at, end: at + part.length };
    parts.push(part.startsWith('\r') ? MappedText.atomic('\n', uri, source) : MappedText.verbatim(part, uri, at));
    at = source.end;
  }
  return MappedText.concat(parts);
}

/** The value of a call that opens a file or reads one; undefined for every other call, and for files that hold no SQL. */
export function readFileCall(reading: Reading, call: Call, callee: Value, scope: Scope): Value | undefined {
  const opened = openedPath(reading, call, callee, scope);
  if (opened !== undefined) return objectValue({ kind: 'openFile', path: opened }, reading.at(call.span));
  if (call.callee.kind !== 'attribute') return undefined;
  const { name, object } = call.callee;
  if (name === 'read_text') return textAt(reading, pathOf(reading, object, scope), call);
  if (name !== 'read' || call.arguments.length > 0) return undefined;
  const file = objectOf(reading.evaluate(object, scope));
  return file?.kind === 'openFile' ? textAt(reading, file.path, call) : undefined;
}

/** The path of `open(…)` or `path.open()`, when it is opened to be read as text. */
function openedPath(reading: Reading, call: Call, callee: Value, scope: Scope): FilePath | undefined {
  const isBuiltin = call.callee.kind === 'name' && call.callee.name === 'open' && scope.lookup('open') === undefined;
  if (isBuiltin || (callee.kind === 'module' && (callee.path === 'io.open' || callee.path === 'codecs.open'))) {
    const [file, mode] = argumentsOf(call, 'file');
    return file !== undefined && isForReading(reading, mode, scope) ? queryPath(pathOf(reading, file, scope)) : undefined;
  }
  if (call.callee.kind !== 'attribute' || call.callee.name !== 'open' || callee.kind === 'module') return undefined;
  const [mode] = argumentsOf(call, 'mode');
  return isForReading(reading, mode, scope) ? queryPath(pathOf(reading, call.callee.object, scope)) : undefined;
}

/** The first two arguments, the first of which may be given by name. */
function argumentsOf(call: Call, first: string): readonly [Expression | undefined, Expression | undefined] {
  const positional = call.arguments.filter(({ name }) => name === undefined).map(({ value }) => value);
  const named = (name: string): Expression | undefined => call.arguments.find((one) => one.name === name)?.value;
  return [positional[0] ?? named(first), positional[1] ?? named('mode')];
}

function isForReading(reading: Reading, mode: Expression | undefined, scope: Scope): boolean {
  if (mode === undefined) return true;
  const value = reading.evaluate(mode, scope);
  return value.kind === 'string' && /^(?:r|rt|tr|t)$/.test(value.text.value);
}

function queryPath(path: FilePath | undefined): FilePath | undefined {
  return path !== undefined && /\.sql$/i.test(path.path) ? path : undefined;
}

function textAt(reading: Reading, path: FilePath | undefined, call: Call): Value | undefined {
  const query = queryPath(path);
  const found = query && reading.options.readText?.(query.path, query.fixed);
  if (query === undefined || found === undefined) return undefined;
  if (found !== 'absent') return { kind: 'string', text: found, at: reading.at(call.span) };
  reading.addFinding({ kind: 'missing-file', span: call.span, name: query.path, owner: undefined });
  return undefined;
}
