// Which of the dated runs of a folder are compared: the user's choice, where there are several.

import { window, type QuickPickItem } from 'vscode';
import type { RunChoice } from '../../../shared/table/folderTable';
import type { TableRun } from '../../../shared/table/table';
import type { OpenedTable } from '../../../shared/tableReader/tableReaderClient';
import type { ComparedTable } from '../editors/compareMarkdown';

export interface PickedRun {
  /** The newest one where there was nothing to choose. */
  readonly run?: RunChoice;
  /** How reports call it. */
  readonly label?: string;
}

interface RunPick extends QuickPickItem {
  readonly picks: PickedRun;
}

/**
 * Asks for each of two tables that has several runs. Of one folder two different ones are compared, the older one first.
 * Undefined when the user declined; throws when both are the same folder and it has no two runs.
 */
export async function pickRuns(
  title: string,
  [before, after]: readonly [ComparedTable, ComparedTable],
  opened: readonly [OpenedTable, OpenedTable],
): Promise<readonly [PickedRun, PickedRun] | undefined> {
  const [first, second] = [writtenRuns(opened[0]), writtenRuns(opened[1])];
  if (before.location === after.location) return pickTwo(title, before.name, first);
  const one = first.length < 2 ? {} : await pick(title, `Run of ${before.name}`, [...runPicks(first), allRuns]);
  if (one === undefined) return undefined;
  const other = second.length < 2 ? {} : await pick(title, `Run of ${after.name}`, [...runPicks(second), allRuns]);
  return other && [one, other];
}

async function pickTwo(title: string, folder: string, runs: readonly TableRun[]): Promise<readonly [PickedRun, PickedRun] | undefined> {
  if (runs.length < 2) throw new Error(`“${folder}” has no two runs to compare.`);
  const picks = runPicks(runs);
  const one = await pick(title, 'Compare the run', picks);
  if (one === undefined) return undefined;
  const others = picks.filter(({ picks: run }) => run !== one);
  const other = await pick(title, `Compare ${one.label ?? ''} with`, others);
  if (other === undefined) return undefined;
  const age = (run: PickedRun): number => picks.findIndex(({ picks: candidate }) => candidate === run);
  return age(one) > age(other) ? [one, other] : [other, one];
}

const allRuns: RunPick = {
  label: 'All runs together',
  description: 'what consumers read',
  picks: { run: 'all', label: 'all runs' },
};

function runPicks(runs: readonly TableRun[]): readonly RunPick[] {
  return runs.map(({ name, files }, index) => {
    const count = files === 1 ? '1 file' : `${files.toLocaleString()} files`;
    return { label: name, description: index === 0 ? `the newest · ${count}` : count, picks: { run: { name }, label: `run ${name}` } };
  });
}

async function pick(title: string, placeHolder: string, items: readonly RunPick[]): Promise<PickedRun | undefined> {
  return (await window.showQuickPick(items, { title, placeHolder }))?.picks;
}

function writtenRuns({ origin }: OpenedTable): readonly TableRun[] {
  return (origin.runs ?? []).filter(({ files }) => files > 0);
}
