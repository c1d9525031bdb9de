// Writes the variant into a template that leaves it out, where it is known which one is meant.

import { CodeActionKind } from 'vscode-languageserver-types';
import { touches, type Span } from '../../text/span';
import type { FileSnapshot, Snapshot } from '../../workspace/snapshot';
import { idOf } from '../resourceIds';
import { referenceOfTemplate } from '../resourceAt';
import { queryDefinitionAt, type Refactoring, writtenAt } from './refactoring';

export function expandTemplate(snapshot: Snapshot, file: FileSnapshot, selection: Span): readonly Refactoring[] {
  const query = queryDefinitionAt(snapshot, file, selection);
  const template = query?.sql.scan.templates.find(({ span }) => touches(span, query.offset));
  const reference = query === undefined || template === undefined ? undefined : referenceOfTemplate(query.resource, template);
  if (query === undefined || template === undefined || reference?.name.text !== template.inner || template.parts.length !== 1) return [];
  if (reference.variant.kind !== 'omitted') return [];
  const id = idOf(snapshot, reference);
  const title = `Write the variant of "${template.inner}"`;
  const kind = CodeActionKind.RefactorRewrite;
  if (id === template.inner) return [{ title, kind, disabled: 'the variant is that of the run, which only the run time knows' }];
  if (snapshot.index.definitions(snapshot.keyOf(reference)).length === 0) return [];
  const inner = writtenAt(query.sql.text, template.innerSpan, file.uri);
  if (inner === undefined) return [];
  return [
    {
      title: `Write "${id}"`,
      kind,
      edits: [{ uri: file.uri, span: { start: inner.end, end: inner.end }, newText: id.slice(template.inner.length) }],
    },
  ];
}
