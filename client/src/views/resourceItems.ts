// How each node of the Resources tree looks: icon, description, tooltip, and what its context menu offers.

import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, workspace } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import type { RunView } from '../runs/runView';
import { isActive } from '../runs/runView';
import { formatRunState, formatTime } from './formatRun';
import type { FolderNode, GroupNode, NameNode, TreeNode, VariantNode } from './resourceTreeModel';

/** `lastRun` is asked of transformations only. */
export function resourceItem(node: TreeNode, lastRun: (resource: ResourceNode) => RunView | undefined, filtered: boolean): TreeItem {
  switch (node.kind) {
    case 'folder':
      return folderItem(node, filtered);
    case 'group':
      return groupItem(node, filtered);
    case 'name':
      return nameItem(node, filtered);
    case 'resource':
      return variantItem(node, node.resource.runnable ? lastRun(node.resource) : undefined);
  }
}

/** The icons of the kinds, for every list of resources. */
export function iconOf({ kind }: ResourceNode): string {
  return icons.get(kind) ?? 'symbol-misc';
}

/** `sql-transformation` reads "SQL transformation". */
export function kindText(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return words.replace(/^sql\b/, 'SQL').replace(/^dataframe\b/, 'DataFrame');
}

/** True for what may be looked at as a table: results of transformations, what Featureform writes to S3, and primary data. */
export function hasOutput({ runnable, localPath, kind }: ResourceNode): boolean {
  return runnable || localPath !== undefined || storedKinds.has(kind);
}

const storedKinds: ReadonlySet<string> = new Set(['file', 'parquet-file', 'feature', 'training-set']);

export function problemText(errors: number, warnings: number): string | undefined {
  const parts = [count(errors, 'error'), count(warnings, 'warning')].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

const icons: ReadonlyMap<string, string> = new Map([
  ['spark', 'zap'],
  ['offline-provider', 'server'],
  ['online-provider', 'server-process'],
  ['file-store', 'archive'],
  ['file', 'file'],
  ['parquet-file', 'file'],
  ['delta-table', 'table'],
  ['iceberg-table', 'table'],
  ['table', 'table'],
  ['sql-transformation', 'database'],
  ['dataframe-transformation', 'symbol-method'],
  ['entity', 'symbol-class'],
  ['feature', 'symbol-field'],
  ['ondemand-feature', 'symbol-event'],
  ['feature-stream', 'radio-tower'],
  ['embedding', 'symbol-array'],
  ['label', 'tag'],
  ['label-stream', 'radio-tower'],
  ['training-set', 'mortar-board'],
  ['model', 'circuit-board'],
  ['user', 'account'],
]);

function folderItem({ label }: FolderNode, filtered: boolean): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Expanded);
  item.id = idOf(`folder/${label}`, filtered);
  item.iconPath = new ThemeIcon('root-folder');
  item.contextValue = 'folder';
  return item;
}

function groupItem(node: GroupNode, filtered: boolean): TreeItem {
  const large = node.resources.length > 100 && !filtered;
  const item = new TreeItem(node.label, large ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded);
  item.id = idOf(`group/${node.folder}/${node.label}`, filtered);
  item.description = String(node.resources.length);
  item.contextValue = 'group';
  return item;
}

function nameItem(node: NameNode, filtered: boolean): TreeItem {
  const item = new TreeItem(node.label, filtered ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = idOf(`name/${node.folder}/${node.group}/${node.label}`, filtered);
  const errors = sum(node.resources, 'errors');
  const warnings = sum(node.resources, 'warnings');
  const first = node.resources[0];
  item.iconPath = problemIcon(errors, warnings) ?? new ThemeIcon(first === undefined ? 'symbol-misc' : iconOf(first));
  item.description = [`${node.resources.length} variants`, problemText(errors, warnings)].filter(Boolean).join(' · ');
  item.contextValue = 'name';
  return item;
}

function variantItem({ label, occurrence, resource }: VariantNode, run: RunView | undefined): TreeItem {
  const item = new TreeItem(label);
  item.id = `resource/${resource.key}/${occurrence}`;
  const active = run !== undefined && isActive(run);
  item.iconPath = active
    ? new ThemeIcon('loading~spin')
    : (problemIcon(resource.errors, resource.warnings) ?? runIcon(run) ?? new ThemeIcon(iconOf(resource)));
  item.description = [problemText(resource.errors, resource.warnings), run && formatRunState(run)].filter(Boolean).join(' · ');
  item.tooltip = tooltip(resource, run);
  item.command = { command: 'sparkform.openDefinition', title: 'Go to Definition', arguments: [resource.key, occurrence] };
  const traits = [resource.runnable && 'runnable', hasOutput(resource) && 'previewable', active && 'active'];
  item.contextValue = ['resource', ...traits.filter((trait) => trait !== false)].join(' ');
  const described = [label, kindText(resource.kind), item.description].filter(Boolean);
  item.accessibilityInformation = { label: described.join(', ') };
  return item;
}

/** An item keeps the user's folding as long as its id stays; while filtering everything is unfolded, without forgetting that. */
function idOf(id: string, filtered: boolean): string {
  return filtered ? `filtered/${id}` : id;
}

function problemIcon(errors: number, warnings: number): ThemeIcon | undefined {
  if (errors > 0) return new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
  if (warnings > 0) return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
  return undefined;
}

function runIcon(run: RunView | undefined): ThemeIcon | undefined {
  if (run?.state === 'succeeded') return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
  if (run?.state === 'failed') return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
  return undefined;
}

function tooltip(resource: ResourceNode, run: RunView | undefined): MarkdownString {
  const text = new MarkdownString(undefined, true);
  text.appendMarkdown('**').appendText(resource.id).appendMarkdown('** — ').appendText(kindText(resource.kind));
  if (resource.provider !== undefined) text.appendText(`, on ${resource.provider}`);
  if (resource.description) text.appendMarkdown('\n\n').appendText(resource.description);
  const problems = problemText(resource.errors, resource.warnings);
  if (problems !== undefined) text.appendMarkdown(`\n\n$(${resource.errors > 0 ? 'error' : 'warning'}) ${problems}`);
  if (resource.inputs.length > 0) {
    text.appendMarkdown('\n\nReads');
    for (const input of resource.inputs) text.appendMarkdown('\n- ').appendText(input);
  }
  if (run !== undefined) {
    text.appendMarkdown('\n\n').appendText(`Last run ${formatTime(run.started, new Date())}: ${formatRunState(run)}`);
    if (run.error !== undefined) text.appendMarkdown('\n\n').appendText(run.error.message);
  }
  const place = workspace.asRelativePath(Uri.parse(resource.uri));
  text.appendMarkdown('\n\n').appendText(`${place}:${resource.selection.start.line + 1}`);
  return text;
}

function sum(resources: readonly ResourceNode[], of: 'errors' | 'warnings'): number {
  return resources.reduce((total, resource) => total + resource[of], 0);
}

function count(number: number, word: string): string | undefined {
  return number === 0 ? undefined : `${number} ${number === 1 ? word : `${word}s`}`;
}
