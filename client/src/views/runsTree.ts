// The Runs view: local runs of this window and of earlier ones, newest first, each with its steps.

import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  type Disposable,
  type Event,
  type TreeDataProvider,
} from 'vscode';
import type { LocalRuns } from '../runs/localRuns';
import { isActive, type RunState, type RunView, type StepState, type StepView } from '../runs/runView';
import { formatRunState, formatStep, formatTime } from './formatRun';
import { folderNameOf } from '../workspaceFolders';
import { disposeAll, type Owned } from '../owned';

/** What the tree holds and what its commands are called with: a run, or one step of it. */
export interface RunNode {
  readonly runId: string;
  /** The step's id; undefined for the run itself. */
  readonly step: string | undefined;
}

export class RunsTree implements TreeDataProvider<RunNode>, Disposable {
  readonly #changed = new EventEmitter<RunNode | undefined>();
  readonly #owned: Owned[];
  /** One object for each run, so that a change of one run redraws only its row. */
  readonly #nodes = new Map<string, RunNode>();

  readonly onDidChangeTreeData: Event<RunNode | undefined> = this.#changed.event;

  constructor(private readonly runs: LocalRuns) {
    this.#owned = [
      this.#changed,
      window.createTreeView('sparkform.runs', { treeDataProvider: this, showCollapseAll: true }),
      runs.onDidChange((runId) => {
        if (runId === undefined) this.#forget();
        this.#changed.fire(runId === undefined ? undefined : this.#nodes.get(runId));
      }),
    ];
  }

  getChildren(node?: RunNode): RunNode[] {
    if (node === undefined) return this.runs.all.map(({ runId }) => this.#nodeOf(runId));
    if (node.step !== undefined) return [];
    return (this.runs.withId(node.runId)?.steps ?? []).map(({ id }) => ({ runId: node.runId, step: id }));
  }

  getTreeItem(node: RunNode): TreeItem {
    const run = this.runs.withId(node.runId);
    if (run === undefined) return new TreeItem(node.runId);
    const step = node.step === undefined ? undefined : run.steps.find(({ id }) => id === node.step);
    return step === undefined ? runItem(run) : stepItem(run, step);
  }

  getParent(node: RunNode): RunNode | undefined {
    return node.step === undefined ? undefined : this.#nodeOf(node.runId);
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #forget(): void {
    for (const runId of this.#nodes.keys()) if (this.runs.withId(runId) === undefined) this.#nodes.delete(runId);
  }

  #nodeOf(runId: string): RunNode {
    const known = this.#nodes.get(runId);
    if (known !== undefined) return known;
    const node: RunNode = { runId, step: undefined };
    this.#nodes.set(runId, node);
    return node;
  }
}

function runItem(run: RunView): TreeItem {
  const item = new TreeItem(run.target, isActive(run) ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = `${run.runId}${isActive(run) ? '/active' : ''}`;
  item.iconPath = stateIcon(run.state);
  const folder = folderNameOf(Uri.file(run.root));
  item.description = [formatRunState(run), formatTime(run.started, new Date()), folder].filter(Boolean).join(' · ');
  item.tooltip = runTooltip(run);
  item.contextValue = `run ${run.state}`;
  if (run.state === 'succeeded') {
    item.command = { command: 'sparkform.openRunResult', title: 'Open Result', arguments: [{ runId: run.runId, step: undefined }] };
  } else if (run.state === 'failed') {
    item.command = { command: 'sparkform.openRunFailure', title: 'Go to Failure', arguments: [{ runId: run.runId, step: undefined }] };
  }
  item.accessibilityInformation = { label: `${run.target}, ${run.state}, ${item.description}` };
  return item;
}

function stepItem(run: RunView, step: StepView): TreeItem {
  const item = new TreeItem(step.id);
  item.id = `${run.runId}/${step.id}`;
  item.iconPath = stateIcon(step.state);
  item.description = formatStep(step);
  item.contextValue = `step ${step.state}`;
  if (step.state === 'succeeded' && step.location !== undefined) {
    item.command = { command: 'sparkform.openRunResult', title: 'Open Result', arguments: [{ runId: run.runId, step: step.id }] };
  }
  item.accessibilityInformation = { label: `${step.id}, ${step.state}, ${item.description}` };
  return item;
}

function runTooltip(run: RunView): MarkdownString {
  const text = new MarkdownString(undefined, true);
  text.appendMarkdown('**').appendText(run.target).appendMarkdown('** — ').appendText(formatRunState(run));
  text.appendMarkdown('\n\n').appendText(`Started ${run.started.toLocaleString()}`);
  if (run.error !== undefined) {
    if (run.error.step !== undefined) text.appendMarkdown('\n\n').appendText(`In ${run.error.step}`);
    text.appendMarkdown('\n\n').appendText(run.error.message);
  }
  return text;
}

function stateIcon(state: RunState | StepState): ThemeIcon {
  switch (state) {
    case 'preparing':
    case 'running':
      return new ThemeIcon('loading~spin');
    case 'waiting':
      return new ThemeIcon('circle-outline');
    case 'succeeded':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
    case 'cancelled':
      return new ThemeIcon('circle-slash');
    case 'skipped':
      return new ThemeIcon('debug-step-over', new ThemeColor('testing.iconSkipped'));
  }
}
