import { type CompletionItem, MarkupKind } from 'vscode-languageserver-types';
import type { Snapshot } from '../workspace/snapshot';
import { resourceMarkdown } from './resourceMarkdown';
import { sqlFunctionOf } from './sqlFunctionCompletion';
import { sqlFunctionMarkdown } from './sqlFunctionText';

/** Adds the documentation to a completion that somebody looks at; items that are no longer known stay as they are. */
export function completionResolve(snapshot: Snapshot, item: CompletionItem): CompletionItem {
  const data: unknown = item.data;
  const entry = sqlFunctionOf(data);
  if (entry !== undefined) return { ...item, documentation: { kind: MarkupKind.Markdown, value: sqlFunctionMarkdown(entry, item.label) } };
  if (typeof data !== 'object' || data === null || !('uri' in data) || !('order' in data)) return item;
  const { uri, order } = data;
  if (typeof uri !== 'string') return item;
  const resource = snapshot.files.get(uri)?.definitions.resources.find((one) => one.order === order);
  if (resource === undefined) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value: resourceMarkdown(snapshot, resource) } };
}
