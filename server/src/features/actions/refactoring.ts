// What a change that the author chooses is, and the definition of a query that it is about.

import type { CodeActionKind } from 'vscode-languageserver-types';
import type { Resource, SqlText } from '../../definitions/resources';
import type { TextEdit } from '../../rules/rule';
import type { MappedText } from '../../text/mappedText';
import { encloses, type Span } from '../../text/span';
import { isQueryFile } from '../../workspace/fileUris';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';

export type Refactoring = {
  readonly title: string;
  readonly kind: CodeActionKind;
} & ({ readonly edits: readonly TextEdit[] } | { readonly disabled: string });

export interface QueryDefinition {
  readonly resource: Resource;
  readonly sql: SqlText;
  /** Where the selection begins in the text of the query. */
  readonly offset: number;
}

/** The definition whose query a selection begins in; in a file of SQL, one that reads it. */
export function queryDefinitionAt(snapshot: Snapshot, file: FileSnapshot, selection: Span): QueryDefinition | undefined {
  const files = isQueryFile(file.uri) ? [...snapshot.files.values()] : [file];
  for (const { definitions } of files) {
    for (const resource of definitions.resources) {
      const { sql } = resource;
      const offset = sql?.text.valueOffset(file.uri, selection.start);
      if (sql !== undefined && offset !== undefined) return { resource, sql, offset };
    }
  }
  return undefined;
}

/** The one range that wrote a part of a query; undefined where it was put together from several, or is a part of something else. */
export function writtenAt(text: MappedText, span: Span, uri: string): Span | undefined {
  const range = text.soleRange(span);
  return range?.uri === uri ? range.span : undefined;
}

/** Where a new definition goes in front of one: before its decorators, and before the comments directly above them. */
export function placeBefore({ text, lines }: FileSnapshot, span: Span): { readonly offset: number; readonly indent: string } {
  let line = lines.positionAt(span.start).line;
  const indent = /^[^\S\n]*/.exec(text.slice(lines.lineStart(line), span.start))?.[0] ?? '';
  while (line > 0 && /^\s*#/.test(text.slice(lines.lineStart(line - 1), lines.lineEnd(line - 1)))) line--;
  return { offset: lines.lineStart(line), indent };
}

/** Whether the module gives something this name, so that a definition of the name would hide it. */
export function isBound({ module }: FileSnapshot, name: string): boolean {
  return module.body.some((statement) => {
    switch (statement.kind) {
      case 'function':
      case 'class':
        return statement.name === name;
      case 'assign':
        return statement.targets.some((target) => target.kind === 'name' && target.name === name);
      case 'import':
      case 'importFrom':
        return statement.names.some((one) => (one.alias ?? one.name) === name);
      default:
        return false;
    }
  });
}

/** What calls the decorator of a transformation, as it is written: `spark.sql_transformation`. */
export function decoratorOf({
  function: definition,
  registration,
}: Resource): { readonly callee: Span; readonly provider: Span | undefined } | undefined {
  for (const { expression } of definition?.decorators ?? []) {
    if (expression.kind !== 'call' || registration === undefined || !encloses(expression.span, registration.nameSpan)) continue;
    const { callee } = expression;
    return { callee: callee.span, provider: callee.kind === 'attribute' ? callee.object.span : undefined };
  }
  return undefined;
}
