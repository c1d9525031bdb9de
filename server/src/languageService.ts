// The facade of the core: everything that the language server and the command line ask of it, one function a feature.
// The only place that constructs the core. It knows files through its host and speaks in LSP's value types.

import type * as lsp from 'vscode-languageserver-types';
import type { RunPlanParams } from '../../shared/protocol/requests';
import type { PlanAnswer } from '../../shared/run/plan';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './features/callHierarchy';
import { codeAction, type CodeActionOptions } from './features/codeAction';
import { codeLens, codeLensResolve } from './features/codeLens';
import { completion, type CompletionOptions } from './features/completion';
import { completionResolve } from './features/completionResolve';
import { definition } from './features/definition';
import { deletionImpact, deletionWarning } from './features/deletionImpact';
import { brokenNotebook } from './features/brokenNotebook';
import { diagnostics } from './features/diagnostics';
import { DiagnosisCache } from './features/diagnosisCache';
import { documentHighlight } from './features/documentHighlight';
import { documentLinks } from './features/documentLink';
import { DocumentStructure } from './features/documentStructure';
import { documentSymbol } from './features/documentSymbol';
import { formatActions } from './features/formatAction';
import { formatting, type FormattingOptions } from './features/formatting';
import { hover } from './features/hover';
import { implementation } from './features/implementation';
import { inlayHint, type InlayHintOptions } from './features/inlayHint';
import { prepareRename, type PrepareRenameAnswer } from './features/prepareRename';
import { linkedEditingRanges, type LinkedEditingRanges } from './features/linkedEditing';
import { references, type ReferencesOptions } from './features/references';
import { rename, type RenameAnswer, type RenameOptions } from './features/rename';
import { ResourcePlaces } from './features/resourcePlaces';
import { ResourceLists, type ResourcesByFile } from './features/resources';
import { buildRunPlan } from './features/runPlan';
import { S3Outputs } from './features/s3Outputs';
import { signatureHelp } from './features/signatureHelp';
import { typeDefinition } from './features/typeDefinition';
import { workspaceSymbol } from './features/workspaceSymbol';
import { withNotebooks } from './python/notebookText';
import { createPythonParser, type PythonParser } from './python/parser';
import type { Diagnosis, RuleFailure } from './rules/check';
import type { Severity } from './rules/rule';
import { isBelow, isNotebook, isQueryFile } from './workspace/fileUris';
import type { WorkspaceHost } from './workspace/host';
import type { NotebookFile } from './workspace/notebookFile';
import { NotebookFiles } from './workspace/notebookFiles';
import { defaultProject, type Project } from './workspace/project';
import { joinChanges, NOTHING_CHANGED, type ServiceChange } from './workspace/serviceChange';
import type { FileSnapshot, Snapshot } from './workspace/snapshot';
import { Workspace, type WorkspaceChange } from './workspace/workspace';

// What needs no workspace, for those who may not look behind the facade.
export { fixAllKind } from './features/codeAction';
export { formatSqlKind } from './features/formatAction';
export { documentAfter, formatFile, linesOf } from './features/formatFile';
export { diagnosticSource, rulePage } from './features/diagnostics';
export { onTypeCharacters } from './features/onTypeFormatting';
export { semanticTokensLegend } from './features/semanticTokens';
export { joinCells } from './python/notebookText';
export { allRules } from './rules/allRules';
export type { ServiceChange } from './workspace/serviceChange';
export { projectDiagnostics } from './features/projectDiagnostics';

export interface LanguageServiceOptions {
  readonly host: WorkspaceHost;
  /** The WebAssembly of the parser library and of its Python grammar. */
  readonly python: { readonly runtime: Uint8Array; readonly grammar: Uint8Array };
  readonly project?: Project;
  /** The folder that holds `sparkform.json`, as an absolute path; locations in it are relative to it. */
  readonly projectRoot?: string;
  /** Takes the failure of a rule, which is a defect of ours; without it the failure is thrown. */
  readonly onRuleFailure?: (failure: RuleFailure) => void;
}

export async function createLanguageService(options: LanguageServiceOptions): Promise<LanguageService> {
  const { runtime, grammar } = options.python;
  const parser = await createPythonParser(runtime, grammar);
  return new LanguageService(withNotebooks(parser, isNotebook), options);
}

export class LanguageService {
  private workspace: Workspace;
  private host: WorkspaceHost;
  private project: Project;
  private projectRoot: string | undefined;
  private readonly cache: DiagnosisCache;
  private readonly lists = new ResourceLists(this);
  /** What stands where. */
  readonly places = new ResourcePlaces((uri) => this.workspace.settled(uri));
  /** How a document is built: folding, selection, colours. */
  readonly structure = new DocumentStructure((uri) => this.workspace.settled(uri).files.get(uri));
  /** Where in S3 the data lies. */
  readonly s3 = new S3Outputs(() => this.workspace.settled());
  private readonly openTexts = new Map<string, string>();
  private readonly diskFiles = new Set<string>();
  private readonly notebooks = new NotebookFiles();
  private isLoaded = false;

  constructor(
    private readonly python: PythonParser,
    options: LanguageServiceOptions,
  ) {
    this.host = this.notebooks.around(options.host);
    this.project = options.project ?? defaultProject;
    this.projectRoot = options.projectRoot;
    this.workspace = new Workspace(this.host, python, this.project);
    this.cache = new DiagnosisCache(options.onRuleFailure);
  }

  /** The present revision. What one file took from another may stand elsewhere in that by now: answers are read from `settled`. */
  get snapshot(): Snapshot {
    return this.workspace.snapshot;
  }

  /** Reads every file of the host. Documents that are open keep their text. */
  async load(): Promise<ServiceChange> {
    const workspace = new Workspace(this.host, this.python, this.project);
    await workspace.load();
    const before = [...this.snapshot.files.keys()];
    this.workspace = workspace;
    this.isLoaded = true;
    this.diskFiles.clear();
    for (const uri of workspace.snapshot.files.keys()) this.diskFiles.add(uri);
    for (const [uri, text] of this.openTexts) if (this.counts(uri)) workspace.update(uri, text);
    await this.readQueries();
    const all = [...new Set([...before, ...this.snapshot.files.keys()])];
    return { changed: this.cache.invalidate(all, all), surfaceChanged: true };
  }

  /** Reads everything anew through another host: folders were added or removed, or other files are excluded. */
  async reload(host: WorkspaceHost, project: Project, projectRoot: string | undefined): Promise<ServiceChange> {
    this.host = this.notebooks.around(host);
    this.project = project;
    this.projectRoot = projectRoot;
    return this.load();
  }

  setProject(project: Project, projectRoot: string | undefined): ServiceChange {
    this.project = project;
    this.projectRoot = projectRoot;
    return this.noted([], this.workspace.setProject(project));
  }

  /** A document was opened before the workspace is loaded: it is read with the others, and only once. False when that is over. */
  hold(uri: string, text: string): boolean {
    if (!this.isLoaded) this.openTexts.set(uri, text);
    return !this.isLoaded;
  }

  /** A document was opened or edited: from now on its text goes before that on the disk. */
  update(uri: string, text: string): ServiceChange {
    this.openTexts.set(uri, text);
    return this.counts(uri) ? this.noted([uri], this.workspace.update(uri, text)) : NOTHING_CHANGED;
  }

  /** Reads the files of SQL that definitions have come to read, and lets go of others; to be called after documents were edited. */
  async readQueries(): Promise<ServiceChange> {
    let whole = NOTHING_CHANGED;
    for (const uri of this.workspace.queries.unread()) whole = joinChanges(whole, this.noted([uri], this.workspace.remove(uri)));
    for (let wanted = this.workspace.queries.wanted(); wanted.length > 0; wanted = this.workspace.queries.wanted()) {
      for (const uri of wanted) whole = joinChanges(whole, await this.readQuery(uri));
    }
    return whole;
  }

  /** A document was closed: what the disk holds counts again. */
  async close(uri: string): Promise<ServiceChange> {
    this.openTexts.delete(uri);
    if (isQueryFile(uri)) return this.counts(uri) ? this.readQuery(uri) : NOTHING_CHANGED;
    return this.readAgain(uri);
  }

  /** A file was created, changed or deleted on the disk. An open document keeps its text. */
  async fileChanged(uri: string): Promise<ServiceChange> {
    if (this.openTexts.has(uri)) return NOTHING_CHANGED;
    if (isQueryFile(uri)) return this.counts(uri) ? this.readQuery(uri) : NOTHING_CHANGED;
    if (!this.diskFiles.has(uri) && (await this.isIncluded(uri))) this.diskFiles.add(uri);
    return this.readAgain(uri);
  }

  isOpen(uri: string): boolean {
    return this.openTexts.has(uri);
  }

  get documents(): readonly string[] {
    return [...this.snapshot.files.keys()];
  }

  /** Grows whenever the problems of a document may have changed. */
  diagnosticsVersion(uri: string): number {
    return this.cache.versionOf(uri);
  }

  /** True when the problems of a document are known already, so that to ask for them costs nothing. */
  isChecked(uri: string): boolean {
    return this.cache.isChecked(uri);
  }

  /** The problems of a document in the core's own terms. */
  diagnoses(uri: string): readonly Diagnosis[] {
    const broken = this.notebook(uri)?.problem;
    if (broken !== undefined) return [brokenNotebook(broken)];
    // What is found in a file of SQL is found by checking the definitions that read it.
    if (isQueryFile(uri)) for (const reader of this.readersOf(uri)) this.cache.diagnosesOf(this.workspace.settled(reader), reader);
    return this.cache.diagnosesOf(this.cache.isChecked(uri) ? this.snapshot : this.workspace.settled(uri), uri);
  }

  /** The problems of a document. */
  diagnostics(uri: string, options?: { readonly minSeverity: Severity }): readonly lsp.Diagnostic[] {
    const found = this.diagnoses(uri);
    return diagnostics(this.snapshot, uri, found, options);
  }

  /** The notebook as it lies on the disk: what is found in it stands in its cells. Undefined for one that is open. */
  notebook(uri: string): NotebookFile | undefined {
    return this.openTexts.has(uri) ? undefined : this.notebooks.get(uri);
  }

  /** The place in the file of a range of a notebook that is not open; undefined for any other document. */
  rangeInNotebook(uri: string, range: lsp.Range): lsp.Range | undefined {
    const lines = this.file(uri)?.lines;
    return lines && this.notebook(uri)?.rangeInFile({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) });
  }

  /** The files whose definitions read a file of SQL. */
  readersOf(uri: string): readonly string[] {
    return this.workspace.queries.readersOf(uri);
  }

  hover(uri: string, position: lsp.Position): lsp.Hover | undefined {
    return this.at(uri, position, this.workspace.settled(uri), (snapshot, offset) => hover(snapshot, uri, offset));
  }

  completion(uri: string, position: lsp.Position, options?: CompletionOptions): lsp.CompletionList | undefined {
    const all = { roots: this.host.roots, ...options };
    return this.at(uri, position, this.workspace.settled(uri), (snapshot, offset) => completion(snapshot, uri, offset, all));
  }

  completionResolve(item: lsp.CompletionItem): lsp.CompletionItem {
    return completionResolve(this.snapshot, item);
  }

  signatureHelp(uri: string, position: lsp.Position): lsp.SignatureHelp | undefined {
    return this.at(uri, position, this.workspace.settled(uri), (snapshot, offset) => signatureHelp(snapshot, uri, offset));
  }

  definition(uri: string, position: lsp.Position): readonly lsp.LocationLink[] {
    return this.at(uri, position, this.workspace.settled(), (snapshot, offset) => definition(snapshot, uri, offset)) ?? [];
  }

  references(uri: string, position: lsp.Position, options: Pick<ReferencesOptions, 'includeDeclaration'>): readonly lsp.Location[] {
    const all = { ...options, roots: this.host.roots };
    return this.at(uri, position, this.workspace.settled(), (snapshot, offset) => references(snapshot, uri, offset, all)) ?? [];
  }

  typeDefinition(uri: string, position: lsp.Position): readonly lsp.LocationLink[] {
    return this.at(uri, position, this.workspace.settled(), (snapshot, offset) => typeDefinition(snapshot, uri, offset, this.host)) ?? [];
  }

  /** Every variant of the resource at the position. */
  implementation(uri: string, position: lsp.Position): readonly lsp.LocationLink[] {
    return this.at(uri, position, this.workspace.settled(), (snapshot, offset) => implementation(snapshot, uri, offset, this.host)) ?? [];
  }

  documentHighlight(uri: string, position: lsp.Position): readonly lsp.DocumentHighlight[] {
    return this.at(uri, position, this.workspace.settled(uri), (snapshot, offset) => documentHighlight(snapshot, uri, offset)) ?? [];
  }

  linkedEditingRanges(uri: string, position: lsp.Position): LinkedEditingRanges | undefined {
    const file = this.workspace.settled(uri).files.get(uri);
    return file && linkedEditingRanges(file, file.lines.offsetAt(position));
  }

  /** Links to files. Those that a definition reads are left out where they are not. */
  async documentLink(uri: string): Promise<readonly lsp.DocumentLink[]> {
    const { host, projectRoot } = this;
    const found = documentLinks(this.workspace.settled(uri), uri, { roots: host.roots, projectRoot });
    const isThere = await Promise.all(found.map(async ({ link, sure }) => sure || (await host.readFile(link.target)) !== undefined));
    return found.flatMap(({ link }, index) => (isThere[index] === true ? [link] : []));
  }

  inlayHint(uri: string, range: lsp.Range, options: InlayHintOptions): readonly lsp.InlayHint[] {
    const snapshot = this.workspace.settled(uri);
    const lines = snapshot.files.get(uri)?.lines;
    if (lines === undefined) return [];
    return inlayHint(snapshot, uri, { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, options);
  }

  prepareCallHierarchy(uri: string, position: lsp.Position): readonly lsp.CallHierarchyItem[] {
    return this.at(uri, position, this.workspace.settled(), (snapshot, offset) => prepareCallHierarchy(snapshot, uri, offset)) ?? [];
  }

  /** What uses the resource of an item. */
  incomingCalls(item: lsp.CallHierarchyItem): readonly lsp.CallHierarchyIncomingCall[] {
    return incomingCalls(this.workspace.settled(), item);
  }

  /** What the resource of an item uses. */
  outgoingCalls(item: lsp.CallHierarchyItem): readonly lsp.CallHierarchyOutgoingCall[] {
    return outgoingCalls(this.workspace.settled(), item);
  }

  /** What to warn of before files or folders are deleted; undefined where nobody depends on what they define. */
  deletionWarning(uris: readonly string[]): string | undefined {
    return deletionWarning(deletionImpact(this.snapshot, uris));
  }

  prepareRename(uri: string, position: lsp.Position): PrepareRenameAnswer | undefined {
    return this.at(uri, position, this.workspace.settled(), (snapshot, offset) => prepareRename(snapshot, uri, offset, this.host));
  }

  /** Undefined where nothing of ours stands; otherwise the edit, or the reason why there is none. */
  rename(uri: string, position: lsp.Position, newName: string, { annotated }: Pick<RenameOptions, 'annotated'>): RenameAnswer | undefined {
    const { roots } = this.host;
    const imagine = (texts: ReadonlyMap<string, string>): Snapshot => this.workspace.imagine(texts);
    return this.at(uri, position, this.workspace.settled(), (snapshot, offset) =>
      rename(snapshot, uri, offset, newName, { roots, imagine, annotated }),
    );
  }

  documentSymbol(uri: string): readonly lsp.DocumentSymbol[] {
    return documentSymbol(this.workspace.settled(uri), uri);
  }

  workspaceSymbol(query: string): readonly lsp.WorkspaceSymbol[] {
    return workspaceSymbol(this.snapshot, query);
  }

  codeAction(
    uri: string,
    range: lsp.Range,
    options: CodeActionOptions & { readonly format?: FormattingOptions },
  ): readonly lsp.CodeAction[] {
    const file = this.file(uri);
    if (file === undefined) return [];
    const selection = { start: file.lines.offsetAt(range.start), end: file.lines.offsetAt(range.end) };
    const actions = codeAction(this.workspace.settled(uri), uri, selection, this.diagnoses(uri), options);
    return options.format === undefined ? actions : [...actions, ...formatActions(file, selection, options.format, options.only)];
  }

  /** The queries of a document that are not formatted yet, written anew: all, or those in ranges. */
  formatting(uri: string, options: FormattingOptions, ranges?: readonly lsp.Range[]): readonly lsp.TextEdit[] {
    const file = this.counts(uri) ? this.file(uri) : undefined;
    return file === undefined ? [] : formatting(file, options, ranges);
  }

  codeLens(uri: string): readonly lsp.CodeLens[] {
    return codeLens(this.workspace.settled(uri), uri);
  }

  codeLensResolve(lens: lsp.CodeLens): lsp.CodeLens {
    return codeLensResolve(this.snapshot, lens);
  }

  /** The resources of the workspace with their problems. Checks every file that was not checked yet. */
  resources(): ResourcesByFile {
    return this.lists.of(this.workspace.settled(), this.projectRoot);
  }

  /** What must run for the output of a definition, or why it cannot. */
  runPlan(params: RunPlanParams): PlanAnswer {
    return buildRunPlan(this.workspace.settled(), params, { root: this.projectRoot, diagnose: (uri) => this.diagnoses(uri) });
  }

  private file(uri: string): FileSnapshot | undefined {
    return this.snapshot.files.get(uri);
  }

  private at<T>(uri: string, position: lsp.Position, snapshot: Snapshot, answer: (snapshot: Snapshot, offset: number) => T): T | undefined {
    const file = snapshot.files.get(uri);
    return file === undefined ? undefined : answer(snapshot, file.lines.offsetAt(position));
  }

  private async readAgain(uri: string): Promise<ServiceChange> {
    const text = this.diskFiles.has(uri) ? await this.host.readFile(uri) : undefined;
    // It may have been opened while the disk was read.
    if (this.openTexts.has(uri)) return NOTHING_CHANGED;
    if (text === undefined) this.diskFiles.delete(uri);
    const change = this.noted([uri], text === undefined ? this.workspace.remove(uri) : this.workspace.update(uri, text));
    return joinChanges(change, await this.readQueries());
  }

  private async readQuery(uri: string): Promise<ServiceChange> {
    const text = this.openTexts.get(uri) ?? (await this.host.readFile(uri));
    return this.noted([uri], text === undefined ? this.workspace.miss(uri) : this.workspace.update(uri, text));
  }

  /** A file of SQL counts while a definition reads it, everything else always. */
  private counts(uri: string): boolean {
    return !isQueryFile(uri) || this.readersOf(uri).length > 0;
  }

  private async isIncluded(uri: string): Promise<boolean> {
    if (!this.host.roots.some((root) => isBelow(root, uri))) return false;
    return this.host.includes === undefined || this.host.includes(uri);
  }

  private noted(edited: readonly string[], change: WorkspaceChange): ServiceChange {
    const affected = this.workspace.queries.withRead(change.affected);
    return { changed: this.cache.invalidate(edited, affected, change.local), surfaceChanged: change.surfaceChanged };
  }
}
