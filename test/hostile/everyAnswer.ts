// Every feature of the language service, asked of a document and of a place in it. What must hold of any answer is checked in
// answerPlaces.ts.

import type { CompletionItem, Range } from 'vscode-languageserver-types';
import type { LanguageService } from '../../server/src/languageService';
import { LineIndex } from '../../server/src/text/lineIndex';

/** What a feature answered, and the document that the ranges without one of their own belong to. */
export interface Answer {
  readonly feature: string;
  readonly uri: string;
  readonly answer: unknown;
  /** Where it was asked. */
  readonly offset?: number;
}

const format = { width: 80, keywordCase: 'upper' } as const;
const freshName = 'zyxwv9';

/** What is asked of a document as a whole. Problems are in it, so that they are compared too. */
export async function wholeAnswers(service: LanguageService, uri: string, text: string): Promise<readonly Answer[]> {
  const { structure } = service;
  const lines = new LineIndex(text);
  const whole: Range = { start: lines.positionAt(0), end: lines.positionAt(text.length) };
  const part: Range = { start: lines.positionAt(text.length >> 2), end: lines.positionAt((text.length * 3) >> 2) };
  const lenses = service.codeLens(uri);
  const answers: Readonly<Record<string, unknown>> = {
    diagnostics: service.diagnostics(uri),
    documentSymbol: service.documentSymbol(uri),
    codeLens: lenses.map((lens) => service.codeLensResolve(lens)),
    foldingRange: structure.foldingRange(uri, { wholeLines: false, limit: 5000 }),
    foldingRangeOfLines: structure.foldingRange(uri, { wholeLines: true, limit: 20 }),
    semanticTokens: structure.semanticTokens(uri)?.data,
    semanticTokensIn: structure.semanticTokensIn(uri, part)?.data,
    inlayHint: service.inlayHint(uri, whole, { variants: true, outputLocations: true }),
    documentLink: await service.documentLink(uri),
    formatting: service.formatting(uri, format),
    fixAll: service.codeAction(uri, whole, { only: ['source.fixAll'] }),
    codeActionOfAll: service.codeAction(uri, whole, { disabled: true, format }),
  };
  return Object.entries(answers).map(([feature, answer]) => ({ feature, uri, answer }));
}

/** What is asked of a place. */
export function answersAt(service: LanguageService, uri: string, text: string, offset: number): readonly Answer[] {
  const position = new LineIndex(text).positionAt(offset);
  const { structure } = service;
  const completion = service.completion(uri, position, { snippets: offset % 2 === 0 });
  const items = service.prepareCallHierarchy(uri, position);
  const answers: Readonly<Record<string, unknown>> = {
    hover: service.hover(uri, position),
    completion: completion && { ...completion, items: completion.items.map((item) => withoutData(service, item)) },
    signatureHelp: service.signatureHelp(uri, position),
    definition: service.definition(uri, position),
    typeDefinition: service.typeDefinition(uri, position),
    implementation: service.implementation(uri, position),
    references: service.references(uri, position, { includeDeclaration: true }),
    referencesAlone: service.references(uri, position, { includeDeclaration: false }),
    documentHighlight: service.documentHighlight(uri, position),
    linkedEditingRanges: service.linkedEditingRanges(uri, position),
    prepareCallHierarchy: items,
    incomingCalls: items.map((item) => service.incomingCalls(item)),
    outgoingCalls: items.map((item) => ({ uri: item.uri, calls: service.outgoingCalls(item) })),
    prepareRename: service.prepareRename(uri, position),
    rename: service.rename(uri, position, freshName, { annotated: offset % 2 === 0 }),
    selectionRange: structure.selectionRange(uri, [position]),
    codeAction: service.codeAction(uri, { start: position, end: position }, { disabled: true, format }),
    onTypeBrace: structure.onTypeFormatting(uri, position, '}'),
    onTypeChevron: structure.onTypeFormatting(uri, position, '>'),
  };
  return Object.entries(answers).map(([feature, answer]) => ({ feature, uri, answer, offset }));
}

/** What is asked of the workspace. */
export function workspaceAnswers(service: LanguageService): readonly Answer[] {
  const { resources, era } = service.resources();
  const plans = resources.map(({ id, type }) => ({
    id,
    local: service.runPlan({ id: `${type}:${id}`, engine: 'local', upstream: true }),
    emr: service.runPlan({ id, engine: 'emr', upstream: false, limit: 10 }),
  }));
  const answers: Readonly<Record<string, unknown>> = {
    resources: { resources, era },
    s3Stores: service.s3.stores(),
    s3Output: resources.map(({ key }) => service.s3.outputOf({ id: key })),
    workspaceSymbol: service.workspaceSymbol(''),
    runPlan: plans,
    deletionWarning: service.documents.map((uri) => service.deletionWarning([uri])),
  };
  return Object.entries(answers).map(([feature, answer]) => ({ feature, uri: '', answer }));
}

/** The data of an item counts items, which need not be the same in another service. */
function withoutData(service: LanguageService, item: CompletionItem): CompletionItem {
  return { ...service.completionResolve(item), data: undefined };
}
