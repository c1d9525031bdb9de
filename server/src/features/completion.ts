import { type CompletionItem, CompletionItemKind, type CompletionList, type Range } from 'vscode-languageserver-types';
import type { Resource, ResourceType } from '../definitions/resources';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { argumentItems } from './completionArguments';
import { bestCandidates, type Candidate } from './completionCandidates';
import { completionContext, type CompletionContext } from './completionContext';
import { memberItems } from './completionMembers';
import { rangeOf } from './ranges';
import { kindWords, variantOf } from './resourceIds';
import { sqlCompletion } from './sqlCompletion';

/** An editor asks again when a list is incomplete, so that a workspace of ten thousand names costs no more than this. */
const MOST = 200;

export interface CompletionOptions {
  /** The editor fills in places that are left open: the arguments of a call. */
  readonly snippets?: boolean;
  /** The folders of the workspace, which imports are looked for in. */
  readonly roots?: readonly string[];
}

/** The word under the cursor in a query. */
export interface SqlWord {
  /** In front of the cursor. */
  readonly typed: string;
  /** All of it, which a completion takes the place of. */
  readonly range: Range;
  /** A parenthesis stands behind it already. */
  readonly isOpen: boolean;
}

/**
 * Names of resources for the slot under the cursor, what is defined nearest first; in a query, whatever of Spark SQL may stand there;
 * in Python, Featureform's functions and types, and the keywords of its calls.
 */
export function completion(snapshot: Snapshot, uri: string, offset: number, options: CompletionOptions = {}): CompletionList {
  const file = snapshot.files.get(uri);
  if (file === undefined) return { isIncomplete: false, items: [] };
  const context = completionContext(file.text, offset, snapshot.era);
  if (context === undefined) {
    const items = [...memberItems(snapshot, file, offset, options), ...argumentItems(snapshot, file, offset, options)];
    return items.length > 0 ? { isIncomplete: false, items } : sqlCompletion(snapshot, file, offset, options, MOST);
  }
  const { candidates, more } = bestCandidates(snapshot, file, context, offset, MOST);
  const range = rangeOf(file.lines, context.replace);
  return { isIncomplete: more, items: candidates.map((candidate, index) => itemOf(snapshot, file, context, candidate, index, range)) };
}

/** What `completionResolve` needs to find the resource of an item again. */
export interface CompletionData {
  readonly uri: string;
  readonly order: number;
}

function itemOf(
  snapshot: Snapshot,
  file: FileSnapshot,
  context: CompletionContext,
  { label, meaning }: Candidate,
  index: number,
  range: Range,
): CompletionItem {
  const closing = context.kind === 'template' ? context.closing : '';
  const base = { label, sortText: String(index).padStart(4, '0'), filterText: label, textEdit: { range, newText: label + closing } };
  switch (meaning.kind) {
    case 'alias':
      return { ...base, kind: CompletionItemKind.Variable, detail: meaning.detail };
    case 'valueType':
      return { ...base, kind: CompletionItemKind.EnumMember, detail: `ff.${meaning.member}` };
    case 'resource': {
      const { resource } = meaning;
      const description = context.kind === 'name' ? variantsText(snapshot, resource) : fileText(file, resource);
      return {
        ...base,
        kind: itemKinds[resource.type],
        detail: kindWords[resource.kind],
        ...(description !== '' && { labelDetails: { description } }),
        data: { uri: resource.uri, order: resource.order } satisfies CompletionData,
      };
    }
  }
}

/** A name is offered once for all its variants. */
function variantsText(snapshot: Snapshot, resource: Resource): string {
  const variants = snapshot.index.variants(resource.type, resource.name.text ?? '');
  return [...new Set(variants.flatMap((one) => variantOf(snapshot, one) ?? []))].join(', ');
}

function fileText(file: FileSnapshot, resource: Resource): string {
  return resource.uri === file.uri ? '' : resource.uri.slice(resource.uri.lastIndexOf('/') + 1);
}

const itemKinds: Readonly<Record<ResourceType, CompletionItemKind>> = {
  provider: CompletionItemKind.Module,
  source: CompletionItemKind.Reference,
  entity: CompletionItemKind.Class,
  feature: CompletionItemKind.Field,
  label: CompletionItemKind.Property,
  'training-set': CompletionItemKind.Struct,
  model: CompletionItemKind.Value,
  user: CompletionItemKind.Value,
};
