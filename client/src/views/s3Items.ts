// How each row of the S3 view looks: icon, description, tooltip, what a click does, and what its context menu offers.

import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { formatBytes } from '../../../shared/formatAmounts';
import type { S3Object } from '../../../shared/s3/objectStore';
import { formatS3Location } from '../../../shared/s3/s3Location';
import type { FolderContents } from '../s3/listRuns';
import { formatMoment, tableName } from '../s3/outputFolders';
import type { S3Problem, S3Remedy } from '../s3/s3Problem';
import { formatTime } from './formatRun';
import {
  idOfNode,
  type FileNode,
  type FolderNode,
  type FolderRole,
  type LocationNode,
  type MoreNode,
  type ProviderNode,
  type RemedyNode,
  type S3Node,
} from './s3TreeNode';

/** @param contents what is known of a run. */
export function s3Item(node: S3Node, contents: FolderContents | undefined): TreeItem {
  const item = itemOf(node, contents);
  item.id = idOfNode(node);
  const described = [textOf(item.label), textOf(item.description)].filter(Boolean);
  item.accessibilityInformation ??= { label: described.join(', ') };
  return item;
}

/** `1.20 MB · 3 files`. */
export function formatContents({ files, bytes, complete }: FolderContents): string {
  const more = complete ? '' : 'more than ';
  return `${more}${formatBytes(bytes)} · ${more}${countFiles(files)}`;
}

/** Parquet and CSV; a name without an ending may be either. */
export function isTableName(name: string): boolean {
  return /\.(parq|parquet|csv)$/i.test(name) || !/\.[a-z0-9]{1,8}$/i.test(name);
}

function itemOf(node: S3Node, contents: FolderContents | undefined): TreeItem {
  switch (node.kind) {
    case 'provider':
      return providerItem(node);
    case 'folder':
      return node.role === 'run' ? runItem(node, contents) : folderItem(node);
    case 'file':
      return fileItem(node);
    case 'others':
      return withIcon(new TreeItem('Other Locations', TreeItemCollapsibleState.Expanded), 'bookmark', 'others');
    case 'location':
      return locationItem(node);
    case 'more':
      return moreItem(node);
    case 'note':
      return withIcon(new TreeItem(node.label), 'info', 'note');
    case 'problem':
      return problemItem(node.problem);
    case 'remedy':
      return remedyItem(node);
  }
}

function providerItem({ store }: ProviderNode): TreeItem {
  const { provider, place, database } = store;
  const item = new TreeItem(provider, place.kind === 'known' ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const text = new MarkdownString(undefined, true);
  text.appendMarkdown('**').appendText(provider).appendMarkdown('** — Spark provider');
  if (place.kind === 'known') {
    const location = formatS3Location({ bucket: place.bucket, key: place.path });
    item.description = location;
    text.appendMarkdown('\n\n').appendText(location);
    text.appendMarkdown('\n\n').appendText(place.region === undefined ? 'Region as the bucket says' : `Region ${place.region}`);
  } else {
    item.description = place.reason;
    text.appendMarkdown('\n\n').appendText(`The bucket is not known: ${place.reason}`);
    item.command = { command: 'sparkform.openDefinition', title: 'Go to Definition', arguments: [{ kind: 'provider', store }] };
  }
  if (database !== undefined) {
    text.appendMarkdown('\n\n').appendText(`Its transformations are tables in the database “${database}” of the Glue Data Catalog`);
  }
  item.tooltip = text;
  return withIcon(
    item,
    place.kind === 'known' ? 'archive' : 'question',
    place.kind === 'known' ? 's3 path definition refresh' : 's3 definition',
  );
}

const folderIcons: Readonly<Record<Exclude<FolderRole, 'run' | 'group'>, string>> = { name: 'folder', runs: 'versions', folder: 'folder' };
const groupIcons: ReadonlyMap<string, string> = new Map([
  ['Transformation', 'database'],
  ['TrainingSet', 'mortar-board'],
  ['Materialization', 'symbol-field'],
  ['BatchFeatures', 'layers'],
]);

function folderItem(node: FolderNode): TreeItem {
  const item = new TreeItem(node.label, TreeItemCollapsibleState.Collapsed);
  item.tooltip = formatS3Location(node.location);
  const { role } = node;
  if (role === 'group' || role === 'run') return withIcon(item, groupIcons.get(node.group ?? '') ?? 'folder', 's3 path refresh');
  const traits = ['s3', 'path', 'refresh', 'download'];
  if (role !== 'name') traits.push('table');
  if (role === 'runs') traits.push('definition');
  return withIcon(item, folderIcons[role], traits.join(' '));
}

function runItem(node: FolderNode, contents: FolderContents | undefined): TreeItem {
  const item = new TreeItem(formatMoment(node.label), TreeItemCollapsibleState.Collapsed);
  const unfinished = contents !== undefined && contents.complete && !contents.success;
  item.description = contents === undefined ? '' : [formatContents(contents), unfinished && 'no _SUCCESS'].filter(Boolean).join(' · ');
  const text = new MarkdownString(undefined, true);
  text.appendMarkdown('**').appendText(formatMoment(node.label)).appendMarkdown('** by the clock of the machine that ran it');
  text.appendMarkdown('\n\n').appendText(formatS3Location(node.location));
  if (contents !== undefined) {
    const size = `${contents.bytes.toLocaleString()} bytes in ${countFiles(contents.files)}`;
    text.appendMarkdown('\n\n').appendText(contents.complete ? size : `More than ${size}`);
    if (contents.files > 0) text.appendMarkdown('\n\n').appendText(`Last written ${exactTime(contents.modified)}`);
    if (unfinished) text.appendMarkdown('\n\n$(warning) ').appendText('There is no _SUCCESS: the job that wrote it may not have finished');
  }
  item.tooltip = text;
  item.command = openCommand(node);
  withIcon(item, 'history', 's3 path refresh download table');
  if (unfinished) item.iconPath = new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
  return item;
}

function fileItem(node: FileNode): TreeItem {
  const { object, label } = node;
  const item = new TreeItem(label);
  item.description = [formatBytes(object.size), formatTime(new Date(object.modified), new Date())].join(' · ');
  item.tooltip = fileTooltip(object);
  const isTable = isTableName(label);
  if (isTable) item.command = openCommand(node);
  return withIcon(item, isTable ? 'table' : 'file', isTable ? 's3 path download table' : 's3 path download');
}

function locationItem(node: LocationNode): TreeItem {
  const { location, isFolder } = node;
  const item = new TreeItem(tableName(location), isFolder ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.description = formatS3Location(location);
  item.tooltip = formatS3Location(location);
  item.command = openCommand(node);
  const traits = ['s3', 'path', 'download', 'table', 'removable'];
  return withIcon(item, isFolder ? 'folder' : 'table', [...traits, ...(isFolder ? ['refresh'] : [])].join(' '));
}

function moreItem({ shown, total, parent }: MoreNode): TreeItem {
  const item = new TreeItem('Load More');
  item.description =
    total === undefined ? `${shown.toLocaleString()} shown` : `${shown.toLocaleString()} of ${total.toLocaleString()} shown`;
  item.command = { command: 'sparkform.loadMoreS3', title: 'Load More', arguments: [parent] };
  return withIcon(item, 'ellipsis', 'more');
}

function problemItem({ message, summary }: S3Problem): TreeItem {
  const item = new TreeItem(summary, TreeItemCollapsibleState.Expanded);
  item.tooltip = message;
  item.contextValue = 'problem';
  item.iconPath = new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
  item.accessibilityInformation = { label: `Error: ${message}` };
  return item;
}

function remedyItem({ remedy, parent }: RemedyNode): TreeItem {
  const { label, icon, description, command } = remedyLook(remedy);
  const item = new TreeItem(label);
  if (description !== undefined) item.description = description;
  item.command = { ...command, title: label, arguments: remedy.kind === 'retry' ? [parent.parent] : (command.arguments ?? []) };
  return withIcon(item, icon, 'remedy');
}

export interface RemedyLook {
  readonly label: string;
  readonly icon: string;
  readonly description?: string;
  readonly command: { readonly command: string; readonly arguments?: unknown[] };
}

/** How a remedy is offered, and the command that it is. */
export function remedyLook(remedy: S3Remedy): RemedyLook {
  switch (remedy.kind) {
    case 'signIn':
      return {
        label: 'Sign In',
        icon: 'sign-in',
        description: remedy.command,
        command: { command: 'sparkform.signInToAws', arguments: [remedy.command] },
      };
    case 'chooseProfile':
      return { label: 'Choose AWS Profile…', icon: 'account', command: { command: 'sparkform.chooseAwsProfile' } };
    case 'openSettings':
      return {
        label: 'Open Settings of S3',
        icon: 'settings-gear',
        command: { command: 'workbench.action.openSettings', arguments: ['sparkform.s3'] },
      };
    case 'retry':
      return { label: 'Try Again', icon: 'refresh', command: { command: 'sparkform.refreshS3Folder' } };
  }
}

function openCommand(node: S3Node): NonNullable<TreeItem['command']> {
  return { command: 'sparkform.openTable', title: 'Open as Table', arguments: [node] };
}

function fileTooltip({ bucket, key, size, etag, modified, storageClass }: S3Object): MarkdownString {
  const text = new MarkdownString();
  text.appendText(formatS3Location({ bucket, key }));
  text.appendMarkdown('\n\n').appendText(`${size.toLocaleString()} bytes`);
  text.appendMarkdown('\n\n').appendText(`Written ${exactTime(modified)}`);
  text.appendMarkdown('\n\n').appendText(`ETag ${etag}`);
  if (storageClass !== undefined) text.appendMarkdown('\n\n').appendText(`Storage class ${storageClass}`);
  return text;
}

function withIcon(item: TreeItem, icon: string, contextValue: string): TreeItem {
  item.iconPath = new ThemeIcon(icon);
  item.contextValue = contextValue;
  return item;
}

function countFiles(files: number): string {
  return `${files.toLocaleString()} ${files === 1 ? 'file' : 'files'}`;
}

function exactTime(time: number): string {
  return `${new Date(time).toLocaleString()} (${new Date(time).toISOString()})`;
}

function textOf(text: TreeItem['label'] | TreeItem['description']): string {
  if (typeof text === 'string') return text;
  return typeof text === 'object' ? text.label : '';
}
