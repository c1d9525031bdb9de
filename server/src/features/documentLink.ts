// Links to files: the local copies of remote locations, the modules that are imported, and the files that a definition reads.

import type { DocumentLink } from 'vscode-languageserver-types';
import type { Call, Expression } from '../python/ast';
import { expressionsOf, expressionsWithin, statementsWithin } from '../python/walk';
import { isBelow, pathOfUri, resolvePath, uriOfPath } from '../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import type { Span } from '../text/span';
import { importedFile, importsOf } from './pythonImports';
import { rangeOf } from './ranges';
import { localPathOf } from './runPlanInputs';

export interface DocumentLinkOptions {
  readonly roots: readonly string[];
  /** The folder that locations in `sparkform.json` are relative to. */
  readonly projectRoot: string | undefined;
}

/** A link whose target is there, or one that is worth showing only if it is. */
export interface FileLink {
  readonly link: DocumentLink & { readonly target: string };
  readonly sure: boolean;
}

export function documentLinks(snapshot: Snapshot, uri: string, options: DocumentLinkOptions): readonly FileLink[] {
  const file = snapshot.files.get(uri);
  if (file?.definitions.isDefinitionFile !== true) return [];
  return [...locationLinks(snapshot, file, options), ...importLinks(snapshot, file, options), ...readLinks(file)].sort(
    (a, b) => a.link.range.start.line - b.link.range.start.line || a.link.range.start.character - b.link.range.start.character,
  );
}

/** Only a location that the project maps to a local one can be opened. A folder of parts has no editor. */
function* locationLinks(snapshot: Snapshot, file: FileSnapshot, { projectRoot }: DocumentLinkOptions): Iterable<FileLink> {
  const seen = new Set<number>();
  for (const { location } of file.definitions.resources) {
    if (location?.text.isConstant !== true) continue;
    const { value } = location.text;
    const path = /\.[^./]+$/.test(value) ? localPathOf(value, snapshot.project, projectRoot) : undefined;
    const written = location.text.sourceRanges({ start: 0, end: value.length });
    const [only] = written;
    if (path === undefined || only?.uri !== file.uri || written.length > 1 || seen.has(only.span.start)) continue;
    seen.add(only.span.start);
    yield linkOf(file, only.span, uriOfPath(path), `Open the local copy of ${value}`, true);
  }
}

function* importLinks(snapshot: Snapshot, file: FileSnapshot, { roots }: DocumentLinkOptions): Iterable<FileLink> {
  for (const statement of importsOf(file.module)) {
    if (statement.kind === 'import') {
      for (const { name, nameSpan } of statement.names) {
        const target = importedFile(snapshot, roots, file.uri, name, 0);
        if (target !== undefined) yield linkOf(file, nameSpan, target, `Open ${nameIn(roots, target)}`, true);
      }
      continue;
    }
    const written = /^from\s+([\p{L}\p{N}_.]+)/u.exec(file.text.slice(statement.span.start, statement.span.end));
    const target = importedFile(snapshot, roots, file.uri, statement.module, statement.level);
    if (written?.[1] === undefined || target === undefined) continue;
    const end = statement.span.start + written[0].length;
    yield linkOf(file, { start: end - written[1].length, end }, target, `Open ${nameIn(roots, target)}`, true);
  }
}

/** `open("query.sql")`, `Path("query.sql")` and `Path(__file__).parent / "query.sql"`, seen from the folder of the file. */
function* readLinks(file: FileSnapshot): Iterable<FileLink> {
  const path = pathOfUri(file.uri);
  if (path === undefined || !/\b(?:open|Path)\b/.test(file.text)) return;
  const folder = path.slice(0, path.lastIndexOf('/'));
  for (const expression of statementsWithin(file.module.body, 'enterNested').flatMap(expressionsOf).flatMap(expressionsWithin)) {
    const named = fileNamedBy(expression);
    if (named?.kind !== 'string' || named.prefix.includes('b')) continue;
    const text = file.text.slice(named.content.start, named.content.end);
    if (text === '' || /[\\*?\r\n:]/.test(text) || !/\.[^./]+$/.test(text)) continue;
    yield linkOf(file, named.content, uriOfPath(resolvePath(folder, text)), `Open ${text}`, false);
  }
}

function fileNamedBy(expression: Expression): Expression | undefined {
  if (expression.kind === 'call' && isReading(expression)) return expression.arguments[0]?.value;
  if (expression.kind !== 'binary' || expression.operator !== '/') return undefined;
  const { left, right } = expression;
  const isOwnFolder = left.kind === 'attribute' && left.name === 'parent' && expressionsWithin(left).some(isOwnPath);
  return isOwnFolder ? right : undefined;
}

function isReading({ callee }: Call): boolean {
  if (callee.kind === 'name') return callee.name === 'open' || callee.name === 'Path';
  return callee.kind === 'attribute' && callee.name === 'Path' && callee.object.kind === 'name' && callee.object.name === 'pathlib';
}

function isOwnPath(expression: Expression): boolean {
  return expression.kind === 'name' && expression.name === '__file__';
}

function linkOf(file: FileSnapshot, span: Span, target: string, tooltip: string, sure: boolean): FileLink {
  return { link: { range: rangeOf(file.lines, span), target, tooltip }, sure };
}

function nameIn(roots: readonly string[], uri: string): string {
  const root = roots.find((one) => isBelow(one, uri)) ?? uri.slice(0, uri.lastIndexOf('/'));
  return decodeURIComponent(uri.slice(root.length + 1));
}
